"""Exercises in print: questions with room to answer, and their answers at the back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from conftest import ROOTS, Project
from pypdfium2 import PdfDocument

if TYPE_CHECKING:
    from collections.abc import Sequence

DOCUMENT = """
typst_documents = [{"start": "index", "target": "book", "title": "Small", "author": "Us",
                    "language": "en-GB", "date": "2026-11-23"}]
"""
ANSWERS = "Answers to the exercises"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Sequence[str]:
    """Return the text of each page of the small course in print."""
    course = Project(ROOTS / "test-course", tmp_path_factory.mktemp("print"))
    conf = course.folder / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + DOCUMENT, encoding="utf-8")
    assert course.build("typst") == []
    pdf = PdfDocument(course.output("book.pdf", "typst"))
    texts = [page.get_textpage().get_text_bounded() for page in pdf]
    pdf.close()
    return [re.sub(r"\s+", " ", text.replace("\ufffe", "")) for text in texts]


@pytest.fixture(scope="module")
def halves(pages: Sequence[str]) -> tuple[str, str]:
    """Return what stands before the answers, without the contents, and the answers."""
    at = next(
        n
        for n, text in enumerate(pages)
        if ANSWERS in text and "1 Counting" in text[:400] and "Contents" not in text
    )
    return " ".join(pages[2:at]), " ".join(pages[at:])


def test_every_type_is_printed_with_its_choices(halves: tuple[str, str]) -> None:
    questions, _ = halves
    for words in (
        "of a hundred count?",
        "a) Thefts in a year",
        "d) Thefts in the world",
        "Choose all that apply.",
        "per 100,000",
        "A clerk counts the reports",
        "how many for each of something",
        "fact, judgement, prediction",
        "Say in two sentences",
    ):
        assert words in questions, words


def test_questions_tell_no_answer(halves: tuple[str, str]) -> None:
    questions, answers = halves
    for words in (
        "The count on p. 1 is of thefts in a year",
        "By check C1 the source says ninety",
        "It can be trusted as far as its source goes",
        "Theft, report, count, quotation",
    ):
        assert words in answers, words
        assert words not in questions, words


def test_letters_of_the_answer_are_those_of_the_options(halves: tuple[str, str]) -> None:
    questions, answers = halves
    for text in ("A period of time", "A place that is named", "how many there are"):
        printed = re.search(rf"([A-Za-z])\) {text}", questions)
        assert printed is not None, text
        assert f"{printed[1]}) {text}" in answers


def test_answers_stand_under_their_numbers(halves: tuple[str, str]) -> None:
    _, answers = halves
    numbers = [int(found) for found in re.findall(r"\b1\.(\d)\. ", answers)]
    assert numbers[: numbers.index(9) + 1] == list(range(1, 10))
    assert re.search(r"1\.4\. 800 per 100,000", answers)
    assert re.search(r"1\.8\. denominator", answers)


def test_discussion_questions_are_numbered_as_on_the_page(halves: tuple[str, str]) -> None:
    questions, _ = halves
    assert re.search(r"1\.2 What is the rate\?", questions)


def test_nothing_for_class_or_teachers_is_printed(pages: Sequence[str]) -> None:
    text = " ".join(pages).casefold()
    assert "classonly" not in text
    assert "teachernote" not in text


def test_question_and_its_options_share_a_page(pages: Sequence[str]) -> None:
    [page] = [text for text in pages if "Exercise 1.1" in text and "What is counted" in text]
    assert "d) Thefts in the world" in page
