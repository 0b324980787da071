"""Figures in a real browser: light and dark, on a phone, in print, without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe import axe
from browser import until
from courseware.data.figures import figure_scripts
from ours import DOCS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

NAMES = [path.stem for path in figure_scripts(DOCS / "figures")]
PAGES = {
    path.relative_to(DOCS).with_suffix("").as_posix(): text.count("{evidence-figure}")
    for path in sorted([*DOCS.glob("chapters/*.md"), *DOCS.glob("reference/*.md")])
    if "{evidence-figure}" in (text := path.read_text(encoding="utf-8"))
}
#: A page with figures.
SHOWN = next(iter(PAGES), "")
LIGHT, DARK = "figure-light", "figure-dark"


@pytest.fixture(scope="module")
def site(shared_build: Callable[[Path, str], Path]) -> Path:
    """Return the folder of the course's pages."""
    return shared_build(DOCS, "html")


@pytest.fixture
def opened(chromium: Browser, site: Path) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page of the course in a context of its own."""
    contexts = []

    def open_page(name: str, **settings: Any) -> Page:  # noqa: ANN401 (Playwright's own)
        context = chromium.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.goto((site / f"{name}.html").as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


def seen(page: Page) -> set[str]:
    """Return which pictures of figures, those for light or dark pages, are seen."""
    pictures = page.locator("figure.evidence-figure img").all()
    assert pictures
    shown = {str(each.get_attribute("class")) for each in pictures if each.is_visible()}
    return {use for use in (LIGHT, DARK) if any(use in classes for classes in shown)}


def test_there_are_figures_in_every_chapter() -> None:
    chapters = {f"chapters/{path.stem}" for path in (DOCS / "chapters").glob("*.md")}
    assert chapters <= PAGES.keys()
    assert sum(PAGES.values()) == len(NAMES)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_pictures_load_and_fit(opened: Callable[..., Page], name: str, width: int) -> None:
    page = opened(name, viewport={"width": width, "height": 800})
    for at in range(PAGES[name]):
        figure = page.locator("figure.evidence-figure").nth(at)
        picture = figure.locator(f"img.{LIGHT}")
        picture.scroll_into_view_if_needed()
        until(page, "e => e.complete && e.naturalWidth > 0", picture.element_handle())
        box = picture.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        # Type of 8.5 points in a picture of 270: at least 9 pixels high on a phone.
        assert box["width"] >= 270 * 9 / (8.5 * 96 / 72) * 96 / 72 * 0.75
        figure.locator("xpath=following-sibling::details[1]/summary").click()
    assert page.locator("details.figure-data[open]").count() == PAGES[name]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("scheme", "scripts", "expected"),
    [("light", True, LIGHT), ("dark", True, DARK), ("light", False, LIGHT), ("dark", False, DARK)],
)
def test_picture_follows_the_readers_wish(
    opened: Callable[..., Page], scheme: str, *, scripts: bool, expected: str
) -> None:
    page = opened(SHOWN, color_scheme=scheme, java_script_enabled=scripts)
    assert seen(page) == {expected}


def test_picture_follows_the_theme_switch(opened: Callable[..., Page]) -> None:
    page = opened(SHOWN, color_scheme="light")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert seen(page) == {DARK}
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    assert seen(page) == {LIGHT}


@pytest.mark.parametrize("scripts", [True, False])
def test_printed_page_has_dark_ink(opened: Callable[..., Page], *, scripts: bool) -> None:
    page = opened(SHOWN, color_scheme="dark", java_script_enabled=scripts)
    page.emulate_media(media="print", color_scheme="dark")
    assert seen(page) == {LIGHT}


def test_data_opens_by_keyboard_and_without_scripts(opened: Callable[..., Page]) -> None:
    page = opened(SHOWN, java_script_enabled=False)
    data = page.locator("details.figure-data").first
    data.locator("summary").focus()
    assert not data.locator("table").first.is_visible()
    page.keyboard.press("Enter")
    assert data.locator("table").first.is_visible()
    with page.expect_download() as download:
        data.locator(".figure-downloads a").first.click()
    assert download.value.suggested_filename.endswith(".csv")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_all_data_open(
    opened: Callable[..., Page], name: str, scheme: str
) -> None:
    page = opened(name, color_scheme=scheme, viewport={"width": 1280, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
    assert axe(page, place=("article.bd-article",)) == {"violations": []}
