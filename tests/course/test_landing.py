"""The landing page of the course: what it weighs, with the picture that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from conftest import Builds, one
from ours import DOCS
from weight import files_of, weight

if TYPE_CHECKING:
    from pathlib import Path


def test_landing_page_is_light(shared_build: Builds) -> None:
    site: Path = shared_build(DOCS, "html")
    page = BeautifulSoup((site / "index.html").read_text(encoding="utf-8"), "html.parser")
    picture = one(page, ".door-picture img.figure-light")
    # It is in view at once; the other, for dark pages, is not fetched beside it.
    files = [*files_of(site / "index.html"), site / str(picture["src"])]
    assert sum(map(weight, files)) <= 40 * 1024
