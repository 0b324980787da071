"""Where the course is published: one absolute address, ``html_baseurl``, or none.

Canonical links, ``og:url``, pictures of cards and sitemaps need absolute addresses; where none is
known they are left out, and nobody is told, since a course need not be published.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .refuse import refuse

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config

# Builders whose pages are published as they are.
_PUBLISHED = frozenset({"html", "dirhtml"})


def publishes(builder: Builder) -> bool:
    """Tell whether *builder* makes pages for the web, rather than a book or a single page."""
    return builder.name in _PUBLISHED


def address_of(builder: Builder, docname: str) -> str:
    """Return the absolute address of the page *docname*, empty where there is none.

    That of the landing page is the folder's: people pass it on, and servers answer with the page.
    """
    base: str = builder.config.html_baseurl
    if not base or docname == builder.config.root_doc:
        return base
    return base + builder.get_target_uri(docname)


def fault_of(address: str) -> str:
    """Return what is wrong with *address* as that of a site, empty if nothing is (RFC 3986)."""
    if re.search(r"[\s<>\"]", address):
        return "it has a space or a sign that addresses do not have"
    try:
        parts = urlsplit(address)
    except ValueError as error:
        return str(error)
    if parts.scheme not in {"http", "https"}:
        return "it does not begin with https:// or http://"
    if not parts.hostname:
        return "it names no host"
    if parts.query or parts.fragment:
        return "it has a query (?) or a fragment (#), and pages cannot be below those"
    page = parts.path.rpartition("/")[2]
    if page.casefold().endswith((".html", ".htm")):
        return f"it is the address of one page; leave {page!r} out"
    return ""


def check_address(app: Sphinx, config: Config) -> None:
    """Check ``html_baseurl`` and have it end in a slash, so that names of pages can follow.

    Where it is no absolute address, say how to mend it, and raise `SystemExit`.
    """
    address = config.html_baseurl.strip()
    if address and (fault := fault_of(address)):
        message = (
            f"html_baseurl is {address!r}: {fault}; give the address of the published pages, such "
            "as https://example.org/course/ (COURSE_URL in the environment), or nothing"
        )
        refuse(app, "html_baseurl", message)
    config.html_baseurl = f"{address.rstrip('/')}/" if address else ""


def setup_address(app: Sphinx) -> None:
    """Check the address before anything is built with it."""
    app.connect("config-inited", check_address)
