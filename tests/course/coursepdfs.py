"""The PDFs of this course, printed once a test run on each paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courseware.bank.assignments import assignment_paths
from editions import built
from filelock import FileLock
from ours import DOCS, EXERCISES, TOPICS

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Builds


def printed(builds: Builds) -> Path:
    """Return the folder of all that is printed: PDFs in ``pdf``, keys in ``instructor``."""
    return builds(DOCS, "print")


def on_letter(builds: Builds) -> Path:
    """Return a folder like that of `printed`, of books, handouts and papers on US letter."""
    folder = builds.folder / "on-letter"
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / "done"
    with FileLock(folder / "lock"):
        if not done.exists():
            project = builds.read(DOCS, folder / "out")
            targets = ["course-reader", "course-workbook"]
            targets += [f"handout-{topic}" for topic in TOPICS]
            built(project, "print", typst_edition="letter", typst_only=targets)
            files = list(map(str, assignment_paths(EXERCISES / "assignments")))
            built(project, "print", typst_edition="letter", sheets_files=files)
            done.touch()
    return folder / "out" / "print"


def pdf_named(builds: Builds, name: str) -> Path:
    """Return the course's PDF *name*, which ends in ``-letter`` for that paper."""
    folder = on_letter(builds) if name.endswith("-letter") else printed(builds)
    return folder / "pdf" / f"{name}.pdf"
