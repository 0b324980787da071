"""Tables with real header cells, spans, captions and numbers."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from docutils import nodes

from . import source
from .breaks import longest_piece
from .glyphs import replace_missing, spaced
from .looks import TABLES, look
from .named import about_table
from .numbers import number_of
from .prose import joined
from .source import Code
from .writer import Writer, passing, skipping, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

_ALIGNMENTS = {"text-left": "left", "text-right": "right", "text-center": "center"}


class Tables(Writer):
    """Visitors of tables."""

    def visit_table(self, node: nodes.table) -> None:
        """Open the template's table with all that must be known before the cells."""
        self.anchor_here()
        self.mark(node)
        group = node.next_node(nodes.tgroup)
        if group is None:
            raise nodes.SkipNode
        if about := about_table(node):
            # What no font has is told where it is printed.
            said = replace_missing(spaced(self.quoted(about)))
            self.emit(source.call("table-about", said))
        columns = list(group.findall(nodes.colspec))
        sizes = widths(node, columns)
        self.lines.append(
            "data-table("
            + source.arguments(
                {
                    "kind": look(node, TABLES),
                    **({"flowing": True} if self.flowing else {}),
                    "columns": sizes,
                    "aligns": [Code(align) for align in alignments(node, len(columns))],
                    **crowding(node, sizes, self.language),
                    "number": self.number_of(node, "table"),
                }
            )
        )
        self.enter("table")

    def depart_table(self, _node: nodes.table) -> None:
        """Close the table."""
        self.lines.append(")")
        self.leave()

    def visit_tgroup(self, node: nodes.Element) -> None:
        """Write the caption, which stands before the group, as a named argument."""
        title = node.parent.next_node(nodes.title)
        if title is not None and title.parent is node.parent:
            self.lines.append("caption: {")
            self.inner(title)
            self.lines.append("},")
        self.stubs = [bool(spec.get("stub")) for spec in node.findall(nodes.colspec)]

    visit_thead, depart_thead = writing("header: (", "),")
    visit_colspec = skipping  # the widths are read in visit_table
    visit_tbody = depart_tbody = depart_tgroup = depart_row = passing

    def visit_row(self, node: nodes.Element) -> None:
        """Mark the place of a row."""
        self.mark(node)

    def visit_entry(self, node: nodes.entry) -> None:
        """Open a cell with its spans; a cell of a stub column is set like a header."""
        named: dict[str, object] = {}
        if "morecols" in node:
            named["colspan"] = node["morecols"] + 1
        if "morerows" in node:
            named["rowspan"] = node["morerows"] + 1
        in_head = isinstance(node.parent.parent, nodes.thead)
        is_stub = not in_head and node.parent.index(node) < sum(self.stubs)
        function = "stub-cell" if is_stub else "table.cell"
        if is_tall(node.parent):
            named["breakable"] = True
        self.lines.append(f"{function}({source.arguments(named)}{{")

    def depart_entry(self, _node: nodes.entry) -> None:
        """Close the cell."""
        self.lines.append("}),")

    def number_of(self, node: nodes.Element, figtype: str) -> str | None:
        """Return what Sphinx calls a figure or table, None without a number."""
        return number_of(self.builder, self.docname, node["ids"], figtype)


def widths(table: nodes.Element, columns: list[nodes.colspec]) -> list[Code]:
    """Return the column widths: as given, or by how much text each column holds.

    Markdown tables say nothing of widths; columns of short entries are then as wide as they need
    and long ones share the rest.
    """
    if "colwidths-auto" not in table["classes"] and is_given(columns):
        return [Code(f"{spec['colwidth']}fr") for spec in columns]
    longest = longest_words(table, len(columns))
    if sum(longest) <= _SHORT:
        return [Code("auto")] * len(columns)
    # the root, because the other way to take up long text is more lines
    return [Code("auto" if each <= _NARROW else f"{math.sqrt(each):.2f}fr") for each in longest]


