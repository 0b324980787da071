"""The directives of the landing page: its head, and the chapters at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from courseware.pages.build import paragraph
from courseware.pages.course import CourseDirective
from courseware.pages.figures.pictures import pictures, unknown
from courseware.pages.nodes import chapter_list, course_list, way_in

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.application import Sphinx


class Door(CourseDirective):
    """The head of the landing page: the question, what it is about, the way in, and a picture.

    The content is what stands below the question. ``figure`` names a figure of the course and
    ``alt`` tells what it shows; ``caption`` is what readers see below it.
    """

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {
        "figure": directives.unchanged_required,
        "alt": directives.unchanged_required,
        "caption": directives.unchanged_required,
    }

    def build(self) -> list[Node]:
        """Return the head; warn of a figure that is not there, or that no words stand for."""
        asked = paragraph(*self.inline(self.arguments[0]), classes=["door-question"])
        words = nodes.container("", asked, *self.parse_content_to_nodes(), classes=["door-words"])
        words += way_in("", classes=["door-start", "web-only"])
        door = course_list("", words, *self.picture(), classes=["door"])
        self.set_source_info(door)
        return [door]

    def inline(self, text: str) -> list[Node]:
        """Return *text* on one line, in which roles may count, as nodes."""
        return self.parse_inline(" ".join(text.split()), lineno=self.lineno)[0]

    def picture(self) -> list[Node]:
        """Return the picture with what stands below it; of paper it has no part."""
        name = self.options.get("figure")
        if name is None:
            return []
        alt = "".join(child.astext() for child in self.inline(self.options.get("alt", "")))
        if wrong := unknown(self.course, name):
            self.warn(wrong)
            return []
        if not alt:
            self.warn(f"the figure '{name}' needs an option 'alt', which tells what it shows")
            return []
        caption = self.options.get("caption")
        said = [paragraph(*self.inline(caption), classes=["door-caption"])] if caption else []
        shown: list[Node] = [*pictures(self.env, name, alt), *said]
        return [nodes.container("", *shown, classes=["door-picture", "web-only"])]


class ChapterList(CourseDirective):
    """Every chapter with its central question and its minutes, in order of the contents."""

    def build(self) -> list[Node]:
        """Return a placeholder: `courseware.pages.listings` fills it when all pages are read."""
        return [chapter_list()]


def setup_landing_directives(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("door", Door)
    app.add_directive("chapter-list", ChapterList)
