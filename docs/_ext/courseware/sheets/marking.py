"""How answers are marked that are partly right: one rule, said on keys, worksheets and the guide.

Points are whole numbers. What is worth 1 point is all right or earns nothing; where a question of
several parts is worth more, each slip costs 1 point; a wrong number may still earn half by its
working; an open question earns what its rubric gives. Only what a paper asks for is said of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from courseware.bank.model import (
    BaseExercise,
    Classify,
    Match,
    MultipleResponse,
    Numeric,
    Open,
    Order,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from courseware.bank.select import Question

#: What counts as a slip, by the type of question: all that has several parts.
SLIPS: dict[type[BaseExercise], str] = {
    MultipleResponse: "a tick too many or a tick that is missing (multiple response)",
    Match: "a line with a wrong letter or none (match)",
    Order: "a step that would have to move for the rest to be right (order)",
    Classify: "a row with a wrong tick or none (classify)",
}
#: How an answer of several parts is read off a sheet.
READ: dict[type[BaseExercise], str] = {
    Match: "the letters on the lines (match)",
    Order: "the numbers in the boxes (order)",
    Classify: "the columns, counted from the left (classify)",
}


def for_students(questions: Sequence[Question]) -> str:
    """Return what a worksheet with *questions* says of answers that are partly right."""
    said = []
    if _single(questions):
        said.append("A question of 1 point is all right or earns nothing.")
    if _with_slips(questions):
        said.append(
            "Where a question with several parts is worth 2 points or more, each slip costs 1 "
            "point."
        )
    if _with_working(questions):
        said.append("A wrong number can still earn half the points by its working.")
    return " ".join(said)


def for_teachers(questions: Sequence[Question]) -> Iterator[str]:
    """Yield the rules by which answers to *questions* are marked that are partly right."""
    if not any(question.points for question in questions):
        return
    yield "Points are whole, and no answer earns less than 0."
    if _single(questions):
        yield "What is worth 1 point is all right or earns nothing."
    if kinds := _with_slips(questions):
        slips = "; ".join(SLIPS[kind] for kind in kinds)
        yield f"Where several parts are worth 2 points or more, each slip costs 1 point: {slips}."
    if _with_working(questions):
        yield (
            "A wrong number earns half the points, rounded down, if the working is right up to one "
            "slip; a right number needs no working."
        )
    if any(isinstance(question.exercise, Open) for question in questions):
        yield "An open question earns what its rubric gives for each criterion."


def how_to_read(questions: Sequence[Question]) -> str:
    """Return how the short answers to *questions* are read, or nothing where all are plain."""
    asked = [question.exercise for question in questions]
    rows = [said for kind, said in READ.items() if any(isinstance(each, kind) for each in asked)]
    return f"Read from the top of the question down: {', '.join(rows)}." if rows else ""


def _single(questions: Sequence[Question]) -> bool:
    return any(question.points == 1 for question in questions)


def _with_slips(questions: Sequence[Question]) -> list[type[BaseExercise]]:
    """Return the types with several parts of which a question is worth more than 1 point."""
    worth = [question.exercise for question in questions if question.points > 1]
    return [kind for kind in SLIPS if any(isinstance(exercise, kind) for exercise in worth)]


def _with_working(questions: Sequence[Question]) -> bool:
    return any(isinstance(each.exercise, Numeric) and each.points > 1 for each in questions)
