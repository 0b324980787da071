"""The directive ``{offline-copy}``: where a reader asks for a copy of the course, or removes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

#: The builder whose output can be kept.
BUILDER = "html"


class offline_copy(nodes.General, nodes.Element):  # noqa: N801 (docutils names nodes this way)
    """The place of the button and of what there is to say about the copy."""


class OfflineCopy(SphinxDirective):
    """The button that keeps the course for offline use; it has no arguments and no content."""

    def run(self) -> list[Node]:
        """Return the place, which a script fills."""
        return [offline_copy()]


class DropCopy(SphinxPostTransform):
    """Leave the place out wherever nothing can be kept: in print, in books, in plain text."""

    default_priority = 6

    def run(self, **_options: object) -> None:
        """Remove each place of the page."""
        if self.app.builder.name != BUILDER:
            for node in list(self.document.findall(offline_copy)):
                node.parent.remove(node)


def visit_copy(self: HTML5Translator, _node: offline_copy) -> None:
    """Open the place, in which a script puts its words; without one there is no dead button."""
    self.body.append(
        '<div class="offline-copy"><noscript><p>Where scripts are switched off, the course cannot '
        "be kept in the browser; the PDFs can be saved instead.</p></noscript>"
    )


def depart_copy(self: HTML5Translator, _node: offline_copy) -> None:
    """Close the place."""
    self.body.append("</div>\n")


def setup_copy(app: Sphinx) -> None:
    """Register node, directive and transform."""
    app.add_node(offline_copy, html=(visit_copy, depart_copy))
    app.add_directive("offline-copy", OfflineCopy)
    app.add_post_transform(DropCopy)
