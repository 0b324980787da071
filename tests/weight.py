"""What a page of the site weighs: the files that a browser asks for when it opens it."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from pathlib import Path

ASKED = (
    ("link[rel=stylesheet]", "href"),
    ("link[rel=icon]", "href"),
    ("script[src]", "src"),
    # Other pictures wait until they come into view.
    ("img:not([loading=lazy])", "src"),
)


def files_of(page: Path) -> list[Path]:
    """Return the files that the page *page* of a site needs, itself first, each once."""
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    names = [str(tag[name]) for selector, name in ASKED for tag in soup.select(selector)]
    paths = [(page.parent / urlsplit(name).path).resolve() for name in names]
    return list(dict.fromkeys([page.resolve(), *paths]))


def weight(path: Path) -> int:
    """Return the bytes of the file *path* as a server sends it, compressed."""
    return len(gzip.compress(path.read_bytes(), 9))
