"""A handout: what a class needs of one chapter, on four pages that are two sheets of paper.

The parts are those that an author has written, in the order of a lesson: what is asked, what is
guessed, the terms; overleaf, so that it gives no guess away, the summary, with the figure; the
statements to rate; the check, two questions to discuss. No answer stands on it. The template
decides how much of each part its page has room for, and says what is left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging

from courseware.data.ledger import Strength
from courseware.data.problems import did_you_mean
from courseware.data.settings import BlockId
from courseware.pages.build import paragraph
from courseware.pages.directives.evidence import NONE_GIVEN
from courseware.pages.domain import course_domain
from courseware.pages.exercises.nodes import exercise, exercise_answers
from courseware.pages.figures.nodes import figure_data, figure_sources
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
from courseware.typst.figuresources import sources_in_short
from courseware.typst.meanings import kinds_by_name, meanings, name_of
from courseware.typst.numbers import number_of
from courseware.typst.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sphinx.builders import Builder

    from courseware.typst.config import PdfDocument

logger = logging.getLogger(__name__)

#: How many questions there is time to discuss, and the tag of those that an author chooses.
QUESTIONS, CHOSEN = 2, "handout"
#: How many statements there is time to rate.
RATED = 4
#: How the minutes of a lesson are shared, beside those for discussion: to guess and to weigh takes
#: longest. The figure is looked at with the summary above it.
SHARES = {"guesses": 4, "terms": 2, "summary": 4, "evidence": 8, "check": 6}
#: Columns of the evidence table: its source stands below the statement.
STATEMENT, KIND, SOURCE = range(3)
#: What of a chapter is on its handout; the figure is of any block.
ON_IT = frozenset(
    {
        BlockId.CENTRAL_QUESTION,
        BlockId.BEFORE_YOU_READ,
        BlockId.KEY_TERMS,
        BlockId.PLAIN_SUMMARY,
        BlockId.EVIDENCE_TABLE,
        BlockId.SOURCE_CHECK,
        BlockId.DISCUSSION,
    }
)
_SENTENCE_ENDS = re.compile(r"[.?!:][)\]\u201d\u2019\"']*\s*$")
# What has no use on a handout: references to the ledger, fields of a form, what answers.
_LEFT_OUT = (ledger_cite, guess_room, figure_data, exercise, exercise_answers)


class handout_pages(nodes.container):  # noqa: N801  (docutils names nodes so)
    """All parts; ``place`` is what the chapter is called in the reader."""


class handout_part(nodes.section):  # noqa: N801
    """One part, with its heading: ``part`` (its name), ``level`` (of the heading), ``kicker``.

    ``stops`` holds the numbers of items after which it may end; without it, it may end after each.
    ``numbers`` are those of its questions in the course.
    ``tables`` tells of each item whether it is a table, ``minutes`` how long a class is at it.
    """


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
        self.key = self.key_figure()
        card = self.doctree.next_node(chapter_card)
        self.lesson = int(card["class_"]) if card is not None else 0  # in minutes
        for node in [each for each in self.doctree.findall() if isinstance(each, _LEFT_OUT)]:
            node.parent.remove(node)
        _write_notes_out(self.doctree)

    def whole(self) -> handout_pages:
        """Return all parts that the page has something for."""
        pages = handout_pages("", place=place_of(self.builder, self.said, self.document.start))
        pages.source, pages.line = str(self.builder.env.doc2path(self.document.start)), 1
        pages += self.title()
        found = (
            self.block("question", BlockId.CENTRAL_QUESTION),
            self.guesses(),
            self.terms(),
            self.block("summary", BlockId.PLAIN_SUMMARY),
            self.figure(),
            self.evidence(),
            self.check(),
            self.discussion(),
        )
        parts = [part for part in found if part is not None and len(part) > 1]
        self.tell_minutes(parts)
        pages += parts
        pages += self.rest()
        return pages

    def title(self) -> handout_part:
        """Return the title of the page, what this is, and for how long a lesson."""
        page = self.doctree.next_node(nodes.section)
        title = _copies(page[0]) if page is not None else [nodes.Text(self.document.title)]
        number = self.builder.env.toc_secnumbers.get(self.document.start, {}).get("")
        chapter = f"{self.said['chapter']} {'.'.join(map(str, number))}" if number else ""
        minutes = self.said["class-minutes"].format(minutes=self.lesson) if self.lesson else ""
        kicker = " · ".join(filter(None, [chapter, self.said["handout"], minutes]))
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

    def tell_minutes(self, parts: Iterable[handout_part]) -> None:
        """Say of each of *parts* how long a class is at it: together as long as the lesson.

        Questions for discussion take what the bank says; the other parts share the rest.
        """
        by_name = {part["part"]: part for part in parts}
        talk = sum(each["minutes"] for each in self.chosen()) if "discussion" in by_name else 0
        given = shared(self.lesson - talk, {n: SHARES[n] for n in by_name if n in SHARES})
        if talk:
            given["discussion"] = talk
        for name, minutes in given.items():
            by_name[name]["minutes"] = self.said["part-minutes"].format(minutes=minutes)

    # -- the parts that are not as they are in the chapter

    def guesses(self) -> handout_part | None:
        """Return the questions at which readers guess; what leads to them stands first.

        A sentence that sends readers to a block that is not here gives way to one of ours.
        """
        body = self.body(BlockId.BEFORE_YOU_READ)
        leads = [each for each in body if isinstance(each, nodes.paragraph)]
        absent = [title.casefold() for title in self.absent(lambda s: _is_block(s, ON_IT))]

        def leads_away(line: list[nodes.Node]) -> bool:
            words = "".join(each.astext() for each in line).casefold()
            return any(title in words for title in absent)

        lead = [short for each in leads if (short := _without(each, leads_away)) is not None]
        if [each.astext() for each in lead] != [each.astext() for each in leads]:
            lead.append(paragraph(self.said["guess"]))
        lists = [each for each in body if isinstance(each, nodes.enumerated_list)]
        asked = [item.children for each in lists for item in each]
        return self.part("guesses", BlockId.BEFORE_YOU_READ, [lead, *asked]) if asked else None

    def check(self) -> handout_part | None:
        """Return the source check: what stands beside a table goes with it, or not at all.

        A sentence that sends readers to a figure that is not here is left out.
        """
        here = set(self.key["ids"]) if self.key is not None else set()

        def leads_away(line: list[nodes.Node]) -> bool:
            return any(
                xref["reftype"] == "numref" and nodes.make_id(xref["reftarget"]) not in here
                for each in line
                if isinstance(each, nodes.Element)
                for xref in each.findall(addnodes.pending_xref)
            )

        body = [e for e in self.body(BlockId.SOURCE_CHECK) if not isinstance(e, nodes.figure)]
        short = [_without(e, leads_away) if isinstance(e, nodes.paragraph) else e for e in body]
        kept = [each for each in short if each is not None]
        part = self.part("check", BlockId.SOURCE_CHECK, [[each] for each in kept])
        if part is not None:
            part["tables"] = tables = [isinstance(each, nodes.table) for each in kept]
            # Nothing ends just before a table, or just after one.
            part["stops"] = [
                at
                for at in range(1, len(kept) + 1)
                if at == len(kept) or not any(tables[at - 1 : at + 1])
            ]
        return part

    def key_figure(self) -> nodes.figure | None:
        """Return the figure that the chapter's card names, or the first; None where none is."""
        figures = list(self.doctree.findall(nodes.figure))
        card = self.doctree.next_node(chapter_card)
        named = card.get("figure", "") if card is not None else ""
        by_name = {
            each.removeprefix("figure-"): figure for figure in figures for each in figure["ids"]
        }
        if named and named not in by_name:
            hint = did_you_mean(named, by_name) or ""
            message = f"the chapter's card names the figure '{named}', which is not on this page"
            where = f"{card.source}:{card.line}" if card is not None else None
            logger.warning("%s", message + hint, location=where, type="courseware", subtype="typst")
        return by_name.get(named) or next(iter(figures), None)

    def figure(self) -> handout_part | None:
        """Return the key figure, whose picture is as large as there is room for."""
        figure = self.key
        if figure is None:
            return None
        number = number_of(self.builder, self.document.start, figure["ids"], "figure")
        lead = nodes.strong("", f"{number}. " if number else "")
        caption = [part for each in figure.findall(nodes.caption) for part in _copies(each)]
        legend = [part for each in figure.findall(nodes.legend) for part in _copies(each)]
        for sources in [each for part in legend for each in part.findall(figure_sources)]:
            legend.remove(sources)
        if told := sources_in_short(self.builder.env, figure, self.document.start):
            legend.append(paragraph(f"{self.said['source']} ", *told))
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
        part += handout_item("", *self.how_to_rate(rows))
        heads = list(next(iter(table.findall(nodes.thead))).findall(nodes.entry))
        del heads[SOURCE]
        part += handout_row("", *(_cell(entry) for entry in heads))
        for row in rows:
            drop_statement(row)
            entries = [each for each in row if isinstance(each, nodes.entry)]
            cells = [_cell(entry) for entry in entries[: SOURCE + 1]]
            given = [each for p in cells[SOURCE].findall(nodes.paragraph) for each in _copies(p)]
            if cells[SOURCE].astext() != NONE_GIVEN:
                source = [nodes.Text(f"{self.said['source']} "), *given]
                cells[STATEMENT] += paragraph(*source, classes=["exercise-source"])
            rating = handout_cell("", paragraph(" ".join(_letters())))
            part += handout_row("", cells[STATEMENT], cells[KIND], rating, handout_cell())
        return part

    def how_to_rate(self, rows: Sequence[nodes.Element]) -> Iterator[nodes.paragraph]:
        """Yield what is to be done with the statements of *rows*, and what the scales mean.

        The meanings are those of the first page that defines them all.
        """
        scale = ", ".join(f"{letter} {value}" for letter, value in _letters().items())
        strengths = meanings(self.builder, list(_letters().values()))
        some = "rate-some" if len(rows) > RATED else "rate"
        told = [self.said[some].format(scale=scale)]
        if any(row.children[SOURCE].astext() == NONE_GIVEN for row in rows):
            told.append(self.said["no-source"])
        yield paragraph(" ".join(told))
        for found in (strengths, meanings(self.builder, list(kinds_by_name(self.builder)))):
            line = paragraph()
            for where, item in found:
                name = nodes.strong("", name_of(item).capitalize())
                meaning = next(item.findall(nodes.paragraph)).deepcopy()
                for xref in meaning.findall(addnodes.pending_xref):
                    xref.setdefault("refdoc", where)
                line += [nodes.Text(" ")] * bool(len(line)) + [name, nodes.Text(": "), *meaning]
            if found:
                yield line

    def discussion(self) -> handout_part | None:
        """Return the questions that the author has chosen, or the first ones."""
        asked = [
            [
                each
                for each in question.children
                if not isinstance(each, nodes.Element)
                or "discussion-purpose" not in each["classes"]
            ]
            for question in self.chosen()
        ]
        part = self.part("discussion", BlockId.DISCUSSION, asked)
        if part is not None:
            domain = course_domain(self.builder.env)
            numbers = [domain.exercise_number(each["exercise"]) for each in self.chosen()]
            part["numbers"] = [each for each in numbers if each]
        return part

    def chosen(self) -> list[discussion_question]:
        """Return the questions that there is time to discuss."""
        body = self.body(BlockId.DISCUSSION)
        questions = [each for each in body if isinstance(each, discussion_question)]
        chosen = [each for each in questions if CHOSEN in each.get("tags", ())] or questions
        return chosen[:QUESTIONS]

    def rest(self) -> handout_part:
        """Return the last part, with the blocks of the chapter that are not here."""
        part = _part("rest", [nodes.Text(self.said["rest"])], ids=["where-the-rest-is"])
        if others := self.absent(lambda section: id(section) in self.printed):
            line = self.said["not-here"].format(blocks=", ".join(others))
            part += handout_item("", paragraph(line))
        return part

    def absent(self, is_here: Callable[[nodes.section], bool]) -> list[str]:
        """Return the titles of the sections of the page that are not here."""
        page = self.doctree.next_node(nodes.section)
        sections = [each for each in page or [] if isinstance(each, nodes.section)]
        return [section[0].astext() for section in sections if not is_here(section)]


