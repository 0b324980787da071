"""What is to be printed: the assignments, as configuration and command line name them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from courseware.bank.assignments import assignment_paths, load_assignments
from courseware.bank.select import assignment_by_choice, resolve_all
from courseware.bank.versions import versions_of
from courseware.pages.course import course_of_app

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

    from courseware.bank.assignments import Assignment
    from courseware.bank.select import Paper
    from courseware.bank.versions import Version
    from courseware.pages.course import Course


@dataclass(frozen=True)
class Order:
    """A paper with the versions in which it is printed.

    *suffix* ends the names of its files: editions of one paper may lie side by side.
    """

    paper: Paper
    versions: Sequence[Version]
    suffix: str = ""

    @property
    def name(self) -> str:
        """The name of the assignment."""
        return self.paper.assignment.name

    @property
    def key_target(self) -> str:
        """The name of the key's file, without ending."""
        return f"key-{self.name}{self.suffix}"

    def target(self, version: Version) -> str:
        """Return the name of the worksheet's file, without ending; versions have letters."""
        letter = f"-{version.letter}" if self.lettered else ""
        return f"worksheet-{self.name}{letter}{self.suffix}"

    @property
    def lettered(self) -> bool:
        """Tell whether versions have to be told apart by their letters."""
        return len(self.versions) > 1 or any(version.seed for version in self.versions)


def read_orders(app: Sphinx) -> list[Order]:
    """Return what the configuration asks for: one assignment, or all those of the project.

    Raises `DataError` for assignments that are wrong, or that the bank cannot fill.
    """
    course = course_of_app(app)
    papers = resolve_all(_assignments(app, course), course.bank)
    letters = app.config.sheets_versions or None
    suffix = "-large" if app.config.typst_large_print else ""
    return [Order(paper, versions_of(paper, letters), suffix) for paper in papers]


def is_whole(app: Sphinx) -> bool:
    """Tell whether everything is printed, not one assignment that was asked for."""
    return not app.config.sheets_files and not app.config.sheets_choice


def _assignments(app: Sphinx, course: Course) -> list[Assignment]:
    if app.config.sheets_choice:
        return [assignment_by_choice(**app.config.sheets_choice)]
    named = [Path(name) for name in app.config.sheets_files]
    return load_assignments(named or assignment_paths(course.exercises_folder / "assignments"))


def setup_orders(app: Sphinx) -> None:
    """Register what can be asked for; nothing of it makes pages be read again."""
    app.add_config_value("sheets_files", [], "", types=(list, tuple))
    app.add_config_value("sheets_choice", {}, "", types=(dict,))
    app.add_config_value("sheets_versions", "", "", types=(str,))
    app.add_config_value("sheets_document", {}, "", types=(dict,))
