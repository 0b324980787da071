"""``python -m courseware new FOLDER``: write a course to start from.

What is written stands in the folder ``starter`` of this package: a whole course of one chapter,
which builds, lints and prints as it is.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from courseware.bank.schema import COURSE_SCHEMA, SCHEMAS, course_schema
from courseware.data.refused import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STARTER = Path(__file__).parents[1] / "starter"
#: What the course is called in the starter's files.
TITLE = "A New Course"
# What Markdown would take for markup.
MARKUP = re.compile(r"([\\`*_{}\[\]<>#$|~&!@^])")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the course that *arguments* ask for, say what to do next, return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m courseware new", description="Write a course to start from."
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a new folder, or an empty one")
    parser.add_argument("--title", type=_title, help="what the course is called", default=TITLE)
    given = parser.parse_args(arguments)
    try:
        count = write_course(given.folder, given.title)
    except OSError as error:
        sys.stderr.write(f"{refusal(error, given.folder)}\n")
        return 2
    sys.stdout.write(f"{given.folder}: a course to start from, in {count} files. Next:\n\n")
    sys.stdout.write(f"    cd {_quoted(given.folder)}\n")
    sys.stdout.write("    python -m courseware build\n\n")
    sys.stdout.write("makes pages, PDFs and papers of it; README.md says the rest.\n")
    return 0


def _title(text: str) -> str:
    title = text.strip()
    if not title or not title.isprintable():
        raise argparse.ArgumentTypeError("expected one line of text")
    return title


def _quoted(folder: Path) -> str:
    return f'"{folder}"' if " " in str(folder) else str(folder)


def write_course(folder: Path, title: str = TITLE) -> int:
    """Write the starter to *folder* under the name *title*; return how many files it has.

    Nothing is there before all of it is: the files are written beside the folder and then moved.
    Raises `OSError`: `FileExistsError` where there is something in *folder* already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = "there is something in it already; name a new folder, or an empty one"
        raise FileExistsError(None, message, str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Beside it, since a move within one file system is done at once.
    beside = folder.resolve().parent
    with TemporaryDirectory(prefix=".courseware-", dir=beside) as stage:
        whole = Path(stage, "course")
        count = 0
        for name, content in starter_files(title):
            path = whole / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            count += 1
        if folder.exists():
            # It may be where somebody stands, so it stays and is filled.
            for path in sorted(whole.iterdir()):
                path.replace(folder / path.name)
        else:
            whole.replace(folder)
    return count


def starter_files(title: str) -> Iterator[tuple[Path, bytes]]:
    """Yield the files of a course called *title*: path below its folder, and content."""
    for path in sorted(STARTER.rglob("*")):
        name = path.relative_to(STARTER)
        # Python compiles what is installed, the scripts of the starter too.
        if path.is_file() and "__pycache__" not in name.parts:
            yield name, _named(path, title)
    for file, schema in SCHEMAS.items():
        yield Path("exercises", file), schema().encode()
    yield Path("docs", COURSE_SCHEMA), course_schema().encode()


def _named(path: Path, title: str) -> bytes:
    """Return the file *path* with *title* for the starter's: quoted in code, a text in Markdown."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return text.replace(TITLE, MARKUP.sub(r"\\\1", title)).encode()
    # The strings of JSON are strings of Python and of YAML, too.
    return text.replace(f'"{TITLE}"', json.dumps(title, ensure_ascii=False)).encode()
