"""``python -m courseware build``: make everything of a course.

The site goes to ``build/site``, the PDFs for students to ``build/pdf`` and into the site, keys, the
guide for teachers and files for other systems to ``build/instructor``, which is never to be
published; of these files the cards for Anki go into the site as well.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from sphinx.util.console import color_terminal

from courseware.data.problems import DataError
from courseware.data.refused import refusal
from courseware.export.command import say_all
from courseware.export.course import read_course
from courseware.export.formats import CARDS
from courseware.export.write import FOLDER, write_all
from courseware.files.carried import carry_over
from courseware.files.places import picture_folder
from courseware.files.turns import HANDED
from courseware.typst.made import RECORD
from courseware.typst.options import add_edition, add_folders, edition_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

#: Any warning is an error; all of them are told before the build ends.
STRICT = ("-n", "-W", "--keep-going", "-j", "auto", "-q")


def main(arguments: Sequence[str] | None = None) -> int:
    """Make what *arguments* ask for, say where it is, and return the exit code."""
    given = _parser().parse_args(arguments)
    if not (given.docs / "conf.py").is_file():
        sys.stderr.write(f"{given.docs}: there is no conf.py; go to the folder of the course, ")
        sys.stderr.write("or name that of its pages with --docs\n")
        return 2
    try:
        return _make(given.docs, given.out, edition_of(given))
    except OSError as error:
        sys.stderr.write(f"{refusal(error)}; mend that, or choose another ")
        sys.stderr.write("folder to build into with --out\n")
        return 2


def _make(docs: Path, build: Path, edition: str) -> int:
    """Make everything of the course in *docs* below *build*; return the exit code.

    *edition* names another edition to be printed besides. Raises `OSError` where that folder cannot
    be written to.
    """
    site, pdf = build / "site", build / "pdf"
    for folder in (site, build):
        # Sphinx would show a traceback where it cannot.
        folder.mkdir(parents=True, exist_ok=True)
    # What pages link to is the normal edition, which is there whatever else is asked for.
    if status := _make_normal(docs, build, site):
        return status
    if edition:
        _say(f"making them in another edition ({edition}) ...")
        words = {"typst_edition": edition}
        with _Sphinx("print", docs, build, _copied(build), words) as printing:
            if status := printing.end():
                return status
    printed = _printed(pdf)
    try:
        cards = _export(docs, build, printed)
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    carry_over({**{name: pdf / name for name in printed}, **cards}, site / "downloads")
    for path in sorted(build.glob("*/*.pdf")):
        _say(f"{path} ({path.stat().st_size // 1024} KiB)")
    _say(f"open {(site / 'index.html').resolve()}")
    return 0


def _make_normal(docs: Path, build: Path, site: Path) -> int:
    """Make the site and the normal edition at once, of what is read once; return the exit code."""
    read, copied = build / "doctrees", _copied(build)
    _say("reading the course ...")
    over = {"courseware_hand_over": str(copied)}
    with _drawing(docs, picture_folder(read)), _Sphinx("html", docs, site, read, over) as pages:
        together = pages.goes_on_to(HANDED)
        # What was warned of ends the build; should it not, print reads by itself.
        if not together and (status := pages.end()):
            return status
        _say("making pages, PDFs, papers, keys and the guide ...")
        # Kept back: where the pages have mistakes, print would say them again.
        with _Sphinx("print", docs, build, copied, {}, keep_back=True) as printing:
            return (pages.end() if together else 0) or printing.end()


@contextmanager
def _drawing(docs: Path, folder: Path) -> Iterator[None]:
    """Have the figures drawn into *folder* while Sphinx starts, which then waits for them.

    What the figures alone need takes a new machine as long to load as all the rest. Whatever is
    wrong is left for Sphinx to tell.
    """
    command = [sys.executable, "-m", "courseware", "figures"]
    command += ["--docs", str(docs), "--out", str(folder)]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet)  # noqa: S603 (words of our own)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _copied(build: Path) -> Path:
    """Return the folder of what was read that print works from."""
    return build / "doctrees-print"


def _say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m courseware build", description="Make the site, the PDFs and the papers."
    )
    add_folders(parser)
    add_edition(parser)
    return parser


class _Sphinx:
    """Sphinx in a process of its own, where any warning is an error.

    Each builder gets its own, since Typst works in threads, and a process with threads must not
    fork. As a context manager it leaves no process behind. What it says on its standard output is
    passed on; with *keep_back* its messages are kept for its end.
    """

    def __init__(
        self,
        builder: str,
        docs: Path,
        out: Path,
        doctrees: Path,
        settings: Mapping[str, str],
        *,
        keep_back: bool = False,
    ) -> None:
        command = [sys.executable, "-m", "courseware.commands.sphinx_build", "-b", builder, *STRICT]
        command += [word for name, value in settings.items() for word in ("-D", f"{name}={value}")]
        # It would look for a terminal where it writes to this process.
        command.append("--color" if color_terminal() else "--no-color")
        command += ["-d", str(doctrees), str(docs), str(out)]
        self.messages = sys.stderr if keep_back else sys.stdout
        self.process = subprocess.Popen(  # noqa: S603 (words of our own)
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if keep_back else None,
            text=True,
            errors="replace",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        assert self.process.stdout is not None
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def goes_on_to(self, sign: str) -> bool:
        """Wait for the line *sign*; return whether it came before the end."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            # Before it may stand what somebody's script has printed.
            sys.stdout.write(line.removesuffix(sign))
            if line.endswith(sign):
                return True
        return False

    def end(self) -> int:
        """Wait for the end, and return the exit code."""
        told, _ = self.process.communicate()
        self.messages.write(told)
        return self.process.returncode


def _export(docs: Path, build: Path, printed: Collection[str]) -> dict[str, Path]:
    """Write the files for other systems; return those for students by name: the cards, if any.

    *printed* has the names of the PDFs for the site. Raises `DataError` where the course is wrong,
    `OSError` where a file cannot be written.
    """
    course, folder = read_course(docs), build / "instructor" / FOLDER
    written = write_all(course, folder, printed)
    say_all(course, folder)
    return {name: folder / name for name in written if name == f"{course.name}{CARDS}"}


def _printed(pdf: Path) -> list[str]:
    """Return the names of the PDFs that the pages link to: not papers, which are for class."""
    record = json.loads((pdf / RECORD).read_text(encoding="utf-8"))
    # Other editions may lie beside the normal one, to which the pages link.
    return [name for name, entry in record.items() if not entry.get("edition")]
