"""Definitions beside their terms in a real browser: by mouse, keyboard and finger."""

from __future__ import annotations

import gzip
import re
from contextlib import ExitStack
from mimetypes import guess_type
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from boxes import BOX, edges, on_top
from conftest import ENGINE, ROOTS, Project
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route

pytestmark = pytest.mark.browser

STATIC = ENGINE / "pages" / "static"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
# Longer than the script waits before it shows or hides something by the pointer.
WAIT = 500
PAGE = f"""# Another page

A {{term}}`Count`, a {{term}}`Rate` and [a link](index.md).

A {{term}}`Source` of words that go on and on so that there is a line below it, and another one.

{"Some words to scroll past. " * 200}

The last {{term}}`Footnote`.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small course as a site, with terms on the page ``other``."""
    project = Project(ROOTS / "test-course", tmp_path_factory.mktemp("definitions"))
    (project.folder / "other.md").write_text(PAGE, encoding="utf-8")
    # The theme's search box comes with a script in the page, which is not ours.
    project.edit("conf.py", "html_theme =", 'html_sidebars = {"**": []}\nhtml_theme =')
    project.edit("data/glossary.yml", "How many there are.", "How *many* there are.")
    project.edit("data/glossary.yml", "Where it comes from.", "Where it comes from. " * 4)
    assert project.build() == []
    return project.output("")


def listen(context: BrowserContext) -> list[str]:
    """Return a list that fills with what the pages of *context* complain of."""
    said: list[str] = []
    context.on("console", lambda m: said.append(m.text) if m.type in {"error", "warning"} else None)
    context.on("weberror", lambda thrown: said.append(str(thrown.error)))
    return said


@pytest.fixture
def visit(chromium: Browser, site: Path) -> Iterator[Callable[..., Page]]:
    """Return a function that opens the page with terms from the file system.

    The page is seen by a finger's narrow window (``touch``), without ``scripts``, in ``forced``
    colours, or runs a ``script`` before its own. No page may complain.
    """
    said: list[list[str]] = []
    with ExitStack() as stack:

        def open_page(
            *, touch: bool = False, scripts: bool = True, forced: bool = False, script: str = ""
        ) -> Page:
            context = chromium.new_context(
                has_touch=touch,
                viewport={"width": 320, "height": 480} if touch else {"width": 800, "height": 600},
                java_script_enabled=scripts,
                forced_colors="active" if forced else "none",
            )
            stack.callback(context.close)
            said.append(listen(context))
            context.add_init_script(script)
            page = context.new_page()
            page.goto((site / "other.html").as_uri())
            return page

        yield open_page
        assert [each for each in said if each] == []


@pytest.fixture
def page(visit: Callable[..., Page]) -> Page:
    """Return the page with terms, as a desk has it."""
    return visit()


@pytest.fixture
def phone(visit: Callable[..., Page]) -> Page:
    """Return the page with terms, as a phone has it."""
    return visit(touch=True)


def term(page: Page, name: str) -> Locator:
    """Return the link of the term *name* in the page's text."""
    return page.locator("p > a").get_by_text(name, exact=True).locator("xpath=ancestor::a")


def middle(place: Locator) -> tuple[float, float]:
    """Return the middle of *place*."""
    at = edges(place)
    return (at["left"] + at["right"]) / 2, (at["top"] + at["bottom"]) / 2


# ---- the script ----


def test_script_is_small_classic_and_without_markup_in_strings() -> None:
    script = (STATIC / "definitions.js").read_bytes()
    assert len(gzip.compress(script, 9)) < 2_000
    assert not re.search(rb"innerHTML|outerHTML|insertAdjacent|\beval\b|fetch|https?:", script)


def test_bridge_in_the_style_sheet_is_as_wide_as_the_gap_in_the_script() -> None:
    script, style = (
        (STATIC / f"definitions.{kind}").read_text(encoding="utf-8") for kind in ("js", "css")
    )
    assert re.findall(r"GAP = (\d+)", script) == re.findall(r"inset: -(\d+)px", style) != []


def test_runs_under_a_strict_policy_and_asks_no_other_host(chromium: Browser, site: Path) -> None:
    context = chromium.new_context()
    said, asked = listen(context), []

    def answer(route: Route) -> None:
        address = urlsplit(route.request.url)
        asked.append(address.netloc)
        path = site / address.path.removeprefix("/")
        data = path.read_bytes()
        if path.suffix == ".html":
            # The theme's own, which the policy forbids.
            data = data.replace(b' style="margin-right: 10px"', b"")
        kind, _ = guess_type(path.name)
        headers = {"Content-Security-Policy": POLICY, "Content-Type": kind or "text/plain"}
        route.fulfill(body=data, headers=headers)

    context.route("**/*", answer)
    page = context.new_page()
    page.goto("http://course.test/other.html")
    term(page, "Rate").hover()
    expect(page.locator(BOX)).to_be_visible()
    # Where it stands is set by the script, which a policy might forbid.
    assert edges(page.locator(BOX))["top"] >= edges(term(page, "Rate"))["bottom"]
    context.close()
    assert set(asked) == {"course.test"}
    assert said == []


