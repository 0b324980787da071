"""A chapter is removed from the course: what is left to do is told, and then the rest is whole."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import Project
from courseware.bank.command import main as lint
from ours import DOCS, SOURCES, TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterator


def mentions(topic: str) -> Iterator[Path]:
    """Yield the pages, the landing page aside, that name the chapter *topic*."""
    for path in SOURCES:
        if path.stem not in {topic, "index"} and topic in path.read_text(encoding="utf-8"):
            yield path


#: A chapter that no other page leads to.
TOPIC = next(topic for topic in reversed(TOPICS) if not any(mentions(topic)))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a copy of the course without the page of a chapter."""
    project = Project(DOCS, tmp_path)
    project.edit("index.md", f"chapters/{TOPIC}\n", "")
    (project.folder / "chapters" / f"{TOPIC}.md").unlink()
    return project


def test_removing_a_chapter_is_guided_to_its_end(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    bank = project.folder.parent / "exercises"
    with pytest.raises(SystemExit):
        project.build()
    outcomes = project.folder / "data" / "outcomes.yml"
    parts = re.split(r"^(?=  - id:)", outcomes.read_text("utf-8"), flags=re.MULTILINE)
    kept = [part for part in parts if f"chapter: {TOPIC}\n" not in part]
    assert len(kept) < len(parts)
    outcomes.write_text("".join(kept), encoding="utf-8")
    (bank / "bank" / f"{TOPIC}.yml").unlink()

    # Statements that it told alone, and works that it cited alone.
    untold, *uncited = sorted(project.build())
    assert untold.startswith("data/ledger.yml:")
    assert "tell_all: false" in untold
    assert all(each.startswith("data/references.bib:") for each in uncited)
    project.edit("course.yml", "title:", "tell_all: false\ntitle:")
    project.edit("course.yml", "cite_all: true", "cite_all: false")
    assert project.build() == []

    folders = ("--exercises", str(bank), "--data", str(project.folder / "data"))
    assert lint(list(folders)) == 1
    told = capsys.readouterr().out.splitlines()
    assert all(re.search(r"assignments/[\w-]+\.yml:\d+: .*the bank has no ", line) for line in told)
    for paper in sorted({line.partition(":")[0] for line in told}):
        Path(paper).unlink()
    lint(list(folders))
    *told, _count = capsys.readouterr().out.splitlines()
    # What is balanced over the bank may not be without the chapter.
    assert [line for line in told if " over the whole bank" not in line] == []
