"""What a handout needs of other pages: the terms that it uses, and the works that it cites.

The lists of the whole course are added before links are resolved, under the names of the pages
that they come from, so that links find them; afterwards what nothing links to is taken out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinxcontrib.bibtex.nodes import bibliography

from courseware.pages.definitions import entries_of

from .words import words

if TYPE_CHECKING:
    from sphinx.builders import Builder


def add_excerpts(tree: nodes.document, builder: Builder, start: str, language: str) -> None:
    """Add the glossary and the list of works to the handout *tree* of the page *start*."""
    said = words(language)
    places = builder.env.domains.standard_domain.objects.items()
    glossaries = sorted({place[0] for (kind, _), place in places if kind == "term"} - {start})
    for docname in glossaries:
        items = entries_of(builder.env.get_doctree(docname)).values()
        listing = nodes.definition_list("", *items, classes=["course-glossary"])
        _add(tree, docname, said["terms"], listing)
    lists = builder.env.domains["cite"].data["bibliographies"]
    works = sorted({key.docname for key in lists})
    for docname in works:
        if docname != start:
            found = list(builder.env.get_doctree(docname).findall(bibliography))
            _add(tree, docname, said["works"], *found)


def _add(tree: nodes.document, docname: str, title: str, *body: nodes.Node) -> None:
    section = nodes.section("", nodes.title(title, title), *body, ids=[f"excerpt-{len(tree)}"])
    tree += addnodes.start_of_file("", section, docname=docname, excerpt=True)


def prune_excerpts(tree: nodes.document) -> None:
    """Take out of the excerpts what no link of the handout leads to."""
    excerpts = [part for part in tree.findall(addnodes.start_of_file) if part.get("excerpt")]
    wanted = {
        link["refuri"].lstrip("%")
        for part in tree.findall(addnodes.start_of_file)
        if part not in excerpts
        for link in part.findall(nodes.reference)
        if link.get("refuri", "").startswith("%") and not _is_key_term(link)
    }
    for part in excerpts:
        kept = 0
        for item in list(part.findall(nodes.Element)):
            if isinstance(item, nodes.definition_list_item | nodes.list_item):
                parts = item.findall(nodes.Element)
                if wanted.isdisjoint(
                    f"{part['docname']}#{each}" for node in parts for each in node["ids"]
                ):
                    item.parent.remove(item)
                else:
                    kept += 1
        if not kept:
            part.parent.remove(part)


def _is_key_term(link: nodes.Node) -> bool:
    """Tell whether *link* stands in the list of key terms, which defines them itself."""
    while (link := link.parent) is not None:
        if isinstance(link, nodes.Element) and "key-terms" in link["classes"]:
            return True
    return False
