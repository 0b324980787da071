"""What an assignment is, and how its file ``exercises/assignments/<name>.yml`` is read.

An assignment names exercises of the bank, or has some of them chosen by what they are about.
``select`` finds the exercises, ``versions`` puts them in order for neighbours in a class.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Self, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    Tag,
    WithJsonSchema,
    model_validator,
)

from courseware.data.outcomes import Level
from courseware.data.problems import DataError, Problem, did_you_mean
from courseware.data.textfile import is_leftover, read_text
from courseware.data.yamlfile import SHOWN, Record, YamlSource, one_line

from .model import TYPES, Audience, Difficulty, Exercise, Points, Whole, type_of
from .texts import Line, Name, Text
from .traits import is_talk_type

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

    from .load import Bank
    from .parts import Place

T = TypeVar("T")

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Names that the model gives to the two sorts of items, which no author writes.
NAMED, DRAWN = "named item", "drawn item"


def _printable(text: str) -> str:
    if not text.isprintable():
        message = "expected a short text in one line, such as autumn-2027"
        raise ValueError(message)
    return text


def _known_type(name: str) -> str:
    if name not in TYPES:
        given = one_line(name, SHOWN)
        message = f"'{given}' is no type of exercise; expected {', '.join(TYPES)}"
        raise ValueError(message + did_you_mean(given, TYPES))
    return name


def _listed(given: object) -> object:
    if given is None or isinstance(given, dict):
        return given
    if not isinstance(given, list | tuple):
        return [given]
    if not given:
        message = "expected at least one value, found an empty list"
        raise ValueError(message)
    return given


class _Alone:
    """Tells editors that one value may stand without a list, and that no list is empty."""

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        listed = {**handler(core), "minItems": 1}
        return {"anyOf": [listed["items"], listed]}


#: What a shuffle or a choice depends on, text or number; it is printed on the sheet.
Seed = Annotated[
    str,
    Field(max_length=40),
    AfterValidator(_printable),
    WithJsonSchema({"type": ["string", "number"], "minLength": 1, "maxLength": 40}),
]
#: A type of exercise, as a bank file has it.
Kind = Annotated[str, AfterValidator(_known_type), WithJsonSchema({"enum": list(TYPES)})]
#: One value, or a list of several of which one is enough.
Some = Annotated[tuple[T, ...], BeforeValidator(_listed), _Alone()]


class Pick(Record):
    """How many exercises to choose, and what each of them has to be."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["count"]}, {"required": ["minutes"]}]}
    )

    count: Annotated[
        Whole | None, Field(ge=1, le=100, description="How many exercises to choose.")
    ] = None
    minutes: Annotated[
        Whole | None, Field(ge=1, le=240, description="How long they take together at most.")
    ] = None
    chapter: Some[Name] = ()
    type: Some[Kind] = ()
    level: Some[Level] = ()
    outcome: Some[Name] = ()
    audience: Some[Audience] = ()
    difficulty: Some[Difficulty] = ()
    tags: Some[str] = ()
    without: Annotated[Some[Name], Field(description="Exercises that are not to be chosen.")] = ()
    seed: Seed | None = None

    @model_validator(mode="after")
    def _has_an_end(self) -> Self:
        if self.count is None and self.minutes is None:
            message = "expected 'count', how many to choose, or 'minutes', how long they may take"
            raise ValueError(message)
        return self

    def fits(self, exercise: Exercise) -> bool:
        """Tell whether *exercise*, of one of the chapters, is what the choice asks for.

        Discussion questions are chosen only where ``type`` asks for them.
        """
        kind = type_of(exercise)
        if is_talk_type(kind) and kind not in self.type:
            return False
        has: tuple[tuple[Collection[str], Collection[str]], ...] = (
            (self.type, {kind}),
            (self.level, {exercise.level}),
            (self.outcome, {exercise.outcome}),
            (self.audience, {exercise.audience}),
            (self.difficulty, {exercise.difficulty}),
            (self.tags, set(exercise.tags)),
        )
        return exercise.id not in self.without and all(
            not wanted or any(each in wanted for each in found) for wanted, found in has
        )


class NamedItem(Record):
    """An exercise that the author of the assignment names."""

    exercise: Name
    points: Points | None = None
    pinned: Annotated[bool, Field(description="Keeps its place in every version.")] = False
    chained: Annotated[bool, Field(description="Stays right after the item above it.")] = False
    rubric: Annotated[bool, Field(description="Its rubric is printed for students too.")] = False


class DrawnItem(Record):
    """Exercises that are chosen from the bank."""

    choose: Pick
    pinned: Annotated[bool, Field(description="Keep their places in every version.")] = False


def _sort_of_item(given: object) -> str | None:
    match given:
        case NamedItem():
            return NAMED
        case DrawnItem():
            return DRAWN
        case dict():
            if "exercise" in given and "choose" in given:
                return None
            return DRAWN if "choose" in given else NAMED
        case _:
            return None


Item = Annotated[
    Annotated[NamedItem, Tag(NAMED)] | Annotated[DrawnItem, Tag(DRAWN)],
    Discriminator(
        _sort_of_item,
        custom_error_type="sort_of_item",
        custom_error_message="Expected either 'exercise: <id>' or 'choose:' with its conditions",
    ),
]


