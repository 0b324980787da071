"""Bring each page the definitions of the glossary's terms that it links, for a script to show.

On pages of HTML each definition stands once, hidden, at the end of the page, and every link to its
term is described by it: screen readers tell it, and ``static/definitions.js`` shows it beside the
link. Without a script the links lead to the glossary, as they do in every other output.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.addnodes import index, pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform

from .course import course_of
from .nodes import course_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Node
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    Entries = dict[str, nodes.definition_list_item]

# Readers of EPUB run no scripts, and the others show a page as it is.
BUILDERS = ("html", "dirhtml")


class definitions(nodes.container):  # noqa: N801 (docutils names node classes in small letters)
    """The definitions that a page needs, out of sight."""


class defined_term(nodes.reference):  # noqa: N801
    """A link to the glossary; ``definition`` is the id of what describes it on the page."""


def term_links(document: nodes.document) -> Iterator[pending_xref]:
    """Return the links to terms, but for those of key terms, whose definition stands beside."""
    for xref in document.findall(pending_xref):
        if (xref.get("refdomain"), xref["reftype"]) == ("std", "term") and not _is_key_term(xref):
            yield xref


def _is_key_term(node: Node) -> bool:
    while (node := node.parent) is not None:
        if isinstance(node, course_list) and "key-terms" in node["classes"]:
            return True
    return False


def entries_of(glossary: nodes.document) -> Entries:
    """Return the entries of the page *glossary* by their anchors."""
    return {
        anchor: item
        for listing in glossary.findall(nodes.definition_list)
        if "course-glossary" in listing["classes"]
        for item in listing.findall(nodes.definition_list_item)
        for term in item.findall(nodes.term)
        for anchor in term["ids"]
    }


class AddDefinitions(SphinxPostTransform):
    """Add the definitions of the terms that the page links, each once, and mark the links."""

    # Before references are resolved (10), since a definition may hold some.
    default_priority = 5
    builders = BUILDERS

    def run(self, **_options: object) -> None:
        """Complete the page."""
        links = list(term_links(self.document))
        if not links:
            return
        objects = self.env.domains.standard_domain.objects
        places = {name.casefold(): at for (kind, name), at in objects.items() if kind == "term"}
        glossaries: dict[str, Entries] = {}
        copies: Entries = {}
        for xref in links:
            docname, anchor = places.get(xref["reftarget"].casefold(), ("", ""))
            if docname in {"", self.env.docname}:
                continue
            if docname not in glossaries:
                glossaries[docname] = entries_of(self.env.get_doctree(docname))
            if entry := glossaries[docname].get(anchor):
                # No heading has an id with two hyphens in a row.
                name = f"definition--{anchor.removeprefix('term-')}"
                copies[name] = copies.get(name) or self.copied(entry, name)
                # Of a link that is resolved, only what stands in it stays.
                for text in xref.findall(nodes.inline):
                    text["definition"] = name
        if copies:
            listing = nodes.definition_list("", *copies.values())
            self.document += definitions("", listing, classes=["definitions", "no-search"])

    def copied(self, entry: nodes.definition_list_item, name: str) -> nodes.definition_list_item:
        """Return term, translations and definition of *entry*, the definition as *name*."""
        copy = entry.deepcopy()
        for node in list(copy.findall(nodes.Element)):
            node["ids"], node["names"] = [], []
            if isinstance(node, index) or "term-facts" in node["classes"]:
                node.parent.remove(node)
            elif isinstance(node, nodes.definition):
                node["ids"] = [name]
            elif isinstance(node, pending_xref):
                node["refdoc"] = self.env.docname
        return copy


class DescribeLinks(SphinxPostTransform):
    """Have the links described by the definitions, in which nothing is a link any more."""

    default_priority = 20
    builders = BUILDERS

    def run(self, **_options: object) -> None:
        """Complete the links of the page."""
        for holder in list(self.document.findall(definitions)):
            # What comes and goes is no place for links: the glossary has them.
            for link in list(holder.findall(nodes.reference)):
                link.replace_self(link.children)
            for link in list(self.document.findall(nodes.reference)):
                names = [t["definition"] for t in link.findall(nodes.inline) if "definition" in t]
                if names:
                    described = defined_term("", "", *link.children, **link.attributes)
                    described["definition"] = names[0]
                    link.replace_self(described)


def note_glossary(app: Sphinx, doctree: nodes.document) -> None:
    """Have a page with terms read again when the glossary changes."""
    glossary = course_of(app.env).glossary_file
    if glossary.exists() and any(term_links(doctree)):
        app.env.note_dependency(str(glossary))


def visit_definitions(self: HTML5Translator, node: definitions) -> None:
    """Open what is hidden, with or without a script."""
    self.body.append(self.starttag(node, "div", hidden="hidden"))


def depart_definitions(self: HTML5Translator, _node: definitions) -> None:
    """Close it."""
    self.body.append("</div>\n")


def visit_term(self: HTML5Translator, node: defined_term) -> None:
    """Open a link as Sphinx does, with its description."""
    attributes = {"href": node["refuri"], "aria-describedby": node["definition"]}
    self.body.append(self.starttag(node, "a", "", CLASS="reference internal", **attributes))


def depart_term(self: HTML5Translator, _node: defined_term) -> None:
    """Close the link."""
    self.body.append("</a>")


def add_script(
    app: Sphinx, _pagename: str, _template: str, _context: dict[str, Any], doctree: object
) -> None:
    """Load the script on the pages that have definitions, and on no other."""
    if isinstance(doctree, nodes.document) and any(doctree.findall(definitions)):
        app.add_js_file("definitions.js", loading_method="defer")


def setup_definitions(app: Sphinx) -> None:
    """Register nodes, transforms and files."""
    app.add_node(definitions, html=(visit_definitions, depart_definitions))
    app.add_node(defined_term, html=(visit_term, depart_term))
    app.add_post_transform(AddDefinitions)
    app.add_post_transform(DescribeLinks)
    app.connect("doctree-read", note_glossary)
    app.add_css_file("definitions.css")
    app.connect("html-page-context", add_script)
