"""How the reader fills its pages: how many there are, what is blank, its type, its figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pikepdf
import pytest
from blank import blanks
from editions import built, letters
from ours import DOCS, TOPICS
from pdftags import tags
from sheetsread import folded
from sheetsread import pages_of as lines_of
from test_workbook import begins

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Builds

#: The most pages of all chapters together, and of the reader, by paper: letter is lower.
CHAPTERS = {"": 75, "-letter": 82}
READER = {"": 130, "-letter": 140}
#: How much of a page may be blank; the last of a chapter may be blanker.
BLANK = 1 / 3
#: The most sizes of type in a book.
SIZES = 7
#: How far from the page on which it is first named a figure may stand.
NEAR = {-1, 0, 1}


@pytest.fixture(scope="module")
def folder(shared_build: Builds, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the books, and of the reader on letter."""
    project = shared_build.read(DOCS, tmp_path_factory.mktemp("reader"))
    books = ["course-reader", "course-workbook", f"chapter-{TOPICS[-1]}"]
    built(project, "typst", typst_only=books)
    return built(project, "typst", typst_edition="letter", typst_only=books[:1])


def chapters_of(file: Path) -> list[range]:
    """Return the pages of each chapter, as places in the file."""
    starts = begins(file)
    places = sorted(starts.values())
    found = []
    for title, first in starts.items():
        if re.match(r"\d ", title):
            found.append(range(first, next(place for place in places if place > first)))
    return found


@pytest.mark.parametrize("paper", CHAPTERS)
def test_chapters_take_no_more_pages_than_they_need(folder: Path, paper: str) -> None:
    chapters = chapters_of(folder / f"course-reader{paper}.pdf")
    assert len(chapters) == len(TOPICS)
    assert sum(map(len, chapters)) <= CHAPTERS[paper], [len(each) for each in chapters]
    assert len(lines_of(folder / f"course-reader{paper}.pdf")) <= READER[paper]


@pytest.mark.parametrize("paper", CHAPTERS)
def test_no_page_of_a_chapter_but_its_last_is_more_than_a_third_blank(
    folder: Path, paper: str
) -> None:
    file = folder / f"course-reader{paper}.pdf"
    shares = list(blanks(file))
    amid = [page for chapter in chapters_of(file) for page in chapter[:-1]]
    assert {page + 1: shares[page] for page in amid if shares[page] > BLANK} == {}


def test_books_have_few_sizes_of_type(folder: Path) -> None:
    for file in sorted(folder.glob("*.pdf")):
        sizes = {letter.size for letter in letters(file)}
        assert len(sizes) <= SIZES, (file.name, sizes)


@pytest.mark.parametrize("paper", CHAPTERS)
def test_figures_stand_near_where_they_are_first_named(folder: Path, paper: str) -> None:
    file = folder / f"course-reader{paper}.pdf"
    pages = [folded(" ".join(lines)) for lines in lines_of(file)]
    chapters = chapters_of(file)
    # The list of figures says how each caption begins.
    contents = " ".join(pages[begins(file)["Contents"] : chapters[0].start])
    captions = dict(re.findall(r"Figure (\d+\.\d+) (\w+\W+\w+)", contents))
    far = {}
    for number, begin in captions.items():
        chapter = chapters[int(number.partition(".")[0]) - 1]
        [place] = [page for page in chapter if f"Figure {number} {begin}" in pages[page]]
        named = re.compile(rf"Figure {re.escape(number)}(?! {re.escape(begin)})(?!\d)")
        first = next(page for page in chapter if named.search(pages[page]))
        if place - first not in NEAR:
            far[number] = (first + 1, place + 1)
    assert len(captions) > len(TOPICS)
    assert far == {}


def test_no_figure_stands_in_a_list_or_table(folder: Path) -> None:
    with pikepdf.open(folder / "course-reader.pdf") as pdf:
        paths = [tag.path for tag in tags(pdf) if tag.kind == "Figure"]
    assert paths
    assert [path for path in paths if {"L", "Table"} & set(path)] == []


def test_pages_of_a_chapter_say_which_section_they_begin_with(folder: Path) -> None:
    file = folder / "course-reader.pdf"
    pages = lines_of(file)
    for chapter in chapters_of(file):
        # The first has no head; all others name a section of the chapter, each at the inner edge.
        heads = [" ".join(pages[page][:2]) for page in chapter[1:]]
        assert any("Reading the essay" in head for head in heads)
