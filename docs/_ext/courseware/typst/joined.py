"""The tree of one PDF, joined of documents: what finds its way in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.builders import Builder

Role = Literal["front", "chapters", "back"]

# What is gathered from the chapters, as if each were a page.
ANSWERS = "answers-to-exercises"
HINTS = "hints"
SHORT_ANSWERS = "answers-in-short"
GATHERED = frozenset({ANSWERS, HINTS, SHORT_ANSWERS})
# What a chapter by itself has of other pages.
EXCERPTS = "excerpts"


class book_part(nodes.General, nodes.Element):  # noqa: N801  (docutils names nodes so)
    """The documents of one toctree; ``role`` is front, chapters or back.

    It lives only between assembly and translation and is never stored.
    """


class page_number(nodes.reference):  # noqa: N801
    """A link that is the number of the page to which it leads."""


def walk(node: nodes.Node, docname: str) -> Iterator[tuple[str, nodes.Element]]:
    """Yield each element below *node*, in order, with the document that it comes from."""
    # A list of what is still to be visited: generators within generators take twice as long.
    ahead: list[tuple[str, nodes.Node]] = [(docname, node)]
    while ahead:
        docname, node = ahead.pop()
        if not isinstance(node, nodes.Element):
            continue
        if isinstance(node, addnodes.start_of_file):
            docname = node["docname"]
        yield docname, node
        ahead += [(docname, child) for child in reversed(node.children)]


def target_of(node: nodes.Element, docname: str) -> str | None:
    """Return ``docname#id`` or ``docname`` that a reference in *docname* points to.

    None where it points outside of the course or to a file.
    """
    if refid := node.get("refid"):
        return f"{docname}#{refid}"
    uri: str = node.get("refuri", "")
    return uri.removeprefix("%").removesuffix("#") if uri.startswith("%") else None


def has_course(builder: Builder) -> bool:
    """Tell whether the project is a course, with a ledger and exercises, or pages alone."""
    return "courseware_exercises" in builder.config


def own_text(doctree: nodes.document, docname: str) -> addnodes.start_of_file:
    """Return all of the page *docname* but the tables of contents in it."""
    whole = addnodes.start_of_file("", *doctree.children, docname=docname)
    for toctree in list(whole.findall(addnodes.toctree)):
        toctree.parent.remove(toctree)
    return whole


def add_behind(tree: nodes.document, section: nodes.section, docname: str) -> None:
    """Put *section* behind the chapters, after others that were put there."""
    # As if it were a page of its own, so that its ids cannot be those of another page.
    page = addnodes.start_of_file("", section, docname=docname)
    section.parent = page
    back = next((part for part in tree.findall(book_part) if part["role"] == "back"), None)
    if back is None:
        tree += page
        return
    pages = [each for each in back.children if isinstance(each, addnodes.start_of_file)]
    back.insert(sum(each["docname"] in GATHERED for each in pages), page)
