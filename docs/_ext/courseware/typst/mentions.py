"""Find where a book's text names what its index has, and note each place as an index entry.

The text is that of the chapters and of the pages behind them. Headings and captions do not count,
nor what lists or asks instead of telling: key terms, outcomes, exercises, the ledger, works cited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from courseware.pages.exercises.nodes import exercise, exercise_answers
from courseware.pages.figures.nodes import figure_sources
from courseware.pages.nodes import chapter_card, course_list, held_back, ledger_cite
from courseware.pages.terms import matcher

from .looks import SKIPPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from courseware.data.bookindex import Heading
    from courseware.data.settings import GlossarySettings
    from courseware.pages.terms import Matcher

# The head of a table is printed anew on each page, and a caption in lists.
_CLOSED = (
    nodes.title,
    nodes.caption,
    nodes.thead,
    nodes.term,
    nodes.literal,
    nodes.citation,
    nodes.raw,
    addnodes.glossary,
    chapter_card,
    course_list,
    exercise,
    exercise_answers,
    figure_sources,
    held_back,
    ledger_cite,
)
_CLOSED_CLASSES = frozenset(
    {
        *SKIPPED,
        "ledger-list",
        "bibliography",
        "exercise-print",
        "exercise-answers",
        "exercise-answer-print",
    }
)


def note_mentions(
    parts: Iterable[nodes.Element], entries: Iterable[Heading], settings: GlossarySettings
) -> None:
    """Put an index entry before each place in *parts* that names one of *entries*."""
    find = matcher([entry for entry in entries if not entry.see], settings)
    for part in parts:
        _note_in(part, find)


def _note_in(node: nodes.Element, find: Matcher[Heading]) -> None:
    """Divide the texts below *node* that tell something, and put their index entries there."""
    for at, child in reversed(list(enumerate(node.children))):
        if isinstance(child, nodes.Text):
            # By place: texts are equal by their words, and one may stand here twice.
            node[at : at + 1] = list(_divided(child, find))
        elif isinstance(child, nodes.Element) and not (
            isinstance(child, _CLOSED) or not _CLOSED_CLASSES.isdisjoint(child["classes"])
        ):
            _note_in(child, find)


def _divided(text: nodes.Text, find: Matcher[Heading]) -> Iterator[nodes.Node]:
    """Yield *text* with an index entry before each of its mentions."""
    content = text.astext()
    done = start = 0
    while found := find.find(content, start):
        match, entry = found
        if match.start() > done:
            yield nodes.Text(content[done : match.start()])
        done, start = match.span()
        yield addnodes.index(entries=[("single", "; ".join(entry.path), "", "", None)])
    yield nodes.Text(content[done:]) if done else text
