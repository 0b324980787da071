"""Shared fixtures: real Sphinx builds over the small projects in ``tests/roots``."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_colors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bs4 import Tag
    from playwright.sync_api import Browser

pytest_plugins = ["sphinx.testing.fixtures"]

ROOTS = Path(__file__).parent / "roots"
DOCS = Path(__file__).parents[1] / "docs"
EXERCISES = DOCS.parent / "exercises"
#: The chapters, in the order of the course.
TOPICS = re.findall(r"^chapters/(\S+)$", (DOCS / "index.md").read_text("utf-8"), re.MULTILINE)

#: The sources of the course's pages; the package brings some of another course.
SOURCES = [path for path in sorted(DOCS.rglob("*.md")) if "_ext" not in path.parts]


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
        self.folder = folder / "docs"
        shutil.copytree(source, self.folder, ignore=shutil.ignore_patterns("__pycache__"))
        if source == DOCS:
            shutil.copytree(EXERCISES, folder / "exercises")

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
        out = self.folder.parent / "out"
        app = SphinxTestApp(
            buildername=builder,
            srcdir=self.folder,
            builddir=out,
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
        return self.folder.parent / "out" / builder / name

    def page(self, name: str) -> BeautifulSoup:
        """Return the page *name* (without its ending), parsed."""
        html = self.output(f"{name}.html").read_text(encoding="utf-8")
        # Labels have no-break spaces; what tests compare is easier to read without.
        return BeautifulSoup(html.replace("\u00a0", " "), "html.parser")


@pytest.fixture
def course(tmp_path: Path) -> Project:
    """Return a copy of the small course, which is without fault until a test breaks it."""
    return Project(ROOTS / "test-course", tmp_path)


@pytest.fixture(scope="session")
def shared_build(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Path, str], Path]:
    """Return a function that builds a project once a test run and returns the output folder."""
    built: dict[tuple[Path, str], Path] = {}

    def build(source: Path, builder: str) -> Path:
        if (source, builder) not in built:
            project = Project(source, tmp_path_factory.mktemp("shared"))
            warnings = project.build(builder)
            assert warnings == []
            built[source, builder] = project.output("", builder)
        return built[source, builder]

    return build


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Return a browser for all tests of a file."""
    # Tests without a browser need no Playwright.
    from browser import browser

    with browser() as started:
        yield started
