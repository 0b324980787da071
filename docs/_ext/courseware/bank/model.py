"""What an exercise is: ten types, each with the fields that its page, print and key need.

The fields of the types follow what the best open banks carry (PreTeXt, R/exams, H5P, IMS QTI 3.0);
``exercises/README.md`` shows each type at work.
"""

from __future__ import annotations

from abc import abstractmethod
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeVar

from pydantic import Field, ValidationInfo, field_validator

from courseware.data.ledger import NoteId, StatementId
from courseware.data.links import Linked
from courseware.data.outcomes import Level
from courseware.data.problems import did_you_mean
from courseware.data.yamlfile import Record

from .texts import Line, Name, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")

# Strict, since pydantic would take "true" for 1.
Whole = Annotated[int, Field(strict=True)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Tolerance = Annotated[Number, Field(ge=0)]
Minutes = Annotated[Whole, Field(ge=1, le=90, description="How long it takes, in whole minutes.")]
Points = Annotated[Whole, Field(ge=0, le=100, description="What it is worth in an assignment.")]


class Audience(StrEnum):
    """Who meets an exercise: everybody on the chapter's page, or a class by assignment."""

    SELF_CHECK = "self-check"
    CLASS = "class"


class Difficulty(StrEnum):
    """How hard it is, in the judgement of its author."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


def identity_of(exercise: str, wording: str) -> str:
    """Return a name for what reads *wording* in *exercise*: a digest, the same in every order."""
    return sha256(f"{exercise}\n{wording}".encode()).hexdigest()[:8]


class Part(Record):
    """A part of an exercise that a student may choose, place or move, with its feedback."""

    feedback: Line

    def identity(self, exercise: str) -> str:
        """Return a name for the part that depends on its words, not on its place."""
        return identity_of(exercise, self.wording)

    @property
    @abstractmethod
    def wording(self) -> str:
        """The words that tell the part from its neighbours."""


class Option(Part):
    """One answer to choose from; a wrong one names the misreading that it embodies."""

    text: Line
    correct: bool = False
    misconception: Name | None = None
    pinned: Annotated[bool, Field(description="Keeps its place when options are shuffled.")] = False

    @property
    def wording(self) -> str:
        """The option's text."""
        return self.text


class Pair(Part):
    """A term and its match."""

    term: Line
    match: Line

    @property
    def wording(self) -> str:
        """The term."""
        return self.term


class Distractor(Part):
    """A match that belongs to no term."""

    text: Line

    @property
    def wording(self) -> str:
        """The match's text."""
        return self.text


class Step(Part):
    """One of several things to put in order."""

    text: Line

    @property
    def wording(self) -> str:
        """The step's text."""
        return self.text


class Item(Part):
    """One of several things to classify."""

    text: Line
    category: Line

    @property
    def wording(self) -> str:
        """The item's text."""
        return self.text


class WrongNumber(Record):
    """A wrong number that can be foreseen."""

    value: Number
    tolerance: Tolerance | None = None
    feedback: Line
    misconception: Name


class WrongWord(Record):
    """A wrong short answer that can be foreseen."""

    value: Line
    feedback: Line
    misconception: Name


class Criterion(Record):
    """A row of a rubric: what is judged, and what earns 0, 1, 2 and 3 points."""

    criterion: Line
    levels: Annotated[list[Line], Field(min_length=4, max_length=4)]


class BaseExercise(Record):
    """What every exercise has."""

    #: What a type is called on the page.
    label: ClassVar[str]

    id: Name
    title: Annotated[Line, Field(max_length=70)]
    context: Text | None = None
    stem: Line
    hints: tuple[Line, ...] = ()
    ledger: Annotated[list[StatementId], Field(min_length=1)]
    checks: tuple[NoteId, ...] = ()
    sources: tuple[str, ...] = ()
    passage: Annotated[str, Field(description="A heading of the chapter.")] | None = None
    outcome: Name
    level: Level
    difficulty: Difficulty
    minutes: Minutes
    points: Points = 1
    audience: Audience
    tags: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The type's name, as a bank file has it."""
        return next(name for name, each in TYPES.items() if isinstance(self, each))

    @property
    def is_marked(self) -> bool:
        """Tell whether the page itself can tell right from wrong."""
        return True

    @property
    @abstractmethod
    def answer_text(self) -> str:
        """The worked solution, or the answer of a model student."""

    def choices(self) -> Iterator[tuple[tuple[int | str, ...], str]]:
        """Yield the place and the text of everything that a student chooses from."""
        yield from ()

    def feedbacks(self) -> Iterator[tuple[tuple[int | str, ...], str]]:
        """Yield the place and the text of every feedback."""
        yield from ()

    def misconceptions(self) -> Iterator[tuple[tuple[int | str, ...], str | None]]:
        """Yield the place and the misreading of every wrong answer that has feedback."""
        yield from ()

    def key_feedbacks(self) -> Iterator[tuple[tuple[int | str, ...], str]]:
        """Yield the place and the text of the feedback for what is right."""
        yield from ()


class Solved(BaseExercise):
    """An exercise with a worked solution."""

    solution: Text

    @property
    def answer_text(self) -> str:
        """The worked solution."""
        return self.solution


class Choice(Solved):
    """An exercise with options."""

    options: Annotated[list[Option], Field(min_length=2, max_length=8)]
    shuffle: bool = True

    @field_validator("options")
    @classmethod
    def _distinct(cls, options: list[Option]) -> list[Option]:
        _no_twins("options", (option.text for option in options))
        return options

    @property
    def keys(self) -> list[Option]:
        """The options that are right."""
        return [option for option in self.options if option.correct]

    def choices(self) -> Iterator[tuple[tuple[int | str, ...], str]]:
        """Yield the options."""
        for at, option in enumerate(self.options):
            yield ("options", at, "text"), option.text

    def feedbacks(self) -> Iterator[tuple[tuple[int | str, ...], str]]:
        """Yield the feedback of each option."""
        for at, option in enumerate(self.options):
            yield ("options", at, "feedback"), option.feedback

    def misconceptions(self) -> Iterator[tuple[tuple[int | str, ...], str | None]]:
        """Yield the misreading of each wrong option."""
        for at, option in enumerate(self.options):
            if not option.correct:
                yield ("options", at, "misconception"), option.misconception

    def key_feedbacks(self) -> Iterator[tuple[tuple[int | str, ...], str]]:
        """Yield the feedback of each right option."""
        for at, option in enumerate(self.options):
            if option.correct:
                yield ("options", at, "feedback"), option.feedback


class SingleChoice(Choice):
    """One option is right."""

    label = "Single choice"
    type: Literal["single-choice"]

    @field_validator("options")
    @classmethod
    def _one_key(cls, options: list[Option]) -> list[Option]:
        keys = sum(option.correct for option in options)
        if keys != 1:
            message = f"expected one option with 'correct: true', found {keys}"
            raise ValueError(message)
        return options


class MultipleResponse(Choice):
    """Any number of options is right."""

    label = "Multiple response"
    type: Literal["multiple-response"]

    @field_validator("options")
    @classmethod
    def _some_keys(cls, options: list[Option]) -> list[Option]:
        keys = sum(option.correct for option in options)
        if not 0 < keys < len(options):
            message = "expected at least one right and one wrong option; mark the right ones "
            message += "with 'correct: true'"
            raise ValueError(message)
        return options


class TrueFalse(Solved):
    """A claim to be judged."""

    label = "True or false"
    type: Literal["true-false"]
    answer: bool
    when_true: Line
    when_false: Line
    misconception: Name

    def feedbacks(self) -> Iterator[tuple[tuple[int | str, ...], str]]:
        """Yield the feedback for "true" and for "false"."""
        yield ("when_true",), self.when_true
        yield ("when_false",), self.when_false

    def misconceptions(self) -> Iterator[tuple[tuple[int | str, ...], str | None]]:
        """Yield the misreading of those who judge wrongly."""
        yield ("misconception",), self.misconception

    def key_feedbacks(self) -> Iterator[tuple[tuple[int | str, ...], str]]:
        """Yield the feedback of those who judge rightly."""
        place = "when_true" if self.answer else "when_false"
        yield (place,), self.when_true if self.answer else self.when_false


class Numeric(Solved):
    """A number to reckon or to find."""

    label = "Number"
    type: Literal["numeric"]
    answer: Number
    tolerance: Tolerance = 0
    unit: str | None = None
    feedback: Line
    otherwise: Line
    expected: tuple[WrongNumber, ...] = ()

    @field_validator("expected")
    @classmethod
    def _apart(
        cls, expected: tuple[WrongNumber, ...], info: ValidationInfo
    ) -> tuple[WrongNumber, ...]:
        if not {"answer", "tolerance"} <= info.data.keys():  # they have problems of their own
            return expected
        answer, tolerance = info.data["answer"], info.data["tolerance"]
        before: list[tuple[float, float]] = []
        for wrong in expected:
            reach = tolerance if wrong.tolerance is None else wrong.tolerance
            if abs(wrong.value - answer) <= tolerance + reach:
                message = f"the expected wrong value {wrong.value:g} lies within the tolerance of "
                message += f"the answer {answer:g}; narrow one of the two"
                raise ValueError(message)
            if wrong.value and wrong.tolerance is None and tolerance >= abs(wrong.value):
                message = f"the expected wrong value {wrong.value:g} has the answer's tolerance of "
                message += f"{tolerance:g}, which reaches past 0; give it a tolerance of its own"
                raise ValueError(message)
            if any(abs(wrong.value - value) <= near for value, near in before):
                message = f"the expected wrong value {wrong.value:g} lies within the tolerance of "
                message += "one before it, whose feedback would be given; narrow one of the two"
                raise ValueError(message)
            before.append((wrong.value, reach))
        return expected

    def reach(self, wrong: WrongNumber) -> float:
        """Return how far off a number may be and still count as *wrong*."""
        return self.tolerance if wrong.tolerance is None else wrong.tolerance

    def feedbacks(self) -> Iterator[tuple[tuple[int | str, ...], str]]:
        """Yield the feedback for the right number, each foreseen one, and the rest."""
        yield ("feedback",), self.feedback
        yield ("otherwise",), self.otherwise
        for at, wrong in enumerate(self.expected):
            yield ("expected", at, "feedback"), wrong.feedback

    def misconceptions(self) -> Iterator[tuple[tuple[int | str, ...], str | None]]:
        """Yield the misreading behind each foreseen number."""
        for at, wrong in enumerate(self.expected):
            yield ("expected", at, "misconception"), wrong.misconception


class Match(Solved):
    """Terms, each with its match."""

    label = "Match"
    type: Literal["match"]
    pairs: Annotated[list[Pair], Field(min_length=2, max_length=10)]
    distractors: tuple[Distractor, ...] = ()

    @field_validator("pairs")
    @classmethod
    def _distinct(cls, pairs: list[Pair]) -> list[Pair]:
        _no_twins("terms", (pair.term for pair in pairs))
        _no_twins("matches", (pair.match for pair in pairs))
        return pairs

    @field_validator("distractors")
    @classmethod
    def _no_match(
        cls, distractors: tuple[Distractor, ...], info: ValidationInfo
    ) -> tuple[Distractor, ...]:
        matches = [pair.match for pair in info.data.get("pairs", ())]
        _no_twins("matches and distractors", [*matches, *(each.text for each in distractors)])
        return distractors

    def choices(self) -> Iterator[tuple[tuple[int | str, ...], str]]:
        """Yield the matches."""
        for at, pair in enumerate(self.pairs):
            yield ("pairs", at, "match"), pair.match

    def feedbacks(self) -> Iterator[tuple[tuple[int | str, ...], str]]:
        """Yield the feedback of each pair and each distractor."""
        for at, pair in enumerate(self.pairs):
            yield ("pairs", at, "feedback"), pair.feedback
        for at, distractor in enumerate(self.distractors):
            yield ("distractors", at, "feedback"), distractor.feedback


class Order(Solved):
    """Steps to put in order; they stand in the right order here."""

    label = "Order"
    type: Literal["order"]
    steps: Annotated[list[Step], Field(min_length=3, max_length=10)]

    @field_validator("steps")
    @classmethod
    def _distinct(cls, steps: list[Step]) -> list[Step]:
        _no_twins("steps", (step.text for step in steps))
        return steps

    def choices(self) -> Iterator[tuple[tuple[int | str, ...], str]]:
        """Yield the steps."""
        for at, step in enumerate(self.steps):
            yield ("steps", at, "text"), step.text

    def feedbacks(self) -> Iterator[tuple[tuple[int | str, ...], str]]:
        """Yield the feedback of each step."""
        for at, step in enumerate(self.steps):
            yield ("steps", at, "feedback"), step.feedback


class Classify(Solved):
    """Items, each of which belongs to one category."""

    label = "Classify"
    type: Literal["classify"]
    categories: Annotated[list[Line], Field(min_length=2, max_length=6)]
    items: Annotated[list[Item], Field(min_length=2, max_length=10)]

    @field_validator("categories")
    @classmethod
    def _distinct(cls, categories: list[str]) -> list[str]:
        _no_twins("categories", categories)
        return categories

    @field_validator("items")
    @classmethod
    def _known(cls, items: list[Item], info: ValidationInfo) -> list[Item]:
        _no_twins("items", (item.text for item in items))
        categories = info.data.get("categories", [item.category for item in items])
        for item in items:
            if item.category not in categories:
                known = ", ".join(f"'{each}'" for each in categories)
                message = f"'{item.category}' is none of the categories {known}"
                raise ValueError(message + did_you_mean(item.category, categories))
        return items

    def choices(self) -> Iterator[tuple[tuple[int | str, ...], str]]:
        """Yield the items."""
        for at, item in enumerate(self.items):
            yield ("items", at, "text"), item.text

    def feedbacks(self) -> Iterator[tuple[tuple[int | str, ...], str]]:
        """Yield the feedback of each item."""
        for at, item in enumerate(self.items):
            yield ("items", at, "feedback"), item.feedback


class ShortAnswer(Solved):
    """A word or a few."""

    label = "Short answer"
    type: Literal["short-answer"]
    accepted: Annotated[list[Line], Field(min_length=1)]
    feedback: Line
    otherwise: Line
    expected: tuple[WrongWord, ...] = ()

    @field_validator("expected")
    @classmethod
    def _wrong(cls, expected: tuple[WrongWord, ...], info: ValidationInfo) -> tuple[WrongWord, ...]:
        accepted = info.data.get("accepted", ())
        _no_twins("accepted and expected forms", [*accepted, *(each.value for each in expected)])
        return expected

    def feedbacks(self) -> Iterator[tuple[tuple[int | str, ...], str]]:
        """Yield the feedback for right forms, each foreseen wrong one, and the rest."""
        yield ("feedback",), self.feedback
        yield ("otherwise",), self.otherwise
        for at, wrong in enumerate(self.expected):
            yield ("expected", at, "feedback"), wrong.feedback

    def misconceptions(self) -> Iterator[tuple[tuple[int | str, ...], str | None]]:
        """Yield the misreading behind each foreseen answer."""
        for at, wrong in enumerate(self.expected):
            yield ("expected", at, "misconception"), wrong.misconception

    def key_feedbacks(self) -> Iterator[tuple[tuple[int | str, ...], str]]:
        """Yield the feedback for right forms."""
        yield ("feedback",), self.feedback


class Open(BaseExercise):
    """An answer at length, marked by a person."""

    label = "Open question"
    type: Literal["open"]
    lines: Annotated[Whole, Field(ge=2, le=60, description="Lines to write on in print.")]
    model_answer: Text
    rubric: Annotated[list[Criterion], Field(min_length=1, max_length=6)]

    @property
    def is_marked(self) -> bool:
        """No: a person has to judge."""
        return False

    @property
    def answer_text(self) -> str:
        """The answer of a model student."""
        return self.model_answer


class Discussion(BaseExercise):
    """A question for talk in class; the notes are for the person who leads it."""

    label = "Discussion"
    type: Literal["discussion"]
    purpose: Line
    listen_for: Annotated[list[Line], Field(min_length=1)]
    follow_ups: tuple[Line, ...] = ()
    points: Points = 0
    audience: Audience = Audience.SELF_CHECK

    @property
    def is_marked(self) -> bool:
        """No: talk is not marked."""
        return False

    @property
    def answer_text(self) -> str:
        """What to listen for."""
        return "\n".join(self.listen_for)


Exercise = Annotated[
    SingleChoice
    | MultipleResponse
    | TrueFalse
    | Numeric
    | Match
    | Order
    | Classify
    | ShortAnswer
    | Open
    | Discussion,
    Field(discriminator="type"),
]

TYPES: dict[str, type[BaseExercise]] = {
    "single-choice": SingleChoice,
    "multiple-response": MultipleResponse,
    "true-false": TrueFalse,
    "numeric": Numeric,
    "match": Match,
    "order": Order,
    "classify": Classify,
    "short-answer": ShortAnswer,
    "open": Open,
    "discussion": Discussion,
}


class BankText(Record):
    """What a file of the bank holds: the exercises of one chapter."""

    chapter: Name
    language: Literal["en", "es"] = "en"
    exercises: list[Exercise]


class Misconception(Record):
    """A misreading that wrong answers embody."""

    id: Name
    text: Linked


class Misconceptions(Record):
    """The whole of ``misconceptions.yml``."""

    misconceptions: list[Misconception]


def _no_twins(what: str, texts: Iterable[str]) -> None:
    seen: set[str] = set()
    for text in texts:
        fold = " ".join(text.casefold().split())
        if fold in seen:
            message = f"two of the {what} read '{text}'; expected different texts"
            raise ValueError(message)
        seen.add(fold)
