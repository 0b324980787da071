"""Find where a book's text names what its index has, and note each place as an index entry.

An entry that has aspects gets each place in the subentries of what is told there: by the sentence,
or where that does not say, by the paragraph.

The text is that of the chapters and of the pages behind them. Headings and captions do not count,
nor what lists or asks instead of telling: key terms, outcomes, exercises, the ledger, works cited.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from courseware.pages.exercises.nodes import exercise, exercise_answers
from courseware.pages.figures.nodes import figure_sources
from courseware.pages.nodes import chapter_card, course_list, held_back, ledger_cite
from courseware.pages.terms import matcher

from .looks import SKIPPED
from .writer import block_of

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


_SENTENCE_END = re.compile(r"[.?!:]\s|\n")


def note_mentions(
    parts: Iterable[nodes.Element], entries: Iterable[Heading], settings: GlossarySettings
) -> None:
    """Put an index entry before each place in *parts* that names one of *entries*."""
    entries = [entry for entry in entries if not entry.see]
    mentions = Mentions(
        matcher(entries, settings),
        {entry: matcher(entry.aspects, settings) for entry in entries if entry.aspects},
    )
    for part in parts:
        _note_in(part, mentions)


@dataclass(frozen=True)
class Mentions:
    """What finds the entries in a text, and the aspects of those that have some."""

    entries: Matcher[Heading]
    aspects: dict[Heading, Matcher[Heading]]

    def told(self, entry: Heading, text: str, at: int, paragraph: str) -> list[Heading]:
        """Return what is told of *entry*, named in *text* at *at*: its aspects, or itself."""
        if entry not in self.aspects:
            return [entry]
        start = max((end.end() for end in _SENTENCE_END.finditer(text, 0, at)), default=0)
        end = _SENTENCE_END.search(text, at)
        sentence = text[start : end.start() if end else len(text)]
        aspects = self.aspects[entry]
        return _all(aspects, sentence) or _all(aspects, paragraph) or [entry]


def _all(find: Matcher[Heading], text: str) -> list[Heading]:
    """Return what *find* finds in *text*, each once."""
    found: dict[Heading, None] = {}
    start = 0
    while hit := find.find(text, start):
        found[hit[1]] = None
        start = hit[0].end()
    return list(found)


def _note_in(node: nodes.Element, mentions: Mentions) -> None:
    """Divide the texts below *node* that tell something, and put their index entries there."""
    for at, child in reversed(list(enumerate(node.children))):
        if isinstance(child, nodes.Text):
            # By place: texts are equal by their words, and one may stand here twice.
            node[at : at + 1] = list(_divided(child, mentions))
        elif isinstance(child, nodes.Element) and not (
            isinstance(child, _CLOSED) or not _CLOSED_CLASSES.isdisjoint(child["classes"])
        ):
            _note_in(child, mentions)


def _divided(text: nodes.Text, mentions: Mentions) -> Iterator[nodes.Node]:
    """Yield *text* with an index entry before each of its mentions."""
    content, paragraph = text.astext(), block_of(text).astext()
    done = start = 0
    while found := mentions.entries.find(content, start):
        match, entry = found
        if match.start() > done:
            yield nodes.Text(content[done : match.start()])
        done, start = match.span()
        told = mentions.told(entry, content, match.start(), paragraph)
        yield addnodes.index(
            entries=[("single", "; ".join(each.path), "", "", None) for each in told]
        )
    yield nodes.Text(content[done:]) if done else text
