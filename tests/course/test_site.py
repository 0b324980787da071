"""The course as a site: what is published, and how much it weighs."""

from __future__ import annotations

import gzip
import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pydata_sphinx_theme
import pytest
import sphinx_book_theme
from ours import DOCS, TOPICS

if TYPE_CHECKING:
    from collections.abc import Callable
THEMES = {
    "sphinx_book_theme": Path(sphinx_book_theme.__file__).parent / "theme" / "sphinx_book_theme",
    "pydata_sphinx_theme": (
        Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme"
    ),
}


@pytest.fixture(scope="module")
def site(shared_build: Callable[[Path, str], Path]) -> Path:
    """Return the course as a site."""
    return shared_build(DOCS, "html")


def test_site_has_no_source_maps_and_nothing_that_no_page_asks_for(site: Path) -> None:
    static = site / "_static"
    texts = [path.read_text("utf-8") for path in site.rglob("*.html")]
    texts += [path.read_text("utf-8") for path in static.rglob("*.js")]
    texts += [path.read_text("utf-8") for path in static.rglob("*.css")]
    whole = "\n".join(texts)
    unasked = {str(p.relative_to(static)) for p in static.rglob("*") if p.is_file()}
    unasked = {name for name in unasked if Path(name).name not in whole}
    # Tabs are for whoever writes a page with tabs.
    assert unasked <= {"design-tabs.js"}


def test_site_weighs_little(site: Path) -> None:
    # For each chapter: its page, its exercises once more for the review, two figures in two looks.
    most = len(TOPICS) * 620 * 1024
    assert sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) < most


def test_page_names_one_style_sheet_by_its_digest(site: Path) -> None:
    css = (site / "_static" / "course.css").read_bytes()
    digest = sha256(css).hexdigest()[:8]
    # The page for addresses that lead nowhere stands alone, since it is seen at any depth.
    for path in set(site.rglob("*.html")) - {site / "404.html"}:
        links = re.findall(r'<link [^>]*rel="stylesheet"[^>]*>', path.read_text("utf-8"))
        assert len(links) == 1, path
        assert f"course.css?v={digest}" in links[0], path


def test_style_sheet_is_a_tenth_of_the_themes(site: Path) -> None:
    ours = len(gzip.compress((site / "_static" / "course.css").read_bytes()))
    theirs = THEMES["pydata_sphinx_theme"] / "static" / "styles" / "pydata-sphinx-theme.css"
    assert ours < len(gzip.compress(theirs.read_bytes())) / 4


def test_two_processes_make_the_same_style_sheet_as_one(
    site: Path, shared_rebuild: Callable[[Path, str], Path]
) -> None:
    name = "_static/course.css"
    again = shared_rebuild(DOCS, "html") / name
    assert again.read_bytes() == (site / name).read_bytes()
    assert b".definition-popover" in (site / name).read_bytes()
