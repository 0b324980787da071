"""The guesses of "Before you read", which Key points comes back to.

Where a chapter has a ``{your-guesses}``, each question of "Before you read" gets room for a guess,
and what the page found stands beside what the reader guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from courseware.bank.model import identity_of
from courseware.data.settings import BlockId

from .build import paragraph
from .course import course_of
from .domain import is_chapter
from .exercises.plain import is_interactive
from .nodes import guess_room, guess_sides, guesses_found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)


class MeetGuesses(SphinxTransform):
    """Give the questions of "Before you read" their room, and bring them to Key points."""

    # After texts are translated (20), and before quotation marks are made typographic (855).
    default_priority = 700

    def apply(self, **_options: object) -> None:
        """Bring questions and findings together; warn where they are not equally many."""
        founds = list(self.document.findall(guesses_found))
        for found in founds[1:]:
            self.warn(found, "the page comes back to its guesses already; take this one out")
        if not founds:
            return
        section = self.section()
        questions = self.questions(section)
        found = founds[0]
        asked = list(_items(questions)) if questions is not None else []
        items = list(_items(found[0]))
        title = self.heading if section is None else section[0].astext()
        if not asked:
            message = f"'## {title}' of this page asks no questions in a numbered list, to which "
            self.warn(found, f"{message}it could come back; leave the directive out")
        elif len(items) != len(asked):
            message = f"expected {len(asked)} items, one for each question of '{title}'"
            self.warn(found, f"{message}, found {len(items)}")
        else:
            assert section is not None
            assert questions is not None
            questions["classes"].append("guesses")
            found["back"], found["asked"] = section["ids"][0], title
            for number, (question, item) in enumerate(zip(asked, items, strict=True), 1):
                self.meet(number, question, item, title)

    def meet(
        self, number: int, question: nodes.list_item, item: nodes.list_item, title: str
    ) -> None:
        """Give *question* room for a guess; let *item* show that beside what it says."""
        topic = self.env.docname.rpartition("/")[2]
        words = question.next_node(nodes.paragraph)
        assert words is not None
        text = " ".join(words.astext().split())
        # By its words: a guess at another question is none at this one.
        keep = f"guess:{topic}:{identity_of(topic, text)}"
        name = f"guess-{topic}-{number}"
        words["ids"].append(name)
        question += guess_room(keep=keep, question=name)
        body = item.children
        item.children = []
        # Copies, in which citations and the like are still to be resolved.
        asked = [child.deepcopy() for child in words.children]
        item += paragraph(*asked, classes=["guess-question"])
        item += guess_sides("", *body, keep=keep, back=name, asked=title)

    def section(self) -> nodes.section | None:
        """Return the block "Before you read" of a chapter."""
        if is_chapter(self.env.docname):
            for section in self.document.findall(nodes.section):
                if f"block-{BlockId.BEFORE_YOU_READ}" in section["classes"]:
                    return section
        return None

    @staticmethod
    def questions(section: nodes.section | None) -> nodes.enumerated_list | None:
        """Return the list of questions in *section*."""
        return None if section is None else section.next_node(nodes.enumerated_list)

    @property
    def heading(self) -> str:
        """The heading of "Before you read" as the course has it."""
        blocks = course_of(self.env).settings.blocks
        headings = [each.heading for each in blocks if each.id == BlockId.BEFORE_YOU_READ]
        return headings[0] if headings else "Before you read"

    def warn(self, node: nodes.Element, message: str) -> None:
        """Warn at the line of *node*."""
        where = f"{node.source}:{node.line}"
        message = f"{{your-guesses}}: {message}"
        logger.warning("%s", message, location=where, type="courseware", subtype="chapter")


class PlainGuesses(SphinxPostTransform):
    """Leave out what is for forms and scripts, and say where the guesses stand."""

    # Before references are resolved (10).
    default_priority = 6

    def run(self, **_options: object) -> None:
        """Replace all fields of the page, or of the joined pages of a book."""
        if is_interactive(self.app):
            return
        for room in list(self.document.findall(guess_room)):
            room.parent.remove(room)
        for found in self.document.findall(guesses_found):
            for sides in list(found.findall(guess_sides)):
                item = sides.parent
                item.children = []
                item += sides.children
            if "back" in found:
                words = nodes.inline("", found["asked"])
                link = nodes.reference("", "", words, refid=found["back"], internal=True)
                lead = "What this chapter found for your guesses under "
                found.insert(0, paragraph(lead, link, classes=["guesses-lead"]))


def _items(listing: nodes.Node) -> Iterator[nodes.list_item]:
    return (item for item in listing.children if isinstance(item, nodes.list_item))


def setup_guesses(app: Sphinx) -> None:
    """Register the transforms."""
    app.add_transform(MeetGuesses)
    app.add_post_transform(PlainGuesses)
