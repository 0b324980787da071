"""How answers are marked that are partly right: one rule, said on keys, worksheets and the guide.

Points are whole numbers. What is worth 1 point is all right or earns nothing; where a question of
several parts is worth more, each slip costs 1 point; what has one answer is all right or earns
nothing, whatever it is worth; a right number earns all, a wrong one half by its working; an open
question earns what its rubric gives. Only what a paper asks for is said of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from courseware.bank.model import TYPES, type_of
from courseware.bank.traits import has_parts, has_working, is_marked, with_rubric

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from courseware.bank.model import TypeName
    from courseware.bank.select import Question


def slip(kind: TypeName) -> str:
    """Return what counts as a slip in answers to the type *kind*, nothing if they have no parts."""
    match kind:
        case "multiple-response":
            return "a tick too many or a tick that is missing (multiple response)"
        case "match":
            return "a line with a wrong letter or none (match)"
        case "order":
            return "one or two wrong numbers, so that three or four cost 2 points (order)"
        case "classify":
            return "a row with a wrong tick or none (classify)"
        case "single-choice" | "true-false" | "numeric" | "short-answer" | "open" | "discussion":
            return ""
        case _:
            assert_never(kind)


def read_off(kind: TypeName) -> str:
    """Return what a short answer of *kind* consists of, as a word before it; nothing if it says."""
    match kind:
        case "match":
            return "Letters"
        case "order":
            return "Boxes"
        case "classify":
            return "Columns"
        case "single-choice" | "multiple-response" | "true-false" | "numeric" | "short-answer":
            return ""
        case "open" | "discussion":
            return ""
        case _:
            assert_never(kind)


def read_as(kind: TypeName) -> str:
    """Return how an answer of several parts is read off a sheet, nothing where that is plain."""
    match kind:
        case "match":
            return "the letters on the lines (match)"
        case "order":
            return "the numbers in the boxes (order)"
        case "classify":
            return "the columns, counted from the left (classify)"
        case "single-choice" | "multiple-response" | "true-false" | "numeric" | "short-answer":
            return ""
        case "open" | "discussion":
            return ""
        case _:
            assert_never(kind)


def for_students(questions: Sequence[Question]) -> str:
    """Return what a worksheet with *questions* says of answers that are partly right."""
    said = []
    if _single(questions):
        said.append("A question of 1 point is all right or earns nothing.")
    if _with_one_answer(questions):
        said.append(
            "A question with a single answer is all right or earns nothing, whatever it is worth."
        )
    if kinds := _with_slips(questions):
        rule = "Where a question with several parts is worth 2 points or more, each slip costs 1 "
        pair = "; in an order, two wrong numbers are one slip" if "order" in kinds else ""
        said.append(f"{rule}point{pair}.")
    if _with_working(questions):
        said.append(
            "A right number earns all points; a wrong one can earn half the points by its working."
        )
    return " ".join(said)


def for_teachers(questions: Sequence[Question]) -> Iterator[str]:
    """Yield the rules by which answers to *questions* are marked that are partly right."""
    if not any(question.points for question in questions):
        return
    yield "Points are whole, and no answer earns less than 0."
    if _single(questions):
        yield "What is worth 1 point is all right or earns nothing."
    if _with_one_answer(questions):
        yield "What has a single answer is all right or earns nothing, whatever it is worth."
    if kinds := _with_slips(questions):
        slips = "; ".join(map(slip, kinds))
        yield f"Where several parts are worth 2 points or more, each slip costs 1 point: {slips}."
    if _with_working(questions):
        yield (
            "A right number earns all points, with its working or without; a wrong one earns half "
            "the points, rounded down, if the working is right up to one slip."
        )
    if any(with_rubric(question.exercise) for question in questions):
        yield "An open question earns what its rubric gives for each criterion: add the columns."


def how_to_read(questions: Sequence[Question]) -> str:
    """Return how the short answers to *questions* are read, or nothing where all are plain."""
    rows = [said for kind in _types(questions) if (said := read_as(kind))]
    return f"Read from the top of the question down: {', '.join(rows)}." if rows else ""


def _single(questions: Sequence[Question]) -> bool:
    return any(question.points == 1 for question in questions)


def _with_one_answer(questions: Sequence[Question]) -> bool:
    """Tell whether a question is worth more than 1 point that can only be right or wrong."""
    return any(
        is_marked(kind) and not has_parts(kind) and not has_working(kind)
        for kind in _types(_worth_more(questions))
    )


def _types(questions: Sequence[Question]) -> list[TypeName]:
    """Return the types of *questions*, in the order of the model."""
    found = {type_of(question.exercise) for question in questions}
    return [kind for kind in TYPES if kind in found]


def _with_slips(questions: Sequence[Question]) -> list[TypeName]:
    """Return the types with several parts of which a question is worth more than 1 point."""
    return [kind for kind in _types(_worth_more(questions)) if has_parts(kind)]


def _with_working(questions: Sequence[Question]) -> bool:
    return any(map(has_working, _types(_worth_more(questions))))


def _worth_more(questions: Sequence[Question]) -> list[Question]:
    return [question for question in questions if question.points > 1]
