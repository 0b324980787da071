"""Definitions beside the terms of a chapter: in a narrow window, and as axe sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe import axe
from boxes import BOX, edges, on_top
from ours import CHAPTERS, DOCS, source
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser

#: The chapter that has most terms.
MOST = max(
    CHAPTERS,
    key=lambda name: source(name).partition("{key-terms}")[2].partition("```")[0].count("\n"),
)
pytestmark = pytest.mark.browser


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    """Tell whether two places overlap."""
    return (
        one["left"] < other["right"]
        and other["left"] < one["right"]
        and one["top"] < other["bottom"]
        and other["top"] < one["bottom"]
    )


@pytest.mark.parametrize(("width", "height"), [(320, 640), (640, 400)])
def test_it_never_leaves_a_narrow_window(
    chromium: Browser,
    shared_build: Callable[[Path, str], Path],
    width: int,
    height: int,
) -> None:
    # 640 by 400 is what 1280 by 800 is at a zoom of 200 percent.
    context = chromium.new_context(viewport={"width": width, "height": height}, has_touch=True)
    page = context.new_page()
    page.goto((shared_build(DOCS, "html") / f"{MOST}.html").as_uri())
    links, box = page.locator(".first-use a"), page.locator(BOX)
    assert links.count() > 3
    for link in links.all():
        link.focus()
        expect(box).to_be_visible()
        at = edges(box)
        what = (link.inner_text(), at, edges(link))
        assert 0 <= at["left"] < at["right"] <= width, what
        assert 0 <= at["top"] < at["bottom"] <= height, what
        assert not overlap(at, edges(link)), what
        assert on_top(box), what
    # With the way to the glossary it is highest.
    links.nth(3).tap()
    assert 0 <= edges(box)["left"] < edges(box)["right"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


# ---- looks ----


@pytest.mark.parametrize("way", ["hover", "tap"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_a_definition_shown(
    chromium: Browser,
    shared_build: Callable[[Path, str], Path],
    scheme: str,
    way: str,
) -> None:
    context = chromium.new_context(
        color_scheme="dark" if scheme == "dark" else "light", has_touch=True
    )
    page = context.new_page()
    page.goto((shared_build(DOCS, "html") / f"{MOST}.html").as_uri())
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    link = page.locator(".first-use a").first
    link.tap() if way == "tap" else link.hover()
    expect(page.locator(BOX)).to_be_visible()
    kinds = ("violations", "incomplete", "passes")
    found = axe(page, place=("article.bd-article",), kinds=kinds)
    context.close()
    assert found["violations"] == []
    # Its words were looked at, and in front of the ground that they stand on.
    assert [each for each in found["incomplete"] if "definition" in each[1]] == []
    assert ("color-contrast", '<div class="definition-term">') in [
        (rule, html[:29]) for rule, html in found["passes"]
    ]
