"""What the course's site has for reading offline."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from conftest import one
from courseware.offline.icons import ICONS
from ours import DOCS, NAMES, SETTINGS
from PIL import Image
from served import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def site(shared_build: Callable[[Path, str], Path]) -> Path:
    """Return the site of the course itself."""
    return shared_build(DOCS, "html")


def loaded_by(page: Path, site: Path) -> Iterator[str]:
    """Yield the addresses, below the site, of all that *page* loads or offers for download."""
    name = page.relative_to(site).as_posix()
    html = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    for element in html.select(
        "script[src], script[data-copy], img[src], source[src], link[href], a[download], a.internal"
    ):
        if element.get("rel") in (["index"], ["search"], ["next"], ["prev"]):
            continue
        for attribute in ("src", "href", "data-copy"):
            if attribute in element.attrs:
                yield urlsplit(urljoin(f"/{name}", str(element[attribute]))).path[1:]


def test_list_has_all_that_pages_and_styles_load(site: Path) -> None:
    worker = site.joinpath("sw.js").read_text(encoding="utf-8")
    addresses = [address for address, _ in listed(worker)]
    assert addresses == sorted(addresses)
    wanted = {path.relative_to(site).as_posix() for path in site.glob("[!_]*/*.html")}
    wanted |= {path.name for path in site.glob("*.html")} - {"404.html"}
    assert {"index.html", "search.html", "genindex.html", "offline.html"} < wanted
    for path in sorted(wanted):
        wanted |= set(loaded_by(site / path, site))
    for style in sorted(name for name in wanted if name.endswith(".css")):
        text = site.joinpath(style).read_text(encoding="utf-8")
        for url in re.findall(r"""url\(["']?([^)"']+)["']?\)""", text):
            if not url.startswith("data:"):
                wanted.add(urlsplit(urljoin(f"/{style}", url)).path[1:])
    assert {"manifest.webmanifest", "searchindex.js", *(icon.path for icon in ICONS)} < {*addresses}
    assert len(wanted) > 2 * len(NAMES)
    assert wanted - {*addresses} == set()


def test_page_for_what_a_copy_lacks_is_left_to_those_who_need_it(site: Path) -> None:
    html = BeautifulSoup(site.joinpath("offline.html").read_text(encoding="utf-8"), "html.parser")
    assert one(html, "meta[name=robots]")["content"] == "noindex"
    assert '"offline' not in site.joinpath("searchindex.js").read_text(encoding="utf-8")
    other = site.joinpath("index.html").read_text(encoding="utf-8")
    assert "noindex" not in other


def test_manifest_is_relative_and_names_icons_that_are_there(site: Path) -> None:
    manifest = json.loads(site.joinpath("manifest.webmanifest").read_text(encoding="utf-8"))
    assert manifest["name"] == manifest["short_name"] == SETTINGS.title
    assert manifest["description"] == SETTINGS.description
    assert (manifest["start_url"], manifest["scope"]) == ("./index.html", "./")
    assert (manifest["display"], manifest["lang"]) == ("minimal-ui", "en")
    assert manifest["categories"] == ["education"]
    sizes = []
    for icon in manifest["icons"]:
        with Image.open(site / icon["src"]) as picture:
            assert f"{picture.width}x{picture.height}" == icon["sizes"]
            assert picture.format == "PNG"
        sizes.append((icon["sizes"], icon["purpose"]))
    assert sizes == [("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")]
