"""The search of a site: an index made with the pages, and a script that answers as one types.

`places` reads what there is to find, `words` makes words comparable, `shortened` chooses what an
index holds, `packed` and `index` write it, `made` does so at the end of a build; `pages` brings the
page, the scripts and the style sheet, and `entries` gives addresses to what has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .entries import setup_entries
from .made import setup_made
from .pages import setup_search_pages

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_search(app: Sphinx) -> None:
    """Register the whole layer."""
    setup_entries(app)
    setup_search_pages(app)
    setup_made(app)
