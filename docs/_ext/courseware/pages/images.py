"""Warn of images that say nothing to a reader who cannot see them, or that are not the course's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from courseware.data.links import wrong_address

from .course import course_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

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


def belongs_to_course(env: BuildEnvironment, path: Path) -> bool:
    """Tell whether the file *path* is one of the course's sources or was made from them."""
    homes = (Path(env.srcdir), course_of(env).exercises_folder, Path(env.doctreedir))
    return any(path.resolve().is_relative_to(home.resolve()) for home in homes)


class OwnFiles(SphinxTransform):
    """Pictures and downloads are files of the course: none of another host, none of the disk."""

    default_priority = 500

    def apply(self, **_options: object) -> None:
        """Leave out of the page what does not belong to the course, and warn of it."""
        for image in list(self.document.findall(nodes.image)):
            if wrong := self.wrong(image["uri"], "picture"):
                self.warn(image, wrong)
                image.replace_self(nodes.inline("", image.get("alt", "")))
        for download in list(self.document.findall(addnodes.download_reference)):
            if wrong := self.wrong(download["reftarget"], "file"):
                self.warn(download, wrong)
                download.replace_self(download.children)

    def wrong(self, address: str, what: str) -> str:
        """Return what is wrong with *address*, which the page gives for *what*, or nothing."""
        _, path = self.env.relfn2path(address, self.env.docname)
        if belongs_to_course(self.env, Path(path)):
            # It may still be an address that only looks like a path.
            return wrong_address(address, picture=True) if ":" in address else ""
        return f"the {what} '{address}' leads out of the course; name a file that belongs to it"

    def warn(self, node: nodes.Element, message: str) -> None:
        """Warn where *node* stands."""
        where = node if node.line else node.parent
        logger.warning(message, location=where, type="courseware", subtype="image")


def setup_images(app: Sphinx) -> None:
    """Register the checks."""
    app.add_transform(AlternativeText)
    app.add_transform(OwnFiles)
