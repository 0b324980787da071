"""The texts that an exercise is made of, each with its place, whatever its type.

Rules and references ask for them by what they are: choices, feedback, misreadings, the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from .model import (
    Classify,
    Discussion,
    Match,
    MultipleResponse,
    Numeric,
    Open,
    Order,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .model import Exercise, Part, WrongAnswer

#: Where a text stands in an exercise, as keys and indexes.
Place = tuple[int | str, ...]


def choices(exercise: Exercise) -> Iterator[tuple[Place, str]]:
    """Yield the place and the text of everything that a student chooses from."""
    match exercise:
        case SingleChoice() | MultipleResponse():
            yield from _listed("options", "text", (each.text for each in exercise.options))
        case Match():
            yield from _listed("pairs", "match", (each.match for each in exercise.pairs))
        case Order():
            yield from _listed("steps", "text", (each.text for each in exercise.steps))
        case Classify():
            yield from _listed("items", "text", (each.text for each in exercise.items))
        case TrueFalse() | Numeric() | ShortAnswer() | Open() | Discussion():
            return
        case _:
            assert_never(exercise)


def to_read(exercise: Exercise) -> Iterator[str]:
    """Yield what a student reads of *exercise* in order to answer it."""
    yield from filter(None, (exercise.context, exercise.stem))
    yield from (text for _, text in choices(exercise))
    match exercise:
        case Match():
            yield from (pair.term for pair in exercise.pairs)
            yield from (each.text for each in exercise.distractors)
        case Classify():
            yield from exercise.categories
        case SingleChoice() | MultipleResponse() | TrueFalse() | Numeric() | ShortAnswer():
            return
        case Order() | Open() | Discussion():
            return
        case _:
            assert_never(exercise)


def feedbacks(exercise: Exercise) -> Iterator[tuple[Place, str]]:
    """Yield the place and the text of every feedback."""
    match exercise:
        case SingleChoice() | MultipleResponse():
            yield from _feedback("options", exercise.options)
        case TrueFalse():
            yield ("when_true",), exercise.when_true
            yield ("when_false",), exercise.when_false
        case Numeric() | ShortAnswer():
            yield ("feedback",), exercise.feedback
            yield ("otherwise",), exercise.otherwise
            yield from _feedback("expected", exercise.expected)
        case Match():
            yield from _feedback("pairs", exercise.pairs)
            yield from _feedback("distractors", exercise.distractors)
        case Order():
            yield from _feedback("steps", exercise.steps)
        case Classify():
            yield from _feedback("items", exercise.items)
        case Open() | Discussion():
            return
        case _:
            assert_never(exercise)


def key_feedbacks(exercise: Exercise) -> Iterator[tuple[Place, str]]:
    """Yield the place and the text of the feedback for what is right as a whole."""
    match exercise:
        case SingleChoice() | MultipleResponse():
            for at, option in enumerate(exercise.options):
                if option.correct:
                    yield ("options", at, "feedback"), option.feedback
        case TrueFalse():
            place = "when_true" if exercise.answer else "when_false"
            yield (place,), exercise.when_true if exercise.answer else exercise.when_false
        case ShortAnswer():
            yield ("feedback",), exercise.feedback
        case Numeric() | Match() | Order() | Classify() | Open() | Discussion():
            return
        case _:
            assert_never(exercise)


def misconceptions(exercise: Exercise) -> Iterator[tuple[Place, str | None]]:
    """Yield the place and the misreading of every wrong answer that has to name one."""
    match exercise:
        case SingleChoice() | MultipleResponse():
            for at, option in enumerate(exercise.options):
                if not option.correct:
                    yield ("options", at, "misconception"), option.misconception
        case TrueFalse():
            yield ("misconception",), exercise.misconception
        case Numeric() | ShortAnswer():
            for at, wrong in enumerate(exercise.expected):
                yield ("expected", at, "misconception"), wrong.misconception
        case Match() | Order() | Classify() | Open() | Discussion():
            return
        case _:
            assert_never(exercise)


def answer(exercise: Exercise) -> tuple[Place, str]:
    """Return the place and the text of the worked solution, or of what stands for it."""
    match exercise:
        case (
            SingleChoice()
            | MultipleResponse()
            | TrueFalse()
            | Numeric()
            | Match()
            | Order()
            | Classify()
            | ShortAnswer()
        ):
            return ("solution",), exercise.solution
        case Open():
            return ("model_answer",), exercise.model_answer
        case Discussion():
            return ("listen_for",), "\n".join(exercise.listen_for)
        case _:
            assert_never(exercise)


def texts(exercise: Exercise) -> Iterator[tuple[Place, str]]:
    """Yield the place and the text of all that anybody reads of *exercise*."""
    yield ("title",), exercise.title
    if exercise.context:
        yield ("context",), exercise.context
    yield ("stem",), exercise.stem
    yield from _own_texts(exercise)
    yield from _plain("hints", exercise.hints)
    yield from choices(exercise)
    yield from feedbacks(exercise)


def _own_texts(exercise: Exercise) -> Iterator[tuple[Place, str]]:
    """Yield the texts of one type alone that are neither choices nor feedback."""
    match exercise:
        case SingleChoice() | MultipleResponse() | TrueFalse() | Numeric() | ShortAnswer():
            yield answer(exercise)
        case Order() | Classify():
            yield answer(exercise)
        case Match():
            yield answer(exercise)
            yield from _listed("pairs", "term", (each.term for each in exercise.pairs))
            yield from _listed("distractors", "text", (each.text for each in exercise.distractors))
        case Open():
            yield answer(exercise)
            yield from _rubric(exercise)
        case Discussion():
            yield ("purpose",), exercise.purpose
            yield from _plain("listen_for", exercise.listen_for)
            yield from _plain("follow_ups", exercise.follow_ups)
        case _:
            assert_never(exercise)


def _rubric(exercise: Open) -> Iterator[tuple[Place, str]]:
    for at, row in enumerate(exercise.rubric):
        yield ("rubric", at, "criterion"), row.criterion
        for level, text in enumerate(row.levels):
            yield ("rubric", at, "levels", level), text


def _plain(name: str, texts: Iterable[str]) -> Iterator[tuple[Place, str]]:
    """Yield the entries of the list *name*, which are texts themselves."""
    for at, text in enumerate(texts):
        yield (name, at), text


def _feedback(name: str, parts: Iterable[Part | WrongAnswer]) -> Iterator[tuple[Place, str]]:
    return _listed(name, "feedback", (part.feedback for part in parts))


def _listed(name: str, field: str, texts: Iterable[str]) -> Iterator[tuple[Place, str]]:
    """Yield the texts that the entries of the list *name* have in *field*."""
    for at, text in enumerate(texts):
        yield (name, at, field), text
