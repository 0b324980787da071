"""Write exercises as other systems import them: Moodle, Canvas, Anki and more.

Without FILE, all chapters and all assignments. Beside the files, what-is-lost.md tells item by item
what each of them lacks.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from courseware.bank.assignments import assignment_paths, load_assignment, unknown_names
from courseware.bank.select import resolve
from courseware.data.addresses import scheme_of
from courseware.data.problems import DataError, did_you_mean
from courseware.data.refused import refusal
from courseware.files.called import called
from courseware.files.places import build_folder

from .cartridge import NO_ADDRESS
from .course import read_course
from .formats import FORMATS, WHOLE
from .losses import told
from .sets import Maker
from .write import FOLDER, LOST, write_all, write_set

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .course import Course
    from .losses import Loss
    from .sets import ExerciseSet


def main(arguments: Sequence[str] | None = None) -> int:
    """Write what *arguments* ask for, say what is where and what is lost; return the exit code."""
    reader = _parser()
    given = reader.parse_args(arguments)
    if not (given.docs / "conf.py").is_file():
        sys.stderr.write(f"{given.docs}: there is no conf.py; go to the folder of the course, ")
        sys.stderr.write("or name that of its pages with --docs\n")
        return 2
    if given.format and not given.file:
        reader.error("--format: name an assignment or a chapter, of which files are to be made")
    folder = given.out / "instructor" / FOLDER
    try:
        course = read_course(given.docs, given.address)
        if given.file:
            exercises = _asked(course, given.file)
            _say(folder, write_set(exercises, given.format or FORMATS, folder))
        else:
            # What the site offers, if it is built.
            printed = [path.name for path in (given.out / "site" / "downloads").glob("*.pdf")]
            write_all(course, folder, printed)
            say_all(course, folder)
    except argparse.ArgumentTypeError as error:
        reader.error(str(error))
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"{refusal(error)}\n")
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog=called("export", Path.cwd()), usage="%(prog)s [FILE] [options]", description=__doc__
    )
    made.add_argument("file", nargs="?", help="an assignment, by file or name, or a chapter")
    readers = "; ".join(f"{name}: {each.readers}" for name, each in FORMATS.items())
    made.add_argument(
        "--format", nargs="+", action="extend", choices=FORMATS, metavar="NAME",
        help=f"one or more of these; all, if not given ({readers})",
    )  # fmt: skip
    made.add_argument(
        "--address", type=_address, metavar="URL",
        help="where the site is published; COURSE_URL, if not given",
    )  # fmt: skip
    for name, default, what in (
        ("--docs", Path("docs"), "where the pages are"),
        ("--out", build_folder(), "where what is made goes"),
    ):
        shown = f"{what} ({default})"
        made.add_argument(name, type=Path, default=default, metavar="FOLDER", help=shown)
    return made


def _address(text: str) -> str:
    """Return the address *text*; raise `ArgumentTypeError` where it is none of a site."""
    if scheme_of(text) not in {"http", "https"}:
        message = f"'{text}': expected an address such as https://example.org/course/"
        raise argparse.ArgumentTypeError(message)
    return text


def _asked(course: Course, name: str) -> ExerciseSet:
    """Return the exercises that *name* means: an assignment's or a chapter's.

    Raises `ArgumentTypeError` where there is neither, `DataError` where one is wrong.
    """
    ready_made = {each.stem: each for each in assignment_paths(course.exercises / "assignments")}
    path = Path(name) if Path(name).is_file() else ready_made.get(Path(name).stem)
    bank = course.bank()
    if path is None:
        chapters = {each.name: each for each in Maker(course, bank).chapters()}
        if name in chapters:
            return chapters[name]
        known = [*ready_made, *chapters]
        message = f"there is no assignment or chapter '{name}'{did_you_mean(name, known)}"
        raise argparse.ArgumentTypeError(f"{message}; expected one of {', '.join(known)}")
    assignment = load_assignment(path)
    if any(True for _ in unknown_names(assignment, bank)):
        bank = course.bank(private=True)
    return Maker(course, bank).paper(resolve(assignment, bank))


def _say(folder: Path, losses: Mapping[str, Sequence[Loss]]) -> None:
    """Say which files there are in *folder*, and what each of them lacks."""
    for name, found in losses.items():
        sys.stdout.write(f"{folder / name}\n")
        sys.stdout.writelines(f"  {line}\n" for line in told(found))


def say_all(course: Course, folder: Path) -> None:
    """Say what was written of *course* to *folder*, and what not."""
    whole = [name for name, each in WHOLE.items() if course.address or not each.links]
    names = ", ".join([*FORMATS, *whole])
    sys.stdout.write(f"{folder}: chapters and assignments for other systems ({names}); ")
    sys.stdout.write(f"{LOST} tells item by item what a file lacks\n")
    if not course.address:
        sys.stdout.write(f"note: {NO_ADDRESS}\n")
