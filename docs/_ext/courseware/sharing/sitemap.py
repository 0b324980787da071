"""Tell search engines which pages there are: ``sitemap.xml``, and ``robots.txt``, which names it.

The format is that of https://www.sitemaps.org/protocol.html (0.9); its dates are left out, since
the only ones known here are those of the build. ``robots.txt`` is that of RFC 9309. Crawlers ask
for it at the root of a host alone; a course in a folder of a host is found by its links, or by the
sitemap's address.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from courseware.files.whole import write_whole

from .address import address_of, publishes
from .files import is_supplied

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

SITEMAP, ROBOTS = "sitemap.xml", "robots.txt"


def sitemap(addresses: Iterable[str]) -> str:
    """Return a sitemap of *addresses*."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">')
    lines += [f"<url><loc>{escape(address)}</loc></url>" for address in addresses]
    return "\n".join([*lines, "</urlset>", ""])


def robots(base: str) -> str:
    """Return a ``robots.txt`` that lets everybody read everything below *base*."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {base}{SITEMAP}\n"


def write_sitemap(app: Sphinx, exception: Exception | None) -> None:
    """Write both files where the site has an address; leave the project's own."""
    base: str = app.config.html_baseurl
    if exception or not publishes(app.builder) or not base:
        return
    # All pages that have a source: index and search are tools, not pages to be found.
    addresses = sorted(address_of(app.builder, docname) for docname in app.env.found_docs)
    for name, text in ((SITEMAP, sitemap(addresses)), (ROBOTS, robots(base))):
        path = Path(app.outdir, name)
        if not is_supplied(app, name):
            write_whole(path, text.encode())


def setup_sitemap(app: Sphinx) -> None:
    """Write the files when the pages are there."""
    app.connect("build-finished", write_sitemap)
