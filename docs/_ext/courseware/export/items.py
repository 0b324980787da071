"""Exercises as all formats have them in common: texts that are rendered, and a sort of answer.

This is the only place of the package that matches over the types of the bank: a new type becomes
one of the sorts of answers here, and every format has it; or a new sort, and mypy names the formats
that need it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from courseware.bank.model import (
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
    identity_of,
    type_of,
)
from courseware.bank.parts import answer as worked
from courseware.bank.traits import is_marked

from .texts import joined, paragraph, words

if TYPE_CHECKING:
    from courseware.bank.model import Exercise

    from .texts import Reader, Rich


@dataclass(frozen=True)
class Part:
    """What a student chooses, places or moves; *name* is its identity, *why* its feedback."""

    name: str
    text: Rich
    why: Rich
    right: bool = False
    pinned: bool = False


@dataclass(frozen=True)
class Options:
    """Options, of which one is right (*single*) or several; *shuffle*: whether they may move."""

    options: tuple[Part, ...]
    single: bool
    shuffle: bool

    @property
    def keys(self) -> tuple[Part, ...]:
        """The options that are right."""
        return tuple(option for option in self.options if option.right)

    @property
    def pinned(self) -> bool:
        """Tell whether some option has to keep its place."""
        return any(option.pinned for option in self.options)

    @property
    def may_move(self) -> bool:
        """Tell whether a system that moves all options or none may move these."""
        return self.shuffle and not self.pinned


@dataclass(frozen=True)
class Claim:
    """A claim that is true or false."""

    answer: bool
    when_true: Rich
    when_false: Rich

    def why(self, said: bool) -> Rich:
        """Return the feedback for whoever *said* that the claim is true, or false."""
        return self.when_true if said else self.when_false


@dataclass(frozen=True)
class Near:
    """A number and how far off it still counts, with the feedback."""

    value: float
    reach: float
    why: Rich


@dataclass(frozen=True)
class Number:
    """A number to find; *expected* are wrong ones that can be foreseen."""

    right: Near
    unit: str
    otherwise: Rich
    expected: tuple[Near, ...]


@dataclass(frozen=True)
class Form:
    """A form of an answer in words, without any marks, with the feedback."""

    text: str
    why: Rich


@dataclass(frozen=True)
class Words:
    """A word or a few; *accepted* are all right, *expected* wrong."""

    accepted: tuple[Form, ...]
    otherwise: Rich
    expected: tuple[Form, ...]


@dataclass(frozen=True)
class Pair:
    """A *term* and its *match*."""

    term: Part
    match: Part


@dataclass(frozen=True)
class Pairs:
    """Terms with their matches, and matches that belong to none."""

    pairs: tuple[Pair, ...]
    distractors: tuple[Part, ...]


@dataclass(frozen=True)
class Sequence:
    """Steps, in the right order."""

    steps: tuple[Part, ...]


@dataclass(frozen=True)
class Grid:
    """Items, each with the one of the categories that it belongs to."""

    categories: tuple[Part, ...]
    rows: tuple[Pair, ...]


@dataclass(frozen=True)
class Essay:
    """An answer at length: lines on paper, the model answer, and the rubric's rows."""

    lines: int
    model: Rich
    rubric: tuple[tuple[Rich, tuple[Rich, ...]], ...]


@dataclass(frozen=True)
class Talk:
    """A question for talk, with the notes of whoever leads it."""

    purpose: Rich
    listen_for: tuple[Rich, ...]
    follow_ups: tuple[Rich, ...]


#: The sorts of answers. What goes by them matches all, with `assert_never` at the end.
Answer = Options | Claim | Number | Words | Pairs | Sequence | Grid | Essay | Talk


