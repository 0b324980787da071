"""While one writes: what is wrong stands on the page that one looks at, until it is mended."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from browser import browser
from conftest import ROOTS, Project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

CHAPTER, BANK = "chapters/counting", "exercises/bank/counting.yml"


class Writer:
    """Somebody who writes: builds as the live server does, and looks at a page."""

    def __init__(self, project: Project, page: Page) -> None:
        self.project = project
        self.page = page

    def sees(self, name: str = CHAPTER) -> list[str]:
        """Build in a process of its own, and return what the page *name* shows of problems."""
        command = [sys.executable, "-m", "sphinx", "-nq", "-D", "courseware_live=1", ".", "live"]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        folder = self.project.folder
        subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
        self.page.goto((folder / "live" / f"{name}.html").as_uri())
        self.page.wait_for_load_state("networkidle")
        return self.page.locator("#live-problems p").all_inner_texts()


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    """Return a writer with a copy of the small course."""
    with browser() as started:
        yield Writer(Project(ROOTS / "test-course", tmp_path), started.new_page())


@pytest.mark.browser
def test_page_shows_what_is_wrong_until_it_is_mended(writer: Writer) -> None:
    project = writer.project
    assert writer.sees() == []
    project.edit(f"{CHAPTER}.md", "`L001 L002`", "`L099 L002`")
    line = project.line(f"{CHAPTER}.md", "L099")
    said = [f"{CHAPTER}.md:{line}: WARNING: the ledger has no statement 'L099'"]
    assert writer.sees() == said
    # Sphinx would read no page again, and say nothing; every page shows it.
    assert writer.sees("index") == said
    # A mistake in data stops the build: the pages of the one before say so.
    project.edit(BANK, "type: numeric", "type: nume")
    at = project.line(BANK, "type: nume")
    first, *others = writer.sees()
    assert first.startswith(f"{BANK}:{at}: WARNING: counting-number: type: 'nume' is not one of")
    assert others == ["ERROR: nothing was built: mend the files named above"]
    project.edit(BANK, "type: nume\n", "type: numeric\n")
    assert writer.sees() == said
    project.edit(f"{CHAPTER}.md", "`L099 L002`", "`L001 L002`")
    assert writer.sees() == []


def test_pages_that_are_published_load_nothing_of_it(course: Project) -> None:
    assert course.build() == []
    assert not course.output("_static/live-problems.js").exists()
    assert "live-problems" not in course.output("index.html").read_text(encoding="utf-8")
