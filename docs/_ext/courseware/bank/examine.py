"""Say all at once what is wrong in a file of exercises.

Whoever reads a file for the course stops at the first sort of mistake: what cannot be read is not
checked further. An author wants to hear everything: fields that are wrong, names that lead nowhere,
and broken rules, of each exercise as far as it can be read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from courseware.data.problems import DataError, Problem
from courseware.data.textfile import read_text

from .load import Bank, BankFile, BankSource, check_references
from .model import Exercise
from .rules import check_items

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from courseware.data.ledger import Ledger

    from .parts import Place
    from .rules.base import RuleContext


@dataclass(frozen=True)
class PartOfFile(BankFile):
    """Some exercises of a file; *places* says which, counted from 0."""

    places: Sequence[int] = ()

    def problem(self, index: int, place: Place, message: str) -> Problem:
        """Return a problem at *place* in the exercise number *index* of these."""
        return super().problem(self.places[index], place, message)


def examine(path: Path, course: RuleContext, misconceptions: Collection[str]) -> list[Problem]:
    """Return what is wrong in those exercises of the file *path* that can be read.

    References that lead nowhere and broken rules; what cannot be read, its loader tells.
    """
    try:
        file = _readable(path)
    except DataError:
        return []
    problems: list[Problem] = []
    try:
        check_references(Bank([file]), course.ledger, course.outcomes, misconceptions)
    except DataError as error:
        problems += error.problems
    sound = replace(file, exercises=[_with_known(each, course.ledger) for each in file.exercises])
    known = {outcome.id for outcome in course.outcomes.outcomes}
    names = [each.id for each in sound.exercises if each.ledger and each.outcome in known]
    return problems + broken_rules(sound, course, names)


def _with_known(exercise: Exercise, ledger: Ledger) -> Exercise:
    """Return *exercise* without the statements and checks that *ledger* lacks.

    The rules look them up; that they are missing is told already.
    """
    statements = tuple(name for name in exercise.ledger if name in ledger.by_id)
    checks = tuple(name for name in exercise.checks if name in ledger.note_by_id)
    return exercise.model_copy(update={"ledger": statements, "checks": checks})


def broken_rules(
    file: BankFile, course: RuleContext, names: Collection[str] | None = None
) -> list[Problem]:
    """Return what breaks an item-writing rule in *file*, or in its exercises *names*."""
    wanted = [
        (at, exercise)
        for at, exercise in enumerate(file.exercises)
        if names is None or exercise.id in names
    ]
    places = file.places if isinstance(file, PartOfFile) else range(len(file.exercises))
    part = PartOfFile(
        file.source, file.chapter, file.language, [exercise for _, exercise in wanted],
        [places[at] for at, _ in wanted],
    )  # fmt: skip
    return [
        Problem(found.problem.path, found.problem.line, f"{found.problem.message} [{found.rule}]")
        for found in check_items(part, course)
    ]


def _readable(path: Path) -> PartOfFile:
    """Return those exercises of *path* that can be read; raise `DataError` where none can."""
    source = BankSource(path, read_text(path))
    try:
        raw = YAML(typ="safe").load(source.text)
    except (YAMLError, ValueError, LookupError, RecursionError):
        raw = None
    match raw:
        case {"chapter": str(chapter), "exercises": [*exercises]}:
            pass
        case _:
            raise DataError([])
    reader: TypeAdapter[Exercise] = TypeAdapter(Exercise)
    found: list[tuple[int, Exercise]] = []
    for at, each in enumerate(exercises):
        try:
            found.append((at, reader.validate_python(each)))
        except ValidationError:
            continue
    places, readable = [at for at, _ in found], [exercise for _, exercise in found]
    return PartOfFile(source, chapter, str(raw.get("language", "en")), readable, places)
