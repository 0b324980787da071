"""What a chapter by itself has of other pages: terms, works, statements and close checks.

They stand under the names of the pages that they come from, so that links find them. Statements
and checks are added before links are resolved, as the page names them; terms and works afterwards,
since links lead to them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from courseware.data.ledger import page_words
from courseware.pages.build import definition, kind_label, paragraph, span
from courseware.pages.course import course_of
from courseware.pages.domain import course_domain, course_xref
from courseware.pages.nodes import ledger_cite

from .joined import EXCERPTS, book_part, has_course
from .words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .output import PdfBuilder

#: So many parts of a close check tell what it found; those after them say how sure that is.
IN_SHORT = 3


def add_excerpts(tree: nodes.document, builder: PdfBuilder, start: str, language: str) -> None:
    """Add to *tree* of the page *start* what it may need of other pages."""
    said = words(language)
    holder = nodes.section("", nodes.title("", said["excerpts"]), ids=[EXCERPTS])
    # A page of its own, as are others at the back, so that columns use the whole width.
    page = addnodes.start_of_file("", holder, docname=EXCERPTS)
    tree += book_part("", page, role="back", caption="")
    ledger = (("statement", said["statements"], _statement), ("note", said["checks"], _check))
    for kind, title, item_of in ledger if has_course(builder) else ():
        for docname, names in _places_of(kind, _named(tree, kind), builder, start):
            items = [item_of(builder, docname, name) for name in names]
            listing = nodes.definition_list("", *items, classes=["excerpt"])
            _add(holder, docname, title, listing)


def _add(holder: nodes.section, docname: str, title: str, *body: nodes.Node) -> None:
    """Add to *holder* a *body* of the page *docname* under a *title*."""
    section = nodes.section("", nodes.title(title, title), *body, ids=[f"excerpt-{len(holder)}"])
    page = addnodes.start_of_file("", section, docname=docname)
    section.parent = page
    holder += page


# -- statements and close checks


def _named(tree: nodes.document, kind: str) -> set[str]:
    """Return what *tree* refers to of a *kind* of the course's domain."""
    named = {
        xref["reftarget"]
        for xref in tree.findall(addnodes.pending_xref)
        if (xref.get("refdomain"), xref["reftype"]) == ("course", kind)
    }
    if kind == "statement":
        for cite in tree.findall(ledger_cite):
            named.update(cite.get("statements", []))
    return named


def _places_of(
    kind: str, named: set[str], builder: PdfBuilder, start: str
) -> Iterator[tuple[str, list[str]]]:
    """Yield each other page that lists what is *named* of a *kind*, with the names in order."""
    listed: dict[str, list[str]] = {}
    for (sort, name), (docname, _anchor) in course_domain(builder.env).targets.items():
        if sort == kind and name in named and docname != start:
            listed.setdefault(docname, []).append(name)
    for docname, names in sorted(listed.items()):
        # C9 stands before C10.
        yield docname, sorted(names, key=lambda name: (len(name), name))


def _statement(builder: PdfBuilder, _docname: str, name: str) -> nodes.definition_list_item:
    """Return the statement *name* with its kind and its page of the work."""
    course = course_of(builder.env)
    statement = course.ledger.by_id[name]
    kind = kind_label(course.settings.kind_by_id[statement.kind])
    place = span(f" {page_words(statement.page)}", "statement-place")
    item = definition([nodes.Text(name)], paragraph(f"{statement.text} ", kind, place))
    return _as(item, course_domain(builder.env).targets["statement", name][1])


def _check(builder: PdfBuilder, docname: str, name: str) -> nodes.definition_list_item:
    """Return the close check *name* in short: what is claimed, what was found, the lesson."""
    anchor = course_domain(builder.env).targets["note", name][1]
    sections = builder.pages.read(docname).findall(nodes.section)
    section = next(each for each in sections if anchor in each["ids"]).deepcopy()
    said = paragraph()
    for part in list(section.findall(nodes.definition_list_item))[:IN_SHORT]:
        said += nodes.emphasis("", f"{part[0].astext()}:")
        for each in part.findall(nodes.paragraph):
            said += [nodes.Text(" "), *each.children, nodes.Text(" ")]
    _link_checks(said, builder)
    return _as(definition(section[0].children, said), anchor)


