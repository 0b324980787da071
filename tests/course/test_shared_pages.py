"""How pages of the course are found and shared."""

from __future__ import annotations

import re
import runpy
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest
from axe import axe
from bs4 import BeautifulSoup
from conftest import one
from courseware.data.outcomes import load_outcomes
from courseware.pages.emblem import PLAIN
from courseware.sharing.cards import card_inputs, draw_card, save_card
from courseware.sharing.describe import LEAST, MOST, sentences
from courseware.sharing.facts import PageFacts
from ours import DOCS, NAMES, SETTINGS, TOPICS
from searchindex import places_of
from sharedpages import MADE, data, is_framed, meta, pages, served

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def site(shared_build: Callable[[Path, str], Path]) -> Path:
    """Return the folder of the course's site, built without an address."""
    return shared_build(DOCS, "html")


@pytest.fixture(scope="module")
def site_pages(site: Path) -> dict[str, BeautifulSoup]:
    """Return the pages of the course's site, parsed."""
    return pages(site)


# -- descriptions


def test_every_page_has_a_description_of_its_own(site_pages: dict[str, BeautifulSoup]) -> None:
    assert site_pages.keys() == set(NAMES) | MADE
    described = {name: meta(page, "description") for name, page in site_pages.items()}
    assert {n: d for n, d in described.items() if not LEAST <= len(d) <= MOST} == {}
    assert len(set(described.values())) == len(described)
    for name, text in described.items():
        assert not re.search(r"[<>{}`*\ufffc]|\.\.|\s[,.;:]|  |\[|p\. \d", text), name
        # A sentence that ends, or dots where one was cut after a word.
        assert re.search(r"[.?!…][”’]?$", text), name
        assert meta(site_pages[name], "og:description") == text


def test_descriptions_are_in_the_words_of_the_page(site_pages: dict[str, BeautifulSoup]) -> None:
    for name in set(NAMES) - {"index"}:
        page = site_pages[name]
        for cited in page.select(".ledger-cite"):
            cited.decompose()
        said = " ".join(one(page, "article").get_text().split())
        for sentence in sentences([meta(page, "description")]):
            # The word before the dots is a whole one.
            whole = re.escape(sentence.removesuffix("…")) + (r"\b" if sentence[-1] == "…" else "")
            assert re.search(whole, said), (name, sentence)


@pytest.mark.parametrize("topic", TOPICS)
def test_chapters_are_described_by_their_question(
    site_pages: dict[str, BeautifulSoup], topic: str
) -> None:
    page = site_pages[f"chapters/{topic}"]
    question = one(page, ".block-central-question p").get_text()
    summary = " ".join(one(page, ".block-plain-summary").get_text().split())
    text = meta(page, "description")
    assert text.startswith(question)
    assert text.removeprefix(question).strip() in summary


def test_words_of_the_course_fit_on_its_cards(
    site_pages: dict[str, BeautifulSoup], tmp_path: Path
) -> None:
    course: Any = SimpleNamespace(
        language="en", project=SETTINGS.title, sharing_tagline=SETTINGS.tagline
    )
    size = 0
    for name in set(NAMES):
        page = site_pages[name]
        number, _, title = meta(page, "og:title").rpartition(". ")
        facts = PageFacts(name, number, title, meta(page, "description"), "")
        card = draw_card(card_inputs(course, facts, PLAIN))
        path = tmp_path / "card.png"
        save_card(card, path)
        size += path.stat().st_size
        colours = card.convert("RGB")
        assert colours.getpixel((5, 5)) == (0x0B, 0x55, 0x63)
        assert is_framed(colours), name
    assert size <= 30_000 * len(NAMES)


@pytest.mark.parametrize("number", range(1, len(TOPICS) + 1))
def test_titles_of_chapters_keep_their_numbers(
    site_pages: dict[str, BeautifulSoup], number: int
) -> None:
    page = site_pages[f"chapters/{TOPICS[number - 1]}"]
    heading = " ".join(one(page, "article h1").get_text().rstrip("#").split())
    assert heading.startswith(f"{number}. ")
    assert one(page, "head title").get_text() == f"{heading} — {SETTINGS.title}"
    assert meta(page, "og:title") == data(page)["name"] == heading
    assert meta(page, "og:type") == "article"


def test_the_landing_page_says_what_the_course_is(site_pages: dict[str, BeautifulSoup]) -> None:
    page = site_pages["index"]
    title = f"{SETTINGS.tagline} — {SETTINGS.title}"
    assert one(page, "head title").get_text() == title
    assert meta(page, "og:title") == meta(page, "og:site_name") == SETTINGS.title
    assert (meta(page, "og:type"), meta(page, "og:locale")) == ("website", SETTINGS.sharing.locale)


