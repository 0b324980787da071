"""Shared fixtures: real Sphinx builds over the small projects in ``tests/roots``."""

from __future__ import annotations

import gc
import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import courseware
import pytest
from bs4 import BeautifulSoup
from courseware.commands.sphinx_build import SELDOM
from filelock import FileLock
from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_colors
from sphinx.util.docutils import docutils_namespace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import Tag
    from playwright.sync_api import Browser

# Nearly all that builds make stays: to look for garbage as often as Python does took a fifth of the
# time of all tests.
gc.set_threshold(*SELDOM)

pytest_plugins = ["sphinx.testing.fixtures"]

ROOTS = Path(__file__).parent / "roots"
REPOSITORY = Path(__file__).parents[1]
#: The package, and the course that a new course begins as.
ENGINE = Path(courseware.__file__).parent
STARTER = ENGINE / "starter" / "docs"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option by which ``test_looks.py`` keeps pages as they are now."""
    parser.addoption("--keep-pictures", action="store_true", help="make new reference pictures")


@pytest.fixture(scope="session")
def rootdir() -> Path:
    """Return the folder that holds the test projects (``test-<name>``)."""
    return ROOTS


def one(parent: Tag, selector: str) -> Tag:
    """Return the first element in *parent* that the CSS *selector* names; there must be one."""
    found = parent.select_one(selector)
    assert found is not None, f"nothing is {selector}"
    return found


class Project:
    """A copy of a Sphinx project that a test may edit and build, as often as it likes."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.folder, self.out = folder / "docs", folder / "out"
        shutil.copytree(source, self.folder, ignore=shutil.ignore_patterns("__pycache__"))
        # A course has its exercises beside its pages, a small root among them.
        if (source.parent / "exercises").is_dir():
            shutil.copytree(source.parent / "exercises", folder / "exercises")

    @classmethod
    def at(cls, folder: Path, out: Path) -> Project:
        """Return the project that is in *folder* already, built into *out*."""
        project = cls.__new__(cls)
        project.folder, project.out = folder, out
        return project

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace *old*, which must be there, by *new* in the file *name*."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def line(self, name: str, text: str) -> int:
        """Return the line of the file *name* on which *text* first stands."""
        lines = (self.folder / name).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if text in line)

    def build(self, builder: str = "html", *, parallel: int = 1) -> list[str]:
        """Build, and return the warnings with paths relative to the project."""
        # A build that stops before it has begun leaves its nodes registered.
        with docutils_namespace():
            app = SphinxTestApp(
                buildername=builder,
                srcdir=self.folder,
                builddir=self.out,
                freshenv=False,
                parallel=parallel,
            )
            try:
                app.build()
                # Some Sphinx releases colour the stream even where nobody asked for colours.
                text = strip_colors(app.warning.getvalue())
            finally:
                app.cleanup()
        return [line.replace(f"{self.folder}/", "") for line in text.splitlines() if line.strip()]

    def output(self, name: str, builder: str = "html") -> Path:
        """Return the path of a file that *builder* made."""
        return self.out / builder / name

    def page(self, name: str) -> BeautifulSoup:
        """Return the page *name* (without its ending), parsed."""
        html = self.output(f"{name}.html").read_text(encoding="utf-8")
        # Labels have no-break spaces; what tests compare is easier to read without.
        return BeautifulSoup(html.replace("\u00a0", " "), "html.parser")


@pytest.fixture
def course(tmp_path: Path) -> Project:
    """Return a copy of the small course, which is without fault until a test breaks it."""
    return Project(ROOTS / "test-course", tmp_path)


class Builds:
    """Projects that are built once in a test run, by whichever process needs them first.

    What several builders make of a project lies in one folder, so that it is read once. Tests look
    at it and leave it as it is.
    """

    def __init__(self, folder: Path, *, parallel: int = 1) -> None:
        self.folder, self.parallel = folder, parallel

    def __call__(self, source: Path, builder: str) -> Path:
        """Return the folder of what *builder* makes of the project *source*, without a warning."""
        folder = self.folder / f"{source.parent.name}-{source.name}"
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "lock"):
            if not (folder / "docs").exists():
                # Whole or not at all, should it be stopped.
                Project(source, folder / "new")
                for path in (folder / "new").iterdir():
                    path.rename(folder / path.name)
            project = Project.at(folder / "docs", folder / "out")
            # As the course is built: pages first, the other builders reuse what is read.
            for each in dict.fromkeys(("html", builder)):
                told = folder / f"{each}.json"
                if not told.exists():
                    told.write_text(json.dumps(project.build(each, parallel=self.parallel)))
        assert json.loads((folder / f"{builder}.json").read_text()) == []
        return project.output("", builder)

    def read(self, source: Path, folder: Path) -> Project:
        """Return the project *source*, read already; whatever is made of it goes to *folder*."""
        out = self(source, "html").parent
        with FileLock(out.parent / "lock"):
            shutil.copytree(out / "doctrees", folder / "doctrees")
        return Project.at(out.parent / "docs", folder)


def folder_of_the_run(factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all processes of a test run share."""
    folder = factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session")
def shared_build(tmp_path_factory: pytest.TempPathFactory) -> Builds:
    """Return a function that builds a project once a test run and returns the output folder."""
    return Builds(folder_of_the_run(tmp_path_factory) / "shared")


@pytest.fixture(scope="session")
def shared_rebuild(tmp_path_factory: pytest.TempPathFactory) -> Builds:
    """Return the same for a second build elsewhere, in which two processes read and write."""
    return Builds(folder_of_the_run(tmp_path_factory) / "rebuilt", parallel=2)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Return a browser for all tests of a file."""
    # Tests without a browser need no Playwright.
    from browser import browser

    with browser() as started:
        yield started
