"""The bar and its menus in a real browser, for any course: what holds while a list is open."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from browser import until
from conftest import STARTER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from conftest import Builds
    from playwright.sync_api import Browser, Page

    Visit = Callable[..., AbstractContextManager[Page]]

pytestmark = pytest.mark.browser

CHAPTER = "chapters/evening-hours"
#: The lists that slide over the page on a phone: the names of their buttons and of what they hold.
LISTS = {"Menu": "Main", "On this page": "On this page"}

#: Where the focus is: in which panel, on the page as a whole, or behind.
WHERE = """() => { const e = document.activeElement;
return e === document.body ? 'page' : e.closest('[popover]')?.id ?? e.outerHTML; }"""
#: How far what can be seen reaches to both sides.
EDGES = """selector => { const all = [...document.querySelectorAll(selector)]
.filter(e => e.offsetParent).map(e => e.getBoundingClientRect());
return [Math.min(...all.map(r => r.left)), Math.max(...all.map(r => r.right))]; }"""


@pytest.fixture(scope="module")
def visit(chromium: Browser, shared_build: Builds) -> Visit:
    """Return a context manager that opens a page from the file system."""
    site: Path = shared_build(STARTER, "html")

    @contextmanager
    def opened(width: int, name: str = CHAPTER, **other: object) -> Iterator[Page]:
        viewport = {"width": width, "height": 700}
        context = chromium.new_context(viewport=viewport, **other)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto((site / f"{name}.html").as_uri())
        yield page
        context.close()

    return opened


def open_list(page: Page, name: str) -> None:
    """Open a list by its button, and wait until it has the page to itself."""
    button = page.get_by_role("button", name=name, exact=True)
    # Playwright's press would move the page first, though the button is in sight.
    button.evaluate("button => button.focus({ preventScroll: true })")
    page.keyboard.press("Enter")
    until(page, "document.querySelector('main').inert")


@pytest.mark.parametrize(("name", "holds"), LISTS.items())
def test_nothing_but_the_open_list_can_be_reached(visit: Visit, name: str, holds: str) -> None:
    with visit(390) as page:
        open_list(page, name)
        box = page.get_by_role("navigation", name=holds)
        opened = page.get_by_role("dialog", name=name, exact=True)
        assert opened.get_by_role("navigation").count() == 1
        links = box.get_by_role("link").count()
        assert links > 2
        seen = set()
        for _ in range(links + 8):
            page.keyboard.press("Tab")
            seen.add(page.evaluate(WHERE))
        assert seen - {"page"} == {box.locator("xpath=..").get_attribute("id")}
        page.keyboard.press("Escape")
        assert not box.is_visible()
        assert page.locator("[inert], [role=dialog]").count() == 0
        button = page.get_by_role("button", name=name, exact=True)
        assert button.evaluate("e => e === document.activeElement")


@pytest.mark.parametrize("name", LISTS)
def test_page_behind_an_open_list_stays_where_it_is(visit: Visit, name: str) -> None:
    with visit(390, reduced_motion="reduce") as page:
        page.evaluate("scrollTo(0, 600)")
        open_list(page, name)
        page.mouse.move(380 if name == "Menu" else 10, 400)
        page.mouse.wheel(0, 500)
        page.wait_for_timeout(200)
        assert page.evaluate("scrollY") == 600
        # A tap beside it closes it, and presses nothing.
        page.mouse.click(380 if name == "Menu" else 10, 400)
        assert page.locator("[inert]").count() == 0
        assert page.evaluate("scrollY") == 600
        page.mouse.wheel(0, 500)
        until(page, "scrollY > 600")


def test_list_gives_the_page_back_when_the_window_grows_wide(visit: Visit) -> None:
    with visit(390) as page:
        open_list(page, "Menu")
        page.set_viewport_size({"width": 1280, "height": 700})
        until(page, "!document.querySelector('[inert], :popover-open')")
        assert page.get_by_role("navigation", name="Main").is_visible()


def test_who_comes_back_finds_the_page_and_not_the_list(visit: Visit) -> None:
    with visit(390) as page:
        open_list(page, "Menu")
        page.get_by_role("link", name="Glossary").click()
        page.wait_for_url("**/glossary.html")
        page.go_back()
        page.wait_for_url(f"**/{CHAPTER}.html")
        assert page.locator("[inert], :popover-open").count() == 0


def test_lists_do_not_move_sideways(visit: Visit) -> None:
    with visit(1280) as page:
        for name in LISTS.values():
            box = page.get_by_role("navigation", name=name).locator("xpath=..")
            assert box.evaluate("e => e.scrollWidth - e.clientWidth") == 0


def test_name_of_the_course_is_no_link_by_its_colour(visit: Visit) -> None:
    with visit(390) as page:
        ink = page.evaluate("getComputedStyle(document.body).color")
        # Browsers tell nobody what was visited; so the rule is looked for.
        rules = page.evaluate(
            """() => [...document.styleSheets].flatMap(sheet => { try { return [...sheet.cssRules] }
            catch { return [] } }).map(rule => rule.selectorText || '')"""
        )
        assert page.locator(".site-brand").evaluate("e => getComputedStyle(e).color") == ink
        assert not rules or any(".site-brand:visited" in rule for rule in rules)


@pytest.mark.parametrize(("width", "percent", "most"), [(320, 100, 60), (390, 200, 120)])
def test_bar_leaves_room_for_the_text(visit: Visit, width: int, percent: int, most: int) -> None:
    with visit(width, bypass_csp=True) as page:
        page.add_style_tag(content=f"html {{ font-size: {percent}% }}")
        bar = page.locator(".site-bar")
        assert bar.evaluate("e => e.offsetHeight") <= most
        page.evaluate("scrollTo(0, 2000)")
        until(page, "scrollY > 1000")
        # Large letters need the room more than the bar does.
        stays = bar.evaluate("e => e.getBoundingClientRect().bottom > 0")
        assert stays == (percent == 100)


def test_bar_begins_and_ends_where_the_columns_do(visit: Visit) -> None:
    with visit(1920) as page:
        bar, columns = (
            page.evaluate(EDGES, selector)
            for selector in (".site-bar > :is(a, button)", ".site-columns > *")
        )
        assert 0 <= bar[0] - columns[0] <= 24
        assert 0 <= columns[1] - bar[1] <= 24


def test_sign_of_a_heading_begins_no_line(visit: Visit) -> None:
    with visit(390, "reference/glossary") as page:
        signs = page.locator("dt > .headerlink")
        assert signs.count() > 0
        # Whatever the width of the entry's words.
        for width in range(280, 400, 7):
            page.set_viewport_size({"width": width, "height": 700})
            before = page.evaluate("document.body.scrollHeight")
            taken = page.evaluate(
                """() => { const all = document.querySelectorAll('dt > .headerlink');
                all.forEach(e => e.hidden = true); const height = document.body.scrollHeight;
                all.forEach(e => e.hidden = false); return height; }"""
            )
            assert before == taken, width