def test_icon_and_colours(site: Path, site_pages: dict[str, BeautifulSoup]) -> None:
    for name, page in site_pages.items():
        icon = str(one(page, 'head link[rel="icon"]')["href"])
        path = (site / name).parent / icon
        assert "<svg" in path.read_text("utf-8")
        colours = {str(tag["media"]): tag["content"] for tag in page.select("[name=theme-color]")}
        assert colours == {
            "(prefers-color-scheme: light)": "#0b5563",
            "(prefers-color-scheme: dark)": "#14181e",
        }


# -- structured data


def test_the_course(site_pages: dict[str, BeautifulSoup]) -> None:
    said = data(site_pages["index"])
    assert (said["@context"], said["@type"]) == ("https://schema.org", "Course")
    assert (said["name"], said["inLanguage"]) == (SETTINGS.title, "en")
    assert said["license"] == SETTINGS.rights.licence
    assert said["isAccessibleForFree"] is True
    assert said["provider"]["name"] == said["author"]["name"] == SETTINGS.contributors
    assert said["educationalLevel"]
    assert {thing["name"] for thing in said["about"]} == set(SETTINGS.keywords)
    assert [part["position"] for part in said["hasPart"]] == list(range(1, len(TOPICS) + 1))
    for part, topic in zip(said["hasPart"], TOPICS, strict=True):
        chapter = data(site_pages[f"chapters/{topic}"])
        for name in ("@type", "name", "position"):
            assert part[name] == chapter[name]
        # Both pages mean the same page, each from where it is.
        here, there = "https://e.org/index.html", f"https://e.org/chapters/{topic}.html"
        assert urljoin(here, part["@id"]) == urljoin(there, chapter["@id"]) == there
        assert urljoin(there, chapter["isPartOf"]["@id"]) == urljoin(here, said["@id"])


@pytest.mark.parametrize("topic", TOPICS)
def test_a_chapter_is_part_of_the_course(site_pages: dict[str, BeautifulSoup], topic: str) -> None:
    page = site_pages[f"chapters/{topic}"]
    said = data(page)
    assert said["@type"] == "LearningResource"
    facts = one(page, ".chapter-card dl").get_text(" ", strip=True)
    minutes = [int(found) for found in re.findall(r"(?:In class|At home) (\d+) minutes", facts)]
    assert said["timeRequired"] == f"PT{sum(minutes)}M"
    assert len(minutes) == 2
    outcomes = load_outcomes(DOCS / "data" / "outcomes.yml").of_chapter(topic)
    assert said["teaches"] == [outcome.text for outcome in outcomes]
    assert said["educationalUse"] == ["reading", "self-assessment", "class discussion"]
    essay = said["isBasedOn"]
    assert essay.get("author", {}).get("name") == SETTINGS.work.author
    assert essay["datePublished"] == SETTINGS.work.date
    # In the words of the sources page.
    assert essay["name"] in (DOCS / "data" / "references.bib").read_text("utf-8")


def test_other_pages_are_parts_too(site_pages: dict[str, BeautifulSoup]) -> None:
    others = {n: p for n, p in site_pages.items() if n != "index" and not n.startswith("chap")}
    assert len(others) == len(site_pages) - len(TOPICS) - 1
    for page in others.values():
        said = data(page)
        assert said["@type"] == "WebPage"
        assert said["name"] == meta(page, "og:title")
        assert said["isPartOf"]["name"] == SETTINGS.title
        assert "teaches" not in said
        assert "isBasedOn" not in said


@pytest.mark.parametrize("address", ["", "https://example.org/a-course"])
def test_the_course_takes_its_address_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("COURSE_URL", address)
    assert runpy.run_path(str(DOCS / "conf.py"))["html_baseurl"] == address
    monkeypatch.delenv("COURSE_URL")
    assert runpy.run_path(str(DOCS / "conf.py"))["html_baseurl"] == ""


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lost_page_can_be_read_by_everybody(
    chromium: Browser,
    site: Path,
    scheme: Any,  # noqa: ANN401
) -> None:
    with served(site, "/a-course/") as root:
        page = chromium.new_page(viewport={"width": 320, "height": 640}, color_scheme=scheme)
        page.goto(f"{root}chapters/nowhere.html")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 30)"}[scheme]
        assert page.title() == f"Page not found — {SETTINGS.title}"
        assert page.locator("h1:visible").count() == 1
        assert page.locator("a:visible").count() == len(TOPICS) + len(SETTINGS.sharing.lost) + 2
        for link in page.locator("a:visible").all():
            box = link.bounding_box()
            assert box is not None
            assert box["height"] >= 24
        assert axe(page, tags=()) == {"violations": []}
        page.close()


def test_lost_page_stands_alone(site: Path) -> None:
    page = BeautifulSoup((site / "404.html").read_text("utf-8"), "html.parser")
    assert meta(page, "robots") == "noindex"
    assert not page.select("script, img, iframe")
    assert all("_static/notfound/" in str(link["href"]) for link in page.select("link"))
    assert "nothing wrong" in one(page, "main").get_text()
    index = places_of((site / "searchindex.js").read_text("utf-8"))
    names = {place.address.partition(".html")[0] for place in index}
    assert sorted(names) == sorted(set(NAMES))
