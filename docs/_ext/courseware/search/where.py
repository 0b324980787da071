"""Which builds have a search, and where its files are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.builders import Builder

#: Builders whose output is a site that a browser reads.
BUILDERS = frozenset({"html", "dirhtml"})
#: Below the root of a site. Not among the static files, which are styled and scanned.
INDEX = "searchindex.js"
PAGE = "search"


def has_search(builder: Builder) -> bool:
    """Tell whether what *builder* makes has a search of its own."""
    return builder.name in BUILDERS
