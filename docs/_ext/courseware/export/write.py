"""Write all files of a course for other systems: a folder for each chapter and each assignment."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from courseware.bank.assignments import assignment_paths, load_assignments
from courseware.bank.select import resolve_all
from courseware.files.carried import carry_over
from courseware.files.whole import write_whole

from .cartridge import NO_ADDRESS
from .formats import FORMATS, WHOLE
from .losses import Loss, report
from .sets import Maker
from .table import table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from .course import Course
    from .sets import ExerciseSet

#: Below the folder of what is for teachers.
FOLDER = "lms"
LOST = "what-is-lost.md"


@dataclass
class Files:
    """Files by their names in the folder, and what each of them lacks."""

    content: dict[str, bytes] = field(default_factory=dict)
    losses: dict[str, Sequence[Loss]] = field(default_factory=dict)

    def add_set(self, exercises: ExerciseSet, names: Iterable[str]) -> None:
        """Add *exercises* in the formats *names*, in a folder of their own, with a report."""
        found: dict[str, Sequence[Loss]] = {}
        for name in names:
            made = FORMATS[name].make(exercises)
            file = f"{exercises.name}{FORMATS[name].ending}"
            found[file] = made.losses
            self.content[f"{exercises.folder}/{file}"] = made.content
            self.losses[f"{exercises.folder}/{file}"] = made.losses
        told = report(exercises.title, found.items())
        self.content[f"{exercises.folder}/{LOST}"] = told.encode()


def all_files(course: Course, printed: Collection[str] = ()) -> Files:
    """Return all files of *course*: its chapters, its assignments, and what holds the whole of it.

    *printed* has the names of the PDFs that its site offers.
    Raises `DataError` where the exercises or the assignments are wrong, `OSError` for a picture
    that cannot be read.
    """
    maker = Maker(course, course.bank(), printed)
    papers = resolve_all(
        load_assignments(assignment_paths(course.exercises / "assignments")), maker.bank
    )
    chapters = maker.chapters()
    files = Files()
    for exercises in (*chapters, *map(maker.paper, papers)):
        files.add_set(exercises, FORMATS)
    found = {f"{course.name}.csv": table(maker.whole(chapters))} if chapters else {}
    for each in WHOLE.values():
        made = each.make(maker) if course.address or not each.links else None
        if made is not None:
            found[f"{course.name}{each.ending}"] = made
    files.content |= {name: each.content for name, each in found.items()}
    files.losses |= {name: each.losses for name, each in found.items()}
    told = report(course.title, ((name, made.losses) for name, made in found.items()))
    files.content[LOST] = (told if course.address else f"{told}\nNote: {NO_ADDRESS}.\n").encode()
    return files


def write_all(
    course: Course, folder: Path, printed: Collection[str] = ()
) -> Mapping[str, Sequence[Loss]]:
    """Write all files of *course* to *folder*; return what each of them lacks.

    *printed* has the names of the PDFs that its site offers.

    What an earlier run wrote there and this one does not is removed. Raises `DataError` as
    `all_files` does, and `OSError`.
    """
    files = all_files(course, printed)
    with TemporaryDirectory() as stage:
        staged = {}
        for name, content in files.content.items():
            staged[name] = Path(stage, name)
            write_whole(staged[name], content)
        carry_over(staged, folder)
    return files.losses


def write_set(
    exercises: ExerciseSet, names: Iterable[str], folder: Path
) -> Mapping[str, Sequence[Loss]]:
    """Write *exercises* to *folder* in the formats *names*; return what each file lacks.

    Raises `OSError` where it cannot be written.
    """
    files = Files()
    files.add_set(exercises, names)
    for name, content in files.content.items():
        write_whole(folder / name, content)
    return files.losses