def _link_checks(said: nodes.Element, builder: PdfBuilder) -> None:
    """Make links of the codes of close checks in *said*: what it names is then told to be here."""
    names = [name for kind, name in course_domain(builder.env).targets if kind == "note"]
    code = re.compile(rf"\b({'|'.join(map(re.escape, names))})\b")
    for text in list(said.findall(nodes.Text)):
        if isinstance(text.parent, addnodes.pending_xref | nodes.reference | nodes.literal):
            continue
        parts = code.split(text.astext())
        # Every second part is a code.
        linked = [
            course_xref("note", part, part) if at % 2 else nodes.Text(part)
            for at, part in enumerate(parts)
        ]
        if len(parts) > 1:
            text.parent.replace(text, linked)


def _as(item: nodes.definition_list_item, anchor: str) -> nodes.definition_list_item:
    """Return *item*, to which links to *anchor* lead."""
    term = item[0]
    assert isinstance(term, nodes.term)
    term["ids"] = [anchor]
    return item


# -- terms and works


def add_terms_and_works(
    tree: nodes.document, builder: PdfBuilder, start: str, language: str
) -> None:
    """Add to *tree*, whose links are resolved, the terms and works that the page *start* links to.

    A term that the page defines itself is not told twice: links to it lead to that definition.
    """
    links = [link for link in tree.findall(nodes.reference) if link.get("refuri", "")[:1] == "%"]
    _lead_to_key_terms(links, start)
    wanted = {link["refuri"][1:] for link in links if link.get("refuri")}
    said = words(language)
    holder = next(each for each in tree.findall(nodes.section) if each["ids"] == [EXCERPTS])
    objects = builder.env.domains.standard_domain.objects.items()
    glossaries = {place[0] for (kind, _), place in objects if kind == "term"}
    works = {key.docname for key in builder.env.domains["cite"].data["bibliographies"]}
    sorts = (
        (said["terms"], glossaries, "course-glossary"),
        (said["works"], works, "bibliography"),
    )
    for title, docnames, sort in sorts:
        for docname in sorted(docnames - {start}):
            if (listing := _excerpt(builder, docname, sort, wanted)) is not None:
                _add(holder, docname, title, listing)


def _excerpt(
    builder: PdfBuilder, docname: str, sort: str, wanted: set[str]
) -> nodes.Element | None:
    """Return one list of what is *wanted* of the lists of a *sort* on a page; None of nothing."""
    found: nodes.Element | None = None
    for listing, items in builder.pages.listed(docname):
        for item, places in items if sort in listing["classes"] else ():
            if not wanted.isdisjoint(places):
                found = listing.copy() if found is None else found
                found += item.deepcopy()
    return found


def _lead_to_key_terms(links: list[nodes.reference], start: str) -> None:
    """Have *links* to terms that the page *start* defines lead to where it does."""
    own: dict[str, str] = {}
    for link in links:
        term = link.parent
        if isinstance(term, nodes.term) and _is_key_term(term):
            name = f"key-{link['refuri'].rpartition('#')[2]}"
            own[link["refuri"]] = f"%{start}#{name}"
            term["ids"].append(name)
            link.replace_self(list(link.children))
            link["refuri"] = ""
    for link in links:
        link["refuri"] = own.get(link["refuri"], link["refuri"])


def _is_key_term(node: nodes.Node) -> bool:
    """Tell whether *node* stands in the list of key terms, which defines them itself."""
    while (node := node.parent) is not None:
        if isinstance(node, nodes.Element) and "key-terms" in node["classes"]:
            return True
    return False
