"""How pages look, in a real browser: colours, sizes, places, what a link led to, paper."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from conftest import STARTER, Builds
from contrast import contrast, force, words_of
from courseware.data.palette import GROUNDS, HUES
from courseware.data.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    Visit = Callable[..., AbstractContextManager[Page]]

pytestmark = pytest.mark.browser

CHAPTER, LEDGER = "chapters/evening-hours", "reference/ledger"
#: One page of each sort.
PAGES = ["index", CHAPTER, LEDGER, "reference/glossary", "practice/exercises", "genindex", "search"]


@pytest.fixture(scope="module")
def visit(chromium: Browser, shared_build: Builds) -> Visit:
    """Return a context manager that opens a page of a new course."""
    site: Path = shared_build(STARTER, "html")

    @contextmanager
    def opened(name: str, width: int = 1280, scheme: str = "light", **other: str) -> Iterator[Page]:
        page, _, anchor = name.partition("#")
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            **other,  # type: ignore[arg-type]
        )
        tab = context.new_page()
        tab.goto((site / f"{page}.html").as_uri() + (anchor and f"#{anchor}"))
        yield tab
        context.close()

    return opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("states", [(), ("hover",), ("focus", "focus-visible")])
def test_words_can_be_read(visit: Visit, scheme: str, states: tuple[str, ...]) -> None:
    for name in PAGES:
        with visit(name, scheme=scheme) as page:
            if states:
                force(page, states)
            words = words_of(page)
            assert len(words) > 5
            assert [each for each in words if contrast(each.ink, each.ground) < 7] == [], name


def test_pointer_on_a_link_changes_its_colour(visit: Visit) -> None:
    with visit(CHAPTER) as page:
        before = {each.ink for each in words_of(page)}
        force(page, ["hover"])
        assert {each.ink for each in words_of(page)} - before


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_share_a_few_sizes_of_type_and_none_is_small(visit: Visit, width: int) -> None:
    found: dict[float, list[str]] = {}
    for name in PAGES:
        with visit(name, width) as page:
            for words in words_of(page):
                found.setdefault(round(words.size, 1), []).append(f"{name}: {words.where}")
    assert {size: where for size, where in found.items() if size < 14} == {}
    # small, text, large, lead, sections, the title; and the brand, which shrinks on phones
    assert len(found) <= 7, sorted((size, where[:2]) for size, where in found.items())


@pytest.mark.parametrize("width", [390, 800, 1100, 1280, 1440, 1920])
def test_text_stands_in_the_same_place_on_every_page(visit: Visit, width: int) -> None:
    places = {}
    for name in PAGES:
        with visit(name, width) as page:
            box = page.locator(".bd-article").first.bounding_box()
            assert box
            places[name] = (box["x"], box["width"])
    assert len(set(places.values())) == 1, places


LED_TO = """mark => [...document.querySelectorAll('.bd-article *')].filter(
  e => getComputedStyle(e).backgroundColor === mark).map(e => {
    const s = getComputedStyle(e);
    const look = `${s.backgroundColor} ${s.boxShadow} ${s.outlineStyle}`;
    return [e.textContent.trim().slice(0, 40), look];
  })"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_a_link_led_to_looks_the_same_everywhere(visit: Visit, scheme: str) -> None:
    colour = GROUNDS["mark"].light if scheme == "light" else GROUNDS["mark"].dark
    mark = f"rgb({', '.join(map(str, bytes.fromhex(colour[1:])))})"
    looks = set()
    sorts = {
        LEDGER: [".ledger-list > li"],
        "reference/glossary": ["dt"],
        "reference/close-checks": ["section section"],
        "reference/sources": [".bibliography > li"],
        CHAPTER: [".exercise", "tr", "section section", "figure", ".discussion-question"],
    }
    for name, selectors in sorts.items():
        for selector in selectors:
            with visit(name, scheme=scheme) as page:
                anchor = page.locator(f".bd-article {selector}[id]").first.get_attribute("id")
                page.evaluate("id => { location.hash = id }", anchor)
                led_to = page.evaluate(LED_TO, mark)
                assert len(led_to) == 1, (name, selector, led_to)
                looks.add(led_to[0][1])
    assert len(looks) == 1, looks


def test_kinds_have_their_hue_and_sign_wherever_they_are_told_apart(visit: Visit) -> None:
    read = """all => all.map(e => {
      const s = getComputedStyle(e);
      return [e.textContent.toLowerCase(), `${s.color} ${s.borderStyle} ${s.borderWidth}`];
    })"""
    looks: dict[str, set[str]] = {}
    places = {LEDGER: "dt .kind, .ledger-list .kind, .ledger-filter .kind", CHAPTER: ".kind"}
    for name, selector in places.items():
        with visit(name) as page:
            for kind, look in page.locator(selector).evaluate_all(read):
                looks.setdefault(kind, set()).add(look)
            # where they are explained, counted, told and weighed
            assert page.locator(selector).count() > 3
    for kind in load_settings(STARTER / "course.yml").kinds:
        [look] = looks[kind.id]
        hue = ", ".join(map(str, bytes.fromhex(HUES[kind.hue].light[1:])))
        assert look.startswith(f"rgb({hue})"), kind
    assert len({look for each in looks.values() for look in each}) == len(looks)


SHOWN = "all => [...new Set(all.map(e => getComputedStyle(e).display))]"


@pytest.mark.parametrize("table", ["evidence-table", "figure-table"])
def test_table_is_cards_on_a_phone_and_a_table_on_paper(visit: Visit, table: str) -> None:
    with visit(CHAPTER, 390) as page:
        cells = page.locator(f"table.{table} td")
        assert cells.count() > 3
        assert cells.evaluate_all(SHOWN) == ["block"]
        page.emulate_media(media="print")
        assert cells.evaluate_all(SHOWN) == ["table-cell"]


def test_only_the_open_page_is_marked_in_forced_colours(visit: Visit) -> None:
    with visit(CHAPTER, forced_colors="active") as page:
        lines = page.locator(".site-navigation li > a").evaluate_all(
            """all => all.map(e => [e.getAttribute('class').includes('current') ||
            e.parentElement.classList.contains('current'),
            getComputedStyle(e).borderInlineStartColor])"""
        )
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert {colour for is_open, colour in lines if not is_open} == {ground}
        assert ground not in {colour for is_open, colour in lines if is_open}


# -- the landing page ------------------------------------------------------------------------------

WIDTHS = [320, 390, 768, 1280, 1440]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_landing_page_is_a_door(visit: Visit, width: int, scheme: str) -> None:
    with visit("index", width, scheme) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        question = page.locator(".door-question")
        sizes = [each.size for each in words_of(page)]
        assert question.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") == max(sizes)
        picture = page.locator(".door-picture img").locator("visible=true")
        assert picture.count() == 1
        assert len(picture.get_attribute("alt") or "") > 30
        assert picture.get_attribute("src", timeout=1000) is not None
        assert ("dark" in (picture.get_attribute("src") or "")) is (scheme == "dark")
        start = page.locator(".door-start > p > a")
        box = start.bounding_box()
        assert box
        assert box["height"] >= 44
        # Seen without scrolling, also on a phone.
        assert box["y"] + box["height"] <= 800
        start.click()
        assert page.url.endswith(f"{CHAPTER}.html")


def test_landing_page_has_rooms_for_what_the_browser_keeps(visit: Visit) -> None:
    with visit("index") as page:
        assert page.locator(".door-start [data-continue]").count() == 1
        states = page.locator(".chapter-list > li > [data-chapter-state]")
        assert states.get_attribute("data-chapter-state") == CHAPTER.rpartition("/")[2]
