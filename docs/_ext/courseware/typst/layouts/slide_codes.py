"""Where the codes on slides lead: the last slide says on which page of the course they are.

``C4`` or ``L12`` in a reason tells a class nothing without it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from docutils import nodes

from courseware.data.ledger import NOTE, STATEMENT
from courseware.pages.domain import course_domain
from courseware.typst.elsewhere import named_elsewhere, references_elsewhere
from courseware.typst.joined import has_course
from courseware.typst.words import words

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from courseware.typst.config import PdfDocument

#: The class of the paragraph that is to tell it, which is empty until links are resolved.
ELSEWHERE = "slide-elsewhere"
# The code of a statement of the ledger, or of a close check.
_CODE = re.compile(rf"\b(?:{STATEMENT}|{NOTE})\b")


def tell_codes(tree: nodes.document, builder: Builder, document: PdfDocument) -> None:
    """Say at the end of *tree*, whose links are resolved, where the codes on its slides lead."""
    said = words(document.language or builder.config.language)
    codes = _codes_in(tree, builder, document.start)
    for docname, found in references_elsewhere(tree, builder, document.start).items():
        # What is in this chapter is where the slide says that the whole chapter is.
        if docname != document.start:
            codes[docname] += [each for each in found if not _CODE.search(each.astext())]
    named = named_elsewhere(builder, said, {name: each for name, each in codes.items() if each})
    books = (each.get("layout", "book") == "book" for each in builder.config.typst_documents)
    told = " ".join(filter(None, (named, said["in-reader"] if named and any(books) else "")))
    places = [each for each in tree.findall(nodes.paragraph) if ELSEWHERE in each["classes"]]
    for place in places:
        part = place.parent
        if told:
            place.append(nodes.Text(told))
        else:
            part.parent.remove(part)


def _codes_in(
    tree: nodes.document, builder: Builder, start: str
) -> dict[str, list[nodes.reference]]:
    """Return the codes of statements and close checks that *tree* says, by the page that has them.

    Most are plain words: exercises name the close checks that they rest on.
    """
    said = set(_CODE.findall(" ".join(each.astext() for each in tree.findall(nodes.Text))))
    found: dict[str, list[nodes.reference]] = defaultdict(list)
    places = course_domain(builder.env).targets.items() if has_course(builder) else ()
    for _, code, page in sorted((len(code), code, page) for (_, code), (page, _) in places):
        if code in said and page != start:
            found[page].append(nodes.reference("", code))
    return found