@dataclass(frozen=True)
class Entry:
    """An exercise that is rendered, with the *points* that it is worth where it is asked.

    *solution* is None where a person marks or talks; *exercise* has what is not rendered.
    """

    exercise: Exercise
    chapter: str
    points: int
    title: Rich
    context: Rich | None
    stem: Rich
    hints: tuple[Rich, ...]
    solution: Rich | None
    answer: Answer

    @property
    def id(self) -> str:
        """The exercise's id."""
        return self.exercise.id

    @property
    def prompt(self) -> Rich:
        """All that is asked: the context, the question, and the unit of a number."""
        parts = [*([self.context] if self.context else []), paragraph(self.stem)]
        if isinstance(self.answer, Number) and self.answer.unit:
            parts.append(paragraph(words(f"Answer in: {self.answer.unit}")))
        return joined(parts)

    @property
    def tags(self) -> tuple[str, ...]:
        """What a bank may sort by: type, level, difficulty, outcome, and the tags of its own."""
        given = self.exercise
        own = (given.level.value, given.difficulty.value, given.outcome, given.audience.value)
        return tuple(dict.fromkeys((type_of(given), *own, *given.tags)))


def entry_of(exercise: Exercise, chapter: str, reader: Reader) -> Entry:
    """Return *exercise* of *chapter* with its texts as *reader* reads them."""
    solution = reader.blocks(worked(exercise)[1]) if is_marked(type_of(exercise)) else None
    return Entry(
        exercise,
        chapter,
        exercise.points,
        reader.line(exercise.title),
        reader.blocks(exercise.context) if exercise.context else None,
        reader.line(exercise.stem),
        tuple(map(reader.line, exercise.hints)),
        solution,
        _answer(exercise, reader),
    )


def _answer(exercise: Exercise, reader: Reader) -> Answer:
    line = reader.line
    match exercise:
        case SingleChoice() | MultipleResponse():
            options = tuple(
                Part(
                    _name(exercise, each.text), line(each.text), line(each.feedback),
                    each.correct, each.pinned,
                )
                for each in exercise.options
            )  # fmt: skip
            return Options(options, isinstance(exercise, SingleChoice), exercise.shuffle)
        case TrueFalse():
            return Claim(exercise.answer, line(exercise.when_true), line(exercise.when_false))
        case Numeric():
            right = Near(exercise.answer, exercise.tolerance, line(exercise.feedback))
            expected = tuple(
                Near(each.value, exercise.reach(each), line(each.feedback))
                for each in exercise.expected
            )
            return Number(right, exercise.unit or "", line(exercise.otherwise), expected)
        case ShortAnswer():
            return Words(
                tuple(_form(each, exercise.feedback, reader) for each in exercise.forms),
                line(exercise.otherwise),
                tuple(_form(each.value, each.feedback, reader) for each in exercise.expected),
            )
        case Match():
            return Pairs(
                tuple(
                    _pair(exercise, each.term, each.match, each.feedback, reader)
                    for each in exercise.pairs
                ),
                tuple(
                    Part(_name(exercise, each.text), line(each.text), line(each.feedback))
                    for each in exercise.distractors
                ),
            )
        case Order():
            return Sequence(
                tuple(
                    Part(_name(exercise, each.text), line(each.text), line(each.feedback))
                    for each in exercise.steps
                )
            )
        case Classify():
            return Grid(
                tuple(
                    Part(_name(exercise, f"category\n{each}"), line(each), line(each))
                    for each in exercise.categories
                ),
                tuple(
                    _pair(exercise, each.text, each.category, each.feedback, reader, "category\n")
                    for each in exercise.items
                ),
            )
        case Open():
            rubric = tuple(
                (line(row.criterion), tuple(map(line, row.levels))) for row in exercise.rubric
            )
            return Essay(exercise.lines, reader.blocks(exercise.model_answer), rubric)
        case Discussion():
            return Talk(
                line(exercise.purpose),
                tuple(map(line, exercise.listen_for)),
                tuple(map(line, exercise.follow_ups)),
            )
        case _:
            assert_never(exercise)


def _name(exercise: Exercise, wording: str) -> str:
    # A letter first, since names in XML may not begin with a figure.
    return f"o{identity_of(exercise.id, wording)}"


def _form(text: str, why: str, reader: Reader) -> Form:
    return Form(reader.line(text).plain, reader.line(why))


def _pair(
    exercise: Exercise, term: str, match: str, why: str, reader: Reader, before: str = "match\n"
) -> Pair:
    said = reader.line(why)
    named = _name(exercise, f"{before}{match}")
    return Pair(
        Part(_name(exercise, term), reader.line(term), said), Part(named, reader.line(match), said)
    )
