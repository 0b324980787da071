"""The directive of what the page found, for each guess that readers made before they read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from courseware.pages.course import CourseDirective
from courseware.pages.nodes import guesses_found

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.application import Sphinx


class YourGuesses(CourseDirective):
    """What the page found, one numbered item for each question of "Before you read"."""

    has_content = True

    def build(self) -> list[Node]:
        """Return the list; warn where the directive holds anything else than one numbered list."""
        body = self.parse_content_to_nodes()
        if [type(node) for node in body] != [nodes.enumerated_list]:
            message = "expected a numbered list alone, with what the page found for each guess"
            self.warn(f"{{your-guesses}}: {message}: '1. ...'", self.content_line)
            return []
        found = guesses_found("", *body, classes=["your-guesses"])
        found.source, found.line = self.get_source_info()
        return [found]


def setup_guesses_directive(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("your-guesses", YourGuesses)
