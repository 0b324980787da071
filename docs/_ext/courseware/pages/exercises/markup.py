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
        self.settings = document.settings
        self.path = str(path)
        self.line = 1
        self.parser = MarkdownIt("commonmark", renderer_cls=SphinxRenderer).enable("table")
        self.parser.options["myst_config"] = MdParserConfig(commonmark_only=True)

    def blocks(self, text: str) -> list[nodes.Node]:
        """Return the paragraphs, lists and tables of *text*."""
        document = new_document(self.path, self.settings)
        self.parser.options["document"] = document
        self.parser.render(text)
        for node in document.findall(nodes.Element):
            # Where a message about it leads: the exercise in the bank, not the page.
            node.source, node.line = self.path, self.line
        return list(document.children)

    def inline(self, text: str) -> list[nodes.Node]:
        """Return the one paragraph of *text* as nodes in a line."""
        blocks = self.blocks(text)
        return [child for block in blocks for child in block.children]
