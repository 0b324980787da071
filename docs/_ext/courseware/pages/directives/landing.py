"""The directive of the landing page: the chapters at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courseware.pages.course import CourseDirective
from courseware.pages.nodes import chapter_list

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.application import Sphinx


class ChapterList(CourseDirective):
    """Every chapter with its central question and its minutes, in order of the contents."""

    def build(self) -> list[Node]:
        """Return a placeholder: `courseware.pages.listings` fills it when all pages are read."""
        return [chapter_list()]


def setup_landing_directives(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("chapter-list", ChapterList)
