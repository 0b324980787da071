"""The data behind a figure as a table: what each row is, its number, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from courseware.data.figures import headings_of, number_words
from courseware.pages.build import (
    Cell,
    check_xref,
    fill_row,
    ledger_links,
    linked,
    paragraph,
    span,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from courseware.data.figures import Row, Table
    from courseware.data.ledger import Ledger
    from courseware.data.settings import Settings

    Cite = Callable[[Iterable[str]], list[nodes.Node]]

#: Columns with a line of their own, after the facts.
REMARKS = ("caution", "reckoned")


def data_table(
    data: Table, settings: Settings, ledger: Ledger, docname: str, cite: Cite
) -> nodes.table:
    """Return *data* as a table on the page *docname*; *cite* makes citations of works.

    *settings* have the course's headings for columns, and what it calls the work.
    """
    headings = headings_of(data.columns, settings.figures.headings)
    with_numbers = any(number_words(row) for row in data.rows)
    header = ["Row", *["Number"] * with_numbers, "What it is", "From"]
    widths = (20, 15, 43, 22) if with_numbers else (22, 54, 24)
    rows = []
    for row in data.rows:
        number: list[Cell] = [[paragraph(number_words(row))]] if with_numbers else []
        source = paragraph(*sources_of([row], ledger, settings.work.noun, docname, cite))
        cells: list[Cell] = [[paragraph(row["label"])], *number, _facts(row, headings), [source]]
        rows.append(fill_row(nodes.row(), cells))
    return table(header, rows, widths, "figure-table", stubs=1)


def _facts(row: Row, headings: Mapping[str, str]) -> list[nodes.Node]:
    """Return what the other columns say, and what to mind."""
    facts = paragraph()
    for column, heading in headings.items():
        if column not in REMARKS and (text := row[column]):
            said = f"{heading.lower()}:" if len(facts) else f"{heading}:"
            facts += [nodes.Text("; ")] * bool(len(facts))
            facts += [span(said, "figure-field"), nodes.Text(f" {text}")]
    remarks = [
        paragraph(span(f"{headings[column]}:", "figure-field"), f" {row[column]}")
        for column in REMARKS
        if column in headings and row[column]
    ]
    return [*([facts] if len(facts) else []), *remarks]


def sources_of(
    rows: Iterable[Row], ledger: Ledger, noun: str, docname: str, cite: Cite
) -> list[nodes.Node]:
    """Return the pages of the work, the close checks and the works that *rows* rest on, each once.

    *noun* is what the work is called; links run from the page *docname*; *cite* cites works.
    """

    def each(column: str) -> list[str]:
        return list(dict.fromkeys(name for row in rows for name in row.ids(column)))

    rows = list(rows)
    parts: list[list[nodes.Node]] = []
    if names := each("statements"):
        # In the order of the work.
        known = [statement for statement in ledger.statements if statement.id in set(names)]
        links = ledger_links(known, docname)
        parts.append([nodes.Text(f"{noun}, "), links])
    order = {note.id: at for at, note in enumerate(ledger.notes)}
    notes = sorted(each("notes"), key=lambda name: order.get(name, len(order)))
    parts += [[linked(check_xref(name), docname)] for name in notes]
    parts += [cite([name]) for name in each("sources")]
    result: list[nodes.Node] = []
    for position, part in enumerate(parts):
        result += [nodes.Text("; ")] * bool(position)
        result += part
    return result
