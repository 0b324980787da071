"""The key terms of a chapter in a book, whose glossary defines them: names and pages alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from courseware.pages.nodes import course_list

from .joined import page_number

if TYPE_CHECKING:
    from collections.abc import Iterator


def run_in_key_terms(tree: nodes.document) -> None:
    """Make each list of key terms in *tree*, whose links are resolved, one paragraph.

    A term that has no entry in the book keeps its definition: it would stand nowhere else.
    """
    ids = {each for node in tree.findall(nodes.Element) for each in node["ids"]}
    for block in list(tree.findall(course_list)):
        listing = block.next_node(nodes.definition_list)
        if "key-terms" not in block["classes"] or listing is None:
            continue
        terms = [term for item in listing for term in item.findall(nodes.term)]
        links = [term.next_node(nodes.reference) for term in terms]
        if all(link is not None and _anchor(link) in ids for link in links):
            run = nodes.paragraph(classes=["key-terms-run"])
            for at, term in enumerate(terms):
                run += [nodes.Text("; ")] * bool(at) + list(_named(term))
            run += nodes.Text(".")
            block.replace_self(run)


def _anchor(link: nodes.Element) -> str:
    return str(link.get("refid") or link.get("refuri", "").rpartition("#")[2])


def _named(term: nodes.term) -> Iterator[nodes.Node]:
    """Yield the words of *term*, and the page of its entry."""
    link = term.next_node(nodes.reference)
    assert link is not None
    yield from term.children
    yield nodes.Text(", ")
    yield page_number("", **{name: link[name] for name in ("refid", "refuri") if name in link})