# ---- mouse ----


def test_hovering_shows_the_definition_below_the_term(page: Page) -> None:
    box = page.locator(BOX)
    expect(box).to_have_count(0)
    term(page, "Count").hover()
    expect(box).to_be_visible()
    expect(box).to_have_role("tooltip")
    assert box.inner_text().split("\n\n") == ["Count Conteo", "How many there are."]
    assert box.locator("em").inner_text() == "many"
    assert box.locator("[lang=es]").inner_text() == "Conteo"
    assert box.locator("a, [id]").count() == 0
    at, link = edges(box), edges(term(page, "Count"))
    assert at["top"] >= link["bottom"]
    assert at["left"] == pytest.approx(link["left"], abs=1)
    assert on_top(box)


def test_passing_over_a_term_shows_nothing(page: Page) -> None:
    page.clock.install()
    for stay in (200, 400):
        page.mouse.move(*middle(term(page, "Count")))
        page.clock.run_for(stay)
        expect(page.locator(BOX)).to_have_count(stay // 400)
        page.mouse.move(400, 500)
        page.clock.run_for(1000)
        expect(page.locator(BOX)).to_have_count(0)


def test_pointer_may_move_onto_the_definition_and_stay(page: Page) -> None:
    link, box = term(page, "Count"), page.locator(BOX)
    link.hover()
    expect(box).to_be_visible()
    # First into the gap between the two, and slowly.
    x, _ = middle(link)
    page.mouse.move(x, (edges(link)["bottom"] + edges(box)["top"]) / 2)
    page.wait_for_timeout(WAIT)
    expect(box).to_be_visible()
    page.mouse.move(*middle(box))
    page.wait_for_timeout(WAIT)
    expect(box).to_be_visible()
    page.mouse.move(x, edges(box)["bottom"] + 100)
    expect(box).to_have_count(0)


def test_pointer_may_come_back_in_time(page: Page) -> None:
    link, box = term(page, "Count"), page.locator(BOX)
    link.hover()
    expect(box).to_be_visible()
    page.mouse.move(400, 500)
    link.hover()
    page.wait_for_timeout(WAIT)
    expect(box).to_be_visible()


def test_one_definition_at_a_time(page: Page) -> None:
    box = page.locator(BOX)
    term(page, "Count").hover()
    expect(box).to_contain_text("Conteo")
    term(page, "Rate").hover()
    expect(box).to_contain_text("Tasa")
    expect(box).to_have_count(1)


def test_escape_takes_it_away_where_the_pointer_stays(page: Page) -> None:
    box = page.locator(BOX)
    term(page, "Count").hover()
    expect(box).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    page.wait_for_timeout(WAIT)
    expect(box).to_have_count(0)
    # Before it is there, Escape keeps it away.
    term(page, "Rate").hover()
    page.keyboard.press("Escape")
    page.wait_for_timeout(WAIT)
    expect(box).to_have_count(0)


def test_focus_elsewhere_does_not_take_it_from_the_pointer(page: Page) -> None:
    term(page, "Count").focus()
    term(page, "Count").hover()
    page.get_by_role("link", name="a link").focus()
    page.wait_for_timeout(WAIT)
    expect(page.locator(BOX)).to_contain_text("Conteo")


def test_click_follows_the_link_at_once(page: Page) -> None:
    term(page, "Count").click()
    page.wait_for_url("**/reference/glossary.html#term-count")


# ---- keyboard ----


def tab_to(page: Page, name: str) -> Locator:
    """Press Tab until the term *name* has the focus, and return its link."""
    link = term(page, name)
    for _ in range(20):
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            return link
    pytest.fail(f"Tab does not reach {name}")


def test_focus_shows_the_definition_and_escape_takes_it_away(page: Page) -> None:
    link, box = tab_to(page, "Count"), page.locator(BOX)
    expect(box).to_contain_text("How many there are.")
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(link).to_be_focused()
    page.wait_for_timeout(WAIT)
    expect(box).to_have_count(0)


def test_tab_goes_from_term_to_term(page: Page) -> None:
    box = page.locator(BOX)
    tab_to(page, "Count")
    page.keyboard.press("Tab")
    expect(term(page, "Rate")).to_be_focused()
    expect(box).to_contain_text("Tasa")
    expect(box).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="a link")).to_be_focused()
    expect(box).to_have_count(0)
    page.keyboard.press("Shift+Tab")
    expect(box).to_contain_text("Tasa")


