"""CSV for "Import" into the question library of Brightspace (D2L), as its sample file has it.

Five columns; a question is several rows, the first of which names its type. There are no numbers
and no pictures. Not tried on an importer.
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, assert_never

from courseware.bank.model import Difficulty

from .decimals import decimal
from .items import Claim, Essay, Grid, Number, Options, Pairs, Sequence, Talk, Words
from .losses import Loss, Made
from .rows import NONE, general, reasons, rows, rubric
from .scoring import shares
from .sets import lost_before, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .items import Answer, Entry, Pair, Part
    from .sets import ExerciseSet
    from .texts import Rich

COLUMNS = 5
#: Difficulty as Brightspace counts it, from 1 to 5.
HARD = {Difficulty.EASY: "1", Difficulty.MEDIUM: "3", Difficulty.HARD: "5"}
MARK = "HTML"


def brightspace(exercises: ExerciseSet) -> Made:
    """Return *exercises* as a file to import."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    losses: list[Loss] = []
    for entry in exercises.entries:
        losses += _losses(entry)
        if isinstance(entry.answer, Talk):
            continue
        for row in _question(entry):
            writer.writerow([*row, *[""] * (COLUMNS - len(row))])
        writer.writerow([""] * COLUMNS)
    return Made(text.getvalue().encode(), losses)


def _question(entry: Entry) -> list[list[str]]:
    rubrics = [rubric(entry.answer)] if isinstance(entry.answer, Essay) else []
    said = general(entry, _unplaced(entry.answer), *rubrics)
    hints = " ".join(hint.bare for hint in entry.hints)
    return [
        ["NewQuestion", _kind(entry.answer)],
        ["ID", entry.id],
        ["Title", entry.title.plain],
        ["QuestionText", entry.prompt.bare, MARK],
        ["Points", str(entry.points)],
        ["Difficulty", HARD[entry.exercise.difficulty]],
        *_answer(entry.answer),
        *([["Hint", hints, MARK]] if hints else []),
        *([["Feedback", said.bare, MARK]] if said.markup else []),
    ]


def _unplaced(answer: Answer) -> Rich:
    """Return the feedback to single parts that has no place of its own."""
    match answer:
        case Pairs() | Grid():
            return reasons(rows(answer), "Why")
        case Number() | Words():
            return reasons(rows(answer), "Answers")
        case Options() | Claim() | Sequence() | Essay() | Talk():
            return NONE
        case _:
            assert_never(answer)


def _kind(answer: Answer) -> str:
    match answer:
        case Options():
            return "MC" if answer.single else "MS"
        case Claim():
            return "TF"
        case Number() | Words():
            return "SA"
        case Pairs() | Grid():
            return "M"
        case Sequence():
            return "O"
        case Essay() | Talk():
            return "WR"
        case _:
            assert_never(answer)


def _answer(answer: Answer) -> list[list[str]]:
    match answer:
        case Options():
            return _options(answer)
        case Claim():
            both = (True, False)
            return [
                [str(s).upper(), str(100 * (s is answer.answer)), answer.why(s).bare, MARK]
                for s in both
            ]
        case Number():
            return [["InputBox", "1", "20"], ["Answer", "100", decimal(answer.right.value)]]
        case Words():
            accepted = [["Answer", "100", form.text] for form in answer.accepted]
            return [["InputBox", "1", "40"], *accepted]
        case Pairs():
            return _pairs([*(p.match for p in answer.pairs), *answer.distractors], answer.pairs)
        case Grid():
            return _pairs(answer.categories, answer.rows)
        case Sequence():
            items = [["Item", step.text.bare, MARK, step.why.plain] for step in answer.steps]
            return [["Scoring", "EquallyWeighted"], *items]
        case Essay():
            return [["InitialText", ""], ["AnswerKey", answer.model.bare, MARK]]
        case Talk():
            return []
        case _:
            assert_never(answer)


def _options(answer: Options) -> list[list[str]]:
    whole = "100" if answer.single else "1"
    rows = [
        ["Option", whole if each.right else "0", each.text.bare, MARK, each.why.plain]
        for each in answer.options
    ]
    return rows if answer.single else [["Scoring", "RightMinusWrong"], *rows]


def _pairs(choices: Iterable[Part], pairs: Iterable[Pair]) -> list[list[str]]:
    """Return the rows of what is offered, then those of what each is a match to."""
    offered = list(choices)
    numbers = {each.name: str(at) for at, each in enumerate(offered, 1)}
    return [
        ["Scoring", "EquallyWeighted"],
        *(["Choice", numbers[each.name], each.text.bare, MARK] for each in offered),
        *(["Match", numbers[pair.match.name], pair.term.text.bare, MARK] for pair in pairs),
    ]


def _losses(entry: Entry) -> list[Loss]:
    if isinstance(entry.answer, Talk):
        return [Loss(entry.id, "the exercise", "left out; the chapter's page has it")]
    texts = texts_of(entry)
    found = lost_before(entry, *texts)
    lost = _lost(entry)
    if any(text.pictures for text in texts):
        lost.append(("pictures", "their alternative texts, in brackets"))
    return [*found, *(Loss(entry.id, *each) for each in lost)]


def _lost(entry: Entry) -> list[tuple[str, str]]:
    """Return what the sort of answer of *entry* loses, and what is there instead."""
    unplaced = ("feedback to single parts", "it stands in the feedback to all")
    match entry.answer:
        case Options():
            partly = "" if entry.answer.single else shares(entry, len(entry.answer.keys))
            marked = any(each.why.is_formatted for each in entry.answer.options)
            lost = [("emphasis in feedback to single options", "plain text")] if marked else []
            return [*lost, *([("points for what is partly right", partly)] if partly else [])]
        case Claim():
            return []
        case Number():
            reach = entry.answer.right.reach
            near = [("the tolerance", "the exact number counts, as text")] if reach else []
            return [("the number", "a short answer"), *near, unplaced]
        case Words():
            return [unplaced]
        case Pairs() | Grid():
            parts = len(
                entry.answer.pairs if isinstance(entry.answer, Pairs) else entry.answer.rows
            )
            partly = shares(entry, parts)
            return [unplaced, *([("points for what is partly right", partly)] if partly else [])]
        case Sequence():
            return [("points for what is partly right", "each place earns an equal share")]
        case Essay():
            return [("the rubric", "a table in the feedback to all")]
        case Talk():
            return []
        case _:
            assert_never(entry.answer)
