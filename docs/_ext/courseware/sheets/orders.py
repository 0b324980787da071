"""What is to be printed: the assignments, as configuration and command line name them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from courseware.bank.assignments import (
    assignment_paths,
    load_assignments,
    unknown_names,
)
from courseware.bank.examine import broken_rules, examine
from courseware.bank.load import Bank, check_references, load_misconceptions, with_private
from courseware.bank.select import assignment_by_choice, resolve_all
from courseware.bank.versions import letters_of, versions_of
from courseware.data.problems import DataError
from courseware.pages.course import course_of_app, report, stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

    from courseware.bank.assignments import Assignment
    from courseware.bank.select import Paper
    from courseware.bank.versions import Version
    from courseware.data.problems import Problem
    from courseware.pages.course import Course

#: Exercises of a teacher's own, which no page shows and the repository does not hold.
PRIVATE = "private"


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


def read_orders(app: Sphinx) -> tuple[Bank, list[Order]]:
    """Return the bank, and what the configuration asks for: one assignment, or all.

    Exercises of a teacher's own are read where an assignment that was asked for needs them.
    Raises `DataError` for assignments that are wrong, or that the bank cannot fill.
    """
    course = course_of_app(app)
    assignments = _assignments(app, course)
    bank = course.bank
    if not is_whole(app) and any(True for each in assignments for _ in unknown_names(each, bank)):
        bank = _with_private(course, bank)
    papers = resolve_all(assignments, bank)
    return bank, [_order(paper, app.config.sheets_versions) for paper in papers]


def _with_private(course: Course, bank: Bank) -> Bank:
    """Return *bank* with the exercises of a teacher's own; raise `DataError` with all problems."""
    folder = course.exercises_folder / PRIVATE
    known = load_misconceptions(course.misconceptions_file)
    found: set[Problem] = set()
    try:
        bank = with_private(bank, folder)
        check_references(Bank([], bank.private), course.ledger, course.outcomes, known)
    except DataError as error:
        found = set(error.problems)
    for path in sorted({problem.path for problem in found}):
        found.update(examine(path, course.for_rules, known))
    if found:
        raise DataError(found)
    return bank


def examine_bank(app: Sphinx) -> None:
    """Tell all that is wrong in files of the bank, if there is something; then end the build.

    Whoever wants a paper hears at once what ``lint`` would say; raises `SystemExit`.
    """
    course = course_of_app(app)
    try:
        course.check_bank()
        return
    except DataError as error:
        found = set(error.problems)
    try:
        known = load_misconceptions(course.misconceptions_file)
        for path in sorted({problem.path for problem in found} & set(course.bank_paths)):
            found.update(examine(path, course.for_rules, known))
    except DataError:
        # What the bank refers to is broken itself, which is told by whoever reads it.
        return
    report(DataError(found))
    stop()


def advice(bank: Bank, order: Order, course: Course) -> list[Problem]:
    """Return which item-writing rules the exercises of *order* break."""
    names = {question.exercise.id for question in order.paper.questions}
    return [
        problem
        for file in (*bank.files, *bank.private)
        for problem in broken_rules(file, course.for_rules, names)
    ]


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
