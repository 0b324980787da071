"""Every chapter comes back to its guesses, and its evidence table leaves more from row to row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe import axe
from bs4 import BeautifulSoup
from conftest import one
from coursepdfs import printed
from ours import CHAPTERS, DOCS, HEADINGS, SOME_CHAPTERS, source
from pypdf import PdfReader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Builds
    from playwright.sync_api import Browser

BLOCKS = [f".block-{name}" for name in ("before-you-read", "evidence-table", "key-points")]


@pytest.fixture(scope="module")
def pdfs(shared_build: Builds) -> Path:
    """Return the folder of the course's PDFs; worksheets are among them."""
    return printed(shared_build) / "pdf"


@pytest.fixture(scope="module")
def site(shared_build: Callable[[Path, str], Path]) -> Path:
    return shared_build(DOCS, "html")


@pytest.mark.parametrize("name", CHAPTERS)
def test_chapter_has_room_for_its_guesses_and_comes_back_to_them(site: Path, name: str) -> None:
    page = BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    questions = page.select(".block-before-you-read ol > li")
    assert len(questions) == len(page.select(".guess-room")) == len(page.select(".guess-sides"))
    # Directly below the heading.
    assert one(page, ".block-key-points > h2 + .your-guesses")


@pytest.mark.parametrize("name", CHAPTERS)
def test_first_row_is_worked_and_the_last_is_left_to_the_reader(site: Path, name: str) -> None:
    page = BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    rows = page.select(".evidence-table tbody > tr")
    assert "worked-row" in rows[1]["class"]
    assert [len(row.select("details")) for row in rows] == [0, 0] + [1] * (len(rows) - 2)
    assert len(page.select(".rate-first")) == len(rows[-1].select(".rate-first")) == 1


@pytest.mark.parametrize("name", CHAPTERS)
def test_nothing_is_asked_for_that_needs_other_paper(name: str) -> None:
    block = source(name).partition(f"## {HEADINGS['before-you-read']}\n")[2].partition("\n## ")[0]
    assert not re.search(r"keep the paper|on paper|a sheet", block)


@pytest.mark.browser
@pytest.mark.parametrize("name", SOME_CHAPTERS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fields_and_tables_are_accessible(
    chromium: Browser, site: Path, name: str, scheme: str
) -> None:
    assert scheme in {"light", "dark"}
    context = chromium.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto((site / f"{name}.html").as_uri())
    page.locator(".guess-room textarea").first.fill("a guess")
    page.locator(".rate-choice label").first.click()
    for summary in page.locator(".held-back summary").all():
        summary.click()
    page.get_by_text("Kept in this browser.").first.wait_for()
    # Nothing lies below the bar at the head of the window, which stays there.
    page.evaluate("window.scrollTo(0, 0)")
    found = axe(page, place=BLOCKS)
    context.close()
    assert found == {"violations": []}


def test_guesses_stay_on_the_page_on_which_their_chapter_opens(pdfs: Path) -> None:
    def letters(text: str) -> str:
        return re.sub(r"\W+", "", text)

    pages = PdfReader(pdfs / "course-reader.pdf").pages
    texts = [letters(page.extract_text()) for page in pages]
    # Before it stands the mark for the thumb, and beside it the chapter's card.
    openers = [text for text in texts if re.match(r"\d*CHAPTER\d", text.upper())]
    assert len(openers) == len(CHAPTERS)
    for name, text in zip(CHAPTERS, openers, strict=True):
        block = source(name).partition(f"## {HEADINGS['before-you-read']}\n")[2]
        questions = re.findall(r"^\d\. (.*)", block.partition("\n## ")[0], re.MULTILINE)
        assert questions, name
        for question in questions:
            assert letters(" ".join(question.split()[:5])) in text, name
