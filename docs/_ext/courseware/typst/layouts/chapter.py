"""A chapter by itself: one page of the course, with what it needs of other pages.

Those are the terms that it uses, the works that it cites, and the statements and close checks that
it refers to. Answers are printed where the document asks for them, and the data behind figures
never: it says where they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from courseware.typst.elsewhere import leave_out, places_of, references_elsewhere
from courseware.typst.excerpts import add_terms_and_works
from courseware.typst.howread import say_once
from courseware.typst.joined import EXCERPTS, own_text
from courseware.typst.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from courseware.typst.config import PdfDocument
    from courseware.typst.output import PdfBuilder


def gather(builder: PdfBuilder, document: PdfDocument) -> Iterator[nodes.Element]:
    """Yield the page that *document* prints."""
    yield own_text(builder.env.get_doctree(document.start), document.start)


def prune(tree: nodes.document, builder: PdfBuilder, document: PdfDocument) -> None:
    """Take out of *tree* what nothing refers to, and say where the rest is."""
    language = document.language or builder.config.language
    add_terms_and_works(tree, builder, document.start, language)
    say_once(tree, language)
    elsewhere = references_elsewhere(tree, builder, document.start)
    leave_out(elsewhere)
    said = words(language)
    if told := list(places_of(builder, document, said, elsewhere)):
        body = nodes.container("", *told, classes=["where-rest"])
        rest = nodes.section("", nodes.title("", said["rest"]), body, ids=["where-the-rest-is"])
        # It ends the chapter itself, whose last page has more room than that of the lists.
        page = tree.next_node(nodes.section)
        assert page is not None
        page += rest
    holder = next(each for each in tree.findall(nodes.section) if each["ids"] == [EXCERPTS])
    if len(holder) == 1:
        back = holder.parent.parent
        back.parent.remove(back)
