"""What a link is said to lead to, for who hears of the link alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from .numbers import number_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.builders import Builder

#: Words in the line that name what they stand in.
_NAMES = frozenset({"statement-id", "exercise-number"})
#: How long the beginning of a work is that names it: authors and year.
_REACH = 80


def name_of(node: nodes.Element, builder: Builder, docname: str) -> str:
    """Return the name of *node* in the document *docname*, to which a link leads; empty if none.

    A figure and a table have their numbers, a term and a statement what they are called, a work its
    authors and year. Headings are named by their titles, in the template.
    """
    match node:
        case nodes.figure():
            return number_of(builder, docname, node["ids"], "figure") or ""
        case nodes.table():
            return number_of(builder, docname, node["ids"], "table") or ""
        case nodes.term():
            return "".join(each.astext() for each in node if isinstance(each, nodes.Text)).strip()
        case nodes.list_item() if "bibliography" in node.parent["classes"]:
            head, found, _ = node.astext()[:_REACH].partition(")")
            return " ".join((head + found).split()) if found else ""
        case _:
            return next(_names_in(node), "")


def _names_in(node: nodes.Element) -> Iterator[str]:
    for inline in node.findall(nodes.inline):
        if not _NAMES.isdisjoint(inline["classes"]):
            yield inline.astext().strip(" .")


def about_table(table: nodes.table) -> str:
    """Return what *table* is about: its title or that of its section, and the heads of its columns.

    Who listens hears it before the table is read cell by cell.
    """
    title = next((each for each in table if isinstance(each, nodes.title)), None)
    above: nodes.Element | None = table.parent
    while title is None and above is not None:
        if isinstance(above, nodes.section):
            title = above.next_node(nodes.title)
        above = above.parent
    head = table.next_node(nodes.thead)
    row = head.next_node(nodes.row) if head is not None else None
    cells = [_folded(each) for each in row] if row is not None else []
    said = [_folded(title)] if title is not None else []
    return ": ".join([*said, *filter(None, [", ".join(filter(None, cells))])])


def _folded(node: nodes.Node) -> str:
    return " ".join(node.astext().split())
