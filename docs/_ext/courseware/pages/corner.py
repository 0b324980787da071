"""The corner of a table, over the names of its rows: a cell that names nothing is no header.

A screen reader would say "blank" before each cell of the column (HTML 4.9.10 wants a header's
name; WCAG 2.2, 1.3.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def visit_entry(self: HTML5Translator, node: nodes.entry) -> None:
    """Open a cell; an empty one is a plain one, wherever it stands."""
    HTML5Translator.visit_entry(self, node)
    if not node.astext().strip() and not any(node.findall(nodes.image)):
        self.body[-1] = self.body[-1].replace("<th", "<td", 1)
        self.context[-1] = self.context[-1].replace("</th>", "</td>")


def depart_entry(self: HTML5Translator, node: nodes.entry) -> None:
    """Close it."""
    HTML5Translator.depart_entry(self, node)


def setup_corner(app: Sphinx) -> None:
    """Register the look of cells."""
    app.add_node(nodes.entry, override=True, html=(visit_entry, depart_entry))
