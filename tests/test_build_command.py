"""The command that makes everything: pages and print at once, of what is read once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from conftest import ROOTS, Project
from courseware.builds.turn import UNDER_WAY
from courseware.commands.build import main
from folders import digests

if TYPE_CHECKING:
    from pathlib import Path

#: Builds with options, and returns the exit code, what is said and the messages.
Build = Callable[..., tuple[int, str, str]]
#: Has a project note which builder reads what, with a warning that it does not want to be told.
NOTE = """
from sphinx.util.logging import getLogger

suppress_warnings = ["ours"]

def _note(app, docname, _source):
    with open({file!r}, "a", encoding="utf-8") as file:
        file.write(f"{{app.builder.name}} {{docname}}\\n")
    getLogger(__name__).warning("read", type="ours", location=docname)

def setup(app):
    app.connect("source-read", _note)
"""
#: Prints in two other processes, each of which says that it is at work, and waits.
PRESS = """
import os, sys, time
from courseware.typst.press import MANY, Press

def task():
    os.write(1, b"ready\\n")
    time.sleep(600)

if __name__ == "__main__":
    for _ in Press(2).run([task] * MANY):
        pass
"""


@pytest.fixture(autouse=True)
def _found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let other processes find what this one finds."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))


@pytest.fixture
def noted(tmp_path: Path) -> Project:
    """Return the small course, which notes who reads a page."""
    project = Project(ROOTS / "test-course", tmp_path)
    conf = project.folder / "conf.py"
    note = NOTE.format(file=str(tmp_path / "noted"))
    conf.write_text(conf.read_text(encoding="utf-8") + note, encoding="utf-8")
    return project


@pytest.fixture
def build(noted: Project, capfd: pytest.CaptureFixture[str]) -> Build:
    """Return a function that builds the small course."""

    def make(*options: str) -> tuple[int, str, str]:
        folder = noted.folder.parent
        (folder / "noted").write_text("", encoding="utf-8")
        status = main(["--docs", str(noted.folder), "--out", str(folder / "build"), *options])
        return (status, *capfd.readouterr())

    return make


def readers(project: Project) -> set[str]:
    """Return the builders that read a page."""
    lines = (project.folder.parent / "noted").read_text(encoding="utf-8").splitlines()
    return {line.partition(" ")[0] for line in lines}


def test_pages_and_print_are_made_of_one_reading(noted: Project, build: Build) -> None:
    out = noted.folder.parent / "build"
    status, said, messages = build()
    assert (status, messages) == (0, "")
    assert said.startswith("reading the course ...\nmaking pages, PDFs, papers, keys and the guide")
    assert readers(noted) == {"html"}
    made = {folder: digests(out / folder) for folder in ("site", "pdf", "instructor")}
    assert {"index.html", "downloads/course-reader.pdf"} < made["site"].keys()
    assert "worksheet-every-type-A.pdf" in made["pdf"]
    assert "instructor-guide.pdf" in made["instructor"]
    assert {"lms/chapters/counting/counting-moodle.xml", "lms/small-course.apkg"} < made[
        "instructor"
    ].keys()
    cards = made["site"]["downloads/small-course.apkg"]
    assert cards == made["instructor"]["lms/small-course.apkg"]
    assert not [name for name in made["site"] if name.endswith((".imscc", "-canvas.zip"))]

    # As a build leaves it that was killed while it printed.
    (out / "doctrees-print" / UNDER_WAY).touch()
    status, said, _ = build("--greyscale")
    assert status == 0
    assert "making them in another edition (greyscale)" in said
    assert readers(noted) == set()
    again = {folder: digests(out / folder) for folder in made}
    assert again["site"] == made["site"]
    reader = made["pdf"]["course-reader.pdf"]
    assert (
        again["pdf"]["course-reader.pdf"] == reader != again["pdf"]["course-reader-greyscale.pdf"]
    )


def test_figure_that_cannot_be_drawn_is_told_once(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    project = Project(ROOTS / "test-figures", tmp_path)
    script = next((project.folder / "figures").glob("*.py"))
    script.write_text("def draw(*tables):\n    raise ValueError('no ink')\n", encoding="utf-8")
    assert main(["--docs", str(project.folder), "--out", str(tmp_path / "build")]) == 2
    assert capfd.readouterr().err.count("no ink") == 1


def test_what_reading_warns_of_is_told_once_and_ends_the_build(
    noted: Project, build: Build
) -> None:
    noted.edit("chapters/counting.md", "`L001 L002`", "`L099 L002`")
    status, said, messages = build()
    assert status == 1
    assert messages.count("the ledger has no statement 'L099'") == 1
    assert "PDF" not in said
    assert not (noted.folder.parent / "build" / "pdf").exists()


def test_what_writing_warns_of_is_told_once_and_ends_print(noted: Project, build: Build) -> None:
    noted.edit("chapters/counting.md", "# Counting\n", "# Counting\n\n{ref}`nowhere`\n")
    status, said, messages = build()
    assert status == 1
    assert messages.count("nowhere") == 1
    # It had begun.
    assert "PDF" in said


def test_what_print_warns_of_is_told(noted: Project, build: Build) -> None:
    noted.edit("exercises/assignments/every-type.yml", "title: Every", "title: Every \N{SNOWMAN}")
    status, _, messages = build()
    assert status == 1
    assert "SNOWMAN" in messages


@pytest.mark.skipif(os.name == "nt", reason="another system ends processes in another way")
def test_processes_that_print_end_with_the_one_that_was_killed() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PRESS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert [process.stdout.readline() for _ in range(2)] == ["ready\n", "ready\n"]
    process.send_signal(signal.SIGKILL)
    # The pipe ends when the last process that holds it has ended.
    process.communicate(timeout=30)
