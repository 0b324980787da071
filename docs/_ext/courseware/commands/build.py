"""``python -m courseware build``: make everything of a course.

The site goes to ``build/site``, the PDFs for students to ``build/pdf`` and into the site, keys and
the guide for teachers to ``build/instructor``, which is never to be published.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from typing import TYPE_CHECKING

from courseware.files.carried import carry_over
from courseware.typst.made import RECORD
from courseware.typst.options import add_edition, add_folders, edition_of

if TYPE_CHECKING:
    from collections.abc import Sequence
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
        sys.stderr.write(f"{error.filename}: {error.strerror}; mend that, or choose another ")
        sys.stderr.write("folder to build into with --out\n")
        return 2


def _make(docs: Path, build: Path, edition: str) -> int:
    """Make everything of the course in *docs* below *build*; return the exit code.

    *edition* names another edition to be printed besides. Raises `OSError` where that folder cannot
    be written to.
    """
    site, pdf = build / "site", build / "pdf"
    # Pages first: print reuses what they have read, and asks for no less. What they link to is the
    # normal edition, which is there whatever else is asked for.
    steps = [("reading the course, making pages", "html", site, "")]
    steps.append(("making PDFs, papers, keys and the guide", "print", build, ""))
    if edition:
        steps.append((f"making them in another edition ({edition})", "print", build, edition))
    for what, builder, out, words in steps:
        sys.stdout.write(f"{what} ...\n")
        sys.stdout.flush()
        # Sphinx would show a traceback where it cannot.
        out.mkdir(parents=True, exist_ok=True)
        if status := _sphinx(builder, docs, out, build / "doctrees", words):
            return status
    _offer(pdf, site / "downloads")
    for path in sorted(build.glob("*/*.pdf")):
        sys.stdout.write(f"{path} ({path.stat().st_size // 1024} KiB)\n")
    sys.stdout.write(f"open {(site / 'index.html').resolve()}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m courseware build", description="Make the site, the PDFs and the papers."
    )
    add_folders(parser)
    add_edition(parser)
    return parser


def _sphinx(builder: str, docs: Path, out: Path, doctrees: Path, edition: str) -> int:
    """Run Sphinx in a process of its own, where any warning is an error; return its exit code.

    Each gets its own, since Typst works in threads, and a process with threads must not fork.
    """
    places = ["-d", str(doctrees), str(docs), str(out)]
    setting = ["-D", f"typst_edition={edition}"] if edition else []
    command = [
        sys.executable,
        "-m",
        "courseware.commands.sphinx_build",
        "-b",
        builder,
        *STRICT,
        *setting,
        *places,
    ]
    return subprocess.run(command, check=False).returncode  # noqa: S603 (words of our own)


def _offer(pdf: Path, downloads: Path) -> None:
    """Put the PDFs that the pages link to into the site: not papers, which are for class."""
    record = json.loads((pdf / RECORD).read_text(encoding="utf-8"))
    # Other editions may lie beside the normal one, to which the pages link.
    names = [name for name, entry in record.items() if not entry.get("edition")]
    carry_over({name: pdf / name for name in names}, downloads)
