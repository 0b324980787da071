"""Print one assignment for tomorrow's class: ``python -m courseware.sheets FILE``.

Writes worksheets in all versions, and the key to them. Without a file, a paper is put together from
the bank: ``--chapter pillar-two-rule-of-law --type single-choice --count 6 --seed 7``. Pages that
have been read before are not read again, unless there was something to warn of.
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.errors import SphinxError
from sphinx.util.console import color_terminal, nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils

from courseware.bank.assignments import assignment_paths
from courseware.bank.select import assignment_by_choice
from courseware.bank.versions import LETTERS, letters_of
from courseware.data.problems import DataError, did_you_mean

from .builder import SheetsBuilder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

#: The exit code that shells give to what was ended by Ctrl-C.
INTERRUPTED = 130
PAPERS = {"a4": "a4", "letter": "us-letter"}
#: Conditions that may have several values, of which one is enough.
CONDITIONS = ("chapter", "type", "level", "outcome", "audience", "difficulty", "tags", "without")
#: What is asked for without a file, and is said in a file otherwise.
CHOSEN = (*CONDITIONS, "count", "seed", "title", "instructions")
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
        place = f"{error.filename}: " if error.filename else ""
        sys.stderr.write(f"{place}{error.strerror or str(error) or type(error).__name__}\n")
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        return INTERRUPTED
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
    choice.add_argument("--title", help='at the head of the sheet; "Exercises" if not given')
    choice.add_argument("--instructions", help='"Answer every question." if not given')
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
    asked = {name: getattr(given, name) for name in CHOSEN if getattr(given, name) is not None}
    if given.file:
        if asked:
            named = ", ".join(f"--{name}" for name in asked)
            message = f"{named}: a file says this itself; give either a file or a choice"
            raise argparse.ArgumentTypeError(message)
        return {"sheets_files": [str(_file(given.file))]}
    if given.count is None:
        message = f"expected {_ready_made()}; or --count and conditions, such as --type numeric"
        raise argparse.ArgumentTypeError(message)
    choice: dict[str, Any] = {"conditions": asked}
    for name in ("seed", "title", "instructions"):
        if name in asked:
            choice[name] = asked.pop(name)
    assignment_by_choice(**choice)  # what is wrong with it is said before anything is read
    return {"sheets_choice": choice}


def _file(name: str) -> Path:
    """Return the file that *name* means: itself, or the ready-made assignment of that name.

    Whoever names a folder means the file in it. Raises `ArgumentTypeError` where there is neither.
    """
    path = Path(name)
    ready_made = {each.stem: each for each in assignment_paths(READY_MADE)}
    is_bare = len(path.parts) == 1 and path.suffix in {"", ".yml"}
    if not path.is_file():
        path = ready_made.get(path.stem, path) if is_bare else path
    if not path.is_file():
        hint = did_you_mean(path.stem, ready_made) or f"; expected {_ready_made()}"
        message = f"there is no assignment '{name}'{hint}"
        raise argparse.ArgumentTypeError(message)
    return path.resolve()


def _ready_made() -> str:
    names = ", ".join(path.stem for path in assignment_paths(READY_MADE))
    return f"a file such as those in {READY_MADE.as_posix()}" + (f": {names}" if names else "")


class _Told(StringIO):
    """Passes on to *stream* what is written, and keeps it."""

    encoding = "utf-8"  # what Sphinx asks a stream before it writes

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self.stream = stream

    def write(self, text: str) -> int:
        """Write *text* to both."""
        self.stream.write(text)
        return super().write(text)

    def flush(self) -> None:
        """Let what was written be seen."""
        self.stream.flush()


def _print(given: argparse.Namespace, wanted: dict[str, object]) -> int:
    """Run Sphinx, and say what it wrote; raise `SphinxError` or `OSError` where it cannot."""
    settings = {**wanted, "sheets_versions": given.versions or ""}
    # What is not given is as in docs/conf.py.
    if given.large_print:
        settings["typst_large_print"] = True
    if given.greyscale:
        settings["typst_greyscale"] = True
    if given.paper:
        settings["typst_paper"] = PAPERS[given.paper]
    if not (sys.stderr.isatty() and color_terminal()):
        nocolor()
    told = _Told(sys.stderr)
    with patch_docutils(given.docs), docutils_namespace():
        app = Sphinx(
            srcdir=given.docs,
            confdir=given.docs,
            outdir=given.out,
            doctreedir=given.doctrees,
            buildername=SheetsBuilder.name,
            confoverrides=settings,
            status=None,
            warning=told,
            parallel=os.cpu_count() or 1,
        )
        with _warned_again(app, told):
            app.build()
    builder = app.builder
    assert isinstance(builder, SheetsBuilder)
    for path in builder.written:
        shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
        replaced = ", replaced" if path in builder.replaced else ""
        sys.stdout.write(f"{shown} ({path.stat().st_size // 1024} KiB{replaced})\n")
    return app.statuscode


@contextmanager
def _warned_again(app: Sphinx, told: _Told) -> Iterator[None]:
    """Let the next build warn again of what pages were warned of while they were read.

    Sphinx warns of a page when it reads it, and then keeps what it has read: a build in which
    warnings are errors would not see that this page is wrong.
    """
    before = told.tell()
    read: list[int] = []  # how much had been told when all pages were read
    app.connect("write-started", lambda _app, _builder: read.append(told.tell()))
    try:
        yield
    finally:
        if (read[0] if read else told.tell()) > before:
            Path(app.doctreedir, ENV_PICKLE_FILENAME).unlink(missing_ok=True)


if __name__ == "__main__":
    raise SystemExit(main())
