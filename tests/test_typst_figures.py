"""Figures in print: tagged pictures where they belong, and the data behind them at the back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
from conftest import DOCS, ROOTS, SOURCES, Project
from courseware.data.figures import figure_files, figure_scripts, load_table
from pdftags import tags
from pypdfium2 import PdfDocument

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAMES = [path.stem for path in figure_scripts(DOCS / "figures")]


def pages_of(path: Path) -> list[str]:
    """Return the text of each page of the PDF *path*, white space folded."""
    document = PdfDocument(path)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return [re.sub(r"\s+", " ", re.sub("[\ufffe\uffff\x02]", "-", text)) for text in texts]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the PDF of a small project with one figure."""
    project = Project(ROOTS / "test-figures", tmp_path_factory.mktemp("figures"))
    assert project.build("typst") == []
    return project.output("figures.pdf", "typst")


def test_figure_is_tagged_with_its_alternative_text(small: Path) -> None:
    with pikepdf.open(small) as pdf:
        figures = [tag for tag in tags(pdf) if tag.kind == "Figure"]
    assert [tag.alt for tag in figures] == [
        "Two bars: the office counts 90 thefts, the neighbours over 110."
    ]
    report = page_validation.validate_pdf(str(small), profile="ua1")
    assert report.is_compliant, report.to_dict()


def test_figure_names_the_page_of_its_data(small: Path) -> None:
    pages = pages_of(small)
    shown = next(text for text in pages if "Figure 1.1 Who counted how many The bars" in text)
    found = re.search(r"Data behind this figure \(p\. (\d+)\)", shown)
    assert found is not None, shown
    back = next(text for text in pages if "Data behind the figures Figure 1.1 Who counted" in text)
    assert back.rstrip().endswith(found[1]), back
    assert "over 1,110.5 thefts" in back
    assert "A lower limit." in back
    # Not below the figure as well.
    assert "1,110.5 thefts" not in shown


def test_data_stands_between_the_chapters_and_the_back(small: Path) -> None:
    pages = pages_of(small)
    order = [
        next(at for at, text in enumerate(pages) if words in text)
        for words in (
            "Nothing to see.",
            "Who counted how many The numbers as a file",
            "A hundred of what?",
        )
    ]
    assert order == sorted(order)
    assert len(set(order)) == 3


def test_reader_shows_every_figure_once(shared_build: Callable[[Path, str], Path]) -> None:
    with pikepdf.open(shared_build(DOCS, "typst") / "course-reader.pdf") as pdf:
        alts = [str(tag.alt) for tag in tags(pdf) if tag.kind == "Figure"]
    sources = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    written = re.findall(
        r"^:::\{evidence-figure\} \S+\n---\nalt: >-\n(.*?)\n---$", sources, re.MULTILINE | re.DOTALL
    )
    assert len(written) == len(NAMES)
    assert sorted(alts) == sorted(" ".join(alt.split()) for alt in written)


def test_reader_has_all_data_at_the_back(shared_build: Callable[[Path, str], Path]) -> None:
    pages = pages_of(shared_build(DOCS, "typst") / "course-reader.pdf")
    first = max(at for at, text in enumerate(pages) if text.startswith("Data behind the figures"))
    text = " ".join(pages[first:])
    for name in NAMES:
        for path in figure_files(DOCS / "data", name):
            for row in load_table(path).rows:
                words = row["label"].replace("\u00a0", " ")
                assert words in text.replace("\u00a0", " "), f"{path.name}:{row.line}"
