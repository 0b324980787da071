"""A handout: one page of the course, with the terms that it uses and the works that it cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courseware.typst.joined import own_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.builders import Builder

    from courseware.typst.config import PdfDocument


def gather(builder: Builder, document: PdfDocument) -> Iterator[nodes.Element]:
    """Yield the page that *document* prints."""
    yield own_text(builder.env.get_doctree(document.start), document.start)
