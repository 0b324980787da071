"""Figures in the reader: each once, with where the data behind it are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pikepdf
import pytest
from coursepdfs import printed
from courseware.data.figures import figure_scripts
from ours import DOCS, SOURCES
from pdftags import tags
from pdftexts import pages_of

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Builds

NAMES = [path.stem for path in figure_scripts(DOCS / "figures")]


@pytest.fixture(scope="module")
def pdfs(shared_build: Builds) -> Path:
    """Return the folder of the course's PDFs; worksheets are among them."""
    return printed(shared_build) / "pdf"


def test_reader_shows_every_figure_once(pdfs: Path) -> None:
    with pikepdf.open(pdfs / "course-reader.pdf") as pdf:
        alts = [str(tag.alt) for tag in tags(pdf) if tag.kind == "Figure"]
    sources = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    written = re.findall(
        r"^:::\{evidence-figure\} \S+\n---\nalt: >-\n(.*?)\n---$", sources, re.MULTILINE | re.DOTALL
    )
    assert len(written) == len(NAMES)
    # What is counted stands in words or figures.
    for alt in written:
        words = re.split(r"\{count\}`[^`]+`", " ".join(alt.split()))
        said = re.compile(r"\w[\w ,]*".join(map(re.escape, words)))
        assert sum(bool(said.fullmatch(each)) for each in alts) == 1, alt
    assert len(alts) == len(written)


def test_reader_says_what_every_figure_rests_on_and_names_no_site(pdfs: Path) -> None:
    # It is built without an address.
    text = " ".join(pages_of(pdfs / "course-reader.pdf"))
    assert len(re.findall(r"Sources: [^.]", text)) >= len(NAMES)
    for words in (". Data:", "Data behind th", ".csv", "course’s site"):
        assert words not in text
