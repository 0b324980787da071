"""The learning outcomes (``outcomes.yml``): what a student can do after each chapter."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from .problems import DataError, Problem
from .yamlfile import NAME_PATTERN, Record, YamlSource

if TYPE_CHECKING:
    from pathlib import Path


class Level(StrEnum):
    """The revised Bloom taxonomy (Anderson and Krathwohl, 2001), lowest first."""

    REMEMBER = "remember"
    UNDERSTAND = "understand"
    APPLY = "apply"
    ANALYSE = "analyse"
    EVALUATE = "evaluate"
    CREATE = "create"

    @property
    def rank(self) -> int:
        """The place of the level in the taxonomy, from 0."""
        return list(Level).index(self)


# Nobody can watch a student "know" something: an outcome names what can be seen and assessed.
UNOBSERVABLE = {"appreciate", "be", "become", "grasp", "know", "learn", "realise", "understand"}


class Outcome(Record):
    """One observable outcome of a chapter."""

    id: Annotated[str, Field(pattern=NAME_PATTERN)]
    chapter: str
    level: Level
    text: str


class Outcomes(Record):
    """The whole of ``outcomes.yml``."""

    outcomes: list[Outcome]

    def of_chapter(self, topic: str) -> list[Outcome]:
        """Return the outcomes of the chapter file ``<topic>.md``, in file order."""
        return [outcome for outcome in self.outcomes if outcome.chapter == topic]


def load_outcomes(path: Path) -> Outcomes:
    """Return the outcomes in *path*; raise `DataError` for bad YAML, ids or verbs."""
    source = YamlSource.of_file(path)
    outcomes = source.parse(Outcomes)
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for index, outcome in enumerate(outcomes.outcomes):
        if outcome.id in seen:
            line = source.line_of(("outcomes", seen[outcome.id]))
            message = f"'{outcome.id}' is already used on line {line}; ids are unique"
            problems.append(source.problem(("outcomes", index, "id"), message))
        seen.setdefault(outcome.id, index)
        verb = outcome.text.split()[0].lower() if outcome.text else ""
        if not verb or verb in UNOBSERVABLE:
            message = f"begins with '{verb}'; begin with a verb one can observe, such as 'compare'"
            problems.append(source.problem(("outcomes", index, "text"), message))
    if problems:
        raise DataError(problems)
    return outcomes
