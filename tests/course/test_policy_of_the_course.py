"""No page of the course does what its policy refuses, and none of them moves under the eye."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ours import DOCS
from served import Served
from strict import refused

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Builds
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(shared_build: Builds) -> Path:
    """Return the course as a site."""
    return shared_build(DOCS, "html")


def names(site: Path) -> list[str]:
    """Return all pages, but for the one that stands for those that there are not."""
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return [name for name in found if name != "404.html"]


def test_no_page_does_what_the_policy_refuses(
    chromium: Browser, site: Path, tmp_path: Path
) -> None:
    served = Served(site, tmp_path)
    assert refused(chromium, [served.home + name for name in names(site)]) == []
    served.stop()


SHIFTS = """window.moved = [];
new PerformanceObserver(list => list.getEntries().forEach(entry => {
  if (!entry.hadRecentInput) window.moved.push([entry.value,
    ...entry.sources.map(one => one.node && (one.node.id || one.node.className))]);
})).observe({ type: "layout-shift", buffered: true });"""


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_a_page_loads(chromium: Browser, site: Path, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    context.add_init_script(SHIFTS)
    wrong = {}
    for name in names(site):
        page = context.new_page()
        page.goto((site / name).as_uri())
        page.wait_for_load_state("networkidle")
        # What is painted last is counted a frame later.
        page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        moved = page.evaluate("window.moved")
        if sum(value for value, *_ in moved) >= 0.02:
            wrong[name] = moved
        page.close()
    context.close()
    assert wrong == {}
