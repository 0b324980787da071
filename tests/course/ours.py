"""What the tests of this course know of it, all of it read from its data."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from conftest import REPOSITORY
from courseware.data.ledger import load_ledger
from courseware.data.settings import load_settings

DOCS = REPOSITORY / "docs"
DATA = DOCS / "data"
EXERCISES = REPOSITORY / "exercises"
SETTINGS = load_settings(DOCS / "course.yml")
LEDGER = load_ledger(DATA / "ledger.yml", SETTINGS)

#: The chapters, in the order of the course.
TOPICS = re.findall(r"^chapters/(\S+)$", (DOCS / "index.md").read_text("utf-8"), re.MULTILINE)

#: The sources of the course's pages; the package brings some of another course.
SOURCES = [path for path in sorted(DOCS.rglob("*.md")) if "_ext" not in path.parts]

#: The names of the pages that have a source: all, those that are no chapters, some chapters.
NAMES = [
    path.relative_to(DOCS).with_suffix("").as_posix()
    for path in SOURCES
    if path.parent != DOCS / "figures"
]
OTHERS = [name for name in NAMES if not name.startswith("chapters/")]
CHAPTERS = [f"chapters/{topic}" for topic in TOPICS]
SOME_CHAPTERS = sorted({CHAPTERS[0], CHAPTERS[len(CHAPTERS) // 2], CHAPTERS[-1]})

#: The headings of the blocks of a chapter, by their ids.
HEADINGS = {str(block.id): block.heading for block in SETTINGS.blocks}


def source(name: str) -> str:
    """Return the source of the page *name*."""
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


def title(name: str) -> str:
    """Return the title of the page *name*, without a number."""
    found = re.search(r"^# (.+)$", source(name), re.MULTILINE)
    assert found is not None, f"{name} has no title"
    return found[1]


def common(pattern: str) -> list[str]:
    """Return the words that *pattern* matches which chapters have most often; five at most."""
    text = " ".join(source(name) for name in CHAPTERS)
    # Names of files and fields have no such words, but may be parts of one.
    words = Counter(re.findall(rf"(?<![\w/{{-])({pattern})(?![\w/}}-])", text))
    return [word for word, _ in words.most_common(5)]


#: Words with letters that a PDF may spoil: accents, and letters that run together.
ACCENTED = r"[^\W\d_]*[\u00c0-\u024f][^\W\d_]*"
LIGATURE = r"[a-z]*(?:ff|fi|fl)[a-z]*"


def needs(*paths: str) -> pytest.MarkDecorator:
    """Return what skips a test that speaks of the files *paths* of the repository, if one is gone.

    So a test says which passage it looks at: a chapter may go, and another course come.
    """
    gone = [path for path in paths if not (REPOSITORY / path).is_file()]
    return pytest.mark.skipif(bool(gone), reason=f"it speaks of {', '.join(gone)}, which is gone")
