"""The evidence table of a chapter, which leaves more and more to the reader from row to row.

Where the first row is reasoned in full (``worked``), the next ones hold back what would change
one's mind, and the last holds back the whole rating, until the reader has thought of an own one.
"""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, TypeVar

from docutils import nodes

from courseware.data.ledger import Ledger, Strength, page_words
from courseware.data.problems import did_you_mean
from courseware.data.yamlfile import Record, YamlSource
from courseware.pages.build import fill_row, kind_label, linked, paragraph, span, table
from courseware.pages.course import CourseDirective
from courseware.pages.domain import course_xref
from courseware.pages.nodes import evidence_row, held_back, rate_first

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils.nodes import Node
    from sphinx.application import Sphinx

    from courseware.data.ledger import Statement

Row = TypeVar("Row", bound=nodes.row)

COLUMNS = ["Statement", "Kind", "Source given", "Strength", "What would change your mind"]
#: What stands in the place of a source where the work names none.
NONE_GIVEN = "none given"
WIDTHS = (25, 15, 12, 31, 17)


class EvidenceRow(Record):
    """One row that an author writes: a statement, and how well its evidence bears it."""

    statement: str
    strength: Strength
    because: str
    change: str
    worked: str | None = None


class Shown(Enum):
    """How much of a row readers see before they have thought for themselves."""

    ALL = auto()
    RATING = auto()
    STATEMENT = auto()


class EvidenceTable(CourseDirective):
    """Weigh statements: kind, source given, strength, what would change your mind."""

    has_content = True

    def build(self) -> list[Node]:
        """Return the table; warn of YAML mistakes and unknown statements, with their lines."""
        self.depends_on(self.course.ledger_file)
        page, _ = self.get_source_info()
        self.source = YamlSource(Path(page), "\n".join(self.content), self.content_line)
        ledger = self.course.ledger
        written = self.source.parse(list[EvidenceRow])
        rows: list[nodes.row] = []
        seen: set[str] = set()
        for index, row in enumerate(written):
            statement = ledger.by_id.get(row.statement)
            if index and row.worked is not None:
                message = "'worked' is for the first row, which shows how one rates; take it out"
                self.warn(f"{message} here, or put this row first", self.line(index, "worked"))
            if statement is None:
                hint = did_you_mean(row.statement, ledger.by_id)
                message = f"the ledger has no statement '{row.statement}'{hint}"
                self.warn(message, self.line(index, "statement"))
            elif row.statement in seen:
                message = f"statement '{row.statement}' is weighed already; give it one row"
                self.warn(message, self.line(index, "statement"))
            else:
                seen.add(row.statement)
                rows.append(self.row(index, row, statement, shown_of(index, written)))
                if not index and row.worked is not None:
                    rows.append(self.worked(row.worked))
        return [table(COLUMNS, rows, WIDTHS, "evidence-table")] if rows else []

    def line(self, index: int, field: str) -> int:
        """Return the line of the page on which the *field* of a row stands."""
        return self.source.line_of((index, field))

    def inline(self, index: int, field: str, text: str) -> list[Node]:
        """Return the *text* in the *field* of a row as nodes in a line."""
        # MyST counts lines from 0.
        found, _ = self.parse_inline(text, lineno=self.line(index, field) - 1)
        return found

    def row(self, index: int, row: EvidenceRow, statement: Statement, shown: Shown) -> evidence_row:
        """Return the table row that weighs *statement*, as much of it as is *shown*."""
        link = linked(course_xref("statement", statement.id, statement.id), self.env.docname)
        place = span(f"({page_words(statement.page)}, ", "statement-place")
        place += [link, nodes.Text(")")]
        strength = span(row.strength.value, "strength", f"strength-{row.strength.value}")
        rating = paragraph(strength, ": ", *self.inline(index, "because", row.because))
        change = paragraph(*self.inline(index, "change", row.change))
        cells: list[list[Node]] = [
            [paragraph(statement.text, " ", place)],
            [paragraph(kind_label(self.course.settings.kind_by_id[statement.kind]))],
            [self.source_given(statement, self.course.ledger)],
        ]
        if shown is Shown.ALL:
            cells += [[rating], [change]]
        elif shown is Shown.RATING:
            cells += [[rating], [self.held(statement, CHANGE, change)]]
        else:
            change.insert(0, [nodes.strong("", "What would change our mind:"), nodes.Text(" ")])
            cells += [[self.choice(statement), self.held(statement, RATING, rating, change)]]
        result = evidence_row("", statements=[statement.id], ids=[anchor_of(statement)])
        result.line = self.line(index, "because")
        self.state.document.note_explicit_target(result)
        fill_row(result, cells)
        return spanning(result, COLUMNS)

    @property
    def topic(self) -> str:
        """The chapter that the table stands in."""
        return self.env.docname.rpartition("/")[2]

    def choice(self, statement: Statement) -> rate_first:
        """Return the strengths to choose from for *statement*."""
        keep = f"rating:{self.topic}:{statement.id.lower()}"
        choices = [strength.value for strength in Strength]
        return rate_first(statement=statement.id, keep=keep, choices=choices)

    def held(self, statement: Statement, said: tuple[str, str, str], *body: Node) -> held_back:
        """Return *body*, which says on *statement* what readers see later."""
        name = f"ours-{self.topic}-{statement.id.lower()}"
        summary, before, alone = said
        return held_back(
            "",
            *body,
            names=[],
            ids=[name],
            classes=["held-back"],
            statement=statement.id,
            about=shorten(statement.text, ABOUT, placeholder=" …", break_on_hyphens=False),
            row=anchor_of(statement),
            chapter=self.topic,
            summary=summary,
            before=before,
            alone=alone,
        )

    def worked(self, text: str) -> nodes.row:
        """Return the row that tells how the first one was rated."""
        words = self.inline(0, "worked", text)
        lead = nodes.strong("", "How we rated it:")
        row = fill_row(nodes.row(classes=["worked-row"]), [[paragraph(lead, " ", *words)]])
        return spanning(row, COLUMNS)

    def source_given(self, statement: Statement, ledger: Ledger) -> nodes.paragraph:
        """Return what the work gives as the statement's source, linked to the sources page."""
        if statement.footnote is None:
            return paragraph(NONE_GIVEN)
        footnote = ledger.footnote_by_number[statement.footnote]
        xref = course_xref("footnote", str(footnote.number), f"note {footnote.number}")
        return paragraph(linked(xref, self.env.docname), f": {footnote.short}")


#: The most characters by which a statement is called to mind where its row is far away.
ABOUT = 32
#: What a disclosure says, what print says in its place beside a link to ours, and without one.
CHANGE = ("Answer first, then see ours", "Answer first.", "Your answer:")
RATING = (
    "Our rating, and what would change it",
    *("Say also what would change your mind.",) * 2,
)


def shown_of(index: int, rows: list[EvidenceRow]) -> Shown:
    """Return how much is shown of the row at *index*: all where no row was reasoned in full."""
    if index == 0 or rows[0].worked is None:
        return Shown.ALL
    return Shown.STATEMENT if index == len(rows) - 1 else Shown.RATING


def spanning(row: Row, columns: Sequence[str]) -> Row:
    """Return *row* with its last cell over all *columns* that are left."""
    last = row.children[-1]
    assert isinstance(last, nodes.entry)
    if more := len(columns) - len(row.children):
        last["morecols"] = more
    return row


def anchor_of(statement: Statement) -> str:
    """Return the anchor of the row that weighs *statement*."""
    return f"evidence-{statement.id.lower()}"


def setup_evidence_directive(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("evidence-table", EvidenceTable)
