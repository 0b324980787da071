"""Figures in print: tagged pictures with what they rest on, and where the data behind them are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
from conftest import ROOTS, Project
from pdftags import tags
from pdftexts import pages_of

if TYPE_CHECKING:
    from pathlib import Path


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


def test_figure_tells_what_it_rests_on_and_names_no_site_that_has_no_address(small: Path) -> None:
    pages = pages_of(small)
    [shown] = [text for text in pages if "Figure 1.1 Who counted how many The bars" in text]
    # Each once, though two rows rest on it.
    assert "Sources: text, p. 1; check C1; Smith (2009)." in shown
    # Nobody could find them.
    assert not any(words in text for text in pages for words in ("Data:", ".csv", "site"))
    assert not any("1,110.5 thefts" in text for text in pages)


def test_data_have_the_address_of_the_site(tmp_path: Path) -> None:
    project = Project(ROOTS / "test-figures", tmp_path)
    project.edit(
        "conf.py",
        'project = "Figures"',
        'project = "Figures"\nhtml_baseurl = "https://example.org/c"',
    )
    assert project.build("html") == []
    assert project.build("typst") == []
    path = project.output("figures.pdf", "typst")
    place = "https://example.org/c/thefts.html#data-counts"
    # A long address is broken where it may be.
    told = "".join("".join(pages_of(path)).split())
    assert f"Data:{place.removeprefix('https://')}(counts.csv,counts-places.csv)" in told
    with pikepdf.open(path) as pdf:
        links = {
            str(link.A.URI)
            for sheet in pdf.pages
            for link in sheet.get("/Annots", [])
            if "/A" in link
        }
    files = [link for link in links if link.endswith(".csv")]
    assert place in links
    assert len(files) == 2
    for file in files:
        # As the site has them.
        assert project.output(file.removeprefix("https://example.org/c/")).is_file()
