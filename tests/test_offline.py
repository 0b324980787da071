"""What builds write for reading offline: the worker with its list, the manifest, the icons."""

from __future__ import annotations

import gzip
import json
import re
from io import BytesIO
from math import hypot
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from conftest import ROOTS, Project
from courseware.offline.files import write_files
from courseware.offline.icons import ICONS, Icon, draw_icon
from courseware.offline.pages import HERE
from courseware.offline.worker import CODE, list_files, write_worker
from PIL import Image
from served import listed, version

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STATIC = HERE / "static"
CHAPTER = "chapters/counting"
OLD = "Follow the footnote"
NEW = "Trace the footnote"


def test_only_what_pages_load_is_kept(tmp_path: Path) -> None:
    kept = ["_downloads/1/a b.csv", "_static/a.css", "_static/fonts/a.woff2", "b.html", "c/a.html"]
    left = [
        *(
            "404.html",
            "sw.js",
            "offline.json",
            ".buildinfo",
            ".made/a.html",
            "objects.inv",
            "_sources/a.html",
        ),
        *("_static/a.js.map", "_static/macros.html", "_static/locales/es/booktheme.mo"),
        *("_static/notfound/0.css", "_images/cards/index.png"),
        *("downloads/course-reader.pdf", "downloads/a.html", "_downloads/2/b.pdf", "notes.txt"),
    ]
    for name in kept + left:
        tmp_path.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        tmp_path.joinpath(name).write_text(name, encoding="utf-8")
    addresses = [file.address for file in list_files(tmp_path)]
    assert [unquote(address) for address in addresses] == kept
    assert addresses[0] == "_downloads/1/a%20b.csv"


def test_version_follows_the_contents(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("one", encoding="utf-8")
    first = write_worker(list_files(tmp_path)).decode()
    assert write_worker(list_files(tmp_path)).decode() == first
    page.write_text("two", encoding="utf-8")
    second = write_worker(list_files(tmp_path)).decode()
    assert version(second) != version(first)
    page.write_text("one", encoding="utf-8")
    assert write_worker(list_files(tmp_path)).decode() == first


def test_each_build_writes_the_worker_of_its_site(course: Project) -> None:
    assert course.build() == []
    worker = course.output("sw.js")
    first = worker.read_bytes()
    stamp = worker.stat().st_mtime_ns
    assert course.build() == []
    assert worker.read_bytes() == first
    assert worker.stat().st_mtime_ns == stamp
    course.edit(f"{CHAPTER}.md", OLD, NEW)
    assert course.build() == []
    second = worker.read_text(encoding="utf-8")
    assert version(second) != version(first.decode())
    before = dict(listed(first.decode()))
    changed = {path for path, digest in listed(second) if before.get(path) != digest}
    # The words of the chapter, in its page and in the index of the search; the rest is as it was.
    assert {f"{CHAPTER}.html", "searchindex.js"} <= changed
    assert "other.html" not in changed
    summary = json.loads(course.output("offline.json").read_text(encoding="utf-8"))
    assert summary["files"] == len(before)
    assert summary["bytes"] == sum(
        course.output(unquote(path)).stat().st_size for path, _ in listed(second)
    )


def test_build_that_fails_leaves_the_worker_alone(
    make_app: Callable[..., Any], tmp_path: Path
) -> None:
    app = make_app("html", srcdir=Project(ROOTS / "test-course", tmp_path).folder)
    write_files(app, ValueError("a chapter is broken"))
    assert not app.outdir.joinpath("sw.js").exists()
    write_files(app, None)
    assert app.outdir.joinpath("sw.js").exists()


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "epub", "text", "latex"])
def test_other_builders_offer_no_copy(course: Project, builder: str) -> None:
    course.edit("other.md", "This page", "```{offline-copy}\n```\n\nThis page")
    course.build(builder)
    out = course.output("", builder)
    names = {path.name for path in out.rglob("*")}
    assert names & {"sw.js", "manifest.webmanifest", "offline.js", "offline.css"} == set()
    assert len(names) > 1
    for path in [*out.glob("*.html"), *out.rglob("*.xhtml"), *out.glob("*.txt")]:
        assert "offline" not in path.read_text(encoding="utf-8").lower(), path


def test_scripts_are_small_classic_and_without_markup_in_strings() -> None:
    scripts = {path.name: path.read_bytes() for path in [CODE, *STATIC.glob("*.js")]}
    assert len(scripts) == 3
    sizes = {name: len(gzip.compress(script, 9)) for name, script in scripts.items()}
    assert sizes["worker.js"] < 3_000
    assert sizes["offline.js"] < 1_000
    assert sizes["offline-copy.js"] < 6_000
    for script in scripts.values():
        assert b'"use strict"' in script
        assert not re.search(rb"innerHTML|outerHTML|insertAdjacent|\beval\b|new Function", script)
        assert not re.search(rb"importScripts|^\s*import\b|localStorage\.", script, re.M)


@pytest.mark.parametrize("icon", ICONS, ids=lambda icon: icon.path)
def test_icon_is_drawn_alike_and_stands_where_it_may(icon: Icon, tmp_path: Path) -> None:
    # A drawing that fills its square to the corners.
    emblem = tmp_path / "emblem.svg"
    emblem.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">'
        '<path fill="#c00000" d="M0 0h8v8H0z"/></svg>',
        encoding="utf-8",
    )
    data = draw_icon(icon, emblem)
    assert draw_icon(icon, emblem) == data
    with Image.open(BytesIO(data)) as picture:
        assert picture.size == (icon.size, icon.size)
        colours = picture.convert("RGB")
    spots = [
        (x, y)
        for x in range(0, icon.size, 4)
        for y in range(0, icon.size, 4)
        if colours.getpixel((x, y)) == (0xC0, 0, 0)
    ]
    assert len(spots) > 3000 * (icon.size / 512) ** 2
    assert colours.getpixel((1, 1)) == (0xFF, 0xFF, 0xFF)
    middle = icon.size / 2
    farthest = max(hypot(x - middle, y - middle) for x, y in spots)
    assert farthest < icon.size * (0.4 if icon.purpose == "maskable" else 0.5)


def test_search_page_of_other_themes_shows_the_way_too(course: Project) -> None:
    assert course.build() == []
    page = course.page("search")
    links = [link["href"] for link in page.select("noscript .search-elsewhere a")]
    assert links == ["genindex.html", "reference/glossary.html"]
    course.edit("conf.py", "nitpicky", "html_use_index = False\nnitpicky")
    course.build()
    links = [link["href"] for link in course.page("search").select("noscript .search-elsewhere a")]
    assert links == ["reference/glossary.html"]
