"""Figures in print: tagged pictures where they belong, and the data behind them at the back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
from conftest import ROOTS, Project
from pdftags import tags
from pypdfium2 import PdfDocument

if TYPE_CHECKING:
    from pathlib import Path


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
