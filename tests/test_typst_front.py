"""Print: what stands before the text of a book: cover, imprint, contents, list of figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
from conftest import ROOTS, Project
from courseware.typst.translator import qr_rows
from pypdf import PdfReader

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "https://example.org/sample/"


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a reader with an address, and contents of two levels."""
    project = Project(ROOTS / "test-typst", tmp_path_factory.mktemp("front"))
    project.edit(
        "conf.py",
        '"language": "en-GB"',
        f'"language": "en-GB", "address": "{ADDRESS}", "contents_depth": 2',
    )
    project.build("typst")
    return project.output("reader.pdf", "typst")


def texts(path: Path) -> list[str]:
    """Return the text of each page, its lines joined."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(path).pages]


def test_imprint_tells_how_to_cite_and_leads_to_the_course(front: Path) -> None:
    imprint = texts(front)[1]
    for said in ("First edition", "CC BY 4.0", "How to cite Ana Núñez"):
        assert said in imprint
    assert ADDRESS in imprint.replace(" ", "")
    with pikepdf.open(front) as pdf:
        links = [str(link.A.URI) for link in pdf.pages[1].get("/Annots", [])]
    assert set(links) == {ADDRESS}


def test_contents_have_the_sections_of_chapters_but_not_of_the_back(front: Path) -> None:
    contents = texts(front)[2]
    assert contents.startswith("Contents")
    assert "Ledger" in contents
    assert "Page 1 of the text" not in contents


def test_contents_tell_sections_in_a_line_with_pages_and_links(front: Path) -> None:
    contents = texts(front)[2]
    assert re.search(r"Central question \d+ · Reading \d+ · Discussion \d+", contents), contents
    assert "A first section" not in contents, "a third level below a second that is told"
    with pikepdf.open(front) as pdf:
        links = list(pdf.pages[2].get("/Annots", []))
        assert all(str(link.Contents) for link in links)
        assert len(links) > len(pdf.Root.Outlines.keys())


def test_contents_leave_out_blocks_and_tell_what_stands_in_them(tmp_path: Path) -> None:
    project = Project(ROOTS / "test-course", tmp_path)
    project.edit("chapters/counting.md", "## Key terms", "### Of our own\n\nMore.\n\n## Key terms")
    project.build("typst")
    reader = project.output("course-reader.pdf", "typst")
    contents = next(text for text in texts(reader) if text.startswith("Contents"))
    assert re.search(r"1 Counting [. ]*\d+ .*Of our own \d+ Answers", contents), contents
    assert "Key terms" not in contents
    assert "Discussion questions" not in contents
    with pikepdf.open(reader) as pdf, pdf.open_outline() as outline:
        [chapter] = [item for item in outline.root if item.title.startswith("1 ")]
        assert "Key terms" in [child.title for child in chapter.children], "bookmarks have them"


def test_front_is_accessible(front: Path) -> None:
    assert page_validation.validate_pdf(str(front), profile="ua1").is_compliant


def test_code_is_square_and_only_of_an_address() -> None:
    rows = qr_rows(ADDRESS)
    assert {len(row) for row in rows} == {len(rows)}
    assert {module for row in rows for module in row} == {"0", "1"}
    assert rows[0].startswith("1111111"), "without a quiet zone, which the page gives"
    assert qr_rows("") == []
