"""The search in a real browser: as one types, by keyboard alone, from a disk, under a policy."""

from __future__ import annotations

from mimetypes import guess_type
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import pytest
from axe import axe
from conftest import STARTER
from offlinecopy import silent
from playwright.sync_api import expect
from searchindex import places_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page, Route

pytestmark = pytest.mark.browser

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"
CHAPTER = "chapters/evening-hours.html"
CLOSED = """
Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); }
});
"""
FIELD, RESULTS = "#site-search-words", "#site-search .search-results a"


@pytest.fixture(scope="module")
def site(shared_build: Callable[[Path, str], Path]) -> Path:
    """Return the site of the course that a new course begins as."""
    return shared_build(STARTER, "html")


@pytest.fixture
def reader(chromium: Browser) -> Iterator[BrowserContext]:
    """Return a reader's browser."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(reader: BrowserContext, site: Path) -> Iterator[Page]:
    """Return a page of the chapter, opened from the disk; it may complain of nothing."""
    opened = reader.new_page()
    with silent(opened):
        opened.goto(site.joinpath(CHAPTER).as_uri())
        yield opened


def heard(page: Page, words: str) -> None:
    """Wait until a screen reader is told *words*."""
    expect(page.locator("#site-search [role=status]")).to_have_text(words)


def test_nothing_is_loaded_before_the_search_is_opened(reader: BrowserContext, site: Path) -> None:
    page = reader.new_page()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(urlsplit(request.url).path.split("/")[-1]))
    page.goto(site.joinpath(CHAPTER).as_uri())
    page.wait_for_load_state("networkidle")
    assert {"search.js", "searchindex.js"} & {*loaded} == set()
    page.keyboard.press("Control+k")
    page.locator("#site-search .search-keys").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("visits")
    page.locator(RESULTS).first.wait_for()
    assert [name for name in loaded if "search" in name] == [
        "search-open.js",
        "searchindex.js",
        "search.js",
    ]
    assert len(loaded) == len({*loaded})


def test_keyboard_alone_finds_and_opens(page: Page) -> None:
    page.keyboard.press("/")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.type("denomi")
    expect(page.locator(RESULTS).first).to_contain_text("Denominator")
    assert page.locator(RESULTS).first.locator("mark").first.inner_text() == "Denominator"
    first, second = (page.locator(RESULTS).nth(at) for at in (0, 1))
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator(RESULTS).last).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    expect(page.locator(FIELD)).to_be_focused()
    # Who goes on typing at a result goes on asking.
    page.keyboard.press("ArrowDown")
    page.keyboard.type("n")
    expect(page.locator(FIELD)).to_have_value("denomin")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#site-search")).to_be_hidden()
    page.keyboard.press("/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reference/glossary.html#term-denominator")


def test_panel_closes_where_a_result_is_on_this_page(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("who was asked")
    page.locator(RESULTS).first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**#who-was-asked")
    expect(page.locator("#site-search")).to_be_hidden()


def test_counts_and_slips_are_said(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("denomnator")
    slip = "Nothing has “denomnator”; shown is “denominator”. "
    heard(page, slip + f"{page.locator(RESULTS).count()} results.")
    page.fill(FIELD, "zyzzyva")
    heard(page, "Nothing has “zyzzyva”. No results. Try other words, or fewer.")
    page.fill(FIELD, "L007")
    heard(page, "1 result.")
    # What is seen is not read out a second time.
    expect(page.locator("#site-search .search-status")).to_have_attribute("aria-hidden", "true")
    page.fill(FIELD, "")
    heard(page, "")
    expect(page.locator(RESULTS)).to_have_count(0)


def test_keys_are_left_to_those_who_write(page: Page) -> None:
    page.locator("textarea, .bd-article input[type=text]").first.focus()
    page.keyboard.type("a/b")
    expect(page.locator("#site-search")).to_be_hidden()
    expect(page.locator("textarea, .bd-article input[type=text]").first).to_have_value("a/b")
    page.keyboard.press("Control+k")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("Control+k")
    expect(page.locator("#site-search")).to_be_hidden()


def test_browser_reads_the_index_as_it_was_written(page: Page, site: Path) -> None:
    page.keyboard.press("/")
    page.locator("#site-search .search-keys").wait_for()
    places = places_of(site.joinpath("searchindex.js").read_text(encoding="utf-8"))
    found = page.evaluate(
        """titles => titles.map(title => window.coursewareFind(title).places
             .map(place => [place.address, place.title, place.text]))""",
        [place.title for place in places],
    )
    assert len(places) > 50
    for place, answers in zip(places, found, strict=True):
        # Whoever types a title finds the place, among others of that name.
        assert [place.address, place.title, place.text] in answers, place
    texts = [place for place in places if place.kind == "Statement"]
    first = page.evaluate(
        """texts => texts.map(text => window.coursewareFind(text + ' ').places.slice(0, 3)
             .map(place => place.address))""",
        [place.text for place in texts],
    )
    assert all(place.address in answers for place, answers in zip(texts, first, strict=True))


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("DENÓMINATOR", "denominator"),
        ("41300", "41,300"),
        ("41.300", "41,300"),
        ("41 300", "41,300"),
        ("l001", "L001"),
        ("L 1", "L001"),
        ("libraries ", "library "),
        ("councils ", "council "),
    ],
)
def test_ways_of_writing_find_the_same(page: Page, typed: str, same: str) -> None:
    page.keyboard.press("/")
    page.locator("#site-search .search-keys").wait_for()
    one, other = (
        page.evaluate("asked => window.coursewareFind(asked).places.map(p => p.address)", each)
        for each in (typed, same)
    )
    assert one[0] == other[0]
    assert {*one} == {*other}


def test_search_page_keeps_the_question(page: Page, site: Path) -> None:
    page.keyboard.press("/")
    page.keyboard.type("visits")
    page.locator("#site-search .search-more a").click()
    page.wait_for_url("**/search.html?q=visits")
    results = page.locator("#search-results .search-results a")
    expect(page.locator("#search-results .search-status")).to_contain_text("results")
    more = page.get_by_role("button", name="Show more results")
    shown = results.count()
    assert shown == 20
    more.press("Enter")
    expect(results.nth(shown)).to_be_focused()
    page.fill("#search-words", "response rate")
    expect(results.first).to_contain_text("Response rate")
    page.keyboard.press("Enter")
    expect(results.first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reference/glossary.html#term-response-rate")
    page.go_back()
    expect(page.locator("#search-words")).to_have_value("response rate")
    expect(results.first).to_contain_text("Response rate")
    page.goto(site.joinpath("search.html").as_uri())
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    expect(page.locator("#search-words")).to_be_focused()


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_results_can_be_read_by_all(
    chromium: Browser, site: Path, colours: Literal["light", "dark"], width: int
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 700}, color_scheme=colours, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(site.joinpath(CHAPTER).as_uri())
    page.keyboard.press("/")
    page.keyboard.type("visits")
    page.locator(RESULTS).nth(3).wait_for()
    page.keyboard.press("ArrowDown")
    assert axe(page, place=["#site-search"]) == {"violations": []}
    box = page.locator("#site-search").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= 700
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(site.joinpath("search.html").as_uri() + "?q=visits")
    page.locator("#search-results a").nth(3).wait_for()
    assert axe(page, place=["main"]) == {"violations": []}
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_search_works_under_a_strict_policy(reader: BrowserContext, site: Path) -> None:
    def answer(route: Route) -> None:
        path = site / urlsplit(route.request.url).path[1:]
        headers = {"Content-Security-Policy": POLICY}
        headers["Content-Type"] = guess_type(path.name)[0] or "text/plain"
        route.fulfill(body=path.read_bytes(), headers=headers)

    reader.route("http://course.test/**", answer)
    page = reader.new_page()
    refused: list[str] = []
    page.goto(f"http://course.test/{CHAPTER}")
    page.on("console", lambda message: refused.append(message.text))
    page.keyboard.press("/")
    page.keyboard.type("visits")
    page.locator(RESULTS).first.wait_for()
    page.keyboard.press("ArrowDown")
    assert refused == []


def test_search_asks_for_no_store(reader: BrowserContext, site: Path) -> None:
    page = reader.new_page()
    page.add_init_script(CLOSED)
    page.goto(site.joinpath("search.html").as_uri() + "?q=visits")
    page.locator("#search-results a").first.wait_for()


@pytest.mark.parametrize("file", ["searchindex.js", "search.js"])
def test_search_that_cannot_be_loaded_says_so(
    reader: BrowserContext, site: Path, file: str
) -> None:
    reader.route(f"**/{file}*", lambda route: route.abort())
    page = reader.new_page()
    page.goto(site.joinpath("search.html").as_uri() + "?q=visits")
    expect(page.locator("#search-results")).to_contain_text("The search could not be loaded.")


def test_without_scripts_there_are_other_ways(chromium: Browser, site: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.joinpath("search.html").as_uri())
    assert page.locator("main :is(form, input, button):visible").count() == 0
    links = page.locator(".search-elsewhere a")
    assert [link.get_attribute("href") for link in links.all()] == [
        "genindex.html",
        "reference/glossary.html",
    ]
    links.last.click()
    page.wait_for_url("**/glossary.html")
    context.close()


def test_address_in_small_letters_leads_there(reader: BrowserContext, site: Path) -> None:
    page = reader.new_page()
    page.goto(site.joinpath("reference/ledger.html").as_uri() + "#l003")
    page.wait_for_url("**#L003")
    assert page.evaluate("document.querySelector(':target').id") == "L003"
