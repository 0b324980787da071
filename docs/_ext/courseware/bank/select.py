"""Find the exercises of an assignment: those that it names, and those that it has chosen.

A choice depends on its seed and on the ids of exercises alone, so it is the same on every
machine; and an exercise that is added to the bank takes the place of one other at most.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from courseware.data.problems import DataError, Problem
from courseware.data.yamlfile import YamlSource

from .assignments import Assignment, AssignmentText, DrawnItem, NamedItem, Pick, unknown_names
from .order import shuffled
from .traits import with_rubric

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .load import Bank
    from .model import Exercise

#: More is no paper, and would take long to put in order.
MOST = 100
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


class ArgumentSource(YamlSource):
    """An assignment that was asked for by arguments; problems name the argument."""

    def __init__(self) -> None:
        super().__init__(Path("(arguments)"), "")

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

    Conditions are the fields of `Pick`; those that are None or empty are left out.
    Raises `DataError` with every argument that is wrong; there is no file or line to name.
    """
    given = {name: value for name, value in conditions.items() if value not in (None, "", [], ())}
    raw = {
        "title": title,
        "instructions": instructions,
        "seed": seed,
        "items": [{"choose": given}],
    }
    source = ArgumentSource()
    text = source.validated(raw)
    return Assignment(source, _name_of(given, text.seed), text)


def _name_of(conditions: Mapping[str, object], seed: str | None) -> str:
    """Return a name for files by which a person can tell one choice from another."""
    words: list[str] = []
    for value in conditions.values():
        words.extend(map(str, value) if isinstance(value, list | tuple) else [str(value)])
    if seed is not None:
        words += ["seed", seed]
    whole = " ".join(words)
    name = re.sub(r"[^a-z0-9]+", "-", whole.casefold()).strip("-")
    short = f"choice-{sha256(whole.encode()).hexdigest()[:8]}"
    return name if name and len(name) <= 60 else short


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
        if len(free) < item.choose.count:
            message = _shortfall(item.choose.count, len(free), len(fitting) - len(free))
            problems.append(source.problem(("items", index, "choose", "count"), message))
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
    """Return those of *free* that are chosen, in their order."""
    pick = item.choose
    mixed = shuffled(free, seed if pick.seed is None else pick.seed, lambda each: each.id)
    chosen = {exercise.id for exercise in mixed[: pick.count]}
    return [exercise for exercise in free if exercise.id in chosen]


def _shortfall(count: int, free: int, taken: int) -> str:
    message = f"asked for {count}, the bank has {free} that fit"
    if taken:
        message += f", not counting {taken} that the assignment has already"
    return f"{message}; ask for fewer, or lift a condition"


def _too_much(paper: Paper) -> Iterator[Problem]:
    source, allowed = paper.assignment.source, paper.assignment.text.minutes
    if len(paper.questions) > MOST:
        message = f"{len(paper.questions)} questions; expected {MOST} at most"
        yield source.problem(("items",), message)
    if allowed is not None and paper.minutes > allowed:
        message = f"the questions take {paper.minutes} minutes, but {allowed} are allowed; "
        yield source.problem(("minutes",), f"{message}leave some out, or allow more")
