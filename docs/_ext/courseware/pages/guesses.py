"""The guesses of "Before you read", which Key points comes back to.

Where a chapter has a ``{your-guesses}``, each question of "Before you read" is a guess to be kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from courseware.data.settings import BlockId

from .course import course_of
from .domain import is_chapter
from .nodes import guesses_found

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)


class MeetGuesses(SphinxTransform):
    """Compare what the page found with the questions of "Before you read"."""

    # After the blocks of the chapter have their classes (`anatomy`, 15).
    default_priority = 16

    def apply(self, **_options: object) -> None:
        """Warn of a number of items that is not that of the questions."""
        for found in self.document.findall(guesses_found):
            asked, count = self.asked(), len(found[0])
            if not asked:
                heading = self.heading(BlockId.BEFORE_YOU_READ)
                message = f"'## {heading}' of this page asks no questions in a numbered list, to "
                self.warn(found, f"{message}which it could come back; leave the directive out")
            elif count != len(asked):
                heading = self.heading(BlockId.BEFORE_YOU_READ)
                message = f"expected {len(asked)} items, one for each question of '{heading}'"
                self.warn(found, f"{message}, found {count}")

    def asked(self) -> list[nodes.list_item]:
        """Return the questions that the chapter asks before it is read."""
        if not is_chapter(self.env.docname):
            return []
        for section in self.document.findall(nodes.section):
            if f"block-{BlockId.BEFORE_YOU_READ}" in section["classes"]:
                for questions in section.findall(nodes.enumerated_list):
                    return [item for item in questions if isinstance(item, nodes.list_item)]
        return []

    def heading(self, name: BlockId) -> str:
        """Return the heading of the block *name*, as the course has it."""
        blocks = course_of(self.env).settings.blocks
        return next((block.heading for block in blocks if block.id == name), "Before you read")

    def warn(self, node: nodes.Element, message: str) -> None:
        """Warn at the line of *node*."""
        where = f"{node.source}:{node.line}"
        message = f"{{your-guesses}}: {message}"
        logger.warning("%s", message, location=where, type="courseware", subtype="chapter")


def setup_guesses(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(MeetGuesses)
