"""How the reader fills its pages: how many there are, what is blank, its type, its figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pikepdf
import pytest
from blank import blanks
from coursepdfs import pdf_named
from editions import letters
from ours import TOPICS
from pdftags import tags
from sheetsread import folded
from sheetsread import pages_of as lines_of
from test_workbook import begins

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Builds

#: The most pages of all chapters together, and of the reader, by paper: letter is lower.
CHAPTERS = {"": 78, "-letter": 85}
READER = {"": 130, "-letter": 140}
#: How much of a page may be blank; the last of a chapter may be blanker.
BLANK = 1 / 3
#: The most sizes of type in a book.
SIZES = 7
BOOKS = ("course-reader", "course-reader-letter", "course-workbook", f"chapter-{TOPICS[-1]}")
#: How far from the page on which it is first named a figure may stand.
NEAR = {-1, 0, 1}


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
def test_chapters_take_no_more_pages_than_they_need(shared_build: Builds, paper: str) -> None:
    chapters = chapters_of(pdf_named(shared_build, f"course-reader{paper}"))
    assert len(chapters) == len(TOPICS)
    assert sum(map(len, chapters)) <= CHAPTERS[paper], [len(each) for each in chapters]
    assert len(lines_of(pdf_named(shared_build, f"course-reader{paper}"))) <= READER[paper]


@pytest.mark.parametrize("paper", CHAPTERS)
def test_no_page_of_a_chapter_but_its_last_is_more_than_a_third_blank(
    shared_build: Builds, paper: str
) -> None:
    file = pdf_named(shared_build, f"course-reader{paper}")
    shares = list(blanks(file))
    amid = [page for chapter in chapters_of(file) for page in chapter[:-1]]
    assert {page + 1: shares[page] for page in amid if shares[page] > BLANK} == {}


def test_books_have_few_sizes_of_type(shared_build: Builds) -> None:
    for file in (pdf_named(shared_build, name) for name in BOOKS):
        sizes = {letter.size for letter in letters(file)}
        assert len(sizes) <= SIZES, (file.name, sizes)


@pytest.mark.parametrize("paper", CHAPTERS)
def test_figures_stand_near_where_they_are_first_named(shared_build: Builds, paper: str) -> None:
    file = pdf_named(shared_build, f"course-reader{paper}")
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


def test_no_figure_stands_in_a_list_or_table(shared_build: Builds) -> None:
    with pikepdf.open(pdf_named(shared_build, "course-reader")) as pdf:
        paths = [tag.path for tag in tags(pdf) if tag.kind == "Figure"]
    assert paths
    assert [path for path in paths if {"L", "Table"} & set(path)] == []


def test_pages_of_a_chapter_say_which_section_they_begin_with(
    shared_build: Builds,
) -> None:
    file = pdf_named(shared_build, "course-reader")
    pages = lines_of(file)
    for chapter in chapters_of(file):
        # The first has no head; all others name a section of the chapter, each at the inner edge.
        heads = [" ".join(pages[page][:2]) for page in chapter[1:]]
        assert any("Reading the essay" in head for head in heads)
