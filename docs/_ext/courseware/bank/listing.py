"""The bank as a table: each exercise with what one chooses by, and where it is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from courseware.data.problems import DataError

from .assignments import DrawnItem, Pick, unknown_names
from .model import TYPES, Audience
from .select import assignment_by_choice
from .texts import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .load import Bank
    from .model import Exercise
    from .select import Paper

HEADS = ("id", "title", "type", "outcome", "min", "audience", "used in")
#: What a list may be asked for by.
FILTERS = Pick.model_fields.keys() - {"count", "minutes", "seed"}
#: Letters of a title that are shown.
TITLE = 48


@dataclass(frozen=True)
class Row:
    """An exercise, and the papers that ask it."""

    exercise: Exercise
    papers: Sequence[str]

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands in the columns."""
        each = self.exercise
        title = plain(each.title)
        shown = title if len(title) <= TITLE else f"{title[: TITLE - 1].rstrip()}…"
        pages = ["its chapter"] if each.audience is Audience.SELF_CHECK else []
        used = ", ".join([*pages, *self.papers]) or "-"
        facts = (each.type, each.outcome, str(each.minutes), each.audience.value)
        return (each.id, shown, *facts, used)


def rows(bank: Bank, papers: Iterable[Paper]) -> Iterator[Row]:
    """Yield a row for each exercise of *bank*, with those of *papers* that ask it."""
    used: dict[str, list[str]] = {}
    for paper in papers:
        for question in paper.questions:
            used.setdefault(question.exercise.id, []).append(paper.assignment.name)
    for file in bank.files:
        for exercise in file.exercises:
            yield Row(exercise, used.get(exercise.id, ()))


def matching(
    bank: Bank, papers: Iterable[Paper], conditions: Mapping[str, object]
) -> Iterator[Row]:
    """Yield the rows of *bank* that fit *conditions*, the fields of `Pick`.

    Raises `DataError` for conditions that are wrong, or name what the bank does not have.
    """
    everything = {"audience": list(Audience), "type": list(TYPES), "count": 1}
    asked = {**everything, **{name: conditions[name] for name in conditions if name in FILTERS}}
    assignment = assignment_by_choice(asked)
    if problems := [problem for _, problem in unknown_names(assignment, bank)]:
        raise DataError(problems)
    [item] = assignment.text.items
    assert isinstance(item, DrawnItem)
    for row in rows(bank, papers):
        chapter = bank.chapter_of[row.exercise.id]
        if item.choose.fits(row.exercise) and chapter in (item.choose.chapter or [chapter]):
            yield row


def table(listed: Sequence[Row]) -> str:
    """Return the rows *listed* as lines of text, in columns."""
    cells = [HEADS, *(row.cells for row in listed)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = (
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )
    count = len(listed)
    return "\n".join([*lines, f"{count} exercise{'' if count == 1 else 's'}", ""])