def crowding(table: nodes.Element, sizes: list[Code], language: str) -> dict[str, object]:
    """Return what the template needs of a table whose words may not fit beside one another.

    That is the longest word of each column, which it measures (of one that is as wide as it needs,
    the longest text), and what part of the width that is left each column takes; nothing for a
    table that is surely narrow enough, and for those whose columns were made for what they hold.
    """
    if look(table, TABLES) and "colwidths-given" in table["classes"]:
        return {}
    count = len(sizes)
    words = [""] * count
    for at, entry in column_entries(table, count):
        text = joined(entry.astext(), language)
        least = text if sizes[at] == Code("auto") else longest_piece(text)
        words[at] = max(words[at], least, key=len)
    if sum(len(word) + _BETWEEN for word in words) <= _SHORT + _BETWEEN:
        return {}
    shares = [round(math.sqrt(each), 2) for each in longest_words(table, count)]
    return {"words": words, "shares": shares}


# Characters: a table that fits in a line as it is; an entry that should not be broken; and the
# longest text that still counts, so that one long cell does not take the whole width.
_SHORT, _NARROW, _LONG = 60, 14, 90
# The room between two columns, in characters.
_BETWEEN = 3


def is_tall(row: nodes.Element) -> bool:
    """Tell whether *row* may be taller than half a page, so that it has to break across pages."""
    cells = [child for child in row.children if isinstance(child, nodes.entry)]
    return any(len(cell.astext()) * len(cells) > _HALF_PAGE for cell in cells)


# Characters in half a page of a table's type.
_HALF_PAGE = 2200


def is_given(columns: list[nodes.colspec]) -> bool:
    """Tell whether the widths were written: equal ones come from a table without widths."""
    return all("colwidth" in spec for spec in columns)


def longest_words(table: nodes.Element, count: int) -> list[int]:
    """Return the length of the longest text in each column (cells with a span do not count)."""
    longest = [1] * count
    for at, entry in column_entries(table, count):
        longest[at] = max(longest[at], min(len(entry.astext()), _LONG))
    return longest


def column_entries(table: nodes.Element, count: int) -> Iterator[tuple[int, nodes.entry]]:
    """Yield the entries of *table* with their columns, without rows in which any has a span."""
    for row in table.findall(nodes.row):
        entries = [child for child in row.children if isinstance(child, nodes.entry)]
        if len(entries) == count and not any("morecols" in entry for entry in entries):
            yield from enumerate(entries)


def alignments(table: nodes.Element, count: int) -> list[str]:
    """Return the alignment of each column, read from the classes of the first row's cells.

    Where they say nothing, numbers stand at the right, in columns that hold nothing else.
    """
    row = table.next_node(nodes.row)
    entries = [] if row is None else [e for e in row.children if isinstance(e, nodes.entry)]
    found = [_ALIGNMENTS.get(next(iter(entry["classes"]), "")) for entry in entries]
    found = (found + [None] * count)[:count]
    numeric = set() if look(table, TABLES) in _NAMED else number_columns(table, count)
    return [align or ("right" if at in numeric else "left") for at, align in enumerate(found)]


def number_columns(table: nodes.Element, count: int) -> set[int]:
    """Return the columns of *table* in which every cell below the head is a number.

    Not the first one where its numbers are equally long: years name their rows, and stand in line
    at either side. Room to write in is no number.
    """
    columns: list[list[str]] = [[] for _ in range(count)]
    for body in table.findall(nodes.tbody):
        for at, entry in column_entries(body, count):
            columns[at].append(entry.astext().strip())
    numeric = {
        at for at, cells in enumerate(columns) if cells and all(map(_NUMBER.fullmatch, cells))
    }
    return numeric - {0} if len({len(cell) for cell in columns[0]}) == 1 else numeric


# Tables of keys and answer grids: their numbers are names of questions.
_NAMED = frozenset({"key", "grid"})
# A number, with its sign, currency, thousands, decimals, percent.
_NUMBER = re.compile("[+\N{MINUS SIGN}-]?[$€£]?\\s?\\d[\\d.,\\s]*%?")
