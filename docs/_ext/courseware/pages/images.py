"""Warn of images that say nothing to a reader who cannot see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)


class AlternativeText(SphinxTransform):
    """Every image needs alternative text."""

    default_priority = 500

    def apply(self, **_options: object) -> None:
        """Check the images of the page."""
        for image in self.document.findall(nodes.image):
            if not image.get("alt", "").strip():
                message = f"image without alternative text: {image.get('uri', '')}"
                message += "; say what it shows, as in ![what it shows](file.svg)"
                # MyST gives the line to the paragraph that an inline image stands in.
                where = image if image.line else image.parent
                logger.warning(message, location=where, type="courseware", subtype="image")


def setup_images(app: Sphinx) -> None:
    """Register the check."""
    app.add_transform(AlternativeText)
