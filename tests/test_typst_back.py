"""What stands behind the chapters of a book, and what they leave to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from conftest import ROOTS, Project
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
def printed(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the PDFs of a small course."""
    project = Project(ROOTS / "test-course", tmp_path_factory.mktemp("back"))
    assert project.build("typst") == []
    return project


def test_book_defines_key_terms_once(printed: Project) -> None:
    folder = printed.out / "typst"
    pages = pages_of(folder / "course-reader.pdf")
    [block] = [text for text in pages if "Key terms" in text and "Evidence table" in text]
    found = re.search(
        r"Key terms (Count Conteo), (\d+); (Rate Tasa), \d+;.*\. Evidence table", block
    )
    assert found is not None, block
    meaning = "a count over a base"
    [glossary] = [text for text in pages if meaning in text.casefold()]
    assert glossary.rstrip().endswith(found[2])
    # A chapter that stands alone defines its terms itself.
    handout = pages_of(folder / "handout-counting.pdf")
    assert any(meaning in text.casefold() for text in handout)
