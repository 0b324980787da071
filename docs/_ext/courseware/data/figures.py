"""The data behind the figures: CSV files of which each row says where its numbers come from.

The figure ``tallies`` has the file ``tallies.csv`` and, if need be, more: ``tallies-<part>.csv``.
Columns are those of `COLUMNS`; every file has ``id`` and ``label``, and every row names a statement
of the ledger, a close check or a work of the bibliography.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from .problems import DataError, Problem, did_you_mean
from .yamlfile import read_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

#: What each column is called in the table that readers see; without a name it only serves to draw.
COLUMNS: dict[str, str] = {
    "id": "",
    "label": "",
    # Numbers, which readers see as one text: "over 6,500 deaths", "19–39 billion US dollars".
    "bound": "",
    "value": "",
    "low": "",
    "high": "",
    "unit": "",
    # Counts by kind of statement.
    "fact": "Facts",
    "estimate": "Estimates",
    "judgement": "Judgements",
    "prediction": "Predictions",
    "recommendation": "Recommendations",
    "question": "Questions",
    # What the number is, or what the row tells.
    "verdict": "Verdict",
    "grade": "Mark",
    "grade_from": "Mark given by",
    "remains": "What remains",
    "when": "When",
    "origin": "Date from",
    "words": "In words",
    "name": "Name",
    "other_name": "Also called",
    "places": "Places",
    "relation": "In the essay",
    "printed_rate": "Rate printed",
    "verb": "Verb",
    "goods": "Goods",
    "who_counted": "Counted by",
    "what_counted": "What",
    "denominator": "Of what",
    "of_what": "Of what",
    "place": "Where",
    "period": "When",
    "since_words": "Since",
    "as_of": "As of",
    # For drawing alone.
    "a": "",
    "b": "",
    "camp": "",
    "city": "",
    "end": "",
    "family": "",
    "from": "",
    "group": "",
    "kind": "",
    "lane": "",
    "measure": "",
    "panel": "",
    "part": "",
    "position": "",
    "precision": "",
    "region": "",
    "series": "",
    "since": "",
    "stage": "",
    "start": "",
    "to": "",
    "year": "",
    # Where it comes from, and what to mind.
    "page": "",
    "statements": "",
    "notes": "",
    "sources": "",
    "caution": "Mind",
    "reckoned": "Reckoned",
}
NEEDED = ("id", "label", "statements", "notes", "sources")
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
        try:
            return float(self[column])
        except ValueError:
            message = f"{column}: expected a number such as 9614 or 0.5, found '{self[column]}'"
            raise DataError([Problem(self.path, self.line, message)]) from None

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


def number_words(row: Row) -> str:
    """Return the number of *row* with its bound and unit: ``over 6,500 deaths``."""
    shown = [grouped(row.number(c)) for c in ("value", "low", "high") if row[c]]
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
    rows = csv.reader(StringIO(read_text(path), newline=""), strict=True)
    columns: tuple[str, ...] = ()
    found: list[Row] = []
    problems: list[Problem] = []
    begin = 1
    try:
        columns = tuple(next(rows, []))
        problems += [Problem(path, 1, text) for text in _wrong_columns(columns)]
        begin = rows.line_num + 1
        for values in rows:
            line, begin = begin, rows.line_num + 1
            if not values:
                continue
            if len(values) != len(columns):
                message = f"expected {len(columns)} columns, found {len(values)}"
                message += "; put quotes around a text that has a comma"
                problems.append(Problem(path, line, message))
                continue
            texts = dict(zip(columns, map(str.strip, values), strict=True))
            found.append(Row(path, line, texts))
    except csv.Error as error:
        message = f"not valid CSV: {error}; check the double quotes"
        problems.append(Problem(path, begin, message))
    problems += _wrong_rows(found) if not problems else []
    if problems:
        raise DataError(problems)
    return Table(path, columns, tuple(found))


def _wrong_columns(columns: tuple[str, ...]) -> Iterator[str]:
    for name in NEEDED:
        if name not in columns:
            yield f"the column '{name}' is missing"
    for name in columns:
        if name not in COLUMNS:
            yield f"unknown column '{name}'{did_you_mean(name, COLUMNS)}"
        if columns.count(name) > 1:
            yield f"there are two columns '{name}'"


def _wrong_rows(rows: list[Row]) -> Iterator[Problem]:
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
