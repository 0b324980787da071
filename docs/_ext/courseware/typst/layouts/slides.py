"""Slides of one page of the course for a class: its questions, its key figure, and the answers.

What the page asks stands alone on a slide; the answer to an exercise waits on the next one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from courseware.bank.traits import is_marked
from courseware.data.ledger import Strength
from courseware.data.settings import BlockId
from courseware.pages.build import paragraph
from courseware.pages.domain import course_domain, number_words
from courseware.pages.exercises.nodes import exercise, exercise_title, kind_of
from courseware.pages.exercises.printed import copies, part
from courseware.pages.nodes import (
    discussion_question,
    evidence_row,
    guess_room,
    guess_sides,
    guesses_found,
    ledger_cite,
)
from courseware.typst.drawings import read_drawing
from courseware.typst.elsewhere import address_of
from courseware.typst.figuresources import sources_in_short
from courseware.typst.joined import page_number
from courseware.typst.numbers import number_of
from courseware.typst.words import words

from .handout import KIND, drop_statement
from .slide_codes import ELSEWHERE
from .slide_exercises import SlideExercise
from .slide_figures import (
    ENOUGH,
    LEAST,
    ROOM,
    caption_of,
    key_figure,
    light_picture,
    look_of,
    said_of,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.builders import Builder

    from courseware.typst.config import PdfDocument

# What a slide has no use for: references to the work in the margin, room to write.
_LEFT_OUT = (ledger_cite, guess_room, addnodes.index)
# How many exercises the slide lists that tells of them.
_LISTED = 20


def gather(builder: Builder, document: PdfDocument) -> Iterator[nodes.Element]:
    """Yield the slides of the page that *document* names."""
    deck = Deck(builder, document)
    yield addnodes.start_of_file("", deck.whole(), *deck.footnotes(), docname=document.start)


def slide(
    title: Iterable[nodes.Node], *parts: Iterable[nodes.Node], look: str = "slide"
) -> nodes.section:
    """Return a slide with a *title* and *parts*, each of which stays whole."""
    result = nodes.section("", nodes.title("", "", *title), classes=[look])
    result += [
        nodes.container("", *nodes_, classes=["slide-part"])
        for each in parts
        if (nodes_ := list(each))
    ]
    return result


class Deck:
    """The slides of one page, in order."""

    def __init__(self, builder: Builder, document: PdfDocument) -> None:
        self.builder, self.env, self.document = builder, builder.env, document
        self.docname = document.start
        self.doctree = builder.env.get_doctree(document.start)
        for node in [each for each in self.doctree.findall() if isinstance(each, _LEFT_OUT)]:
            _take_out(node)
        self.said = words(document.language or builder.config.language)
        self.printed = SlideExercise(builder.format, self.said)

    def footnotes(self) -> list[nodes.footnote]:
        """Return the footnotes of the page: those that a slide refers to stand on it."""
        return list(self.doctree.findall(nodes.footnote))

    def whole(self) -> nodes.section:
        """Return all slides, below the title of the page."""
        page = self.doctree.next_node(nodes.section)
        title = self.document.title
        heading = title_of(page) if page is not None else [nodes.Text(title)]
        ids = list(page["ids"]) if page is not None else ["slides"]
        document = self.document
        lines = (document.edition, document.author, document.licence)
        told = [paragraph(each) for each in lines if each]
        result = nodes.section("", nodes.title("", "", *heading), ids=ids)
        if told:
            result += nodes.container("", *told, classes=["slide-opening"])
        for slides in (
            self.central_question(),
            self.guesses(),
            self.figure(),
            self.listed(),
            self.exercises(),
            self.evidence(),
            self.discussion(),
            self.findings(),
            self.summary(),
            self.key_points(),
            self.end(),
        ):
            result += list(slides)
        return result

    def block(self, name: BlockId) -> nodes.section | None:
        """Return the block *name* of the chapter, if it has one."""
        for section in self.doctree.findall(nodes.section):
            if f"block-{name}" in section["classes"]:
                return section
        return None

    # -- before reading

    def central_question(self) -> Iterator[nodes.section]:
        """Yield the question of the chapter."""
        if (block := self.block(BlockId.CENTRAL_QUESTION)) is not None:
            yield slide(title_of(block), _copies(block[1:]), look="slide-central")

    def guesses(self) -> Iterator[nodes.section]:
        """Yield a slide for each guess; what leads to them stands on the first."""
        block, asked = self.block(BlockId.BEFORE_YOU_READ), self.asked()
        if block is None or not asked:
            return
        told = [each for each in block.children if isinstance(each, nodes.paragraph)]
        lead = [paragraph(*copies(each), classes=["slide-small"]) for each in told]
        for at, item in enumerate(asked, 1):
            title = [*title_of(block), nodes.Text(f" ({at} {self.said['of']} {len(asked)})")]
            yield slide(title, _copies(item.children), lead if at == 1 else [], look="slide-claim")

    def asked(self) -> list[nodes.Element]:
        """Return the questions at which readers guess."""
        block = self.block(BlockId.BEFORE_YOU_READ)
        listed = None if block is None else block.next_node(nodes.enumerated_list)
        return [] if listed is None else list(listed.findall(nodes.list_item))

    # -- the figure

    def figure(self) -> Iterator[nodes.section]:
        """Yield the key figure, in parts where its letters would be too small, and its words."""
        figure = key_figure(self.doctree)
        picture = None if figure is None else light_picture(figure)
        if figure is None or picture is None:
            return
        number = number_of(self.builder, self.docname, figure["ids"], "figure") or ""
        title = [nodes.Text(f"{number}. " if number else ""), *caption_of(figure)]
        drawing = read_drawing(self.builder.srcdir / picture["uri"])
        parts = drawing.parts(ROOM, LEAST, ENOUGH, headed=True) if drawing else [(0.0, 1.0)]
        beside = []
        if sources := sources_in_short(self.env, figure, self.docname):
            beside.append(paragraph(f"{self.said['source']} ", *sources))
        alt = picture.get("alt", "")
        if len(parts) == 1:
            whole = shown(figure, picture, (0.0, 1.0), alt)
            yield slide(title, [whole], *([each] for each in beside), look="slide-figure")
            beside = []
        for at, each in enumerate(parts if len(parts) > 1 else [], 1):
            name = f"{number} ({at} {self.said['of']} {len(parts)})".strip()
            # The first part is described for all.
            about = alt if at == 1 else f"{name}. {self.said['slide-part']}"
            head = drawing.head / drawing.height if drawing and at > 1 else 0.0
            title = [nodes.Text(f"{name}. "), *caption_of(figure)]
            one = shown(figure, picture, each, about, head)
            yield slide(title, [one], look=look_of(drawing, each))
        for line in beside:
            line["classes"].append("slide-small")
        if said := [*said_of(figure), *beside]:
            name = f"{self.said['slide-reading']} {number}".strip()
            yield slide([nodes.Text(name)], *([each] for each in said))

    # -- questions

    def asked_once(self) -> list[exercise]:
        """Return the exercises of the page, each once."""
        found: dict[str, exercise] = {}
        for node in self.doctree.findall(exercise):
            found.setdefault(node["exercise"], node)
        return list(found.values())

    def listed(self) -> Iterator[nodes.section]:
        """Yield a slide that lists the exercises, of which a class may do some."""
        items = []
        for node in self.asked_once():
            number = nodes.strong("", course_domain(self.env).exercise_number(node["exercise"]))
            there = page_number(refid=_name_of(node), internal=True)
            title = copies(part(node, exercise_title))
            items.append(paragraph(number, " ", *title, nodes.Text("\u00a0\u00a0"), there))
        for start in range(0, len(items), _LISTED):
            shown = items[start : start + _LISTED]
            half = (len(shown) + 1) // 2
            sides = (
                nodes.bullet_list(
                    "", *(nodes.list_item("", each) for each in side), classes=["slide-marked"]
                )
                for side in (shown[:half], shown[half:])
                if side
            )
            held = (nodes.container("", side, classes=["exercise-side"]) for side in sides)
            both = nodes.container("", *held, classes=["exercise-sides"])
            yield slide([nodes.Text(self.said["slide-index"])], [both])

    def exercises(self) -> Iterator[nodes.section]:
        """Yield two slides for each exercise: the question, and the answer with its reason."""
        for node in self.asked_once():
            name = number_words(course_domain(self.env).exercise_number(node["exercise"]))
            title = copies(part(node, exercise_title))
            asked = list(self.printed.question(node))
            context = [each for each in asked if _looks(each, "exercise-context")]
            question = [each for each in asked if each not in context]
            # A context that gets a slide to itself says below what is asked about it.
            stem = [each for each in question if context and _looks(each, "exercise-stem")]
            parts = context, question, _copies(stem)
            asked_on = slide([nodes.Text(f"{name}: "), *title], *parts, look="slide-ask")
            # Not on the whole: the title stands again where the slide goes on.
            first = asked_on[1]
            assert isinstance(first, nodes.Element)
            first["ids"] = [_name_of(node)]
            yield asked_on
            answer = [nodes.Text(f"{name}: {self.said['slide-answer']}")]
            # What is written at length would make its question as small as its answer.
            look = "slide-answer" if is_marked(kind_of(node)) else "slide"
            yield slide(answer, *self.printed.answered(node), look=look)

    def evidence(self) -> Iterator[nodes.section]:
        """Yield a slide for each statement of the evidence table, on whose strength a class votes.

        What the chapter says of the strength stands on none of them.
        """
        block = self.block(BlockId.EVIDENCE_TABLE)
        rows = [] if block is None else list(block.findall(evidence_row))
        choices = paragraph(classes=["slide-votes"])
        for at, strength in enumerate(Strength):
            choices += [nodes.Text(" · ")] * bool(at) + [nodes.strong("", strength.value)]
        for at, row in enumerate(rows, 1):
            drop_statement(row)
            statement, kind = (_copies(entry.children) for entry in row.children[: KIND + 1])
            title = f"{self.said['slide-vote']} ({at} {self.said['of']} {len(rows)})"
            parts = statement, [*kind, choices.deepcopy()]
            yield slide([nodes.Text(title)], *parts, look="slide-claim")

    def discussion(self) -> Iterator[nodes.section]:
        """Yield a slide for each question that the class talks about."""
        for node in self.doctree.findall(discussion_question):
            number = course_domain(self.env).exercise_number(node["exercise"])
            title = f"{number_words(number, talk=True)}: {node['plain_title']}"
            body = [
                each
                for each in _copies(node.children)
                if isinstance(each, nodes.Element) and "discussion-purpose" not in each["classes"]
            ]
            yield slide([nodes.Text(title)], body, look="slide-claim")

    # -- after reading

    def findings(self) -> Iterator[nodes.section]:
        """Yield a slide for each guess that the chapter comes back to: question and finding."""
        asked = self.asked()
        for found in self.doctree.findall(guesses_found):
            sides = list(found.findall(guess_sides))
            for at, side in enumerate(sides):
                title = f"{self.said['slide-found']} ({at + 1} {self.said['of']} {len(sides)})"
                question = asked[at].next_node(nodes.paragraph)
                words = [] if question is None else copies(question)
                lead = [paragraph(*words, classes=["slide-asked"])]
                yield slide([nodes.Text(title)], lead, _copies(side.children))

    def summary(self) -> Iterator[nodes.section]:
        """Yield the plain summary, paragraph by paragraph: it would give answers away before."""
        if (block := self.block(BlockId.PLAIN_SUMMARY)) is not None:
            yield slide(title_of(block), *([each] for each in _copies(block[1:])))

    def key_points(self) -> Iterator[nodes.section]:
        """Yield what to remember."""
        if (block := self.block(BlockId.KEY_POINTS)) is not None:
            rest = [each for each in block[1:] if not isinstance(each, guesses_found)]
            if rest:
                yield slide(title_of(block), *([each] for each in _copies(rest)))

    def end(self) -> Iterator[nodes.section]:
        """Yield where the rest is, and who may use it."""
        said, document = self.said, self.document
        told: list[nodes.Node] = [
            paragraph(f"{said['slide-whole']} ", nodes.emphasis("", document.title))
        ]
        if address := address_of(self.builder, self.docname):
            told.append(paragraph(nodes.reference("", address, refuri=address)))
        others = [f"{each['target']}.pdf" for each in self.builder.config.typst_documents
                  if self.goes_with(each)]  # fmt: skip
        if others:
            told.append(paragraph(said["slide-others"]))
            items = [nodes.list_item("", paragraph(each)) for each in others]
            told.append(nodes.bullet_list("", *items))
        rights = [paragraph(each, classes=["slide-small"]) for each in (document.licence,) if each]
        codes = [paragraph(classes=["slide-small", ELSEWHERE])]
        yield slide([nodes.Text(said["slide-rest"])], told, codes, rights)

    def goes_with(self, entry: dict[str, str]) -> bool:
        """Tell whether *entry* of ``typst_documents`` has this page, other than these slides."""
        if entry.get("target") == self.document.target:
            return False
        whole = entry.get("layout", "book") in {"book", "workbook"}
        return whole or entry.get("start") == self.docname


def title_of(section: nodes.Element) -> list[nodes.Node]:
    """Return the words of the heading of *section*."""
    return copies(part(section, nodes.title))


def _take_out(node: nodes.Element) -> None:
    """Take *node* out of its text, with the space before a reference, which follows its word."""
    parent, at = node.parent, node.parent.index(node)
    parent.remove(node)
    before = parent[at - 1] if at else None
    if isinstance(node, ledger_cite) and isinstance(before, nodes.Text):
        parent[at - 1] = nodes.Text(before.rstrip())


def _name_of(node: exercise) -> str:
    """Return the id of the slide that asks the exercise *node*."""
    return nodes.make_id(f"slide-{node['exercise']}")


def _looks(node: nodes.Node, look: str) -> bool:
    return isinstance(node, nodes.Element) and look in node["classes"]


def _copies(children: Iterable[nodes.Node]) -> list[nodes.Node]:
    return [child.deepcopy() for child in children]
