"""The policy of pages: what they may load and run, and that they keep to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import STARTER, Project
from courseware.site.policy import header, in_page
from served import Served
from sharedpages import served as lost
from strict import refused

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Builds
    from playwright.sync_api import Browser

MARK = "meta[http-equiv=Content-Security-Policy]"


def test_policy_lets_nothing_in_but_files_of_the_site() -> None:
    sources = dict(part.split(" ", 1) for part in header().split("; "))
    assert sources.pop("default-src") == sources.pop("base-uri") == "'none'"
    assert sources.pop("frame-ancestors") == "'none'"
    assert len(sources) == 8
    assert set(sources.values()) == {"'self'"}
    # A page may say all but who may frame it.
    assert header() == f"{in_page()}; frame-ancestors 'none'"


@pytest.mark.browser
def test_no_page_does_what_the_policy_refuses(
    chromium: Browser, shared_build: Builds, tmp_path: Path
) -> None:
    site = shared_build(STARTER, "html")
    served = Served(site, tmp_path)
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    assert {"index.html", "search.html", "genindex.html", "404.html"} <= set(names)
    assert in_page() in (site / "index.html").read_text("utf-8").replace("&#39;", "'")
    assert refused(chromium, [served.home + name for name in names if name != "404.html"]) == []
    served.stop()
    with lost(site, "/a-course/") as root:
        assert refused(chromium, [f"{root}no-such.html", f"{root}a/b/no-such.html"]) == []


def test_project_may_have_another_policy_and_writing_has_none(tmp_path: Path) -> None:
    project = Project(STARTER, tmp_path)
    conf = project.folder / "conf.py"
    own = conf.read_text("utf-8")
    for setting, said in (
        ("site_policy = \"default-src 'self'\"", ["default-src 'self'"]),
        ("courseware_live = True", []),
    ):
        conf.write_text(f"{own}\n{setting}\n", encoding="utf-8")
        project.build()
        assert [mark["content"] for mark in project.page("index").select(MARK)] == said
    # Who writes reads scripts as they were written.
    assert "/*" in project.output("_static/site.js").read_text("utf-8")
