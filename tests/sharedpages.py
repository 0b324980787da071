"""What pages say of themselves, and a server of pages that are not there."""

from __future__ import annotations

import json
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup
from courseware.site.policy import header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image


def pages(folder: Path) -> dict[str, BeautifulSoup]:
    """Return all pages that have a source or that Sphinx makes, parsed, by name."""
    found = {}
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        # Themes leave templates of theirs in `_static`; the page for lost addresses is apart.
        if name != "404" and not name.startswith("_static/"):
            found[name] = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    return found


def meta(page: BeautifulSoup, name: str) -> str:
    """Return what the only ``meta`` element *name* of *page* says."""
    found = page.select(f'head meta[name="{name}"], head meta[property="{name}"]')
    assert len(found) == 1, (name, found)
    return str(found[0]["content"])


def data(page: BeautifulSoup) -> dict[str, Any]:
    """Return the structured data of *page*."""
    found = page.select('head script[type="application/ld+json"]')
    assert len(found) == 1
    result = json.loads(found[0].get_text())
    assert isinstance(result, dict)
    return result


#: Pages that have no source.
MADE = {"genindex", "search", "offline"}


def is_framed(card: Image.Image) -> bool:
    """Tell whether words stand on *card*, and none on the edge that is left free."""
    edges = ((277, 0, 338, 630), (1140, 0, 1200, 630), (277, 0, 1200, 60), (277, 582, 1200, 630))
    written = len(card.crop((340, 64, 1136, 566)).getcolors() or []) > 10
    return written and all(
        [colour for _, colour in card.crop(edge).getcolors() or []] == [(255, 255, 255)]
        for edge in edges
    )


# -- lost addresses


class Lost(SimpleHTTPRequestHandler):
    """Serve a folder below a *prefix*, and its ``404.html`` wherever nothing is.

    With *twice*, the same stands at the root of the host, too.
    """

    def __init__(self, *arguments: Any, prefix: str, twice: bool, **more: Any) -> None:  # noqa: ANN401
        self.prefix, self.twice = prefix, twice
        super().__init__(*arguments, **more)

    def translate_path(self, path: str) -> str:
        """Return the file for the address *path*: none outside of the prefix, but for a twin."""
        inside = path.startswith(self.prefix) or self.twice
        return super().translate_path(f"/{path.removeprefix(self.prefix)}" if inside else "/none")

    def send_error(self, code: int, *_more: object) -> None:
        """Send the page, with the status that says that nothing was found."""
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        """Send the policy, too."""
        self.send_header("Content-Security-Policy", header())
        super().end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path, prefix: str, *, twice: bool = False) -> Iterator[str]:
    """Serve *folder* below *prefix*, and yield the address."""
    handler = partial(Lost, directory=str(folder), prefix=prefix, twice=twice)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
        server.shutdown()
