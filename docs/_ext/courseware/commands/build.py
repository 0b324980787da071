"""``python -m courseware build``: make everything of a course.

The site goes to ``build/site``, the PDFs for students to ``build/pdf`` and into the site, keys and
the guide for teachers to ``build/instructor``, which is never to be published.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from courseware.typst.made import RECORD

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Any warning is an error; all of them are told before the build ends.
STRICT = ("-n", "-W", "--keep-going", "-j", "auto", "-q")


def main(arguments: Sequence[str] | None = None) -> int:
    """Make what *arguments* ask for, say where it is, and return the exit code."""
    given = _parser().parse_args(arguments)
    if not (given.docs / "conf.py").is_file():
        sys.stderr.write(f"{given.docs}: there is no conf.py; go to the folder of the course, ")
        sys.stderr.write("or name that of its pages with --docs\n")
        return 2
    site, pdf, edition = given.out / "site", given.out / "pdf", _edition(given)
    # Pages first: print reuses what they have read, and asks for no less. What they link to is the
    # normal edition, which is there whatever else is asked for.
    steps = [("reading the course, making pages", "html", site, "")]
    steps.append(("making PDFs, papers, keys and the guide", "print", given.out, ""))
    if edition:
        steps.append((f"making them in another edition ({edition})", "print", given.out, edition))
    for what, builder, out, words in steps:
        sys.stdout.write(f"{what} ...\n")
        sys.stdout.flush()
        if status := _sphinx(builder, given.docs, out, given.out / "doctrees", words):
            return status
    _offer(pdf, site / "downloads")
    for path in sorted(given.out.glob("*/*.pdf")):
        sys.stdout.write(f"{path} ({path.stat().st_size // 1024} KiB)\n")
    sys.stdout.write(f"open {(site / 'index.html').resolve()}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m courseware build", description="Make the site, the PDFs and the papers."
    )
    parser.add_argument("--docs", type=Path, default=Path("docs"), metavar="FOLDER")
    out = Path(os.environ.get("COURSE_BUILD") or "build")
    parser.add_argument("--out", type=Path, default=out, metavar="FOLDER")
    other = parser.add_argument_group("another edition, printed beside the normal one")
    other.add_argument("--paper", choices=["a4", "letter"])
    other.add_argument("--large-print", action="store_true", help="18 points, without a margin")
    other.add_argument("--greyscale", action="store_true", help="without colours")
    return parser


def _edition(given: argparse.Namespace) -> str:
    """Return the edition that is asked for, in the words of ``typst_edition``."""
    words = [given.paper, "large-print" * given.large_print, "greyscale" * given.greyscale]
    return " ".join(filter(None, words))


def _sphinx(builder: str, docs: Path, out: Path, doctrees: Path, edition: str) -> int:
    """Run Sphinx in a process of its own, where any warning is an error; return its exit code.

    Each gets its own, since Typst works in threads, and a process with threads must not fork.
    """
    places = ["-d", str(doctrees), str(docs), str(out)]
    setting = ["-D", f"typst_edition={edition}"] if edition else []
    command = [sys.executable, "-m", "sphinx", "-b", builder, *STRICT, *setting, *places]
    status = subprocess.run(command, check=False).returncode  # noqa: S603 (words of our own)
    if status:
        # Sphinx warns of a page only when it reads it: after a failure, all is read again.
        shutil.rmtree(doctrees, ignore_errors=True)
    return status


def _offer(pdf: Path, downloads: Path) -> None:
    """Put the PDFs that the pages link to into the site: not papers, which are for class."""
    shutil.rmtree(downloads, ignore_errors=True)
    downloads.mkdir()
    for name, entry in json.loads((pdf / RECORD).read_text(encoding="utf-8")).items():
        # Other editions may lie beside the normal one, to which the pages link.
        if not entry.get("edition"):
            shutil.copy2(pdf / name, downloads)
