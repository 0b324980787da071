"""What a search can lead to: the places of a page, each with its kind and what it says.

A place is the smallest thing that has an address: a section, an entry of a list, a statement, a
close check, an exercise, a figure, a work. Read are the resolved doctrees, so that what stands on
no page (exercises for class, notes for teachers) cannot be found, and neither can answers, which a
reader is to find for himself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from textwrap import shorten
from typing import TYPE_CHECKING, Protocol

from docutils import nodes
from sphinx import addnodes

from courseware.pages.definitions import definitions
from courseware.pages.exercises.nodes import (
    answer_space,
    exercise,
    exercise_answer,
    exercise_answers,
    exercise_context,
    exercise_hint,
    exercise_index,
    exercise_option,
    exercise_progress,
    exercise_review,
    exercise_row,
    exercise_stem,
)
from courseware.pages.figures.nodes import figure_data, figure_sources
from courseware.pages.nodes import (
    chapter_card,
    chapter_list,
    discussion_question,
    evidence_row,
    guess_room,
    ledger_cite,
    rate_first,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: What is no text of the page: answers, copies, contents, and what leads elsewhere.
PASSED_OVER = (
    addnodes.index,
    addnodes.toctree,
    answer_space,
    chapter_card,
    chapter_list,
    definitions,
    exercise_answer,
    exercise_answers,
    exercise_hint,
    exercise_index,
    exercise_option,
    exercise_progress,
    exercise_review,
    figure_data,
    figure_sources,
    guess_room,
    ledger_cite,
    nodes.comment,
    nodes.image,
    nodes.raw,
    nodes.system_message,
    nodes.title,
    rate_first,
)
#: Classes of what says again what stands elsewhere, or says only where it stands.
PASSED_CLASSES = frozenset({"no-search", "letters", "term-facts", "note-facts", "pdf-offer"})


class Kind(Enum):
    """What a place is; the value is what readers see before it."""

    PAGE = "Page"
    CHAPTER = "Chapter"
    SECTION = "Section"
    TERM = "Term"
    ENTRY = "Entry"
    STATEMENT = "Statement"
    CHECK = "Check"
    EXERCISE = "Exercise"
    DISCUSSION = "Discussion question"
    FIGURE = "Figure"
    FOOTNOTE = "Footnote"
    SOURCE = "Source"


#: How much of a work's entry is kept, and what ends it: its address leads away.
SOURCE_CHARACTERS = 70
ADDRESS = re.compile(r"\b(?:URL|DOI|ISBN)\b")
#: Kinds of which all that they say is what one looks for.
WHOLE = frozenset({Kind.TERM, Kind.STATEMENT, Kind.FOOTNOTE})


@dataclass
class Place:
    """One place: ``anchor`` on the page ``docname`` (empty for its head), and what it says.

    ``label`` is what readers see before it. ``texts`` are its paragraphs, without those of places
    within it, and ``cites`` the ids of the statements that these rest on.
    """

    kind: Kind
    docname: str
    anchor: str
    title: str
    label: str = ""
    texts: list[str] = field(default_factory=list)
    cites: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.label = self.label or self.kind.value


def text_of(node: nodes.Node) -> str:
    """Return the words of *node* on one line, without what is passed over."""
    return " ".join("".join(_words(node)).split())


def _words(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Text):
        yield node.astext()
    elif not is_passed_over(node):
        apart = not isinstance(node, nodes.Inline | nodes.Text)
        if apart:
            yield " "
        for child in node.children:
            yield from _words(child)
        if apart:
            yield " "


def is_passed_over(node: nodes.Node) -> bool:
    """Tell whether a search does not look into *node*."""
    return isinstance(node, PASSED_OVER) or (
        isinstance(node, nodes.Element) and not PASSED_CLASSES.isdisjoint(node["classes"])
    )


def title_of(node: nodes.Element) -> str:
    """Return the words of the title, caption or term that stands in *node* itself."""
    for child in node.children:
        if isinstance(child, nodes.title | nodes.caption | nodes.term):
            parts = [part for part in child.children if not is_translation(part)]
            return " ".join("".join(word for part in parts for word in _words(part)).split())
    return ""


def is_translation(node: nodes.Node) -> bool:
    """Tell whether *node* is what a term is called in another language."""
    return isinstance(node, nodes.Element) and "translation" in node["classes"]


class Known(Protocol):
    """What the course knows of places, beyond what stands on their page."""

    def exercise_number(self, name: str) -> str:
        """Return the number of the exercise *name*; empty where it has none."""

    def figure_number(self, docname: str, anchor: str) -> str:
        """Return the number of the figure at *anchor* on the page *docname*; empty without one."""

    def tested_by(self, docname: str, anchor: str) -> Sequence[str] | None:
        """Return the ids of the statements that the close check at *anchor* tests.

        None where the section at *anchor* on the page *docname* is no close check.
        """

    def category(self, name: str) -> str:
        """Return what sort of thing the glossary says that *name* is; empty if it says nothing."""


def read_places(
    document: nodes.document, docname: str, known: Known, *, chapter: bool
) -> list[Place]:
    """Return the places of the page *docname*, a *chapter* or another, from its top."""
    reader = _Reader(docname, Kind.CHAPTER if chapter else Kind.PAGE, known)
    # What stands before the first title belongs to the page.
    reader.read_all(document, Place(reader.head, docname, "", ""))
    return reader.places


class _Reader:
    """Reads the places of one page, whose first section is of the kind *head*."""

    def __init__(self, docname: str, head: Kind, known: Known) -> None:
        self.docname, self.head, self.known = docname, head, known
        self.places: list[Place] = []

    def note(self, kind: Kind, anchor: str, title: str, number: str = "") -> Place:
        """Note a place, whose title begins with the *number* if there is one, and return it."""
        named = {Kind.TERM, Kind.ENTRY, Kind.SECTION}
        label = self.known.category(title) if kind in named else ""
        self.places.append(Place(kind, self.docname, anchor, f"{number} {title}".strip(), label))
        return self.places[-1]

    def read_all(self, node: nodes.Element, into: Place) -> None:
        """Read what stands in *node*, for the place *into*."""
        for child in node.children:
            if isinstance(child, nodes.Element) and not is_passed_over(child):
                self.read(child, into)

    def read(self, node: nodes.Element, into: Place) -> None:
        """Read *node*, which stands in the place *into*."""
        anchor = next(iter(node["ids"]), "")
        match node:
            case exercise() | discussion_question():
                self.read_exercise(node)
            case nodes.section():
                self.read_section(node, anchor)
            case nodes.figure() if anchor:
                number = self.known.figure_number(self.docname, anchor)
                legends = [text_of(legend) for legend in node.findall(nodes.legend)]
                self.note(Kind.FIGURE, anchor, title_of(node), number).texts += legends
            case nodes.list_item() if node.get("statement"):
                self.read_statement(node)
            case nodes.list_item() if anchor and "bibliography" in node.parent["classes"]:
                self.read_work(node, anchor)
            case nodes.definition_list_item() if anchor := anchor_of_entry(node):
                self.read_entry(node, anchor)
            case nodes.TextElement() | nodes.row():
                into.texts += filter(None, [text_of(node)])
                into.cites += statements_in(node)
            case _:
                self.read_all(node, into)

    def read_section(self, node: nodes.Element, anchor: str) -> None:
        """Note a section; the first one is the page, and needs no address on it."""
        if not self.places:
            kind, anchor = self.head, ""
        else:
            kind = Kind.SECTION
        tested = self.known.tested_by(self.docname, anchor)
        made = self.note(Kind.CHECK if tested is not None else kind, anchor, title_of(node))
        made.cites += tested or ()
        self.read_all(node, made)

    def read_exercise(self, node: nodes.Element) -> None:
        """Note an exercise or a discussion question, without its answer."""
        if node.get("review"):
            return
        kind = Kind.EXERCISE if isinstance(node, exercise) else Kind.DISCUSSION
        number = self.known.exercise_number(node["exercise"])
        made = self.note(kind, node["ids"][0], node["plain_title"], number)
        asked = (exercise_context, exercise_stem, exercise_option, exercise_row)
        for part in node.findall(nodes.Element):
            if isinstance(part, asked) or (part.parent is node and kind is Kind.DISCUSSION):
                made.texts += filter(None, [text_of(part)])

    def read_work(self, node: nodes.Element, anchor: str) -> None:
        """Note a work: who wrote it, when, and its title, with which entries begin."""
        text = ADDRESS.split(text_of(node))[0].strip()
        title = shorten(text, SOURCE_CHARACTERS, placeholder="\u2026")
        self.note(Kind.SOURCE, anchor, title)

    def read_statement(self, node: nodes.Element) -> None:
        """Note a statement of the ledger: its first paragraph has its id and what it says."""
        name = node["statement"]
        words = node.next_node(nodes.paragraph)
        text = text_of(words) if words is not None else ""
        self.note(Kind.STATEMENT, node["ids"][0], name).texts.append(
            text.removeprefix(name).strip()
        )

    def read_entry(self, node: nodes.Element, anchor: str) -> None:
        """Note an entry of a glossary, or of another list whose entries have addresses."""
        kind = Kind.ENTRY
        if isinstance(node.parent.parent, addnodes.glossary):
            kind = Kind.TERM
        elif "work-footnotes" in node.parent["classes"]:
            kind = Kind.FOOTNOTE
        made = self.note(kind, anchor, title_of(node))
        made.texts += [f"{text_of(each)}." for each in node.findall(is_translation)]
        for definition in node.findall(nodes.definition):
            made.texts += filter(None, [text_of(each) for each in definition.children])
            made.cites += statements_in(definition)


def statements_in(node: nodes.Element) -> Iterator[str]:
    """Yield the ids of the statements that *node* cites."""
    for each in node.findall(nodes.Element):
        if isinstance(each, ledger_cite | evidence_row):
            yield from each["statements"]


def anchor_of_entry(node: nodes.definition_list_item) -> str:
    """Return the id of an entry; empty where it has none."""
    term = node.next_node(nodes.term)
    return next(iter([*node["ids"], *(term["ids"] if term is not None else [])]), "")
