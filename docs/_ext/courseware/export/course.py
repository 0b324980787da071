"""What files for other systems say of the course, read without Sphinx."""

from __future__ import annotations

import ast
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from courseware.bank.load import Bank, load_bank, with_private
from courseware.bank.texts import plain
from courseware.data.problems import DataError, Problem
from courseware.data.settings import FILE, Settings, load_settings
from courseware.data.textfile import read_text

from .texts import Reader, without_roles

if TYPE_CHECKING:
    from collections.abc import Mapping

CHAPTERS = "chapters"
#: Exercises of a teacher's own, which the repository does not hold.
PRIVATE = "private"
_TITLE = re.compile(r"^#\s+(?P<title>.+?)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Course:
    """A course: its folders, what it is called, and where it is published.

    *address* ends in a slash, or is empty where nobody has said.
    """

    docs: Path
    exercises: Path
    title: str
    release: str
    address: str
    settings: Settings
    #: The chapters with their titles, in the order of the course.
    chapters: Mapping[str, str]

    @property
    def name(self) -> str:
        """What the course's own files are called."""
        return slug(self.title) or "course"

    @property
    def edition(self) -> str:
        """The title, with the release where there is one."""
        return f"{self.title} {self.release}".strip()

    def bank(self, *, private: bool = False) -> Bank:
        """Return the bank, with the teacher's own exercises if *private*; raise `DataError`."""
        bank = load_bank(self.exercises / "bank")
        return with_private(bank, self.exercises / PRIVATE) if private else bank

    def reader(self, chapter: str = "") -> Reader:
        """Return what reads the texts of the bank file of *chapter*, or those of an assignment."""
        # A bank file names pictures as seen from its chapter's page, an assignment from its folder.
        folder = self.docs / CHAPTERS if chapter else self.exercises / "assignments"
        page = f"{CHAPTERS}/" if chapter else ""
        return Reader(folder, self.docs, [self.exercises], self.address, page)


def read_course(docs: Path, address: str | None = None) -> Course:
    """Return the course whose pages are in *docs*.

    The release, and where the exercises are, stand in ``conf.py`` as plain texts; the *address*
    does, or in ``COURSE_URL``, where none is given. Raises `DataError` where a file is wrong.
    """
    settings = load_settings(docs / FILE)
    said = _constants(docs / "conf.py")
    where = address or os.environ.get("COURSE_URL") or said.get("html_baseurl", "")
    title = settings.title or said.get("project", "")
    return Course(
        docs,
        Path(os.path.normpath(docs / said.get("courseware_exercises", "../exercises"))),
        title,
        said.get("release", ""),
        f"{where.strip().rstrip('/')}/" if where.strip() else "",
        settings,
        _chapters(docs),
    )


def slug(title: str) -> str:
    """Return *title* as a name for files: small letters and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")


def _constants(path: Path) -> dict[str, str]:
    """Return the texts that the module *path* gives to names, without running it."""
    text = read_text(path)
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        message = f"this is no Python: {error.msg}"
        raise DataError([Problem(path, error.lineno or 1, message)]) from None
    found: dict[str, str] = {}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(value))):
                found[name] = value
            case _:
                continue
    return found


def _chapters(docs: Path) -> dict[str, str]:
    """Return the title of each chapter, in the order in which the first page names them."""
    front = docs / "index.md"
    text = read_text(front) if front.is_file() else ""
    places = {path.stem: text.find(f"\n{CHAPTERS}/{path.stem}\n") for path in _pages(docs)}
    titles: dict[str, str] = {}
    for path in sorted(_pages(docs), key=lambda page: (places[page.stem] < 0, places[page.stem])):
        found = _TITLE.search(read_text(path))
        titles[path.stem] = plain(without_roles(found["title"])) if found else path.stem
    return titles


def _pages(docs: Path) -> list[Path]:
    return sorted((docs / CHAPTERS).glob("*.md"))
