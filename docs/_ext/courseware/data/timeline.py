"""The timeline (``timeline.csv``): dated events of the work and of the close checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, ValidationError

from .csvfile import read_rows
from .problems import DataError, Problem, not_one_of
from .yamlfile import Record, explain

if TYPE_CHECKING:
    from pathlib import Path

    from .settings import Settings


class Event(Record):
    """One dated event; *statements* and *notes* hold ids parted by spaces.

    *origin* says what the date is taken from: the work, by its noun, or a close check.
    """

    date: Annotated[str, Field(pattern=r"^\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?$")]
    label: str
    event: str
    statements: Annotated[str, Field(min_length=0)]
    notes: Annotated[str, Field(min_length=0)]
    origin: str
    line: int


CHECK = "close check"
COLUMNS = [name for name in Event.model_fields if name != "line"]


def load_timeline(path: Path, settings: Settings) -> list[Event]:
    """Return the events in the CSV file *path*, in order of date.

    Raises `DataError` for a missing file, other columns than `Event` has, or a bad value.
    """
    origins = (settings.work.noun, CHECK)
    problems: list[Problem] = []
    events: list[Event] = []
    file = read_rows(path, COLUMNS)
    if list(file.columns) != COLUMNS:
        raise DataError([Problem(path, 1, f"expected the columns {','.join(COLUMNS)}")])
    for line, fields in file.rows:
        try:
            event = Event.model_validate({**fields, "line": line})
            events.append(event)
            if event.origin not in origins:
                message = not_one_of(event.origin, origins, "say where the date comes from")
                problems.append(Problem(path, line, f"origin: {message}"))
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                message = f"{detail['loc'][0]}: {explain(detail, Event)}"
                problems.append(Problem(path, line, message))
    if problems:
        raise DataError(problems)
    return sorted(events, key=lambda event: event.date)
