"""Every heading needs words: for menus, for bookmarks, and for readers who only hear it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

_STAND_IN = "(Heading without words)"


class Titles(SphinxTransform):
    """Warn of headings that say nothing, and let words stand there."""

    # After HTML has been taken out of titles, before MyST gives headings their anchors.
    default_priority = 6

    def apply(self, **_options: object) -> None:
        """Check the headings of the page."""
        for title in self.document.findall(nodes.title):
            words = "".join(text.astext() for text in title.findall(nodes.Text))
            if not words.strip():
                message = "a heading without words; write what the section is about, or delete the "
                message += "number signs"
                where = title if title.line else title.parent
                logger.warning(message, location=where, type="courseware", subtype="heading")
                title.append(nodes.Text(_STAND_IN))


def setup_titles(app: Sphinx) -> None:
    """Register the check."""
    app.add_transform(Titles)
