"""Text with tabs for "Upload Questions" of Blackboard Learn, Original and Ultra.

As https://help.blackboard.com/Learn/Instructor/Ultra/Tests_Pools_Surveys/Reuse_Questions has it:
a question a line, its type first, no heads, no blank lines, English words for what is right.
A match whose answers repeat is marked wrongly, so that a grid becomes a question for each row.
Not tried on an importer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from .decimals import decimal
from .items import Claim, Essay, Grid, Number, Options, Pairs, Sequence, Talk, Words
from .losses import Loss, Made
from .sets import lost_in_plain

if TYPE_CHECKING:
    from .items import Entry
    from .sets import ExerciseSet

#: Larger files may end in a time-out.
MOST = 250
_ROW = re.compile(r"(?<=[^\s.,;:?!])\s*\n\s*")


def blackboard(exercises: ExerciseSet) -> Made:
    """Return *exercises* as a text to upload."""
    lines: list[list[str]] = []
    losses: list[Loss] = []
    for entry in exercises.entries:
        lines += _lines(entry)
        losses += _losses(entry)
    if len(lines) > MOST:
        said = f"upload it in parts of {MOST} lines"
        losses.append(Loss(exercises.name, f"more than {MOST} lines in one upload", said))
    text = "".join("\t".join(map(_field, line)) + "\r\n" for line in lines)
    return Made(text.encode(), losses)


def _field(text: str) -> str:
    """Return *text* on one line, without the marks between fields; rows get a semicolon."""
    return " ".join(_ROW.sub("; ", text).split())


def _lines(entry: Entry) -> list[list[str]]:
    asked, answer = entry.prompt.plain, entry.answer
    match answer:
        case Options():
            kind = "MC" if answer.single else "MA"
            return [[kind, asked, *_marked([(o.text.plain, o.right) for o in answer.options])]]
        case Claim():
            return [["TF", asked, str(answer.answer).lower()]]
        case Number():
            near = [decimal(answer.right.reach)] if answer.right.reach else []
            return [["NUM", asked, decimal(answer.right.value), *near]]
        case Words():
            return [["FIB", asked, *(form.text for form in answer.accepted)]]
        case Pairs():
            pairs = [(pair.term.text.plain, pair.match.text.plain) for pair in answer.pairs]
            return [["MAT", asked, *(text for pair in pairs for text in pair)]]
        case Sequence():
            return [["ORD", asked, *(step.text.plain for step in answer.steps)]]
        case Grid():
            return _rows(asked, answer)
        case Essay():
            return [["ESS", asked, answer.model.plain]]
        case Talk():
            return []
        case _:
            assert_never(answer)


def _rows(asked: str, answer: Grid) -> list[list[str]]:
    return [
        [
            "MC",
            f"{asked} {row.term.text.plain}",
            *_marked(
                [(each.text.plain, each.name == row.match.name) for each in answer.categories]
            ),
        ]
        for row in answer.rows
    ]


def _marked(options: list[tuple[str, bool]]) -> list[str]:
    return [word for text, right in options for word in (text, "correct" if right else "incorrect")]


def _losses(entry: Entry) -> list[Loss]:
    lost = [("the id and the title", "a question is known by its words")]
    if entry.points != 1:
        lost.append(("the points", "set them in Blackboard"))
    if entry.hints:
        lost.append(("hints", "left out"))
    match entry.answer:
        case Talk():
            return [Loss(entry.id, "the exercise", "left out; the chapter's page has it")]
        case Essay():
            lost.append(("the rubric", "left out; the key has it"))
        case Grid():
            lost.append(("the grid", "a question for each row"))
            lost.append(("feedback and the worked solution", "left out"))
        case Pairs() if entry.answer.distractors:
            lost.append(("matches that belong to no term", "left out"))
            lost.append(("feedback and the worked solution", "left out"))
        case Options() | Claim() | Number() | Words() | Pairs() | Sequence():
            lost.append(("feedback and the worked solution", "left out"))
        case _:
            assert_never(entry.answer)
    return [*(Loss(entry.id, *each) for each in lost), *lost_in_plain(entry)]
