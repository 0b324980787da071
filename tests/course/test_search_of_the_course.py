"""The search of the course: what readers ask leads where it should, and what it weighs."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ours import DOCS
from ruamel.yaml import YAML
from searchindex import places_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

QUESTIONS: list[dict[str, str]] = YAML(typ="safe").load(
    Path(__file__).with_name("search-questions.yml").read_text(encoding="utf-8")
)
#: Bytes of script and index, as a server sends them.
WEIGHT = 45 * 1024


@pytest.fixture(scope="module")
def site(shared_build: Callable[[Path, str], Path]) -> Path:
    """Return the site of the course itself."""
    return shared_build(DOCS, "html")


def right(question: dict[str, str]) -> set[str]:
    """Return the addresses that answer *question*."""
    wanted = [question[name].partition("#") for name in ("first", "or") if name in question]
    return {f"{page}.html{mark}{anchor}" for page, mark, anchor in wanted}


def test_search_weighs_little(site: Path) -> None:
    files = [site / "searchindex.js", site / "_static" / "search.js"]
    assert sum(len(gzip.compress(file.read_bytes(), mtime=0)) for file in files) <= WEIGHT


def test_questions_ask_for_places_that_are_there(site: Path) -> None:
    script = site.joinpath("searchindex.js").read_text(encoding="utf-8")
    there = {place.address for place in places_of(script)}
    assert {address for each in QUESTIONS for address in right(each)} - there == set()
    assert len({each["ask"] for each in QUESTIONS}) >= 60


def test_best_place_comes_first(site: Path, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(site.joinpath("search.html").as_uri())
    page.locator("#search-results .search-keys").wait_for()
    answers = page.evaluate(
        "asked => asked.map(each => window.coursewareFind(each).places.map(p => p.address))",
        [each["ask"] for each in QUESTIONS],
    )
    page.close()
    places = [
        next((at for at, address in enumerate(found, 1) if address in right(each)), 0)
        for each, found in zip(QUESTIONS, answers, strict=True)
    ]
    missed = [(each["ask"], at) for each, at in zip(QUESTIONS, places, strict=True) if at != 1]
    assert places.count(1) >= 0.85 * len(QUESTIONS), missed
    assert sum(at in {1, 2, 3} for at in places) >= 0.97 * len(QUESTIONS), missed
