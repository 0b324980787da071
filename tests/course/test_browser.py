"""The pages in a real browser: from the file system, on a phone, in the dark, without scripts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from browser import until
from ours import CHAPTERS, DOCS, LEDGER, OTHERS, SETTINGS, SOME_CHAPTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

# Pages for practice are looked at by test_exercises_shown.py.
KINDS_OF_PAGE = [name for name in OTHERS if not name.startswith("practice/")] + SOME_CHAPTERS
STATEMENTS = LEDGER.statements
KINDS = Counter(statement.kind for statement in STATEMENTS)
FIRST, SECOND = [kind.id for kind in SETTINGS.kinds][:2]


@pytest.fixture(scope="module")
def address(shared_build: Callable[[Path, str], Path]) -> Callable[[str], str]:
    """Return a function from a page's name to its address in the file system."""
    site = shared_build(DOCS, "html")
    return lambda name: (site / f"{name}.html").as_uri()


@pytest.fixture
def ledger_page(chromium: Browser, address: Callable[[str], str]) -> Iterator[Page]:
    """Return the ledger page, open from the file system."""
    page = chromium.new_page()
    page.goto(address("reference/ledger"))
    yield page
    page.close()


@pytest.mark.parametrize("name", KINDS_OF_PAGE)
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_sticks_out_sideways(
    chromium: Browser, address: Callable[[str], str], name: str, width: int
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(address(name))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # Text that a narrow box cuts off does not widen the page: look at the article's own parts.
    wide = page.evaluate(
        """width => [...document.querySelectorAll('.bd-article :is(p, li, td, th, dt, dd, h1, h2)')]
        .filter(e => e.getBoundingClientRect().right > width + 1 &&
                     !e.closest('.pst-scrollable-table-container'))
        .map(e => e.textContent.slice(0, 60))""",
        width,
    )
    page.close()
    assert wide == []


def test_every_word_is_there_without_scripts(
    chromium: Browser, address: Callable[[str], str]
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address("reference/ledger"))
    assert page.locator(".ledger-list > li:visible").count() == len(STATEMENTS)
    # A filter that cannot filter would be a dead control.
    assert page.locator(".ledger-filter").count() == 0
    page.goto(address(CHAPTERS[-1]))
    assert page.locator("section.block-reading p:visible").count() > 8
    context.close()


def test_ledger_filter_by_mouse(ledger_page: Page) -> None:
    assert ledger_page.locator(".ledger-list > li:visible").count() == len(STATEMENTS)
    for kind in KINDS.keys() - {SECOND}:
        ledger_page.get_by_label(kind).uncheck()
    assert ledger_page.locator(".ledger-list > li:visible").count() == KINDS[SECOND]
    status = ledger_page.locator(".ledger-filter [role=status]")
    assert status.inner_text() == f"Showing {KINDS[SECOND]} of {len(STATEMENTS)} statements."


def test_ledger_filter_by_keyboard(ledger_page: Page) -> None:
    ledger_page.get_by_label(FIRST).focus()
    ledger_page.keyboard.press("Space")
    assert (
        ledger_page.locator(".ledger-list > li:visible").count() == len(STATEMENTS) - KINDS[FIRST]
    )
    ledger_page.keyboard.press("Tab")
    focused = ledger_page.evaluate("document.activeElement.value")
    assert focused == SECOND
    outline = ledger_page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_link_to_a_hidden_statement_shows_it(ledger_page: Page) -> None:
    name = next(each.id for each in STATEMENTS if each.kind == FIRST)
    ledger_page.get_by_label(FIRST).uncheck()
    assert not ledger_page.locator(f"#{name}").is_visible()
    ledger_page.evaluate(f"location.hash = '#{name}'")
    until(ledger_page, f"!document.getElementById('{name}').hidden")
    assert ledger_page.locator(f"#{name}").is_visible()
    assert ledger_page.get_by_label(FIRST).is_checked()


def test_citation_leads_to_the_statement_and_back(
    chromium: Browser, address: Callable[[str], str]
) -> None:
    page = chromium.new_page()
    page.goto(address(CHAPTERS[0]))
    page.locator(".ledger-cite a").first.click()
    page.wait_for_url("**/ledger.html#L*")
    target = page.evaluate("document.querySelector(':target').id")
    page.locator(f"#{target} .cited-in a").first.click()
    page.wait_for_url("**/chapters/*.html#cite-*")
    page.close()


@pytest.mark.parametrize("name", KINDS_OF_PAGE)
def test_console_stays_silent(chromium: Browser, address: Callable[[str], str], name: str) -> None:
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address(name))
    page.close()
    assert said == []
