"""The timeline (``timeline.csv``): dated events of the essay and of the close checks."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, ValidationError

from .problems import DataError, Problem
from .yamlfile import Record, explain

if TYPE_CHECKING:
    from pathlib import Path


class Event(Record):
    """One dated event; *statements* and *notes* hold ids parted by spaces."""

    date: Annotated[str, Field(pattern=r"^\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?$")]
    label: str
    event: str
    statements: str
    notes: str
    origin: Literal["essay", "close check"]


def load_timeline(path: Path) -> list[Event]:
    """Return the events in the CSV file *path*, in order of date.

    Raises `DataError` for a missing file, other columns than `Event` has, or a bad value.
    """
    if not path.exists():
        raise DataError([Problem(path, 1, "file not found; the course needs it")])
    events: list[Event] = []
    problems: list[Problem] = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != list(Event.model_fields):
            expected = ",".join(Event.model_fields)
            raise DataError([Problem(path, 1, f"expected the columns {expected}")])
        for row in reader:
            if None in row or None in row.values():
                message = f"expected {len(Event.model_fields)} columns, found "
                message += "more" if None in row else "fewer"
                message += "; put quotes around a text that has a comma"
                problems.append(Problem(path, reader.line_num, message))
                continue
            try:
                events.append(Event.model_validate(row))
            except ValidationError as error:
                for detail in error.errors(include_url=False):
                    message = f"{detail['loc'][0]}: {explain(detail, Event)}"
                    problems.append(Problem(path, reader.line_num, message))
    if problems:
        raise DataError(problems)
    return sorted(events, key=lambda event: event.date)
