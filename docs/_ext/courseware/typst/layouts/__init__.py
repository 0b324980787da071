"""The sorts of PDF: what each gathers, and what it adds before and after links are resolved.

One module a layout. `LAYOUT_OF` ties its name in ``typst_documents`` to what it does; how it looks
stands in the template.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from courseware.typst.excerpts import add_excerpts

from . import book, cards, chapter, handout, slide_codes, slides, workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from docutils import nodes

    from courseware.typst.config import PdfDocument
    from courseware.typst.output import PdfBuilder


def _nothing(_tree: nodes.document, *_more: object) -> None:
    """Add nothing."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What makes a layout.

    ``gather`` yields the elements of its tree, in which toctrees stand for the documents that they
    name. ``add`` adds what other pages have before links are resolved, and is given the tree, the
    builder, the start document and the language; ``prune`` takes out what is not needed once they
    are, and is given the tree, the builder and the document. ``template`` names the file of the
    template with its looks, where they are its own; it has a function of that name, which is given
    the title and the text.
    """

    gather: Callable[[PdfBuilder, PdfDocument], Iterable[nodes.Element]]
    add: Callable[[nodes.document, PdfBuilder, str, str], None] = _nothing
    prune: Callable[[nodes.document, PdfBuilder, PdfDocument], None] = _nothing
    template: str = ""


LAYOUT_OF: Mapping[str, Layout] = {
    "book": Layout(book.gather, prune=book.prune),
    "workbook": Layout(workbook.gather),
    "handout": Layout(handout.gather, prune=handout.prune, template="handout"),
    "chapter": Layout(chapter.gather, add_excerpts, chapter.prune),
    "slides": Layout(slides.gather, prune=slide_codes.tell_codes, template="slides"),
    "cards": Layout(cards.gather, prune=cards.prune, template="cards"),
}
