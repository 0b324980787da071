"""The data behind the figures: CSV files of which each row says where its numbers come from.

The figure ``tallies`` has the file ``tallies.csv`` and, if need be, more: ``tallies-<part>.csv``.
Every file has the columns `NEEDED`, those of `HEADINGS` that it wants, and columns of its own;
every row names a statement of the ledger, a close check or a work of the bibliography.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from .csvfile import read_rows
from .problems import DataError, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

#: What readers see each column called; without a name it only serves to draw. A file may have
#: columns of its own besides: see `headings_of`.
HEADINGS: dict[str, str] = {
    "id": "",
    "label": "",
    # Numbers, which readers see as one text: "over 6,500 deaths", "19–39 billion US dollars".
    "bound": "",
    "value": "",
    "low": "",
    "high": "",
    "unit": "",
    # What the number is, or what the row tells.
    "when": "When",
    "words": "In words",
    "who_counted": "Counted by",
    "what_counted": "What",
    "denominator": "Of what",
    "place": "Where",
    "places": "Places",
    "period": "When",
    "as_of": "As of",
    # Where it comes from, and what to mind.
    "page": "",
    "statements": "",
    "notes": "",
    "sources": "",
    "caution": "Mind",
    "reckoned": "Reckoned",
}
NEEDED = ("id", "label", "statements", "notes", "sources")
NUMBERS = ("value", "low", "high")
#: How alike a column's name and one of `HEADINGS` must be for a slip of the pen.
_ALIKE = 0.8
_ROW_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Row:
    """One row of a data file: its place, and its values by column (empty where there is none)."""

    path: Path
    line: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the text in *column*, empty where the file has no such column."""
        return self.values.get(column, "")

    def number(self, column: str) -> float:
        """Return the number in *column*; raise `DataError` where there is none."""
        number = _number(self[column])
        if number is None:
            raise DataError([self.no_number(column)])
        return number

    def no_number(self, column: str) -> Problem:
        """Return the problem that there is no number in *column*."""
        message = f"{column}: expected a number such as 9614 or 0.5, found '{self[column]}'"
        return Problem(self.path, self.line, message)

    def ids(self, column: str) -> list[str]:
        """Return the ids in *column*, which are parted by spaces."""
        return self[column].split()


@dataclass(frozen=True)
class Table:
    """One data file of a figure."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def row(self, name: str) -> Row:
        """Return the row with the id *name*; raise `DataError` where there is none."""
        for row in self.rows:
            if row["id"] == name:
                return row
        hint = did_you_mean(name, [row["id"] for row in self.rows])
        raise DataError([Problem(self.path, 1, f"the figure needs a row with id '{name}'{hint}")])

    def where(self, **wanted: str) -> list[Row]:
        """Return the rows that have the *wanted* texts in their columns, in order."""
        return [row for row in self.rows if all(row[c] == text for c, text in wanted.items())]


def headings_of(columns: Collection[str], own: Mapping[str, str]) -> dict[str, str]:
    """Return what readers see each of *columns* called, in the order in which they see them.

    *own* are a course's headings for its columns, or for some of `HEADINGS`; they come first, and
    an empty one hides its column. A column that neither names is called by its own name:
    ``printed_rate`` is "Printed rate".
    """
    known = {**own, **{name: text for name, text in HEADINGS.items() if name not in own}}
    others = {name: name.replace("_", " ").strip() for name in columns if name not in known}
    shown = known | {name: text[:1].upper() + text[1:] for name, text in others.items()}
    return {name: text for name, text in shown.items() if text and name in columns}


def check_columns(table: Table, own: Mapping[str, str]) -> None:
    """Raise `DataError` for columns of *table* that look like slips of a known name.

    *own* are the course's headings for its columns.
    """
    known = {*HEADINGS, *own}
    hints = {name: did_you_mean(name, sorted(known), _ALIKE) for name in table.columns}
    problems = [
        Problem(
            table.path,
            1,
            f"unknown column '{name}'{hint} A column of one's own needs a name less like it",
        )
        for name, hint in hints.items()
        if hint and name not in known
    ]
    if problems:
        raise DataError(problems)


def number_words(row: Row) -> str:
    """Return the number of *row* with its bound and unit: ``over 6,500 deaths``."""
    shown = [grouped(row.number(c)) for c in NUMBERS if row[c]]
    if not shown:
        return ""
    # Both ends of a range may be the same: one number.
    number = "–".join(dict.fromkeys(shown))
    return " ".join(filter(None, [row["bound"], number, row["unit"]]))


def grouped(value: float) -> str:
    """Return *value* as the text writes it: ``9,614`` or ``0.5``."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def figure_scripts(folder: Path) -> list[Path]:
    """Return the scripts in *folder* that draw a figure each, by name."""
    return sorted(folder.glob("[a-z]*.py"))


def figure_files(folder: Path, figure: str) -> list[Path]:
    """Return the data files of *figure* in *folder*: its own, then its parts by name."""
    own = folder / f"{figure}.csv"
    return [own, *sorted(folder.glob(f"{figure}-*.csv"))]


def load_table(path: Path) -> Table:
    """Return the data file *path*.

    Raises `DataError` for a missing file, unknown or missing columns, rows of another length, ids
    that are not unique, and rows that name no source.
    """
    file = read_rows(path, NEEDED)
    wrong = [Problem(path, 1, text) for text in _wrong_columns(file.columns)]
    found = tuple(
        Row(path, line, {column: value.strip() for column, value in values.items()})
        for line, values in file.rows
    )
    # Where a column is missing, every row would be wrong as well.
    if problems := wrong or list(_wrong_rows(found)):
        raise DataError(problems)
    return Table(path, file.columns, found)


def _number(text: str) -> float | None:
    """Return the number that *text* is, None where it is none, infinite or "not a number"."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None


def _wrong_columns(columns: tuple[str, ...]) -> Iterator[str]:
    for name in NEEDED:
        if name not in columns:
            others = [column for column in columns if column not in {*NEEDED, *HEADINGS}]
            yield f"the column '{name}' is missing{did_you_mean(name, others)}"
    for name in columns:
        if not name.strip():
            yield "a column has no name; expected one such as 'value'"


def _wrong_rows(rows: Iterable[Row]) -> Iterator[Problem]:
    lines: dict[str, int] = {}
    for row in rows:
        name = row["id"]
        if not _ROW_ID.fullmatch(name):
            message = f"id: expected small letters, figures and hyphens, found '{name}'"
            yield Problem(row.path, row.line, message)
        if name in lines:
            message = f"id '{name}' is already used on line {lines[name]}; ids are unique"
            yield Problem(row.path, row.line, message)
        lines.setdefault(name, row.line)
        if not row["label"]:
            yield Problem(row.path, row.line, "label: expected some text, found none")
        for column in NUMBERS:
            if row[column] and _number(row[column]) is None:
                yield row.no_number(column)
        if not (row["statements"] or row["notes"] or row["sources"]):
            message = "names no source; expected an id in 'statements', 'notes' or 'sources'"
            yield Problem(row.path, row.line, message)


def check_sources(table: Table, known: Mapping[str, Collection[str]]) -> None:
    """Raise `DataError` for each id in *table* that does not exist.

    *known* has the ids that do, for some of the columns ``statements``, ``notes`` and ``sources``.
    """
    called = {"statements": "statement", "notes": "close check", "sources": "work"}
    problems = [
        Problem(row.path, row.line, f"there is no {called[c]} '{name}'{did_you_mean(name, ids)}")
        for row in table.rows
        for c, ids in known.items()
        for name in row.ids(c)
        if name not in ids
    ]
    if problems:
        raise DataError(problems)