class AssignmentText(Record):
    """What the file of an assignment holds."""

    title: Annotated[Line, Field(max_length=80)]
    instructions: Text
    course: Annotated[Line, Field(max_length=80)] | None = None
    minutes: Annotated[Whole, Field(ge=1, le=240, description="The time allowed.")] | None = None
    pages: Annotated[
        Whole | None, Field(ge=1, le=20, description="How many pages it may have, two a sheet.")
    ] = None
    versions: Annotated[Whole, Field(ge=1, le=6)] = 1
    names: Annotated[Whole, Field(ge=1, le=6, description="How many share a sheet.")] = 1
    as_written: Annotated[bool, Field(description="Version A is not shuffled.")] = True
    seed: Seed | None = None
    items: Annotated[list[Item], Field(min_length=1, max_length=100)]


class AssignmentSource(YamlSource):
    """The text of an assignment; its problems name places as the author has written them."""

    def problem(self, loc: Sequence[int | str], message: str) -> Problem:
        """Return a problem at *loc*, a path of keys and indexes."""
        steps = [step for step in loc if step not in {NAMED, DRAWN}]
        if steps and isinstance(steps[-1], int) and self.text_at(steps[:-1]) is not None:
            steps.pop()  # a value that stands without a list
        return super().problem(steps, message)


@dataclass(frozen=True)
class Assignment:
    """An assignment by its name, with the text that it was read from."""

    source: YamlSource
    name: str
    text: AssignmentText

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.source.path

    @property
    def seed(self) -> str:
        """What its choices and shuffles depend on: the file's name, unless the file says else."""
        return self.name if self.text.seed is None else self.text.seed


def assignment_paths(folder: Path) -> list[Path]:
    """Return the files of assignments in *folder*, in order of their names."""
    return sorted(path for path in folder.glob("*.yml") if not is_leftover(path))


def load_assignment(path: Path) -> Assignment:
    """Return the assignment in *path*.

    Raises `DataError` for bad YAML, bad fields, an exercise named twice, items chained to nothing,
    and a file whose name cannot name the sheets made of it.
    """
    source = AssignmentSource(path, read_text(path))
    text = source.parse(AssignmentText)
    problems = [*_bad_name(path), *_bad_chains(source, text), *_repeated(source, text)]
    if problems:
        raise DataError(problems)
    return Assignment(source, path.stem, text)


def load_assignments(paths: Iterable[Path]) -> list[Assignment]:
    """Return the assignments in *paths*; raise `DataError` with the problems of all files."""
    assignments: list[Assignment] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            assignments.append(load_assignment(path))
        except DataError as error:
            problems.extend(error.problems)
    if problems:
        raise DataError(problems)
    return assignments


def unknown_names(assignment: Assignment, bank: Bank) -> Iterator[tuple[int, Problem]]:
    """Yield the index of an item, and the problem that *bank* lacks something that it names."""
    known: dict[str, Collection[str]] = {
        "exercise": bank.by_id,
        "chapter": {file.chapter for file in bank.files},
        "outcome": {exercise.outcome for exercise in bank.by_id.values()},
        "tag": {tag for exercise in bank.by_id.values() for tag in exercise.tags},
    }
    for index, item in enumerate(assignment.text.items):
        for what, place, name in _names(item):
            if name not in known[what]:
                given = one_line(name, SHOWN)
                message = f"the bank has no {what} '{given}'{did_you_mean(name, known[what])}"
                yield index, assignment.source.problem(("items", index, *place), message)


def _names(item: NamedItem | DrawnItem) -> Iterator[tuple[str, Place, str]]:
    """Yield what *item* names: the sort of thing, its place and its name."""
    if isinstance(item, NamedItem):
        yield "exercise", ("exercise",), item.exercise
        return
    lists: dict[str, tuple[str, Sequence[str]]] = {
        "chapter": ("chapter", item.choose.chapter),
        "outcome": ("outcome", item.choose.outcome),
        "tags": ("tag", item.choose.tags),
        "without": ("exercise", item.choose.without),
    }
    for field, (what, names) in lists.items():
        for at, name in enumerate(names):
            yield what, ("choose", field, at), name


def _bad_name(path: Path) -> Iterator[Problem]:
    if not NAME.fullmatch(path.stem):
        message = f"the file's name '{one_line(path.stem, SHOWN)}' is part of the names of its "
        message += "sheets; expected lowercase letters, figures and hyphens, such as quiz-one.yml"
        yield Problem(path, 1, message)


def _bad_chains(source: YamlSource, text: AssignmentText) -> Iterator[Problem]:
    above: NamedItem | DrawnItem | None = None
    for index, item in enumerate(text.items):
        if isinstance(item, NamedItem) and item.chained:
            place = ("items", index, "chained")
            if above is None:
                message = "the first item has none above it to stay with; move 'chained' down"
                yield source.problem(place, message)
            elif isinstance(above, DrawnItem):
                message = "the item above is a choice; name the exercise to stay with by its id"
                yield source.problem(place, message)
            if item.pinned:
                message = "a chained item moves or stays with the item above it; put 'pinned' "
                message += "on the first of the chain"
                yield source.problem(("items", index, "pinned"), message)
        above = item


def _repeated(source: YamlSource, text: AssignmentText) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, item in enumerate(text.items):
        if isinstance(item, NamedItem):
            if item.exercise in first:
                line = source.line_of(("items", first[item.exercise], "exercise"))
                message = f"'{item.exercise}' already stands on line {line}; name it once"
                yield source.problem(("items", index, "exercise"), message)
            first.setdefault(item.exercise, index)
