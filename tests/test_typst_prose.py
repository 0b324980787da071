# ruff: noqa: RUF001 (signs of sums are what this is about)
"""Print: quotes, what stays with a number, and numbers in columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import page as page_validation
import pytest
from conftest import ROOTS, Project
from courseware.typst.breaks import longest_piece
from courseware.typst.prose import curled, joined, ranges_apart
from pypdfium2 import PdfDocument

if TYPE_CHECKING:
    from pathlib import Path

    from pypdfium2 import PdfTextPage


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in Footnote 10, footnotes 7 and 8", "in Footnote~10, footnotes~7 and 8"),
        ("Figure 4.1 and Exercise 5.3, check C18", "Figure~4.1 and Exercise~5.3, check~C18"),
        ("pp. 3–4; P. 2, n. 1", "pp.~3–4; P.~2, n.~1"),
        ("on 14 August 2010, on August 14", "on 14~August 2010, on August~14"),
        ("August 2010", "August 2010"),
        ("75 percent, 2.5 percentage points", "75~percent, 2.5~percentage points"),
        ("2 million dollars, 12,000 years", "2~million~dollars, 12,000~years"),
        ("million dollars", "million dollars"),
        ("2 millionaires, a stop. 3 cats", "2 millionaires, a stop. 3 cats"),
        ("6 / 40 = 15 percent", "6~÷~40 =~15~percent"),
        ("(8 - 2) / (3 + 1) × 100", "(8~−~2)~÷~(3 +~1)~×~100"),
        ("from -5 to 2009/10, 24/7 and 2009-10", "from −5 to 2009/10, 24/7 and 2009-10"),
        ("and / or, a - b", "and / or, a - b"),
    ],
)
def test_numbers_stay_with_what_they_belong_to(text: str, expected: str) -> None:
    assert joined(text, "en-GB").replace("\N{NO-BREAK SPACE}", "~") == expected


def test_numbers_stay_with_words_of_another_language() -> None:
    text = "Nota 3: 75 por ciento, 2 millones pesos; check 4, 14 agosto"
    expected = "Nota~3: 75~por ciento, 2~millones~pesos; check 4, 14~agosto"
    assert joined(text, "es-MX").replace("\N{NO-BREAK SPACE}", "~") == expected


def test_what_stands_around_a_text_counts() -> None:
    assert joined(" percent of", "en", before="only 75") == "\N{NO-BREAK SPACE}percent of"
    assert joined("see Footnote ", "en", after="10") == "see Footnote\N{NO-BREAK SPACE}"
    assert joined(" percent of", "en", before="some") == " percent of"
    assert curled("'s and", "en", "Rome") == "’s and"
    assert curled('"Yes"', "en", "(") == "“Yes”"


def test_quotes_are_those_of_the_language() -> None:
    assert curled("O'Neil's \"note\"", "en-GB") == "O’Neil’s “note”"
    assert curled('"nota"', "es-MX") == "«nota»"
    assert curled('"x"', "xx") == '"x"'


def test_ranges_are_whole() -> None:
    assert list(ranges_apart("see (pp.\u00a03–4), and a–b")) == [
        ("see (pp.\u00a0", False), ("3–4),", True), (" and a–b", False),
    ]  # fmt: skip
    assert list(ranges_apart("")) == []


def test_what_stays_together_counts_as_one_piece() -> None:
    assert longest_piece(joined("a 25 percent rise", "en")) == "25\N{NO-BREAK SPACE}percent"
    assert longest_piece("a 25 percent rise") == "percent"


TEXT = """

## A heading that has so many words in it that it needs one more line

Mark here. O\\'Neil\\'s `it's "code"` and {math}`f'(2)`.

%s

| Name | Count | Share | Mixed |
|---|---|---|---|
| One | 7 | 5.5%% | 3 |
| Two | 12,456 | 12.5%% | none |
"""
LINE = "word " * 3 + "Footnote 10 has **75** percent of 2 million dollars on pp. 3–4. "


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project(ROOTS / "test-typst", tmp_path_factory.mktemp("prose"))
    page = project.folder / "chapters/second.md"
    page.write_text(page.read_text("utf-8") + TEXT % (LINE * 30), encoding="utf-8")
    bib = project.folder / "refs.bib"
    bib.write_text(bib.read_text("utf-8").replace("On Counting", "{One's Count}"), "utf-8")
    project.build("typst")
    return project.output("reader.pdf", "typst")


@pytest.fixture(scope="module")
def pages(built: Path) -> list[PdfTextPage]:
    return [page.get_textpage() for page in PdfDocument(built)]


@pytest.fixture(scope="module")
def text(pages: list[PdfTextPage]) -> str:
    return "\n".join(page.get_text_bounded().replace("\r", "") for page in pages)


def test_print_breaks_no_line_beside_a_number(built: Path, text: str) -> None:
    assert text.count("3–4") >= 30
    assert len(re.findall(r"(?:word|has|of|dollars|on) ?\n", text)) > 3  # it does break
    assert not re.search(r"(Footnote|75|percent of 2|million|pp\.|3–)[ \u00a0]*\n", text)
    assert page_validation.validate_pdf(str(built), profile="ua1").is_compliant


def test_print_has_curly_quotes_but_for_code(text: str) -> None:
    assert 'O’Neil’s it\'s "code"' in text
    assert "One’s Count" in text  # made after the page was read


def test_lines_of_a_heading_are_about_as_long_as_one_another(text: str) -> None:
    [(first, second)] = re.findall(r"(A heading that has.*)\n(.*one more line)", text)
    assert abs(len(first) - len(second)) < 12


def right_ends(pages: list[PdfTextPage], *words: str) -> list[float]:
    """Return where each of *words* ends at its right on the page that has them all."""
    page = next(each for each in pages if all(word in each.get_text_bounded() for word in words))
    ends = []
    for word in words:
        found = page.search(word, match_whole_word=True).get_next()
        assert found
        ends.append(round(page.get_charbox(found[0] + found[1] - 1)[2]))
    return ends


def test_numbers_end_in_line_where_a_column_has_nothing_else(pages: list[PdfTextPage]) -> None:
    head, longest = right_ends(pages, "Share", "12.5%")
    assert abs(head - longest) <= 1
    assert right_ends(pages, "5.5%", "12.5%")[0] == longest
    mixed, text = right_ends(pages, "Mixed", "none")
    assert abs(mixed - text) > 1


def test_a_translation_equal_to_its_term_is_not_repeated(tmp_path: Path) -> None:
    project = Project(ROOTS / "test-course", tmp_path)
    project.edit("data/glossary.yml", "{es: Línea base}", "{es: baseline}")
    project.build("text")
    text = project.output("reference/glossary.txt", "text").read_text("utf-8")
    assert "Baseline\n" in text
    assert "Count Conteo" in text
