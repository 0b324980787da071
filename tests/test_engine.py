"""The engine serves any course: it names nothing of the one in this repository."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from conftest import DOCS, TOPICS
from courseware.data.settings import load_settings

if TYPE_CHECKING:
    from pathlib import Path

ENGINE = DOCS / "_ext" / "courseware"
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
    return {name.casefold() for name in names | set(TOPICS) if len(name) > 2}


def files() -> list[Path]:
    """Return the texts of the package."""
    found = [path for path in sorted(ENGINE.rglob("*")) if path.suffix in TEXTS]
    assert len(found) > 150
    return found


@pytest.mark.parametrize("word", sorted(own_words()))
def test_engine_names_nothing_of_this_course(word: str) -> None:
    pattern = re.compile(rf"\b{re.escape(word)}\b")
    places = [
        f"{path.relative_to(ENGINE)}:{number}"
        for path in files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line.casefold())
    ]
    assert places == []
