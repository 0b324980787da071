"""How the papers of the course fill their sheets, on A4 and on US letter, in every version."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coursepdfs import on_letter, printed
from courseware.bank.assignments import assignment_paths, load_assignments
from courseware.bank.load import load_bank
from courseware.bank.model import Choice
from courseware.bank.order import option_order
from courseware.bank.select import resolve_all
from courseware.bank.versions import versions_of
from ours import EXERCISES
from pypdfium2 import PdfDocument

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Builds
    from courseware.bank.assignments import Assignment

#: Points: where the foot ends, and where the head begins from above.
FOOT, HEAD = 45.5, 51.0
PAPERS = load_assignments(assignment_paths(EXERCISES / "assignments"))
#: Two sides of a sheet.
SHEET = 2
#: What share of a page but the last may be blank.
BLANK = 0.15


@pytest.fixture(scope="module", params=["", "letter"])
def pages(request: pytest.FixtureRequest, shared_build: Builds) -> dict[str, list[float]]:
    """Return what share of each page is blank below its last line, for each worksheet."""
    folder = on_letter(shared_build) if request.param else printed(shared_build)
    end = f"-{request.param}" if request.param else ""
    paths = sorted((folder / "pdf").glob(f"worksheet-*{end}.pdf"))
    return {path.stem.removesuffix(end): blank(path) for path in paths}


def blank(path: Path) -> list[float]:
    """Return what share of each page of *path* is blank at its end."""
    found = []
    with PdfDocument(path) as document:
        for page in document:
            top = page.get_height() - HEAD
            edges = [each.get_bounds() for each in page.get_objects()]
            last = min(bottom for _, bottom, _, up in edges if bottom > FOOT and up < top)
            found.append((last - FOOT) / (top - FOOT))
    return found


def versions(pages: dict[str, list[float]], paper: Assignment) -> list[list[float]]:
    """Return the pages of all versions of *paper*."""
    letters = "ABCDEF"[: paper.text.versions]
    names = [f"-{letter}" for letter in letters] if len(letters) > 1 else [""]
    return [pages[f"worksheet-{paper.name}{name}"] for name in names]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_versions_have_as_many_pages_as_the_file_allows(
    pages: dict[str, list[float]], paper: Assignment
) -> None:
    counts = {len(each) for each in versions(pages, paper)}
    assert len(counts) == 1
    assert paper.text.pages is not None
    assert counts.pop() <= paper.text.pages


def test_what_takes_half_an_hour_at_most_fits_one_sheet(pages: dict[str, list[float]]) -> None:
    quizzes = [
        paper for paper in PAPERS if paper.text.names == 1 and (paper.text.minutes or 0) < 30
    ]
    assert len(quizzes) > SHEET
    for paper in quizzes:
        assert {len(each) <= SHEET for each in versions(pages, paper)} == {True}, paper.name


def test_no_page_is_much_more_than_a_third_blank(pages: dict[str, list[float]]) -> None:
    shares = {name: max(each) for name, each in pages.items()}
    assert {name: share for name, share in shares.items() if share > 0.37} == {}
    assert sum(map(sum, pages.values())) / sum(map(len, pages.values())) < 0.15


def test_pages_of_quizzes_and_exams_are_full_but_for_the_last(
    pages: dict[str, list[float]],
) -> None:
    alone = [paper for paper in PAPERS if paper.text.names == 1]
    for paper in alone:
        found = [share for each in versions(pages, paper) for share in each[:-1]]
        assert [share for share in found if share > BLANK] == [], paper.name


def test_hardly_any_right_option_keeps_its_letter() -> None:
    kept, right = 0, 0
    for paper in resolve_all(PAPERS, load_bank(EXERCISES / "bank")):
        for version in versions_of(paper)[1:]:
            items = [question.exercise for question in version.questions]
            for item in (item for item in items if isinstance(item, Choice)):
                pairs = zip(item.options, option_order(item, version.seed), strict=True)
                kept += sum(one.correct and other.correct for one, other in pairs)
                right += sum(option.correct for option in item.options)
    assert right > 0
    assert kept / right < 0.1
