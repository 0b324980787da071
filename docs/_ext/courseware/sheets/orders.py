"""What is to be printed: the assignments, as configuration and command line name them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from courseware.bank.assignments import DrawnItem, assignment_paths, load_assignments
from courseware.bank.select import assignment_by_choice, resolve_all
from courseware.bank.versions import letters_of, versions_of
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

    *part* says which versions these are, where they are not those of the assignment's file: a key
    to some versions lies beside the key to others, as their worksheets do.
    """

    paper: Paper
    versions: Sequence[Version]
    part: str = ""

    @property
    def name(self) -> str:
        """The name of the assignment."""
        return self.paper.assignment.name

    @property
    def key_target(self) -> str:
        """The name of the key's file, without ending."""
        part = f"-{self.part}" if self.part else ""
        return f"key-{self.name}{part}"

    def target(self, version: Version) -> str:
        """Return the name of the worksheet's file, without ending; versions have letters."""
        letter = f"-{version.letter}" if self.lettered else ""
        return f"worksheet-{self.name}{letter}"

    @property
    def lettered(self) -> bool:
        """Tell whether versions have to be told apart by their letters."""
        several = len(self.versions) > 1 or bool(self.part)
        return several or any(version.seed for version in self.versions)

    @property
    def seed(self) -> str:
        """What the paper's choices depend on; nothing where it names all of its exercises."""
        items = self.paper.assignment.text.items
        chosen = any(isinstance(item, DrawnItem) for item in items)
        return self.paper.assignment.seed if chosen else ""


def read_orders(app: Sphinx) -> list[Order]:
    """Return what the configuration asks for: one assignment, or all those of the project.

    Raises `DataError` for assignments that are wrong, or that the bank cannot fill.
    """
    course = course_of_app(app)
    papers = resolve_all(_assignments(app, course), course.bank)
    return [_order(paper, app.config.sheets_versions) for paper in papers]


def _order(paper: Paper, letters: str) -> Order:
    """Return the order for *paper* in the versions *letters*, or in those of its file."""
    own = letters_of(paper.assignment.text.versions)
    asked = "".join(sorted(letters)) or own
    return Order(paper, versions_of(paper, asked), part="" if asked == own else asked)


def is_whole(app: Sphinx) -> bool:
    """Tell whether everything is printed, and nothing was asked for by itself."""
    config = app.config
    return not (
        config.sheets_files or config.sheets_choice or config.sheets_notes or config.typst_only
    )


def _assignments(app: Sphinx, course: Course) -> list[Assignment]:
    if app.config.sheets_choice:
        return [assignment_by_choice(**app.config.sheets_choice)]
    # Resolved, since messages would take the path for one below the sources.
    named = [Path(name).resolve() for name in app.config.sheets_files]
    if named or not is_whole(app):
        return load_assignments(named)
    return load_assignments(assignment_paths(course.exercises_folder / "assignments"))


def setup_orders(app: Sphinx) -> None:
    """Register what can be asked for; nothing of it makes pages be read again."""
    app.add_config_value("sheets_files", [], "", types=(list, tuple))
    app.add_config_value("sheets_choice", {}, "", types=(dict,))
    app.add_config_value("sheets_notes", [], "", types=(list, tuple))
    app.add_config_value("sheets_versions", "", "", types=(str,))
    app.add_config_value("sheets_document", {}, "", types=(dict,))
