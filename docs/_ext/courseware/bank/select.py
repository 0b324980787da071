"""Find the exercises of an assignment: those that it names, and those that it has chosen.

A choice depends on its seed and on the ids of exercises alone, so it is the same on every
machine; and an exercise that is added to the bank takes the place of one other at most.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from courseware.data.problems import DataError, Problem
from courseware.data.yamlfile import YamlSource

from .assignments import (
    NAME,
    Assignment,
    AssignmentText,
    DrawnItem,
    NamedItem,
    Pick,
    unknown_names,
)
from .model import TYPES, Audience, Discussion
from .order import shuffled
from .traits import with_rubric

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .load import Bank
    from .model import Exercise

#: More is no paper, and would take long to put in order.
MOST = 100
#: Letters of a name for files.
LONGEST = 60
#: What stands for a path where an assignment was asked for by arguments.
ARGUMENTS = Path("(arguments)")
NO_RUBRIC = "only an open question has a rubric; leave 'rubric' out, or name an open question"


@dataclass(frozen=True)
class Question:
    """An exercise as an assignment asks it."""

    exercise: Exercise
    points: int
    pinned: bool = False
    chained: bool = False
    #: Whether students get the rubric on their sheet.
    rubric: bool = False


@dataclass(frozen=True)
class Paper:
    """An assignment with its questions, in the order in which it was written."""

    assignment: Assignment
    questions: Sequence[Question]

    @property
    def points(self) -> int:
        """What all questions are worth."""
        return sum(question.points for question in self.questions)

    @property
    def minutes(self) -> int:
        """How long all questions take."""
        return sum(question.exercise.minutes for question in self.questions)

    @property
    def self_checks(self) -> list[Exercise]:
        """Those of its exercises whose answers students have: pages and workbook show them."""
        exercises = [question.exercise for question in self.questions]
        return [
            each
            for each in exercises
            if each.audience is Audience.SELF_CHECK and not isinstance(each, Discussion)
        ]


class ArgumentSource(YamlSource):
    """An assignment that was asked for by arguments; problems name the argument."""

    def __init__(self) -> None:
        super().__init__(ARGUMENTS, "")

    def problem(self, loc: Sequence[int | str], message: str) -> Problem:
        """Return a problem with the argument at *loc*; its message is enough to print."""
        named = [step for step in loc if isinstance(step, str)]
        name = named[-1] if named else ""
        said = f"--{name.replace('_', '-')}: {message}" if name else message
        return Problem(self.path, self.first_line, said)

    def validated(self, raw: Mapping[str, object]) -> AssignmentText:
        """Return *raw* as the text of an assignment; raise `DataError` with every problem."""
        try:
            return AssignmentText.model_validate(raw)
        except ValidationError as error:
            details = error.errors(include_url=False)
            raise DataError([self._invalid(detail, AssignmentText) for detail in details]) from None


def assignment_by_choice(
    conditions: Mapping[str, object],
    *,
    title: str = "Exercises",
    instructions: str = "Answer every question.",
    seed: str | int | None = None,
) -> Assignment:
    """Return an assignment without a file: a choice from the bank by *conditions*.

    Conditions are the fields of `Pick`; those that are None or empty are left out. Where they name
    no audience, exercises for class are chosen, whose answers no student has; questions for
    discussion are everybody's.
    Raises `DataError` with every argument that is wrong; there is no file or line to name.
    """
    given = {name: value for name, value in conditions.items() if value not in (None, "", [], ())}
    audience = given.get("audience") or _usual_audience(given.get("type", ()))
    raw = {
        "title": title,
        "instructions": instructions,
        "seed": seed,
        "items": [{"choose": {**given, **({"audience": audience} if audience else {})}}],
    }
    source = ArgumentSource()
    text = source.validated(raw)
    return Assignment(source, _name_of(given, text.seed), text)


def _usual_audience(types: object) -> tuple[str, ...]:
    """Return the audience of a choice of *types* that names none."""
    asked: Sequence[object] = types if isinstance(types, list | tuple) else [types]
    talks = any(TYPES[name] is Discussion for name in TYPES if name in asked)
    return () if talks else (Audience.CLASS.value,)


def _name_of(conditions: Mapping[str, object], seed: str | None) -> str:
    """Return a name for files by which a person can tell one choice from another.

    Words of other letters than file names have everywhere leave a digest in it.
    """
    words: list[str] = []
    for field, value in conditions.items():
        words.extend(map(str, value) if isinstance(value, list | tuple) else [str(value)])
        words += ["minutes"] if field == "minutes" else []
    if seed is not None:
        words += ["seed", seed]
    digest = sha256("\n".join(words).encode()).hexdigest()[:8]
    plain = unicodedata.normalize("NFKD", " ".join(words)).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")
    if not all(NAME.fullmatch(word) for word in words):
        name = f"{name}-{digest}".strip("-")
    return name if len(name) <= LONGEST else f"choice-{digest}"


def resolve(assignment: Assignment, bank: Bank) -> Paper:
    """Return the questions of *assignment*.

    Raises `DataError` with every problem: what *bank* does not have, a choice that it cannot
    fill, questions that take longer than the minutes allowed.
    """
    source, items = assignment.source, assignment.text.items
    unknown = list(unknown_names(assignment, bank))
    lacking = {index for index, _ in unknown}
    problems = [problem for _, problem in unknown]
    taken = {item.exercise for item in items if isinstance(item, NamedItem)}
    questions: list[Question] = []
    for index, item in enumerate(items):
        if index in lacking:
            continue
        if isinstance(item, NamedItem):
            questions.append(_question(item, bank.by_id[item.exercise]))
            if item.rubric and not with_rubric(questions[-1].exercise):
                problems.append(source.problem(("items", index, "rubric"), NO_RUBRIC))
            continue
        fitting = list(_fitting(item.choose, bank))
        free = [exercise for exercise in fitting if exercise.id not in taken]
        if lack := _shortfall(item.choose, free, len(fitting) - len(free)):
            field, message = lack
            problems.append(source.problem(("items", index, "choose", field), message))
            continue
        drawn = _drawn(item, free, assignment.seed)
        questions += [Question(each, each.points, pinned=item.pinned) for each in drawn]
        taken |= {exercise.id for exercise in drawn}
    paper = Paper(assignment, questions)
    if not problems:
        problems += _too_much(paper)
    if problems:
        raise DataError(problems)
    return paper


def resolve_all(assignments: Iterable[Assignment], bank: Bank) -> list[Paper]:
    """Return the questions of each assignment; raise `DataError` with the problems of all."""
    papers: list[Paper] = []
    problems: list[Problem] = []
    for assignment in assignments:
        try:
            papers.append(resolve(assignment, bank))
        except DataError as error:
            problems.extend(error.problems)
    if problems:
        raise DataError(problems)
    return papers


def _question(item: NamedItem, exercise: Exercise) -> Question:
    points = exercise.points if item.points is None else item.points
    return Question(exercise, points, pinned=item.pinned, chained=item.chained, rubric=item.rubric)


def _fitting(pick: Pick, bank: Bank) -> Iterator[Exercise]:
    """Yield what fits *pick*: chapter by chapter as it names them, and as their files have it."""
    files = {file.chapter: file for file in bank.files}
    for chapter in dict.fromkeys(pick.chapter or files):
        yield from (each for each in files[chapter].exercises if pick.fits(each))


def _drawn(item: DrawnItem, free: Sequence[Exercise], seed: str) -> list[Exercise]:
    """Return those of *free* that are chosen, in their order.

    One after another is taken by the seed's order, if the shortest of those after it could still
    make up the number in the time that is left.
    """
    pick = item.choose
    mixed = shuffled(free, seed if pick.seed is None else pick.seed, lambda each: each.id)
    left = pick.minutes
    chosen: set[str] = set()
    for at, exercise in enumerate(mixed):
        if len(chosen) == (MOST if pick.count is None else pick.count):
            break
        needed = 0 if pick.count is None else pick.count - len(chosen) - 1
        if left is None:
            chosen.add(exercise.id)
        elif exercise.minutes + _shortest(needed, mixed[at + 1 :]) <= left:
            chosen.add(exercise.id)
            left -= exercise.minutes
    return [exercise for exercise in free if exercise.id in chosen]


def _shortest(count: int, exercises: Iterable[Exercise]) -> int:
    """Return how long the *count* shortest of *exercises* take."""
    return sum(sorted(exercise.minutes for exercise in exercises)[:count])


def _shortfall(pick: Pick, free: Sequence[Exercise], taken: int) -> tuple[str, str] | None:
    """Return the condition that *free*, the exercises to choose from, cannot fill, and why."""
    count = pick.count or 1
    others = f", not counting {taken} that the assignment has already" if taken else ""
    if len(free) < count:
        message = f"asked for {count}, the bank has {len(free)} that fit{others}"
        field = "minutes" if pick.count is None else "count"
        return field, f"{message}; ask for fewer, or lift a condition"
    needed = _shortest(count, free)
    if pick.minutes is not None and needed > pick.minutes:
        what = "the shortest takes" if count == 1 else f"the {count} shortest take"
        return "minutes", f"{what} {needed} minutes{others}; allow more, or lift a condition"
    return None


def _too_much(paper: Paper) -> Iterator[Problem]:
    source, allowed = paper.assignment.source, paper.assignment.text.minutes
    if len(paper.questions) > MOST:
        message = f"{len(paper.questions)} questions; expected {MOST} at most"
        yield source.problem(("items",), message)
    if allowed is not None and paper.minutes > allowed:
        message = f"the questions take {paper.minutes} minutes, but {allowed} are allowed; "
        yield source.problem(("minutes",), f"{message}leave some out, or allow more")
