"""Figures in the reader: each once, with where the data behind it are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pikepdf
from courseware.data.figures import figure_files, figure_scripts
from ours import DOCS, SOURCES
from pdftags import tags
from pdftexts import pages_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAMES = [path.stem for path in figure_scripts(DOCS / "figures")]


def test_reader_shows_every_figure_once(shared_build: Callable[[Path, str], Path]) -> None:
    with pikepdf.open(shared_build(DOCS, "typst") / "course-reader.pdf") as pdf:
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


def test_reader_names_the_data_of_every_figure(shared_build: Callable[[Path, str], Path]) -> None:
    text = " ".join(pages_of(shared_build(DOCS, "typst") / "course-reader.pdf"))
    # A line may end after a hyphen.
    text = re.sub(r"(?<=\w-) (?=\w)", "", text)
    for name in NAMES:
        files = ", ".join(path.name for path in figure_files(DOCS / "data", name))
        assert re.search(rf"Sources: [^.].*?Data: [^.]*{re.escape(files)}", text), name
    assert "Data behind th" not in text
