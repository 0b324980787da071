"""What an exercise is: its types, each with the fields that its page, print and key need.

The fields of the types follow what the best open banks carry (PreTeXt, R/exams, H5P, IMS QTI 3.0);
``exercises/README.md`` shows each type at work.
"""

from __future__ import annotations

from abc import abstractmethod
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, get_args

from pydantic import Field, ValidationInfo, field_validator, model_validator

from courseware.data.ledger import NoteId, StatementId
from courseware.data.links import Linked
from courseware.data.outcomes import Level
from courseware.data.problems import did_you_mean
from courseware.data.yamlfile import Record

from .texts import Line, Name, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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


class WrongAnswer(Record):
    """A wrong answer that can be foreseen."""

    feedback: Line
    misconception: Name


class WrongNumber(WrongAnswer):
    """A wrong number that can be foreseen."""

    value: Number
    tolerance: Tolerance | None = None


class WrongWord(WrongAnswer):
    """A wrong short answer that can be foreseen."""

    value: Line


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
    answered_by: Annotated[
        tuple[Name, ...],
        Field(description="Exercises of which it is meant that their text answers this one."),
    ] = ()
    long: Annotated[
        Line | None, Field(description="Why it needs more words than course.yml allows.")
    ] = None


class Solved(BaseExercise):
    """An exercise with a worked solution."""

    solution: Text


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


class ShortAnswer(Solved):
    """A word or a few."""

    label = "Short answer"
    type: Literal["short-answer"]
    accepted: Annotated[list[Line], Field(min_length=1)]
    accepted_in: Annotated[
        dict[Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{2,35}$")], list[Line]],
        Field(
            default_factory=dict,
            description="More accepted forms, by the code of their language: {es: [tasa]}.",
        ),
    ]
    feedback: Line
    otherwise: Line
    expected: tuple[WrongWord, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _with_other_languages(cls, data: object) -> object:
        """Add the forms of other languages to those that are accepted."""
        if not isinstance(data, dict):
            return data
        accepted, others = data.get("accepted"), data.get("accepted_in")
        if not isinstance(accepted, list) or not isinstance(others, dict):
            return data
        more = [form for forms in others.values() if isinstance(forms, list) for form in forms]
        return {**data, "accepted": [*accepted, *more]}

    def forms_by_language(self) -> dict[str, list[str]]:
        """Return all accepted forms by the code of their language; that of the text is ``""``."""
        others = {form for forms in self.accepted_in.values() for form in forms}
        own = [form for form in self.accepted if form not in others]
        return {"": own, **self.accepted_in}

    @field_validator("expected")
    @classmethod
    def _wrong(cls, expected: tuple[WrongWord, ...], info: ValidationInfo) -> tuple[WrongWord, ...]:
        accepted = info.data.get("accepted", ())
        _no_twins("accepted and expected forms", [*accepted, *(each.value for each in expected)])
        return expected


class Open(BaseExercise):
    """An answer at length, marked by a person."""

    label = "Open question"
    type: Literal["open"]
    lines: Annotated[Whole, Field(ge=2, le=60, description="Lines to write on in print.")]
    model_answer: Text
    rubric: Annotated[list[Criterion], Field(min_length=1, max_length=6)]


class Discussion(BaseExercise):
    """A question for talk in class; the notes are for the person who leads it."""

    label = "Discussion"
    type: Literal["discussion"]
    purpose: Line
    listen_for: Annotated[list[Line], Field(min_length=1)]
    follow_ups: tuple[Line, ...] = ()
    points: Points = 0
    audience: Audience = Audience.SELF_CHECK


# The list of types, as classes and as names. What goes by type matches all of them, with
# `assert_never` at the end, so that mypy names each place that a new one still needs.
#: What a student answers alone, on a page or on paper.
Practised = (
    SingleChoice
    | MultipleResponse
    | TrueFalse
    | Numeric
    | Match
    | Order
    | Classify
    | ShortAnswer
    | Open
)
#: All of what a bank holds: with it, what a class talks about.
Exercise = Annotated[Practised | Discussion, Field(discriminator="type")]
#: A type's name, as bank files, nodes and pages have it.
TypeName = Literal[
    "single-choice",
    "multiple-response",
    "true-false",
    "numeric",
    "match",
    "order",
    "classify",
    "short-answer",
    "open",
    "discussion",
]


def type_of(exercise: Exercise) -> TypeName:
    """Return the name of the type of *exercise*."""
    return exercise.type


def _by_name() -> Iterator[tuple[TypeName, type[Exercise]]]:
    """Yield each type of the union with its name."""
    for each in get_args(get_args(Exercise)[0]):
        (name,) = get_args(each.model_fields["type"].annotation)
        yield name, each


#: All types by name.
TYPES: Mapping[TypeName, type[Exercise]] = dict(_by_name())


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
