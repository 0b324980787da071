"""What follows from the type of an exercise, for all outputs alike."""

from __future__ import annotations

from enum import Enum, auto
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
    type_of,
)

if TYPE_CHECKING:
    from typing_extensions import TypeIs

    from .model import Exercise, TypeName


class Stem(Enum):
    """What the stem of an exercise does."""

    QUESTION = auto()
    CLAIM = auto()
    TASK = auto()
    ESSAY = auto()
    TALK = auto()


def stem_of(kind: TypeName) -> Stem:
    """Return what stems do in exercises of the type *kind*."""
    match kind:
        case "single-choice" | "multiple-response" | "numeric" | "short-answer":
            return Stem.QUESTION
        case "true-false":
            return Stem.CLAIM
        case "match" | "order" | "classify":
            return Stem.TASK
        case "open":
            return Stem.ESSAY
        case "discussion":
            return Stem.TALK
        case _:
            assert_never(kind)


def is_talk_type(kind: TypeName) -> bool:
    """Tell whether the type *kind* is for talk in class, and is no exercise that one does."""
    return stem_of(kind) is Stem.TALK


def is_talk(exercise: Exercise) -> TypeIs[Discussion]:
    """Tell whether *exercise* is a question for talk in class."""
    return is_talk_type(type_of(exercise))


def is_marked(kind: TypeName) -> bool:
    """Tell whether a page can tell right from wrong, rather than a person."""
    return stem_of(kind) not in {Stem.ESSAY, Stem.TALK}


def has_parts(kind: TypeName) -> bool:
    """Tell whether an answer has several parts, so that it can be partly right.

    On this rest the points of papers, the verdicts of pages, and the words about both.
    """
    match kind:
        case "multiple-response" | "match" | "order" | "classify":
            return True
        case "single-choice" | "true-false" | "numeric" | "short-answer" | "open" | "discussion":
            return False
        case _:
            assert_never(kind)


def has_working(kind: TypeName) -> bool:
    """Tell whether a wrong answer can still earn something by the way to it."""
    match kind:
        case "numeric":
            return True
        case "single-choice" | "multiple-response" | "true-false" | "short-answer":
            return False
        case "match" | "order" | "classify" | "open" | "discussion":
            return False
        case _:
            assert_never(kind)


def as_choice(exercise: Exercise) -> SingleChoice | MultipleResponse | None:
    """Return *exercise* if it has options, or nothing."""
    match exercise:
        case SingleChoice() | MultipleResponse():
            return exercise
        case TrueFalse() | Numeric() | ShortAnswer() | Match() | Order() | Classify():
            return None
        case Open() | Discussion():
            return None
        case _:
            assert_never(exercise)


def as_single(exercise: Exercise) -> SingleChoice | None:
    """Return *exercise* if one of its options is to be chosen, or nothing."""
    match exercise:
        case SingleChoice():
            return exercise
        case MultipleResponse() | TrueFalse() | Numeric() | ShortAnswer() | Match() | Order():
            return None
        case Classify() | Open() | Discussion():
            return None
        case _:
            assert_never(exercise)


def as_claim(exercise: Exercise) -> TrueFalse | None:
    """Return *exercise* if a claim is to be judged, or nothing."""
    match exercise:
        case TrueFalse():
            return exercise
        case SingleChoice() | MultipleResponse() | Numeric() | ShortAnswer() | Match() | Order():
            return None
        case Classify() | Open() | Discussion():
            return None
        case _:
            assert_never(exercise)


def as_number(exercise: Exercise) -> Numeric | None:
    """Return *exercise* if a number is asked for, or nothing."""
    match exercise:
        case Numeric():
            return exercise
        case SingleChoice() | MultipleResponse() | TrueFalse() | ShortAnswer() | Match() | Order():
            return None
        case Classify() | Open() | Discussion():
            return None
        case _:
            assert_never(exercise)


def as_grid(exercise: Exercise) -> Classify | None:
    """Return *exercise* if its rows are sorted into columns, or nothing."""
    match exercise:
        case Classify():
            return exercise
        case SingleChoice() | MultipleResponse() | TrueFalse() | Numeric() | ShortAnswer():
            return None
        case Match() | Order() | Open() | Discussion():
            return None
        case _:
            assert_never(exercise)


def with_rubric(exercise: Exercise) -> Open | None:
    """Return *exercise* if a person marks it by a rubric, or nothing."""
    match exercise:
        case Open():
            return exercise
        case SingleChoice() | MultipleResponse() | TrueFalse() | Numeric() | ShortAnswer():
            return None
        case Match() | Order() | Classify() | Discussion():
            return None
        case _:
            assert_never(exercise)
