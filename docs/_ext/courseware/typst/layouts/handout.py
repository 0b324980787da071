"""A handout: what a class needs of one chapter, on four pages that are two sheets of paper.

The parts are those that an author has written, in the order of a lesson: what is asked, what is
guessed, the figure, the statements to rate, the check, two questions to discuss. No answer stands
on it. The template decides how much of each part its page has room for, and says what is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging

from courseware.data.ledger import Strength
from courseware.data.problems import did_you_mean
from courseware.data.settings import BlockId
from courseware.pages.build import paragraph
from courseware.pages.exercises.nodes import exercise, exercise_answers
from courseware.pages.figures.nodes import figure_data, figure_data_link
from courseware.pages.nodes import (
    chapter_card,
    discussion_question,
    evidence_row,
    guess_room,
    ledger_cite,
)
from courseware.typst.elsewhere import (
    leave_out,
    place_of,
    places_of,
    references_elsewhere,
)
from courseware.typst.numbers import number_of
from courseware.typst.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.builders import Builder

    from courseware.typst.config import PdfDocument

logger = logging.getLogger(__name__)

#: How many questions there is time to discuss, and the tag of those that an author chooses.
QUESTIONS, CHOSEN = 2, "handout"
#: Columns of the evidence table: those that are printed, and those that are filled in.
PRINTED, EMPTY = 3, 2
# What has no use on a handout: references to the ledger, fields of a form, what answers.
_LEFT_OUT = (ledger_cite, guess_room, figure_data, figure_data_link, exercise, exercise_answers)


class handout_pages(nodes.container):  # noqa: N801  (docutils names nodes so)
    """All parts; ``place`` is what the chapter is called in the reader."""


class handout_part(nodes.section):  # noqa: N801
    """One part, with its heading: ``part`` (its name), ``level`` (of the heading), ``kicker``."""


class handout_item(nodes.container):  # noqa: N801
    """What the template takes or leaves as a whole."""


class handout_row(nodes.container):  # noqa: N801
    """An item that is a row of a table."""


class handout_cell(nodes.container):  # noqa: N801
    """What stands in a cell."""


def gather(builder: Builder, document: PdfDocument) -> Iterator[nodes.Element]:
    """Yield the parts of the page that *document* names."""
    yield addnodes.start_of_file("", Handout(builder, document).whole(), docname=document.start)


def prune(tree: nodes.document, builder: Builder, document: PdfDocument) -> None:
    """Make plain words of what leads out of the handout, and say where that is."""
    said = words(document.language or builder.config.language)
    elsewhere = references_elsewhere(tree, builder, document.start)
    leave_out(elsewhere)
    for part in tree.findall(handout_part):
        if part["part"] == "rest":
            told = places_of(builder, document, said, elsewhere)
            part += [handout_item("", each) for each in told]


class Handout:
    """The parts of the handout of one page."""

    def __init__(self, builder: Builder, document: PdfDocument) -> None:
        self.builder, self.document = builder, document
        self.doctree = builder.env.get_doctree(document.start)
        self.said = words(document.language or builder.config.language)
        self.printed: set[int] = set()  # the sections of which there is a part
        self.figures = list(self.doctree.findall(nodes.figure))
        for node in [each for each in self.doctree.findall() if isinstance(each, _LEFT_OUT)]:
            node.parent.remove(node)
        _write_notes_out(self.doctree)

    def whole(self) -> handout_pages:
        """Return all parts that the page has something for."""
        pages = handout_pages("", place=place_of(self.builder, self.said, self.document.start))
        pages.source, pages.line = str(self.builder.env.doc2path(self.document.start)), 1
        pages += self.title()
        for part in (
            self.block("question", BlockId.CENTRAL_QUESTION),
            self.block("summary", BlockId.PLAIN_SUMMARY),
            self.guesses(),
            self.figure(),
            self.terms(),
            self.evidence(),
            self.block("check", BlockId.SOURCE_CHECK),
            self.discussion(),
        ):
            pages += [part] if part is not None and len(part) > 1 else []
        pages += self.rest()
        return pages

    def title(self) -> handout_part:
        """Return the title of the page, and what this is."""
        page = self.doctree.next_node(nodes.section)
        title = _copies(page[0]) if page is not None else [nodes.Text(self.document.title)]
        number = self.builder.env.toc_secnumbers.get(self.document.start, {}).get("")
        chapter = f"{self.said['chapter']} {'.'.join(map(str, number))}" if number else ""
        kicker = " · ".join(filter(None, [chapter, self.said["handout"]]))
        ids = page["ids"] if page is not None else ["handout"]
        return _part("title", title, level=1, ids=ids, kicker=kicker)

    def section(self, block: BlockId) -> nodes.section | None:
        """Return the *block* of the chapter, if it has one."""
        for section in self.doctree.findall(nodes.section):
            if f"block-{block}" in section["classes"]:
                return section
        return None

    def block(self, name: str, block: BlockId) -> handout_part | None:
        """Return the part *name* with each paragraph of a *block* but its figures and tables."""
        body = self.body(block)
        others = [each for each in body if not isinstance(each, nodes.figure | nodes.table)]
        return self.part(name, block, [[each] for each in others])

    def part(
        self, name: str, block: BlockId, items: Iterable[Iterable[nodes.Node]]
    ) -> handout_part | None:
        """Return the part *name* with the heading of a *block* and with *items*."""
        section = self.section(block)
        if section is None:
            return None
        self.printed.add(id(section))
        part = _part(name, _copies(section[0]), ids=section["ids"])
        part += [handout_item("", *(_copy(each) for each in item)) for item in items]
        return part

    def body(self, block: BlockId) -> list[nodes.Element]:
        """Return what stands under the heading of a *block*."""
        section = self.section(block)
        return [] if section is None else [e for e in section[1:] if isinstance(e, nodes.Element)]

    # -- the parts that are not as they are in the chapter

    def guesses(self) -> handout_part | None:
        """Return the questions at which readers guess; what leads to them stands first."""
        body = self.body(BlockId.BEFORE_YOU_READ)
        lead = [each for each in body if isinstance(each, nodes.paragraph)]
        lists = [each for each in body if isinstance(each, nodes.enumerated_list)]
        asked = [item.children for each in lists for item in each]
        return self.part("guesses", BlockId.BEFORE_YOU_READ, [lead, *asked]) if asked else None

    def figure(self) -> handout_part | None:
        """Return the key figure: the one that the chapter's card names, or the first.

        Its picture is as large as there is room for.
        """
        card = self.doctree.next_node(chapter_card)
        named = card.get("figure", "") if card is not None else ""
        by_name = {
            each.removeprefix("figure-"): figure
            for figure in self.figures
            for each in figure["ids"]
        }
        if named and named not in by_name:
            hint = did_you_mean(named, by_name) or ""
            message = f"the chapter's card names the figure '{named}', which is not on this page"
            where = f"{card.source}:{card.line}" if card is not None else None
            logger.warning("%s", message + hint, location=where, type="courseware", subtype="typst")
        figure = by_name.get(named) or next(iter(self.figures), None)
        if figure is None:
            return None
        number = number_of(self.builder, self.document.start, figure["ids"], "figure")
        lead = nodes.strong("", f"{number}. " if number else "")
        caption = [part for each in figure.findall(nodes.caption) for part in _copies(each)]
        legend = [part for each in figure.findall(nodes.legend) for part in _copies(each)]
        pictures = nodes.container("", *figure.deepcopy().findall(nodes.image), ids=figure["ids"])
        for image in pictures.findall(nodes.image):
            for side in ("width", "height"):
                image.attributes.pop(side, None)
        said = handout_item("", paragraph(lead, nodes.strong("", "", *caption)), *legend)
        return handout_part("", pictures, said, part="figure", level=2)

    def terms(self) -> handout_part | None:
        """Return the key terms, each with its definition and without its sources."""
        body = self.body(BlockId.KEY_TERMS)
        items = [item for each in body for item in each.findall(nodes.definition_list_item)]
        return self.part("terms", BlockId.KEY_TERMS, [[_short(item)] for item in items])

    def evidence(self) -> handout_part | None:
        """Return the statements of the evidence table, whose ratings are for the class."""
        section = self.section(BlockId.EVIDENCE_TABLE)
        tables = [] if section is None else list(section.findall(nodes.table))
        table = next(iter(tables), None)
        rows = list(table.findall(evidence_row)) if table is not None else []
        if table is None or not rows:
            return None
        part = self.part("evidence", BlockId.EVIDENCE_TABLE, [])
        assert part is not None
        scale = ", ".join(strength.value for strength in Strength)
        part += handout_item("", paragraph(self.said["rate"].format(scale=scale)))
        head = next(iter(table.findall(nodes.thead)))
        part += handout_row("", *(_cell(entry) for entry in head.findall(nodes.entry)))
        for row in rows:
            _drop_statement(row)
            cells = [_cell(each) for each in row[:PRINTED] if isinstance(each, nodes.entry)]
            part += handout_row("", *cells, *(handout_cell() for _ in range(EMPTY)))
        return part

    def discussion(self) -> handout_part | None:
        """Return the questions that the author has chosen, or the first ones."""
        body = self.body(BlockId.DISCUSSION)
        questions = [each for each in body if isinstance(each, discussion_question)]
        chosen = [each for each in questions if CHOSEN in each.get("tags", ())] or questions
        asked = [
            [
                each
                for each in question.children
                if not isinstance(each, nodes.Element)
                or "discussion-purpose" not in each["classes"]
            ]
            for question in chosen[:QUESTIONS]
        ]
        return self.part("discussion", BlockId.DISCUSSION, asked)

    def rest(self) -> handout_part:
        """Return the last part, with the blocks of the chapter that are not here."""
        part = _part("rest", [nodes.Text(self.said["rest"])], ids=["where-the-rest-is"])
        page = self.doctree.next_node(nodes.section)
        sections = [each for each in page or [] if isinstance(each, nodes.section)]
        others = [s[0].astext() for s in sections if id(s) not in self.printed]
        if others:
            line = self.said["not-here"].format(blocks=", ".join(others))
            part += handout_item("", paragraph(line))
        return part


def _part(
    name: str,
    title: Iterable[nodes.Node],
    *items: nodes.Node,
    level: int = 2,
    ids: Iterable[str] = (),
    kicker: str = "",
) -> handout_part:
    heading = nodes.title("", "", *title)
    return handout_part("", heading, *items, part=name, level=level, ids=list(ids), kicker=kicker)


def _copy(node: nodes.Node) -> nodes.Node:
    return node.deepcopy()


def _copies(node: nodes.Node) -> list[nodes.Node]:
    return [child.deepcopy() for child in node.children]


def _cell(entry: nodes.entry) -> handout_cell:
    return handout_cell("", *_copies(entry))


def _short(item: nodes.definition_list_item) -> nodes.paragraph:
    """Return a key term with its definition in a paragraph, without the works it rests on."""
    item = item.deepcopy()
    for xref in list(item.findall(addnodes.pending_xref)):
        if xref.get("refdomain") == "cite":
            xref.parent.remove(xref)
        else:
            xref.replace_self(nodes.strong("", "", *xref.children))
    term, meaning = item[0], item[-1]
    assert isinstance(term, nodes.term)
    said = [child for each in meaning.findall(nodes.paragraph) for child in each.children]
    return paragraph(*term.children, ". ", *said)


def _drop_statement(row: evidence_row) -> None:
    """Take the code of the statement out of the *row*, and leave the page of the work."""
    for place in row.findall(nodes.inline):
        if "statement-place" in place["classes"]:
            words_ = "".join(e.astext() for e in place if isinstance(e, nodes.Text))
            place[:] = [nodes.Text(words_.replace(", )", ")"))]


def _write_notes_out(doctree: nodes.document) -> None:
    """Put each footnote into brackets where it is referred to: there is no foot to put it at."""
    notes = {name: note for note in doctree.findall(nodes.footnote) for name in note["ids"]}
    for reference in list(doctree.findall(nodes.footnote_reference)):
        note = notes.get(reference.get("refid", ""))
        said = (
            [] if note is None else [c for p in note.findall(nodes.paragraph) for c in _copies(p)]
        )
        reference.replace_self([nodes.Text(" ("), *said, nodes.Text(")")] if said else [])
