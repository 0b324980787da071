"""The workbook: the exercises of all pages with room to write, then hints, then answers.

It has the pages in the order of the reader's contents; those that ask nothing are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from courseware.pages.domain import course_domain
from courseware.pages.exercises.nodes import exercise_hint
from courseware.pages.exercises.workbook import Chapter, Places, Workbook
from courseware.typst.joined import ANSWERS, HINTS, SHORT_ANSWERS, book_part, page_number
from courseware.typst.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from courseware.typst.config import PdfDocument


def gather(builder: Builder, document: PdfDocument) -> Iterator[nodes.Element]:
    """Yield the chapters of the workbook *document*, and what stands behind them."""
    made = Workbook(builder, Places(HINTS, SHORT_ANSWERS, ANSWERS))
    chapters = list(made.chapters(pages_in_order(builder.env, document.start)))
    said = words(document.language or builder.config.language)
    yield _how(chapters, said)
    yield book_part(
        "",
        *(_page(chapter.docname, made.questions(chapter)) for chapter in chapters),
        role="chapters",
        caption="",
    )
    hints = [found for chapter in chapters if (found := made.hints(chapter)) is not None]
    behind = [_listing(HINTS, said["hints"], hints)] if hints else []
    short = [
        nodes.container("", made.short(chapter), classes=["workbook-part"]) for chapter in chapters
    ]
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


def _how(chapters: list[Chapter], said: Mapping[str, str]) -> nodes.container:
    """Return how the workbook is used, with the pages on which its parts begin."""
    places = dict.fromkeys((SHORT_ANSWERS, ANSWERS))
    if any(node.next_node(exercise_hint) for each in chapters for node in each.exercises):
        places = {HINTS: None, **places}
    lines = [nodes.paragraph("", said["how-try"])]
    for place in places:
        before, _, after = said[f"how-{place}"].partition("{page}")
        number = page_number("", "", refuri=f"%{place}#{place}")
        lines.append(nodes.paragraph("", "", nodes.Text(before), number, nodes.Text(after)))
    lines.append(nodes.paragraph("", said["how-codes"]))
    title = said["how-workbook"]
    return nodes.container("", nodes.rubric(title, title), *lines, classes=["workbook-how"])


def _page(docname: str, *children: nodes.Node) -> addnodes.start_of_file:
    return addnodes.start_of_file("", *children, docname=docname)


def _listing(
    docname: str, title: str, sections: Iterable[nodes.Element], look: str = "exercise-answers"
) -> nodes.Element:
    """Return what is set in columns under *title*, as if it were a page."""
    listed = nodes.container("", *sections, classes=[look])
    return _page(docname, nodes.section("", nodes.title(title, title), listed, ids=[docname]))
