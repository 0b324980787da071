"""The workbook of the course: all self-checks, on as few pages as they need, on both papers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
from coursepdfs import pdf_named
from courseware.bank.load import load_bank
from courseware.bank.model import Audience, Numeric
from courseware.typst.words import words
from ours import EXERCISES
from PIL import ImageOps
from pypdf import PdfReader
from pypdfium2 import PdfDocument

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Builds

#: The most pages, by paper: letter is lower.
PAGES = {"": 50, "-letter": 52}
PARTS = ("Hints", "Answers in short", "Answers explained")
NUMBER = r"(?<![\d.])\d\.\d+"


def pages_of(file: Path) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(file).pages]


def begins(file: Path) -> dict[str, int]:
    """Return where each chapter and each part behind them begins, as a place in the pages."""
    with pikepdf.open(file) as pdf, pdf.open_outline() as outline:
        numbers = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        places = pikepdf.NameTree(pdf.Root.Names.Dests) if "/Names" in pdf.Root else {}
        found = {}
        for item in outline.root:
            target = item.destination
            if not isinstance(target, pikepdf.Array):
                place = places[str(target)]
                target = place.D if isinstance(place, pikepdf.Dictionary) else place
            found[item.title] = numbers[target[0].objgen]
    return found


@pytest.fixture(scope="module")
def texts(shared_build: Builds) -> dict[str, str]:
    """Return the exercises, and each part behind them."""
    whole = pages_of(pdf_named(shared_build, "course-workbook"))
    starts = begins(pdf_named(shared_build, "course-workbook"))
    found = {"asked": " ".join(whole[2 : starts["Hints"]])}
    for name, after in zip(PARTS, (*PARTS[1:], None), strict=True):
        end = starts[after] + 1 if after else len(whole)
        # The heading, with the first chapter's below it; running heads have the name, too.
        text = " ".join(whole[starts[name] : end])
        text = text.replace(f" {words('en')['how-order']}", "").partition(f"{name} 1 ")[2]
        found[name] = text.partition(f"{after} 1 ")[0] if after else text
    return found


def place_of(number: str) -> tuple[int, ...]:
    """Return the key that sorts numbers such as ``1.10``."""
    return tuple(map(int, number.split(".")))


def numbers(reader: str) -> list[str]:
    """Return the numbers that open an exercise or an answer in *reader*, each once, in order."""
    return list(dict.fromkeys(re.findall(rf"({NUMBER})\. ", reader)))


def test_every_self_check_is_asked_once_in_order_and_answered_twice(texts: dict[str, str]) -> None:
    bank = load_bank(EXERCISES / "bank")
    total = sum(len(file.of_audience(Audience.SELF_CHECK)) for file in bank.files)
    # The head of a page names its first exercise once more.
    asked = list(dict.fromkeys(re.findall(rf"Exercise\s({NUMBER})\. ", texts["asked"])))
    assert len(asked) == len(set(asked)) == total
    assert asked == sorted(asked, key=place_of)
    assert numbers(texts["Answers in short"]) == asked
    # A text may end a sentence with a number that is one of an exercise, too.
    assert sorted(numbers(texts["Answers explained"]), key=place_of) == asked
    assert set(numbers(texts["Hints"])) <= set(asked)


@pytest.mark.parametrize("paper", PAGES)
def test_workbook_has_no_more_pages_than_it_may(shared_build: Builds, paper: str) -> None:
    assert len(pages_of(pdf_named(shared_build, f"course-workbook{paper}"))) <= PAGES[paper]


@pytest.mark.parametrize("paper", PAGES)
def test_answers_in_short_of_a_chapter_stand_on_one_page(shared_build: Builds, paper: str) -> None:
    file = pdf_named(shared_build, f"course-workbook{paper}")
    starts, whole = begins(file), pages_of(file)
    shown = whole[starts["Answers in short"] : starts["Answers explained"] + 1]
    shown[0] = shown[0].rpartition(" Answers in short ")[2]
    shown[-1] = shown[-1].partition("Answers explained ")[0]
    chapters: dict[str, set[int]] = {}
    for at, text in enumerate(shown):
        for number in re.findall(rf"({NUMBER})\. ", text):
            chapters.setdefault(number.partition(".")[0], set()).add(at)
    assert chapters
    assert {name: len(pages) for name, pages in chapters.items()} == dict.fromkeys(chapters, 1)


@pytest.mark.parametrize("paper", PAGES)
def test_no_page_but_the_last_is_bare_below_two_thirds(shared_build: Builds, paper: str) -> None:
    file = pdf_named(shared_build, f"course-workbook{paper}")
    # The last page of a part, too: hints and answers begin on pages of their own.
    starts = begins(file)
    followed = {starts[name] for name in PARTS}
    with PdfDocument(file) as document:
        bare = []
        for number in range(1, len(document) - 1):
            if number + 1 in followed:
                continue
            image = ImageOps.invert(document[number].render(scale=0.25).to_pil().convert("L"))
            width, height = image.size
            # Without the number of the page.
            box = image.crop((0, 0, width, round(height * 0.94))).getbbox()
            if box is None or box[3] < height * 2 / 3:
                bare.append(number + 1)
        assert bare == []


def test_each_sum_has_room_to_reckon_and_each_chapter_a_score(texts: dict[str, str]) -> None:
    files = load_bank(EXERCISES / "bank").files
    checks = [item for file in files for item in file.of_audience(Audience.SELF_CHECK)]
    sums = sum(isinstance(item, Numeric) for item in checks)
    assert texts["asked"].count("Working") == sums > 0
    assert texts["asked"].count("Right at first:") == len(files)


def test_front_says_where_the_parts_begin(shared_build: Builds) -> None:
    file = pdf_named(shared_build, "course-workbook")
    front, starts = pages_of(file)[1], begins(file)
    assert "How to use this workbook" in front
    told = re.findall(r"page (\d+)", front.partition("How to use this workbook")[2])
    assert told[:3] == [str(starts[name] + 1) for name in PARTS]


def test_workbook_conforms_to_pdf_ua(shared_build: Builds) -> None:
    report = page_validation.validate_pdf(
        str(pdf_named(shared_build, "course-workbook")), profile="ua1"
    )
    assert report.is_compliant, report.to_dict()


def test_reader_leaves_the_exercises_to_the_workbook(shared_build: Builds) -> None:
    text = " ".join(pages_of(pdf_named(shared_build, "course-reader")))
    assert "Circle one" not in text
    assert not re.search(rf"Exercise\s{NUMBER}\. ", text)
    assert len(re.findall(rf"Exercises\s{NUMBER} to\s{NUMBER} \(about", text)) == len(
        load_bank(EXERCISES / "bank").files
    )
