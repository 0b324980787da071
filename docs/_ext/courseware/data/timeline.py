"""The timeline (``timeline.csv``): dated events of the essay and of the close checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, ValidationError

from .csvfile import read_rows
from .problems import DataError, Problem
from .yamlfile import Record, explain

if TYPE_CHECKING:
    from pathlib import Path


class Event(Record):
    """One dated event; *statements* and *notes* hold ids parted by spaces."""

    date: Annotated[str, Field(pattern=r"^\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?$")]
    label: str
    event: str
    statements: Annotated[str, Field(min_length=0)]
    notes: Annotated[str, Field(min_length=0)]
    origin: Literal["essay", "close check"]
    line: int


COLUMNS = [name for name in Event.model_fields if name != "line"]


def load_timeline(path: Path) -> list[Event]:
    """Return the events in the CSV file *path*, in order of date.

    Raises `DataError` for a missing file, other columns than `Event` has, or a bad value.
    """
    problems: list[Problem] = []
    events: list[Event] = []
    file = read_rows(path, COLUMNS)
    if list(file.columns) != COLUMNS:
        raise DataError([Problem(path, 1, f"expected the columns {','.join(COLUMNS)}")])
    for line, fields in file.rows:
        try:
            events.append(Event.model_validate({**fields, "line": line}))
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                message = f"{detail['loc'][0]}: {explain(detail, Event)}"
                problems.append(Problem(path, line, message))
    if problems:
        raise DataError(problems)
    return sorted(events, key=lambda event: event.date)
