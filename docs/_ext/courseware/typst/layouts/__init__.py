"""The sorts of PDF: what each gathers, and what it adds before and after links are resolved.

One module a layout. `LAYOUT_OF` ties its name in ``typst_documents`` to what it does; how it looks
stands in the template.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from courseware.typst.excerpts import add_excerpts, prune_excerpts

from . import book, handout, workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from docutils import nodes
    from sphinx.builders import Builder

    from courseware.typst.config import PdfDocument


def _nothing(_tree: nodes.document, *_more: object) -> None:
    """Add nothing."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What makes a layout.

    ``gather`` yields the elements of its tree, in which toctrees stand for the documents that they
    name. ``add`` adds what other pages have before links are resolved, and is given the tree, the
    builder, the start document and the language; ``prune`` takes out what is not needed once they
    are.
    """

    gather: Callable[[Builder, PdfDocument], Iterable[nodes.Element]]
    add: Callable[[nodes.document, Builder, str, str], None] = _nothing
    prune: Callable[[nodes.document], None] = _nothing


LAYOUT_OF: Mapping[str, Layout] = {
    "book": Layout(book.gather),
    "handout": Layout(handout.gather, add_excerpts, prune_excerpts),
    "workbook": Layout(workbook.gather),
}
