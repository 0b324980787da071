"""The course without a network: a copy that a browser keeps, and a site that opens from a disk.

`worker` writes the service worker with the list of what it keeps, `manifest` the web app manifest,
`icons` the icons that it names; `copy` is the place on a page where a reader asks for a copy, and
`pages` brings the scripts and the page for what is not in a copy.
Only the builder ``html`` takes part: the others make no site to be served.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .copy import setup_copy
from .files import setup_files
from .pages import setup_offline_pages

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_offline(app: Sphinx) -> None:
    """Register the whole layer."""
    setup_copy(app)
    setup_offline_pages(app)
    setup_files(app)
