"""Print: where things stand on the pages of a longer course."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import page as page_validation
import pytest
from conftest import ROOTS, Project
from pypdf import PdfReader

if TYPE_CHECKING:
    from pathlib import Path

MILLIMETRE = 72 / 25.4
INNER, OUTER = 20 * MILLIMETRE, 21 * MILLIMETRE  # margins of A4 pages without a margin column
FULL_WIDTH = 595.28 - INNER - OUTER
LEAST_SIZE = 7.5

WORDS = "of people who were counted in one city and not in another, "
STATEMENTS = [f"L{number:03}" for number in range(1, 111)]


class Word(NamedTuple):
    """A piece of text: what, on which page, where (points from the top left), how large."""

    text: str
    page: int
    x: float
    y: float
    size: float


@dataclass
class Book:
    """A built course: its PDF, the words and the text of each page, and what the build said."""

    path: Path
    words: list[Word]
    texts: list[str]
    warnings: list[str]

    def pages_of(self, text: str) -> list[int]:
        """Return the pages on which *text* stands."""
        return [at for at, page in enumerate(self.texts, 1) if text in page]

    def page_of(self, text: str) -> int:
        """Return the last of them."""
        return self.pages_of(text)[-1]


def words_of(path: Path) -> list[Word]:
    """Return the words of a PDF with their places."""
    found: list[Word] = []
    for number, page in enumerate(PdfReader(path).pages, 1):
        height = float(page.mediabox.height)

        def note(
            text: str,
            matrix: list[float],
            line: list[float],
            _font: object,
            size: float,
            number: int = number,
            height: float = height,
        ) -> None:
            if text.strip():
                x = line[4] * matrix[0] + line[5] * matrix[2] + matrix[4]
                y = line[4] * matrix[1] + line[5] * matrix[3] + matrix[5]
                scale = abs(line[3] * matrix[3])
                found.append(Word(text.strip(), number, x, height - y, size * scale))

        page.extract_text(visitor_text=note)
    return found


def row(number: int, times: int) -> str:
    return f"* - Row {number} begins\n  - {WORDS * times}row {number} ends.\n"


def chapter() -> str:
    """Return a chapter with a table of tall rows, questions, and pages of text."""
    table = "".join(row(number, 9) for number in range(1, 13)) + row(13, 75) + row(14, 1)
    questions = "".join(
        f"::::{{container}} discussion-question\nQuestion {number} asks {WORDS * 5}\n\n"
        f":::{{container}} discussion-purpose\nPurpose of question {number}.\n:::\n::::\n\n"
        for number in range(1, 16)
    )
    text = "".join(
        f"{{index}}`{word} <single: {term}>` {WORDS * 30}\n\n"
        for word, term in [("Ranged", "ranges")] * 12 + [("Apart", "apart")]
    )
    cites = "".join(f"{WORDS * 24}. {{ledger}}`p. {n}:L001`\n\n" for n in range(2, 9))
    return (
        "# A long chapter\n\n## A table\n\n```{list-table}\n:header-rows: 1\n:widths: 30 70\n\n"
        f"* - First\n  - Second\n{table}```\n\n## Questions\n\n{questions}\n"
        f"## Text\n\n{text}\n\n{{index}}`Once more <single: apart>`.\n\n## Cites\n\n{cites}"
    )


def ledger() -> str:
    """Return a ledger of many statements in two sections."""
    lines = [f"{name}: Statement {WORDS}ends." for name in STATEMENTS]
    cited = " ".join(f"chapters/long#cite-{number}" for number in range(7))
    return (
        f"# Ledger\n\n## Page 1\n\n```{{statements}}\n:cited: {cited}\n"
        + "\n".join(lines[:50])
        + "\n```\n\n## Page 2\n\n```{statements}\n"
        + "\n".join(lines[50:])
        + "\n```\n"
    )


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    project = Project(ROOTS / "test-typst", tmp_path_factory.mktemp("pages"))
    (project.folder / "chapters/long.md").write_text(chapter(), encoding="utf-8")
    (project.folder / "ledger.md").write_text(ledger(), encoding="utf-8")
    project.edit("index.md", "chapters/second\n", "chapters/second\nchapters/long\n")
    warnings = project.build("typst")
    path = project.output("reader.pdf", "typst")
    texts = [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(path).pages]
    return Book(path, words_of(path), texts, warnings)


def test_long_course_conforms_to_pdf_ua(book: Book) -> None:
    assert page_validation.validate_pdf(str(book.path), profile="ua1").is_compliant
    assert [each for each in book.warnings if "converge" in each or "ERROR" in each] == []


# -- tables


def test_rows_are_not_split(book: Book) -> None:
    for number in [*range(1, 13), 14]:
        assert book.pages_of(f"Row {number} begins") == book.pages_of(f"row {number} ends.")


def test_row_taller_than_half_a_page_is_split(book: Book) -> None:
    begins, ends = book.page_of("Row 13 begins"), book.page_of("row 13 ends.")
    assert begins == book.page_of("row 12 ends."), "it begins where there is room"
    assert ends == begins + 1
    split = book.texts[begins - 1] + book.texts[ends - 1]
    assert split.count("of people who were counted") >= 75


def test_header_is_repeated_on_each_page_of_a_table(book: Book) -> None:
    pages = range(book.page_of("Row 1 begins"), book.page_of("Row 14 begins") + 1)
    assert len(pages) > 2
    assert book.pages_of("First Second") == list(pages)


# -- questions


def test_question_and_purpose_stay_together(book: Book) -> None:
    pages = {
        number: (book.pages_of(f"{number}. Question {number} asks"), page)
        for number in range(1, 16)
        for page in [book.pages_of(f"Purpose of question {number}.")]
    }
    assert all(question == purpose != [] for question, purpose in pages.values()), pages
    assert len({pages[number][0][0] for number in pages}) > 1


# -- listings in columns


def starts(book: Book) -> list[Word]:
    """Return where the statements of the ledger begin."""
    first = book.page_of("L001 Statement")
    return [
        word for word in book.words if word.page >= first and re.match(r"L\d{3} Stat", word.text)
    ]


def test_columns_hold_all_statements_in_order(book: Book) -> None:
    assert [word.text[:4] for word in starts(book)] == STATEMENTS


def test_columns_take_text_and_margin(book: Book) -> None:
    words = starts(book)
    first = min(word.page for word in words)
    for page in {word.page for word in words}:
        left, *right = sorted({round(word.x) for word in words if word.page == page})
        edge = INNER if page % 2 else OUTER
        assert left == round(edge)
        assert len(right) == 1 or page > first
        assert all(edge + FULL_WIDTH / 2 < x < edge + FULL_WIDTH * 0.6 for x in right)
        order = [(round(word.x), word.y) for word in words if word.page == page]
        assert order == sorted(order), "down one column, then the next"


def test_columns_begin_below_the_heading_of_their_page(book: Book) -> None:
    first = starts(book)[0]
    assert "Ledger" in book.texts[first.page - 1]
    assert first.y < 100 * MILLIMETRE


def test_statement_and_its_facts_have_one_size(book: Book) -> None:
    page = starts(book)[0].page
    sizes = {
        round(word.size, 1): word.text
        for word in book.words
        if word.page == page and word.text.startswith(("fact, page", "L002 "))
    }
    assert len(sizes) == 1


# -- numbers of pages


def test_pages_in_a_row_are_a_range(book: Book) -> None:
    pages = book.pages_of("Ranged of people")
    assert len(pages) > 3
    assert f"ranges {pages[0]}–{pages[-1]}" in " ".join(book.texts)
    assert f"apart {book.page_of('Apart of people')}" in " ".join(book.texts)


def test_places_that_cite_are_a_range_too(book: Book) -> None:
    # The space between does not break, and is a piece of its own.
    words = pairwise(book.words)
    cites = sorted({n.page for p, n in words if p.text == "p." and re.fullmatch("[2-8]", n.text)})
    first = book.page_of("Cites of people")
    long = [page for page in cites if page >= first]
    assert len(long) > 2
    assert f"cited on pp. {long[0]}–{long[-1]}" in " ".join(book.texts)


# -- type


def test_no_type_is_too_small(book: Book) -> None:
    """Figures of footnotes and indices (one to three characters) are set smaller by nature."""
    small = [word for word in book.words if word.size < LEAST_SIZE - 0.01 and len(word.text) > 3]
    assert small == []


def test_head_spans_text_and_margin(book: Book) -> None:
    page = book.page_of("row 12 ends.")
    head = [word for word in book.words if word.page == page and word.y < 20 * MILLIMETRE]
    heads = ["A table", "A long chapter"]  # the section inside, the chapter at the outer edge
    assert [word.text for word in head] == (heads if page % 2 else heads[::-1])
    assert head[1].x > INNER + 120 * MILLIMETRE
