"""The engine and its tests serve any course: they name nothing of the one in this repository."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from conftest import ENGINE, REPOSITORY
from courseware.bank.assignments import assignment_paths
from courseware.bank.load import load_bank
from courseware.data.outcomes import load_outcomes
from courseware.data.settings import load_settings
from ours import DATA, DOCS, EXERCISES, TOPICS

if TYPE_CHECKING:
    from pathlib import Path

TESTS = REPOSITORY / "tests"
SETTINGS = load_settings(DOCS / "course.yml")
#: What a text of the engine is written in.
TEXTS = {".py", ".js", ".css", ".typ", ".html", ".json", ".md", ".yml", ".svg", ".csv", ".bib"}


def own_words() -> set[str]:
    """Return the names that this course alone has: of its work, its author, places, chapters."""
    work = SETTINGS.work
    assert work.author
    given = [work.author, work.author.split()[-1], work.title, work.series, SETTINGS.title]
    names = {name for name in given if name}
    # Keywords in small letters are of the field.
    names |= {keyword for keyword in SETTINGS.keywords if not keyword.islower()}
    names |= {label.split()[0] for label in SETTINGS.standpoints.values() if not label.islower()}
    # Two letters, such as those of a country, may be a part of anything.
    names |= {name.replace(" ", "-") for name in names}
    return {name.casefold() for name in names | set(TOPICS) if len(name) > 2}


def own_ids() -> set[str]:
    """Return the ids of this course's exercises, outcomes, papers and figures."""
    exercises = load_bank(EXERCISES / "bank").by_id
    outcomes = load_outcomes(DATA / "outcomes.yml").outcomes
    papers = assignment_paths(EXERCISES / "assignments")
    # One word may be a word of anything.
    names = {*exercises, *(outcome.id for outcome in outcomes), *(path.stem for path in papers)}
    return {name for name in names if "-" in name}


def files() -> list[Path]:
    """Return the texts of the package, and those of the tests that hold for any course."""
    found = [path for path in sorted(ENGINE.rglob("*")) if path.suffix in TEXTS]
    assert len(found) > 150
    tests = [path for path in sorted(TESTS.rglob("*")) if path.suffix in TEXTS]
    return found + [path for path in tests if path.relative_to(TESTS).parts[0] != "course"]


@pytest.mark.parametrize("word", sorted(own_words()))
def test_engine_names_nothing_of_this_course(word: str) -> None:
    # What the package is called on an index is no word of the course.
    pattern = re.compile(rf"\b{re.escape(word)}\b(?!-courseware)")
    places = [
        f"{path.relative_to(REPOSITORY)}:{number}"
        for path in files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line.casefold())
    ]
    assert places == []


def test_engine_names_no_exercise_of_this_course() -> None:
    ids = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(own_ids())))})(?![\w-])")
    places = [
        f"{path.relative_to(REPOSITORY)}:{number}: {found[0]}"
        for path in files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (found := ids.search(line))
    ]
    assert places == []