def test_pointer_that_comes_and_goes_leaves_it_to_the_focus(page: Page) -> None:
    box = page.locator(BOX)
    tab_to(page, "Count")
    box.hover()
    page.mouse.move(400, 500)
    page.wait_for_timeout(WAIT)
    expect(box).to_be_visible()


def test_enter_follows_the_link(page: Page) -> None:
    tab_to(page, "Rate")
    expect(page.locator(BOX)).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reference/glossary.html#term-rate")
    page.go_back()
    expect(term(page, "Rate")).to_be_visible()


def test_enter_follows_the_link_after_a_tap_too(phone: Page) -> None:
    link = term(phone, "Count")
    # A finger that moves on makes no click.
    link.dispatch_event("pointerdown", {"pointerType": "touch"})
    link.focus()
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/reference/glossary.html#term-count")


def test_screen_reader_hears_the_definition_as_description_of_the_link(page: Page) -> None:
    for link in (term(page, "Count"), tab_to(page, "Count")):
        expect(link).to_have_accessible_name("Count")
        expect(link).to_have_accessible_description("How many there are.")


# ---- touch ----


def test_tap_shows_the_definition_and_the_way_to_the_glossary(phone: Page) -> None:
    link, box = term(phone, "Count"), phone.locator(BOX)
    link.tap()
    expect(box).to_contain_text("How many there are.")
    phone.wait_for_timeout(WAIT)
    expect(box).to_be_visible()
    assert phone.url.endswith("other.html")
    # It holds a link, as a tooltip must not.
    expect(box).to_have_role("note")
    expect(link).to_have_attribute("aria-expanded", "true")
    way = box.get_by_role("link", name="In the glossary")
    assert edges(way)["height"] >= 44
    way.tap()
    phone.wait_for_url("**/reference/glossary.html#term-count")


def test_second_tap_follows_the_link(phone: Page) -> None:
    link = term(phone, "Count")
    link.tap()
    expect(phone.locator(BOX)).to_be_visible()
    link.tap()
    phone.wait_for_url("**/reference/glossary.html#term-count")


def test_tap_elsewhere_takes_it_away_and_a_tap_on_it_does_not(phone: Page) -> None:
    link, box = term(phone, "Count"), phone.locator(BOX)
    link.tap()
    box.locator("em").tap()
    # Nor does a mouse that comes and goes, where there is one too.
    link.hover()
    phone.mouse.move(300, 470)
    phone.wait_for_timeout(WAIT)
    expect(box).to_be_visible()
    phone.touchscreen.tap(160, edges(box)["bottom"] + 60)
    expect(box).to_have_count(0)
    assert link.get_attribute("aria-expanded") is None
    link.tap()
    expect(box).to_be_visible()


def test_tap_on_another_term_shows_that_one(phone: Page) -> None:
    box = phone.locator(BOX)
    term(phone, "Count").tap()
    expect(box).to_contain_text("Conteo")
    term(phone, "Rate").tap()
    expect(box).to_contain_text("Tasa")
    expect(box).to_have_count(1)
    expect(phone.locator("[aria-expanded]")).to_have_count(1)


def test_tap_after_keyboard_or_mouse_counts_as_the_first(phone: Page) -> None:
    box = phone.locator(BOX)
    for come in (lambda: tab_to(phone, "Count"), term(phone, "Count").hover):
        come()
        expect(box).to_have_role("tooltip")
        term(phone, "Count").tap()
        expect(box.get_by_role("link")).to_be_visible()
        phone.reload()


def test_keyboard_reaches_the_way_to_the_glossary_and_escape_leads_back(phone: Page) -> None:
    link, box = term(phone, "Count"), phone.locator(BOX)
    link.tap()
    phone.keyboard.press("Tab")
    expect(box.get_by_role("link")).to_be_focused()
    phone.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(link).to_be_focused()
    link.tap()
    phone.keyboard.press("Tab")
    phone.keyboard.press("Tab")
    expect(term(phone, "Rate")).to_be_focused()
    expect(box).to_contain_text("Tasa")
    expect(box).to_have_role("tooltip")
    term(phone, "Rate").tap()
    phone.keyboard.press("Tab")
    expect(box).to_be_visible()
    phone.keyboard.press("Tab")
    expect(phone.get_by_role("link", name="a link")).to_be_focused()
    expect(box).to_have_count(0)


# ---- where it stands ----


def test_nothing_moves_when_it_comes_and_goes(page: Page) -> None:
    def places() -> object:
        return page.evaluate(
            """box => [document.documentElement.scrollHeight,
                ...[...document.querySelectorAll('p, p > a')].filter(e => !e.closest(box))
                    .map(e => JSON.stringify(e.getBoundingClientRect()))]""",
            BOX,
        )

    before = places()
    tab_to(page, "Source")
    expect(page.locator(BOX)).to_be_visible()
    assert places() == before
    page.keyboard.press("Escape")
    assert places() == before


