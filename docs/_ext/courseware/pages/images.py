"""Find the images of a page, and warn of those that cannot be shown or say nothing."""

from __future__ import annotations

from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from courseware.data.pictures import PictureError, check_picture, find_picture
from courseware.files.places import picture_folder

from .course import course_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)


class Images(SphinxTransform):
    """Every image is a picture in the course's folder, with words that tell what it shows."""

    default_priority = 500

    def apply(self, **_options: object) -> None:
        """Check the images of the page."""
        for image in list(self.document.findall(nodes.image)):
            if not image.get("alt", "").strip():
                message = f"image without alternative text: {image.get('uri', '')}"
                message += "; say what it shows, as in ![what it shows](file.svg)"
                self.warn(image, message)
            # Sphinx chooses among files whose name ends in an asterisk.
            if not image["uri"].endswith(".*"):
                self.find(image)

    def find(self, image: nodes.image) -> None:
        """Let *image* name its file; where it cannot be shown, warn, and leave its words."""
        srcdir = Path(self.env.srcdir)
        folder = Path(self.env.doc2path(self.env.docname)).parent
        drawn = picture_folder(Path(self.env.doctreedir))
        try:
            path = find_picture(image["uri"], folder, srcdir, drawn)
            if not path.is_relative_to(drawn):
                self.env.note_dependency(str(path))
                check_picture(path)
        except PictureError as error:
            self.warn(image, f"{error}; its alternative text stands in its place")
            image.replace_self(words_of(image))
        else:
            # A slash, so that Sphinx looks no further.
            image["uri"] = f"/{Path(relpath(path, srcdir)).as_posix()}"

    def warn(self, image: nodes.image, message: str) -> None:
        """Log *message* with the place of *image*."""
        # MyST gives the line to the paragraph that an inline image stands in.
        where = image if image.line else image.parent
        logger.warning("%s", message, location=where, type="courseware", subtype="image")


def words_of(image: nodes.image) -> nodes.Element:
    """Return what stands for *image* where it cannot be shown: its alternative text."""
    words = nodes.inline("", image.get("alt", ""))
    if isinstance(image.parent, nodes.TextElement):
        return words
    result = nodes.paragraph("", "", words)
    result.source, result.line = image.source, image.line
    return result


def belongs_to_course(env: BuildEnvironment, path: Path) -> bool:
    """Tell whether the file *path* is one of the course's sources or was made from them."""
    homes = (Path(env.srcdir), course_of(env).exercises_folder, Path(env.doctreedir))
    return any(path.resolve().is_relative_to(home.resolve()) for home in homes)


class OwnDownloads(SphinxTransform):
    """Files to download are the course's: none of another host, none of the disk."""

    default_priority = 500

    def apply(self, **_options: object) -> None:
        """Leave out of the page what does not belong to the course, and warn of it."""
        for download in list(self.document.findall(addnodes.download_reference)):
            address = download["reftarget"]
            _, path = self.env.relfn2path(address, self.env.docname)
            if not belongs_to_course(self.env, Path(path)):
                message = (
                    f"the file '{address}' leads out of the course; name one that belongs to it"
                )
                where = download if download.line else download.parent
                logger.warning("%s", message, location=where, type="courseware", subtype="image")
                download.replace_self(download.children)


def setup_images(app: Sphinx) -> None:
    """Register the checks."""
    app.add_transform(Images)
    app.add_transform(OwnDownloads)
