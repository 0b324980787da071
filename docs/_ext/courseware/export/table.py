"""CSV (RFC 4180) of all that the bank knows, for spreadsheets and for whatever else reads tables.

A row is an exercise; the key is as many groups of columns as some exercise needs: ``part_1`` is
what is said or shown, ``key_1`` what it is (right, wrong, a match, a place, a category), ``why_1``
the feedback. Texts are plain. A mark at the start tells spreadsheets that this is UTF-8.
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, assert_never

from courseware.bank.model import type_of

from .items import Claim, Essay, Grid, Number, Options, Pairs, Sequence, Talk, Words
from .losses import Loss, Made
from .rows import general, rows, rubric
from .sets import lost_in_plain

if TYPE_CHECKING:
    from .items import Answer, Entry
    from .sets import ExerciseSet

COLUMNS = (
    "id", "chapter", "type", "audience", "title", "context", "question", "unit", "hints",
    "solution", "notes", "points", "minutes", "difficulty", "level", "outcome", "tags",
    "statements",
)  # fmt: skip


def table(exercises: ExerciseSet) -> Made:
    """Return *exercises* as a table."""
    keys = [rows(entry.answer) for entry in exercises.entries]
    most = max(map(len, keys), default=0)
    heads = [f"{name}_{at}" for at in range(1, most + 1) for name in ("part", "key", "why")]
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*COLUMNS, *heads])
    losses: list[Loss] = []
    for entry, key in zip(exercises.entries, keys, strict=True):
        cells = [cell.plain for row in key for cell in row]
        writer.writerow([*_said(entry), *cells, *[""] * (len(heads) - len(cells))])
        losses += lost_in_plain(entry)
    return Made(text.getvalue().encode("utf-8-sig"), losses)


def _said(entry: Entry) -> list[str]:
    exercise = entry.exercise
    return [
        entry.id,
        entry.chapter,
        type_of(exercise),
        exercise.audience.value,
        entry.title.plain,
        entry.context.plain if entry.context else "",
        entry.stem.plain,
        entry.answer.unit if isinstance(entry.answer, Number) else "",
        "\n".join(hint.plain for hint in entry.hints),
        general(entry).plain,
        _notes(entry.answer),
        str(entry.points),
        str(exercise.minutes),
        exercise.difficulty.value,
        exercise.level.value,
        exercise.outcome,
        " ".join(exercise.tags),
        " ".join(exercise.ledger),
    ]


def _notes(answer: Answer) -> str:
    """Return what a person needs who marks an answer or leads a talk."""
    match answer:
        case Essay():
            return rubric(answer).plain
        case Talk():
            return "\n".join(
                text.plain for text in (answer.purpose, *answer.listen_for, *answer.follow_ups)
            )
        case Options() | Claim() | Number() | Words() | Pairs() | Sequence() | Grid():
            return ""
        case _:
            assert_never(answer)
