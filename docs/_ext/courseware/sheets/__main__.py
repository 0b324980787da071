"""Print one assignment for tomorrow's class: ``python -m courseware.sheets FILE``.

Writes worksheets in all versions, and the key to them. Without a file, a paper is put together from
the bank: ``--chapter pillar-two-rule-of-law --type single-choice --count 6 --seed 7``. Pages that
have been read before are not read again.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from courseware.bank.assignments import assignment_paths
from courseware.bank.select import assignment_by_choice
from courseware.bank.versions import LETTERS, letters_of
from courseware.data.problems import DataError, did_you_mean

from .builder import SheetsBuilder

if TYPE_CHECKING:
    from collections.abc import Sequence

PAPERS = {"a4": "a4", "letter": "us-letter"}
#: Conditions that may have several values, of which one is enough.
CONDITIONS = ("chapter", "type", "level", "outcome", "audience", "difficulty", "tags", "without")
READY_MADE = Path("exercises", "assignments")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what *arguments* ask for, say what was written, and return the exit code."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        wanted = _wanted(given)
    except argparse.ArgumentTypeError as error:
        parser.error(str(error))
    except DataError as error:
        sys.stderr.writelines(f"{problem.message}\n" for problem in error.problems)
        return 2
    try:
        return _print(given, wanted)
    except SphinxError as error:
        sys.stderr.write(f"{error.category}: {error}\n")
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m courseware.sheets", usage="%(prog)s [FILE] [options]", description=__doc__
    )
    parser.add_argument("file", nargs="?", help="an assignment, by its file or its name")
    parser.add_argument(
        "--versions", type=_letters, metavar="A,B", help="such as A,B,C, or how many (1 to 6)"
    )
    parser.add_argument("--paper", choices=list(PAPERS), help="as in docs/conf.py, if not given")
    parser.add_argument("--large-print", action="store_true", help="18 points, without a margin")
    parser.add_argument("--greyscale", action="store_true", help="without colours")
    parser.add_argument("--out", type=Path, default=Path("build"), metavar="FOLDER")
    parser.add_argument("--docs", type=Path, default=Path("docs"), metavar="FOLDER")
    parser.add_argument(
        "--doctrees", type=Path, default=Path("build", "doctrees"), metavar="FOLDER",
        help="where pages that have been read are kept",
    )  # fmt: skip
    choice = parser.add_argument_group("without a file: a choice from the bank")
    choice.add_argument("--count", type=int, help="how many exercises")
    for name in CONDITIONS:
        choice.add_argument(f"--{name}", nargs="+", action="extend", metavar="NAME")
    choice.add_argument("--seed", help="another one chooses others; the file's name has it")
    choice.add_argument("--title", default="Exercises")
    choice.add_argument("--instructions", default="Answer every question.")
    return parser


def _letters(text: str) -> str:
    """Return the letters of the versions that *text* asks for, by letters or by their number."""
    if text.isdecimal() and 1 <= int(text) <= len(LETTERS):
        return letters_of(int(text))
    letters = text.replace(",", "").replace(" ", "").upper()
    if not letters or not set(letters) <= set(LETTERS) or len(set(letters)) < len(letters):
        message = f"'{text}': expected letters from {LETTERS[0]} to {LETTERS[-1]}, each once, such "
        message += f"as A,B, or a number from 1 to {len(LETTERS)}"
        raise argparse.ArgumentTypeError(message)
    return letters


def _wanted(given: argparse.Namespace) -> dict[str, object]:
    """Return the configuration that names the assignment.

    Raises `ArgumentTypeError` where it is not clear which, `DataError` for bad conditions.
    """
    conditions = {name: getattr(given, name) for name in CONDITIONS if getattr(given, name)}
    if given.file and (conditions or given.count is not None):
        message = "a file says itself which exercises it has; give either a file or conditions"
        raise argparse.ArgumentTypeError(message)
    if given.file:
        return {"sheets_files": [str(_file(given.file))]}
    if given.count is None:
        message = f"expected {_ready_made()}; or --count and conditions, such as --type numeric"
        raise argparse.ArgumentTypeError(message)
    choice = {
        "conditions": {**conditions, "count": given.count},
        "title": given.title,
        "instructions": given.instructions,
        "seed": given.seed,
    }
    assignment_by_choice(**choice)  # what is wrong with it is said before anything is read
    return {"sheets_choice": choice}


def _file(name: str) -> Path:
    """Return the file that *name* means: itself, or the ready-made assignment of that name.

    Raises `ArgumentTypeError` where there is neither.
    """
    ready_made = {path.stem: path for path in assignment_paths(READY_MADE)}
    path = Path(name) if Path(name).is_file() else ready_made.get(Path(name).stem)
    if path is None:
        hint = did_you_mean(Path(name).stem, ready_made) or f"; expected {_ready_made()}"
        message = f"there is no assignment '{name}'{hint}"
        raise argparse.ArgumentTypeError(message)
    return path


def _ready_made() -> str:
    names = ", ".join(path.stem for path in assignment_paths(READY_MADE))
    return f"a file such as those in {READY_MADE.as_posix()}" + (f": {names}" if names else "")


def _print(given: argparse.Namespace, wanted: dict[str, object]) -> int:
    """Run Sphinx, and say what it wrote; raise `SphinxError` or `OSError` where it cannot."""
    styles = {"typst_large_print": given.large_print, "typst_greyscale": given.greyscale}
    settings = {**wanted, **styles, "sheets_versions": given.versions or ""}
    if given.paper:
        settings["typst_paper"] = PAPERS[given.paper]
    with patch_docutils(given.docs), docutils_namespace():
        app = Sphinx(
            srcdir=given.docs,
            confdir=given.docs,
            outdir=given.out,
            doctreedir=given.doctrees,
            buildername=SheetsBuilder.name,
            confoverrides=settings,
            status=None,
            warning=sys.stderr,
            parallel=os.cpu_count() or 1,
        )
        app.build()
    assert isinstance(app.builder, SheetsBuilder)
    for path in app.builder.written:
        shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
        sys.stdout.write(f"{shown} ({path.stat().st_size // 1024} KiB)\n")
    return app.statuscode


if __name__ == "__main__":
    raise SystemExit(main())
