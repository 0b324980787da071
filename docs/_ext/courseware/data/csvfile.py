"""Read the rows of a CSV file, each with its line; tell what spreadsheets do to such files."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from .limits import ROWS, TEXT_CHARACTERS
from .problems import DataError, Problem
from .textfile import read_text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

# What else programs put between columns, and what it is called.
_OTHERS = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}


@dataclass(frozen=True)
class Rows:
    """What a CSV file holds: its columns, and its rows by line, each with a text a column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


def read_rows(path: Path, expected: Collection[str]) -> Rows:
    """Return what the CSV file *path* holds; blank lines are passed over.

    *expected* are columns that the file should have, by which other separators are known.
    Raises `DataError` for a missing file, other separators than commas, bad quotes, too many rows,
    too long a text, two columns of one name, and rows of another length than the first.
    """
    text = read_text(path)
    _refuse_separators(path, text, expected)
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, Mapping[str, str]]] = []
    problems: list[Problem] = []
    columns: tuple[str, ...] = ()
    begin = 1
    try:
        columns = tuple(next(reader, []))
        twins = sorted({name for name in columns if columns.count(name) > 1})
        problems += [Problem(path, 1, f"there are two columns '{name}'") for name in twins]
        begin = reader.line_num + 1
        for values in reader:
            line, begin = begin, reader.line_num + 1
            # Spreadsheets keep rows of nothing where something stood once.
            if not any(map(str.strip, values)):
                continue
            if len(rows) == ROWS:
                message = f"more than {ROWS:,} rows; keep those that are shown or drawn"
                problems.append(Problem(path, line, message))
                break
            problems += [Problem(path, line, message) for message in _wrong_row(columns, values)]
            if len(values) == len(columns):
                rows.append((line, dict(zip(columns, values, strict=True))))
    except csv.Error as error:
        # The csv module has a limit of its own, far above that of texts.
        long = f"a text of more than {TEXT_CHARACTERS:,} characters"
        message = f"not valid CSV: {long if 'limit' in str(error) else error}"
        message += "; check the double quotes"
        problems.append(Problem(path, begin, message))
    if problems:
        raise DataError(problems)
    return Rows(columns, tuple(rows))


def _wrong_row(columns: Collection[str], values: list[str]) -> list[str]:
    """Return what is wrong with the row *values*."""
    if len(values) != len(columns):
        message = f"expected {len(columns)} columns, found {len(values)}"
        return [f"{message}; put quotes around a text that has a comma"]
    return [
        f"{name}: a text of {len(value):,} characters; expected at most {TEXT_CHARACTERS:,}"
        for name, value in zip(columns, values, strict=True)
        if len(value) > TEXT_CHARACTERS
    ]


def _refuse_separators(path: Path, text: str, expected: Collection[str]) -> None:
    """Raise `DataError` where the first line of *text* is parted by something else than commas."""
    head = text.partition("\n")[0]
    if head.casefold().startswith("sep="):
        message = f"'{head}' is for a spreadsheet alone; remove the line, and part the columns by "
        raise DataError([Problem(path, 1, f"{message}commas")])
    for sign, name in _OTHERS.items():
        columns = [column.strip(' "') for column in head.split(sign)]
        if len(columns) > 1 and len(set(columns) & set(expected)) > len(
            set(head.split(",")) & set(expected)
        ):
            message = f"the columns are parted by {name}; expected commas: save the file as CSV "
            message += "with commas, in UTF-8"
            raise DataError([Problem(path, 1, message)])
