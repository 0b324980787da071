"""Exercises as ordinary nodes, for every builder without forms: print, EPUB, text, LaTeX, XML.

A question keeps its options and gets room to answer; the answers stand together, where an
`exercise_answers` waits for them or else at the end of the page. What evidence tables hold back
until readers have rated for themselves stands among them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from courseware.data.ledger import NO_BREAK
from courseware.data.settings import BlockId
from courseware.pages import evidence
from courseware.pages.build import paragraph, span
from courseware.pages.course import course_of
from courseware.pages.domain import course_domain, number_words
from courseware.pages.nodes import discussion_question, held_back

from . import elsewhere
from .chapters import SCRIPTED
from .nodes import (
    answer_space,
    exercise,
    exercise_answer,
    exercise_answers,
    exercise_filter,
    exercise_progress,
    exercise_review,
)
from .printed import PrintedExercise, answered, headed, minutes_text, part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx

#: Builders whose pages have forms and run scripts.
INTERACTIVE = frozenset({"html", "dirhtml", "singlehtml"})
#: Formats in which a cell can go over several columns, for certain.
SPANNING = frozenset({"html", "latex", "typst"})
FOR_SCRIPTS = (exercise_review, exercise_progress, exercise_filter)
ANSWERS = "Answers to the exercises"


def is_interactive(app: Sphinx) -> bool:
    """Tell whether the present builder makes pages with forms."""
    return app.builder.name in INTERACTIVE


class PlainExercises(SphinxPostTransform):
    """Replace exercises by ordinary nodes, and gather their answers."""

    # After numbers and passages are known (3), before references are resolved (10).
    default_priority = 6

    def run(self, **_options: object) -> None:
        """Replace all exercises of the page, or of the joined pages of a book."""
        waiting = list(self.document.findall(exercise_answers))
        if not is_interactive(self.app):
            self.replace(waiting)
        elif self.app.builder.name not in SCRIPTED:
            self.drop_scripted()
        for place in waiting:
            if place.parent is not None:
                place.parent.remove(place)

    def replace(self, waiting: list[exercise_answers]) -> None:
        """Replace what is for forms and scripts; the answers go where the first of *waiting* is."""
        self.prepare()
        self.printed = PrintedExercise(self.app.builder.format)
        # What a PDF shows is told by who joins its pages; other builders show all.
        self.has_answers = self.document.get("answers", True)
        self.pages = self.pages_of(exercise, exercise_answers, held_back)
        self.answers_on = self.pages[id(waiting[0])] if waiting else self.env.docname
        if not self.document.get("exercises", True):
            elsewhere.in_the_workbook(self.document, self.env)
        entries: dict[str, dict[str, exercise]] = {}
        for node in list(self.document.findall(exercise)):
            # An exercise may stand in two places, and is answered once.
            entries.setdefault(node["chapter"], {}).setdefault(node["exercise"], node)
            node.replace_self(self.question(node))
        ours = self.take_ours()
        if not self.has_answers or not (entries or ours):
            return
        if waiting:
            waiting[0].replace_self(
                nodes.container("", *self.by_chapter(entries, ours), classes=["exercise-answers"])
            )
            waiting.pop(0)
        else:
            answered = [node for found in entries.values() for node in found.values()]
            self.place_at_end(answered, [node for found in ours.values() for node in found])

    def drop_scripted(self) -> None:
        """Take out what scripts fill."""
        for kind in FOR_SCRIPTS:
            for node in list(self.document.findall(kind)):
                node.parent.remove(node)

    def prepare(self) -> None:
        """Take out what is for scripts alone, and number the questions for discussion."""
        for progress in self.document.findall(exercise_progress):
            intro = progress.parent[progress.parent.index(progress) - 1]
            if isinstance(intro, nodes.paragraph):
                intro["classes"].append("exercise-intro")
        self.drop_scripted()
        for question in list(self.document.findall(discussion_question)):
            first = next(iter(question.findall(nodes.paragraph)), None)
            if first is not None and question.get("number"):
                first.insert(0, span(f"{question['number']} ", "discussion-number"))
            self.name(question, question["ids"])

    def pages_of(self, *kinds: type[nodes.Element]) -> dict[int, str]:
        """Return the page that each node of *kinds* comes from, by the identity of the node."""
        pages = {
            id(node): self.env.docname for kind in kinds for node in self.document.findall(kind)
        }
        # In order of the document: a page joined within a page comes after that.
        for page in self.document.findall(addnodes.start_of_file):
            inside = [id(node) for kind in kinds for node in page.findall(kind)]
            pages.update(dict.fromkeys(inside, page["docname"]))
        return pages

    def by_chapter(
        self, entries: dict[str, dict[str, exercise]], ours: dict[str, list[nodes.Node]]
    ) -> Iterator[nodes.Node]:
        """Yield a section of answers for each chapter, with the way back to its exercises.

        After them come *ours*, by chapter: what its evidence table holds back.
        """
        domain = course_domain(self.env)
        for topic in dict.fromkeys([*entries, *ours]):
            found = entries.get(topic, {})
            docname = domain.page_of_chapter(topic)
            chapter = domain.chapters.get(docname or "")
            number = self.env.toc_secnumbers.get(docname or "", {}).get("")
            title = " ".join([*(map(str, number or ())), chapter.title if chapter else topic])
            answered = list(found.values())
            way = [self.way(answered)] if answered else []
            answers = [*map(self.answer, answered), *ours.get(topic, [])]
            yield nodes.section(
                "", nodes.title(title, title), *way, *answers, ids=[f"answers-{topic}"]
            )

    def way(self, answered: list[exercise]) -> nodes.paragraph:
        """Return the way back to the exercises that are *answered*."""
        links = [self.back(each, each.get("number", "")) for each in answered]
        # The first and the last one show where all are.
        way = paragraph("Exercises ", links[0], classes=["exercises-on"])
        if len(links) > 1:
            way += [nodes.Text(" to "), links[-1]]
        return way

    def place_at_end(self, answered: list[exercise], ours: list[nodes.Node]) -> None:
        """Put the answers at the end of the page, or of the book that pages are joined to.

        After them come *ours*: what evidence tables hold back.
        """
        section = next(iter(self.document.findall(nodes.section)), None)
        whole: nodes.Element = self.document if section is None else section
        answers = [*map(self.answer, answered), *ours]
        if any(self.document.findall(addnodes.start_of_file)):
            title = nodes.title(ANSWERS, ANSWERS)
            whole.append(nodes.section("", title, *answers, ids=["answers"]))
        else:
            # A section that was not there when pages were numbered gets the number of its page.
            heading = nodes.rubric(ANSWERS, ANSWERS, ids=["answers"])
            heading["heading-level"] = 2
            whole.extend([heading, *answers])

    def name(self, node: nodes.Element, ids: Sequence[str]) -> None:
        """Let links lead to *node*, also where the builder (LaTeX) sees no ids of containers."""
        if self.app.builder.format == "latex":
            node.insert(0, nodes.target("", "", ids=list(ids)))
        else:
            node["ids"] = list(ids)

    # -- the question

    def question(self, node: exercise) -> nodes.container:
        """Return the exercise as a reader on paper meets it."""
        facts = paragraph(
            f"{node['label']}, {node['level']}, {minutes_text(node['minutes'])}. ",
            classes=["exercise-facts"],
        )
        if self.has_answers:
            facts += self.link("Answer at the end", node, self.answers_on, _answer_id(node))
        result = nodes.container("", classes=["exercise-print"])
        self.name(result, node["ids"])
        result += [headed(node), facts]
        result.source, result.line = node.source, node.line
        result += list(self.printed.question(node))
        return result

    # -- the answer

    def answer(self, node: exercise) -> nodes.container:
        """Return the answer with its number: the key in words, the worked solution, the passage."""
        name = number_words(node.get("number", ""))
        word, _, number = name.rpartition(NO_BREAK)
        link = self.back(node, "")
        words = part(link, nodes.inline)
        words += [span(f"{word}{NO_BREAK}" if word else "", "exercise-word"), span(f"{number}.")]
        result = answered(self.printed, node, link, name.lower())
        self.name(result, [_answer_id(node)])
        answer = part(node, exercise_answer)
        for passage in answer.findall(nodes.paragraph):
            if "exercise-passage" in passage["classes"]:
                place = part(passage, nodes.reference).deepcopy()
                if anchor := place.get("refid"):
                    # The passage is on the page that is written, the answers may be on another.
                    place = self.link(place.astext(), None, self.env.docname, anchor)
                result += paragraph("See: ", place, classes=["exercise-passage"])
        return result

    # -- evidence tables

    def take_ours(self) -> dict[str, list[nodes.Node]]:
        """Return what evidence tables hold back, by chapter; have them ask the reader instead."""
        held = evidence.by_chapter(self.document)
        ours = {topic: list(self.ours(found)) for topic, found in held.items()}
        evidence.ask_first(self.document, self.link_of_held if self.has_answers else None)
        if self.app.builder.format not in SPANNING:
            evidence.join_worked(self.document)
        return ours

    def ours(self, found: list[held_back]) -> Iterator[nodes.Node]:
        """Yield what the evidence table of a chapter holds back, below the name of that block."""
        blocks = course_of(self.env).settings.blocks
        names = [each.heading for each in blocks if each.id == BlockId.EVIDENCE_TABLE]
        yield evidence.heading(names[0] if names else "Evidence table")
        for held in found:
            words = evidence.our_words(held, self.link_of_held)
            self.name(words, held["ids"])
            yield words

    def link_of_held(self, text: str, held: nodes.Element, there: bool) -> nodes.Node:
        """Return a link to what a table holds back, or from *there* to the row of the table."""
        if there:
            return self.link(text, held, self.answers_on, held["ids"][0])
        return self.link(text, None, self.pages[id(held)], held["row"])

    # -- links

    def back(self, node: exercise, text: str) -> nodes.reference:
        """Return the link from an answer to its exercise, at its home where that is printed."""
        shown = course_domain(self.env).exercises.get(node["exercise"])
        page = self.pages[id(node)]
        if shown is not None and shown.docname in self.pages.values():
            return self.link(text, None, shown.docname, shown.anchor)
        return self.link(text, None, page, node["ids"][0])

    def link(
        self, text: str, source: nodes.Element | None, docname: str, anchor: str
    ) -> nodes.reference:
        """Return a link to *anchor* on the page *docname*, from *source* or from the answers."""
        here = self.answers_on if source is None else self.pages[id(source)]
        words = nodes.inline(text, text)
        if here == docname:
            return nodes.reference("", "", words, refid=anchor, internal=True)
        return make_refnode(self.app.builder, here, docname, anchor, words)


def _answer_id(node: exercise) -> str:
    return f"answer-{node['exercise']}"


def setup_plain(app: Sphinx) -> None:
    """Register the transform."""
    app.add_node(answer_space)
    app.add_node(exercise_answers)
    app.add_post_transform(PlainExercises)