def shared(minutes: int, shares: Mapping[str, int]) -> dict[str, int]:
    """Return whole *minutes* by *shares*, which add up to them; none where there are too few.

    What rounding leaves over goes where it took most.
    """
    whole = sum(shares.values())
    if minutes < whole / 2 or not whole:
        return {}
    given = {name: minutes * share // whole for name, share in shares.items()}
    short = sorted(shares, key=lambda name: -(minutes * shares[name] % whole))
    for name in short[: minutes - sum(given.values())]:
        given[name] += 1
    return given


def _is_block(section: nodes.section, blocks: Iterable[BlockId]) -> bool:
    return not {f"block-{block}" for block in blocks}.isdisjoint(section["classes"])


def _letters() -> dict[str, str]:
    """Return the words of the scale by the letters that stand for them."""
    return {strength.value[0].upper(): strength.value for strength in Strength}


def _without(
    said: nodes.paragraph, leads_away: Callable[[list[nodes.Node]], bool]
) -> nodes.paragraph | None:
    """Return *said* without the sentences that lead away; None where nothing is left.

    A sentence is known where it has a line, or lines, of the source to itself; others stay.
    """
    lines: list[list[nodes.Node]] = [[]]
    for child in said.children:
        if not isinstance(child, nodes.Text):
            lines[-1].append(child)
            continue
        first, *others = child.astext().split("\n")
        lines[-1].append(nodes.Text(first))
        lines += [[nodes.Text(each)] for each in others]
    sentences: list[list[nodes.Node]] = []
    ended = True
    for line in lines:
        if ended:
            sentences.append(line)
        else:
            sentences[-1] += [nodes.Text("\n"), *line]
        ended = bool(_SENTENCE_ENDS.search("".join(each.astext() for each in line)))
    kept = [sentence for sentence in sentences if not leads_away(sentence)]
    if len(kept) == len(sentences):
        return said
    parts = [[nodes.Text("\n")] * bool(at) + each for at, each in enumerate(kept)]
    words = [_copy(node) for part in parts for node in part]
    return paragraph(*words) if words else None


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


def drop_statement(row: evidence_row) -> None:
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
