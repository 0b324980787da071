"""Read the bank's texts: CommonMark with tables, and nothing of MyST's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from markdown_it import MarkdownIt
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from sphinx.util.docutils import new_document

if TYPE_CHECKING:
    from pathlib import Path


class BankMarkup:
    """Turns texts of the bank file *path* into nodes for the page that *document* is read from."""

    def __init__(self, document: nodes.document, path: Path) -> None:
        self.path = str(path)
        self.line = 1
        parser = MarkdownIt("commonmark", renderer_cls=SphinxRenderer).enable("table")
        parser.options["myst_config"] = MdParserConfig(commonmark_only=True)
        parser.options["document"] = new_document(self.path, document.settings)
        # Once for all texts: MyST makes a document's settings anew whenever it sets up a renderer,
        # which took a third of the time of a whole build.
        parser.render("")
        assert isinstance(parser.renderer, SphinxRenderer)
        self.renderer = parser.renderer

    def blocks(self, text: str) -> list[nodes.Node]:
        """Return the paragraphs, lists and tables of *text*."""
        # No part of a document: nodes keep the one that they first stood in alive.
        root = nodes.Element()
        # Links that one text defines are none of another's.
        self.renderer.md_env = {}
        with self.renderer.current_node_context(root):
            self.renderer.nested_render_text(text, self.line - 1)
        for node in root.findall(nodes.Element):
            # Where a message about it leads: the exercise in the bank, not the page.
            node.source, node.line = self.path, self.line
        return list(root.children)

    def inline(self, text: str) -> list[nodes.Node]:
        """Return the one paragraph of *text* as nodes in a line."""
        blocks = self.blocks(text)
        return [child for block in blocks for child in block.children]
