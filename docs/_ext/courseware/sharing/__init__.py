"""How the course is found and shared: descriptions, cards, structured data, sitemap, a 404 page.

All of it is for pages on the web; builders of anything else are left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .address import setup_address
from .cards import setup_cards
from .domain import setup_sharing_domain
from .head import setup_head
from .notfound import setup_notfound
from .sitemap import setup_sitemap

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_sharing(app: Sphinx) -> None:
    """Register the whole layer."""
    for setup_part in (
        setup_address,
        setup_sharing_domain,
        setup_head,
        setup_cards,
        setup_sitemap,
        setup_notfound,
    ):
        setup_part(app)