def test_it_stands_above_where_there_is_no_room_below(page: Page) -> None:
    link, box = term(page, "Footnote"), page.locator(BOX)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    link.hover()
    expect(box).to_be_visible()
    assert edges(link)["bottom"] > 480
    assert edges(box)["bottom"] <= edges(link)["top"]
    assert on_top(box)


def test_it_goes_along_when_the_page_scrolls(page: Page) -> None:
    link, box = tab_to(page, "Source"), page.locator(BOX)
    gap = edges(box)["top"] - edges(link)["bottom"]
    before = edges(link)["top"]
    page.evaluate("scrollBy(0, 60)")
    page.wait_for_function("scrollY === 60")
    assert edges(link)["top"] == pytest.approx(before - 60)
    assert edges(box)["top"] - edges(link)["bottom"] == pytest.approx(gap, abs=1)
    # So it does when only what the term stands in scrolls, such as a wide table.
    link.evaluate(
        """e => { Object.assign(e.parentNode.style, { overflow: 'auto', height: '4em' });
            e.parentNode.append(document.createElement('pre'));
            e.parentNode.lastChild.style.height = '500px';
            e.parentNode.scrollTop = 12; }"""
    )
    page.wait_for_function(
        """([box, gap]) => Math.abs(box.getBoundingClientRect().top - gap -
            box.previousElementSibling.getBoundingClientRect().bottom) < 1""",
        arg=[box.element_handle(), gap],
    )
    assert edges(link)["top"] == pytest.approx(before - 72)


def test_nothing_that_the_term_stands_in_clips_or_moves_it(page: Page) -> None:
    link, box = term(page, "Source"), page.locator(BOX)
    link.evaluate(
        """e => Object.assign(e.parentNode.style, { overflow: 'hidden', height: '2em',
            position: 'relative', translate: '30px 40px', whiteSpace: 'nowrap',
            textTransform: 'uppercase', lineHeight: 5 })"""
    )
    link.hover()
    expect(box).to_be_visible()
    assert on_top(box)
    at, below = edges(box), edges(link)
    assert at["left"] == pytest.approx(below["left"], abs=1)
    assert 0 <= at["top"] - below["bottom"] < 10
    # Its words are set as everywhere else.
    assert box.inner_text().startswith("Source")
    assert 60 < at["height"] < 120
    assert box.evaluate("e => e.scrollWidth <= e.clientWidth")


def test_of_a_broken_term_neither_line_is_covered(page: Page) -> None:
    link, box = term(page, "Count"), page.locator(BOX)
    link.evaluate("e => { e.textContent = 'a count of many words '.repeat(3); }")
    link = page.locator("p > a").first
    link.evaluate("e => { e.parentNode.style.width = '18em'; e.style.marginLeft = '9em'; }")
    first = link.evaluate("e => e.getClientRects()[0].toJSON()")
    page.mouse.move(first["left"] + 20, first["top"] + 5)
    expect(box).to_be_visible()
    at = edges(box)
    # Below all its lines, and under the one that was pointed at.
    assert at["top"] >= edges(link)["bottom"] > first["bottom"]
    assert at["left"] == pytest.approx(first["left"], abs=1)
    assert first["left"] > edges(link)["left"] + 50


def test_it_has_an_edge_in_forced_colours_and_is_not_printed(visit: Callable[..., Page]) -> None:
    page = visit(forced=True)
    box = page.locator(BOX)
    tab_to(page, "Count")
    expect(box).to_have_css("border-top-style", "solid")
    expect(box).to_have_css("border-top-width", "1px")
    page.emulate_media(media="print")
    expect(box).to_be_attached()
    expect(box).to_be_hidden()


# ---- without ----


def test_without_javascript_the_link_is_a_plain_one(visit: Callable[..., Page]) -> None:
    page = visit(scripts=False)
    expect(page.locator(".definitions")).to_be_hidden()
    term(page, "Count").hover()
    page.wait_for_timeout(WAIT)
    expect(page.locator(BOX)).to_have_count(0)
    expect(term(page, "Count")).to_have_accessible_description("How many there are.")
    term(page, "Count").click()
    page.wait_for_url("**/reference/glossary.html#term-count")


def test_browser_without_popovers_shows_it_too(visit: Callable[..., Page]) -> None:
    page = visit(script="delete HTMLElement.prototype.showPopover")
    box = page.locator(BOX)
    # What a browser does that does not know the attribute.
    page.add_style_tag(content=f"{BOX}:not(:popover-open) {{ display: block !important }}")
    tab_to(page, "Count")
    expect(box).to_be_visible()
    assert 0 <= edges(box)["top"] - edges(term(page, "Count"))["bottom"] < 10
    assert on_top(box)
