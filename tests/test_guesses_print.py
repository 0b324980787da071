"""Guesses and evidence tables in print: room to write, and ours among the answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf
import pytest
from conftest import ROOTS, Project
from pdftags import tags
from pypdf import PdfReader
from test_typst_exercises import DOCUMENTS, MARGIN, TEXT, Book, folded, pen_lines

if TYPE_CHECKING:
    from pathlib import Path

CHAPTER = "chapters/counting.md"
#: The most lines that a guess gets, and the most characters of a running head.
LINES = 5
HEAD = 80


@dataclass
class Printed:
    """The small course in print, with the texts of its pages."""

    project: Project

    def path(self, name: str) -> Path:
        """Return the file of the PDF *name*."""
        return self.project.output(f"{name}.pdf", "typst")

    def texts(self, name: str = "book") -> list[str]:
        """Return the text of each page."""
        return [folded(page.extract_text()) for page in PdfReader(self.path(name)).pages]

    def lines(self, name: str = "book") -> tuple[int, list[float]]:
        """Return the page with "Before you read", and how long its lines to write on are."""
        [number] = [
            at
            for at, text in enumerate(self.texts(name))
            if "Before you read" in text and "Outcomes" in text
        ]
        with pikepdf.open(self.path(name)) as pdf:
            return number, [line.length for line in pen_lines(number, pdf.pages[number])]


def printed(folder: Path, *edits: tuple[str, str], style: str = "") -> Printed:
    project = Project(ROOTS / "test-course", folder)
    for old, new in edits:
        project.edit(CHAPTER, old, new)
    conf = project.folder / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + DOCUMENTS + style, encoding="utf-8")
    assert project.build("typst") == []
    return Printed(project)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return printed(tmp_path_factory.mktemp("guesses"))


@pytest.mark.parametrize("name", ["book", "sheet"])
def test_each_guess_has_lines_and_what_answers_it_stands_overleaf(
    small: Printed, name: str
) -> None:
    number, lengths = small.lines(name)
    assert len(lengths) == 2 * LINES
    assert all(TEXT - 40 < length < TEXT for length in lengths)
    texts = small.texts(name)
    assert "Plain summary" not in texts[number]
    # Nothing but the head of the page stands before it, and the text goes on below it.
    assert len(texts[number + 1].partition("Plain summary")[0]) < HEAD
    assert "Plain summary The essay gives a number" in texts[number + 1]
    assert "Reading the essay" in texts[number + 1]


LONG = "of all the things that anybody could count in a town " * 3


def filled(folder: Path, notes: int) -> Printed:
    """Print the chapter with so much before its long questions that less of the page is left."""
    note = " ".join(["Speaks of theft and of those who count it."] * notes)
    return printed(
        folder,
        ("## Before you read\n", f"## Before you read\n\n{note}\n"),
        ("1. How many?", f"1. How many {LONG}?"),
        ("2. Who counted?", f"2. Who counted any {LONG}?"),
    )


@pytest.mark.parametrize(("notes", "lines", "over_margin"), [(42, 4, True), (55, 2, False)])
def test_room_to_write_goes_to_the_margin_where_the_page_has_none(
    tmp_path: Path, notes: int, lines: int, *, over_margin: bool
) -> None:
    book = filled(tmp_path, notes)
    number, lengths = book.lines()
    assert "1. How many of all" in book.texts()[number]
    assert ("2. Who counted any" in book.texts()[number]) == (lines == 4)
    assert len(lengths) == lines
    assert all((length > MARGIN + 1) == over_margin for length in lengths)


def test_last_rating_is_left_to_the_reader_and_ours_is_among_the_answers(small: Printed) -> None:
    texts = small.texts()
    [start] = [at for at, text in enumerate(texts) if text.startswith("Answers to the exercises")]
    chapter, answers = " ".join(texts[3:start]), " ".join(texts[start:])
    assert "How we rated it: The author gives a round number" in chapter
    assert "Rate it yourself: strong, moderate, weak or none?" in chapter
    assert chapter.count("Answer first. Ours, p.") == 2
    assert "Say also what would change your mind. Ours, p." in chapter
    # What the first row and the middle ones show.
    for text in ("Another count.", "strong: It can be checked.", "weak: It is an opinion."):
        assert text in chapter
    for text in ("A different record.", "A trend.", "Nothing is given.", "Any source."):
        assert text not in chapter
        assert answers.count(text) == 1
    assert "L004. (It will grow further.) none: Nothing is given." in answers
    assert answers.index(" A different record.") < answers.index(" A trend.")


def test_rows_that_ask_have_a_line_to_answer_on(small: Printed) -> None:
    texts = small.texts()
    asked = [at for at, text in enumerate(texts) if "Answer first. Ours" in text]
    with pikepdf.open(small.path("book")) as pdf:
        lengths = [line.length for at in asked for line in pen_lines(at, pdf.pages[at])]
    # Two rows ask what would change one's mind, and the last one for a rating, too.
    assert len([length for length in lengths if length < TEXT / 2]) == 4


def test_pointers_lead_to_ours_and_ours_back(small: Printed) -> None:
    book = Book(small.path("book"), [], [])
    texts = small.texts()
    [table] = [at for at, text in enumerate(texts, 1) if "Rate it yourself" in text]
    [ours] = [at for at, text in enumerate(texts, 1) if "Nothing is given." in text]
    # Some are broken over two lines; each leads to its own, from above to below.
    # The table may begin on the page before.
    pages = (table - 1, table)
    there = [link for link in book.links if link.page in pages and link.to_page == ours]
    assert all(link.words.endswith((f"p. {ours}", "Ours,")) for link in there)
    assert len({link.to_y for link in there if "Ours," in link.words}) == 3
    back = [link for link in book.links if link.words in {"L002.", "L003.", "L004."}]
    assert len(back) == 3
    assert all(link.page == ours and link.to_page in pages for link in back)
    assert len({link.to_y for link in back}) == 3


def test_key_points_say_what_was_found_and_where_the_guesses_are(small: Printed) -> None:
    number, _ = small.lines()
    text = " ".join(small.texts())
    lead = f"What this chapter found for your guesses under Before you read, p. {number + 1}."
    assert f"{lead} 1. The essay says a hundred. " in text
    # A page may end between the two.
    assert " 2. It does not say, and its source counted ninety. " in text


def test_table_keeps_its_tags(small: Printed) -> None:
    with pikepdf.open(small.path("book")) as pdf:
        assert "/MarkInfo" in pdf.Root
        kinds = [tag.kind for tag in tags(pdf)]
    assert kinds.count("TH") >= 5
