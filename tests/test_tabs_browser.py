"""Tabs on paper: a browser prints all of them, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sheetsread import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

TABS = """
::::{tab-set}
%s
:::{tab-item} In figures
A hundred thefts.
:::

:::{tab-item} In words
Many were robbed.
:::

:::{tab-item} In doubt
Nobody knows.
:::
::::
"""


@pytest.mark.parametrize("option", ["", ":class: sd-tab-set-vertical"])
def test_tabs_are_printed_one_after_another(
    course: Project, chromium: Browser, tmp_path: Path, option: str
) -> None:
    course.edit("conf.py", '"courseware"]', '"courseware", "sphinx_design"]')
    with (course.folder / "other.md").open("a", encoding="utf-8") as file:
        file.write(TABS % option)
    assert course.build() == []
    page = chromium.new_page()
    page.goto(course.output("other.html").as_uri())
    expect(page.get_by_text("A hundred thefts.")).to_be_visible()
    expect(page.get_by_text("Many were robbed.")).to_be_hidden()
    paper = tmp_path / "other.pdf"
    page.pdf(path=paper)
    page.close()
    expected = "In figures A hundred thefts. In words Many were robbed. In doubt Nobody knows."
    assert expected in text_of(paper)
