"""The workbook: the exercises of all pages with room to write, then hints, then answers.

It has the pages in the order of the reader's contents; those that ask nothing are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from courseware.pages.domain import course_domain
from courseware.pages.exercises.workbook import Places, Workbook
from courseware.typst.joined import ANSWERS, HINTS, SHORT_ANSWERS, book_part
from courseware.typst.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from courseware.typst.config import PdfDocument


def gather(builder: Builder, document: PdfDocument) -> Iterator[nodes.Element]:
    """Yield the chapters of the workbook *document*, and what stands behind them."""
    made = Workbook(builder, Places(HINTS, SHORT_ANSWERS, ANSWERS))
    chapters = list(made.chapters(pages_in_order(builder.env, document.start)))
    said = words(document.language or builder.config.language)
    yield book_part(
        "",
        *(_page(chapter.docname, made.questions(chapter)) for chapter in chapters),
        role="chapters",
        caption="",
    )
    hints = [found for chapter in chapters if (found := made.hints(chapter)) is not None]
    behind = [_listing(HINTS, said["hints"], hints)] if hints else []
    short = map(made.short, chapters)
    behind.append(_listing(SHORT_ANSWERS, said["answers-short"], short, "short-answers"))
    behind.append(_listing(ANSWERS, said["answers-explained"], map(made.explained, chapters)))
    yield book_part("", *behind, role="back", caption="")


def asks_anything(env: BuildEnvironment) -> bool:
    """Tell whether any page asks something, so that there is anything to print."""
    if "course" not in env.domains:
        return False
    return any(not shown.is_talk for shown in course_domain(env).exercises.values())


def pages_in_order(env: BuildEnvironment, start: str) -> Iterator[str]:
    """Yield *start* and the pages below it in the order of the contents, each once."""
    seen: set[str] = set()
    ahead = [start]
    while ahead:
        docname = ahead.pop()
        if docname not in seen:
            seen.add(docname)
            yield docname
            ahead += reversed(env.toctree_includes.get(docname, []))


def _page(docname: str, *children: nodes.Node) -> addnodes.start_of_file:
    return addnodes.start_of_file("", *children, docname=docname)


def _listing(
    docname: str, title: str, sections: Iterable[nodes.section], look: str = "exercise-answers"
) -> nodes.Element:
    """Return what is set in columns under *title*, as if it were a page."""
    listed = nodes.container("", *sections, classes=[look])
    return _page(docname, nodes.section("", nodes.title(title, title), listed, ids=[docname]))
