"""Listings in columns over text and margin: sections of one list each, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from . import source
from .looks import COLUMNS, LISTS, TABLES, WIDE_CONTAINERS, WIDE_LISTS, WIDE_TABLES, look
from .writer import Writer

if TYPE_CHECKING:
    from collections.abc import Mapping


class Columns(Writer):
    """Writes ``section-columns(head({...}), ..items({...}, {...}), ...)`` around the visitors."""

    def begin_columns(self, section: nodes.Element, kind: str) -> None:
        """Begin a section of a listing, and the listing itself where it is the first."""
        if column_kind(sibling(section, -1)) != kind:
            named = {"kind": kind, "flowing": self.flowing}
            self.emit(f"section-columns({source.arguments(named)}")
        self.emit("head({")
        self.enter("listing")

    def end_columns(self, section: nodes.Element, kind: str) -> None:
        """End a section of a listing, and the listing where it is the last."""
        self.leave()
        self.emit("}),")
        if column_kind(sibling(section, 1)) != kind:
            self.emit(")")

    def begin_list(self, node: nodes.Element, function: str, named: Mapping[str, object]) -> None:
        """Begin a list: the items of a listing in columns, or a call of *function*."""
        self.mark(node)
        if is_in_columns(node):
            self.emit("}), ..items(")
            return
        kind = look(node, LISTS) or look(node.parent, LISTS) or wholeness(node)
        if kind in WIDE_LISTS:
            self.enter("listing")
        flowing = {"flowing": True} if kind in WIDE_LISTS and self.flowing else {}
        self.emit(f"{function}({source.arguments({**named, **flowing, 'kind': kind})}")

    def end_list(self, node: nodes.Element) -> None:
        """End what :meth:`begin_list` began."""
        if is_in_columns(node):
            self.emit("), head({")
            return
        if (look(node, LISTS) or look(node.parent, LISTS)) in WIDE_LISTS:
            self.leave()
        self.emit(")")


def wholeness(node: nodes.Element) -> str | None:
    """Return the kind of a definition list without a look, whose items are short: they stay whole.

    A term is then never parted from its definition.
    """
    is_short = all(len(item.astext()) < _WHOLE for item in node)
    return "whole" if isinstance(node, nodes.definition_list) and is_short else None


# Characters of an item that takes a quarter of a page.
_WHOLE = 900


def column_kind(section: nodes.Node | None) -> str | None:
    """Return the kind of listing that *section* is a part of, None where it is an ordinary one.

    A part holds a list that belongs in columns, and is not the document's whole.
    """
    if not isinstance(section, nodes.section) or not isinstance(section.parent, nodes.section):
        return None
    children = (child for child in section.children if isinstance(child, nodes.Element))
    return next((kind for child in children if (kind := look(child, COLUMNS))), None)


def is_in_columns(node: nodes.Element) -> bool:
    """Tell whether *node* is the list of a section in columns."""
    return look(node, COLUMNS) is not None and column_kind(node.parent) is not None


def has_columns(document: nodes.Element) -> bool:
    """Tell whether anything in *document* is set in columns."""
    lists = (each for each in document.findall(nodes.Element) if isinstance(each, nodes.Sequential))
    return any(look(each, COLUMNS) or look(each, LISTS) in WIDE_LISTS for each in lists)


def takes_full_page(document: nodes.Node | None) -> bool:
    """Tell whether *document*, of the back, needs the whole width of the page.

    So does what is set in columns, and what goes on over pages as a wide list or table: the margin
    column of facing pages is not on the same side.
    """
    return isinstance(document, nodes.Element) and any(
        isinstance(each, nodes.citation)
        or look(each, LISTS) in WIDE_LISTS
        or look(each, COLUMNS) is not None
        or look(each, TABLES) in WIDE_TABLES
        or not WIDE_CONTAINERS.isdisjoint(each["classes"])
        for each in document.findall(nodes.Element)
    )


def flows_in_columns(document: nodes.Node | None) -> bool:
    """Tell whether *document*, which takes full pages, is set in columns below its title.

    So is one that has nothing wider than a column: what stands before its lists is then no wider
    to read than they are.
    """
    return takes_full_page(document) and not is_wide(document)


def runs_in_columns(section: nodes.Node | None) -> bool:
    """Tell whether *section*, of a document that does not flow as a whole, does so.

    Others that do and stand beside it are set in the same columns.
    """
    return isinstance(section, nodes.section) and flows_in_columns(section)


def is_wide(part: nodes.Node | None) -> bool:
    """Tell whether *part* has anything that is wider than a column."""
    return isinstance(part, nodes.Element) and any(
        isinstance(each, nodes.figure | nodes.literal_block | nodes.citation)
        or (isinstance(each, nodes.table) and look(each, TABLES) != "listing")
        or not WIDE_CONTAINERS.isdisjoint(each["classes"])
        for each in part.findall(nodes.Element)
    )


def sibling(node: nodes.Element, step: int) -> nodes.Node | None:
    """Return the node *step* places after (or, below zero, before) *node*, if there is one."""
    at: int = node.parent.index(node) + step
    return node.parent[at] if 0 <= at < len(node.parent) else None
