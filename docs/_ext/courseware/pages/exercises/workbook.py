"""The exercises of a course as a workbook: questions, hints, answers in short, answers explained.

It goes on its own: what it says of the reader and of the work, it says in words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from docutils import nodes
from sphinx.util.nodes import make_refnode

from courseware.data.ledger import NO_BREAK, page_words
from courseware.pages.build import Cell, fill_row, paragraph, span, table
from courseware.pages.course import course_of
from courseware.pages.domain import course_domain

from .complete import Passages
from .nodes import (
    answer_space,
    exercise,
    exercise_answer,
    exercise_choice,
    exercise_feedback,
    exercise_hint,
    exercise_key,
    exercise_option,
    exercise_row,
    exercise_solution,
    kind_of,
)
from .printed import (
    PrintedExercise,
    answered,
    copies,
    headed,
    letter_in,
    minutes_text,
    part,
    places_in_order,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx.builders import Builder

EXPLAINED = "See the explained answer"
#: The longest answer, in characters, that stands in a cell.
LONGEST = 100
#: Of more exercises the table is not kept on one page.
ONE_PAGE = 36


@dataclass(frozen=True, slots=True)
class Places:
    """The documents, real or not, in which the parts of a workbook stand; for links."""

    hints: str
    short: str
    explained: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """The exercises of one page, in order; ``number`` is that of its chapter, if it has one."""

    docname: str
    title: str
    number: str
    exercises: Sequence[exercise]

    @property
    def name(self) -> str:
        """The end of an id for what is made of it."""
        return re.sub(r"[^a-z0-9]+", "-", self.docname.lower()).strip("-")

    @property
    def heading(self) -> str:
        """The title with the number before it, as the reader has it."""
        return f"{self.number} {self.title}" if self.number else self.title


class ShortKeys(PrintedExercise):
    """Says what belongs into the blanks of an exercise as it stands there, from the top.

    Columns are narrow: a rubric is a list, and each sum that is reckoned has a line of its own.
    """

    def solution(self, name: str, answer: nodes.Element) -> Iterator[nodes.Node]:
        """Yield the worked solution or the model answer, and how to mark the latter."""
        for solution in answer.findall(exercise_solution):
            for each in copies(solution):
                yield from by_sums(each) if isinstance(each, nodes.paragraph) else [each]
        for rubric in answer.findall(nodes.table):
            if "rubric" in rubric["classes"]:
                yield paragraph(f"How to mark {name}, by points:", classes=["exercise-marking"])
                yield by_criterion(rubric)

    def leads(self, node: exercise) -> str:
        """Return the words before a model answer alone."""
        return super().leads(node) if kind_of(node) == "open" else ""

    def right_rows(self, node: exercise, *, lettered: bool) -> nodes.Element:  # noqa: ARG002
        """Return the letters or the categories for the rows, as they are printed."""
        return paragraph(from_the_top(node))

    def right_order(self, node: exercise) -> nodes.Element:
        """Return the numbers for the steps, as they are printed."""
        return paragraph(from_the_top(node))


def by_sums(text: nodes.paragraph) -> Iterator[nodes.paragraph]:
    """Yield *text* in parts, so that each sentence that reckons begins one; most are whole."""
    sentences = re.split(r"(?<=[.;:]) ", text.astext())
    if len(text) != 1 or not isinstance(text[0], nodes.Text) or " = " not in text.astext():
        yield text
        return
    part_of: list[str] = []
    for at, sentence in enumerate(sentences):
        if part_of and (" = " in sentence or " = " in sentences[at - 1]):
            yield paragraph(" ".join(part_of))
            part_of = []
        part_of.append(sentence)
    yield paragraph(" ".join(part_of))


def by_criterion(rubric: nodes.Element) -> nodes.bullet_list:
    """Return a rubric as a list: each criterion, and what earns 0 points, 1 point and so on."""
    result = nodes.bullet_list(classes=["exercise-rubric"])
    for row in part(rubric, nodes.tbody).findall(nodes.row):
        criterion, *levels = row.findall(nodes.entry)
        words = paragraph(nodes.strong("", criterion.astext()))
        for points, level in enumerate(levels):
            words += nodes.Text(": " if points == 0 else "; ")
            words += [nodes.strong("", str(points)), nodes.Text(NO_BREAK)]
            for said in level.findall(nodes.paragraph):
                words += copies(said)
        result += nodes.list_item("", words)
    return result


def from_the_top(node: exercise) -> str:
    """Return what belongs into the blanks of *node*, in the order in which they are printed."""
    kind = kind_of(node)
    if kind == "order":
        rows: Mapping[str, str] = node["script_key"]["rows"]
        return ", ".join(rows[row["value"]] for row in node.findall(exercise_row))
    if kind == "match":
        return ", ".join(letter_in(at, "upperalpha") for at in places_in_order(node))
    choices = list(node.findall(exercise_choice))
    return "; ".join(choices[at - 1].astext() for at in places_in_order(node))


class Workbook:
    """Makes the parts of a workbook for *builder*, whose links lead to *places*."""

    def __init__(self, builder: Builder, places: Places) -> None:
        self.builder = builder
        self.env = builder.env
        self.domain = course_domain(builder.env)
        self.places = places
        self.printed = ShortKeys(builder.format)
        self.passages = Passages(builder.env)

    def chapters(self, order: Iterable[str]) -> Iterator[Chapter]:
        """Yield the pages of *order* that are the home of exercises, each of which is asked once.

        The exercises are taken out of what was read of the pages.
        """
        homes = self.domain.exercises_by_page()
        for docname in order:
            ids = [shown.id for shown in homes.get(docname, ()) if not shown.is_talk]
            if not ids:
                continue
            read = self.env.get_doctree(docname)
            by_id: Mapping[str, exercise] = {
                node["exercise"]: node
                for node in reversed(list(read.findall(exercise)))
                if not node["review"]
            }
            found = [by_id[name] for name in ids]
            for node in found:
                node["number"] = self.domain.exercise_number(node["exercise"])
            number = ".".join(map(str, self.env.toc_secnumbers.get(docname, {}).get("") or ()))
            yield Chapter(docname, self.env.titles[docname].astext(), number, found)

    # -- the parts

    def questions(self, chapter: Chapter) -> nodes.section:
        """Return the exercises of *chapter*, each with room to answer."""
        minutes = minutes_text(sum(node["minutes"] for node in chapter.exercises))
        count = len(chapter.exercises)
        words = f"{count} exercise{'' if count == 1 else 's'}, about {minutes} in all."
        if chapter.number:
            words += f" First read chapter{NO_BREAK}{chapter.number} of the reader."
        return nodes.section(
            "",
            nodes.title(chapter.title, chapter.title),
            nodes.container(
                "", paragraph(words), classes=["workbook-head"], settings={"count": count}
            ),
            self.asked(chapter),
            ids=[f"exercises-{chapter.name}"],
        )

    def hints(self, chapter: Chapter) -> nodes.section | None:
        """Return the hints for the exercises of *chapter* by number, if there are any."""
        hinted = [node for node in chapter.exercises if node.next_node(exercise_hint)]
        if not hinted:
            return None
        title = chapter.heading
        section = nodes.section("", nodes.title(title, title), ids=[f"hints-{chapter.name}"])
        for node in hinted:
            lead = nodes.strong("", "", self.back(chapter, node, self.places.hints))
            line = paragraph(lead, classes=["exercise-hints"])
            line["ids"] = [f"hint-{node['exercise']}"]
            for hint in node.findall(exercise_hint):
                line += [nodes.Text(" "), *copies(part(hint, nodes.paragraph))]
            section += line
        return section

    def short(self, chapter: Chapter) -> nodes.section:
        """Return the table of the answers to the exercises of *chapter*."""
        rows = []
        for node in chapter.exercises:
            number = paragraph(self.back(chapter, node, self.places.short))
            said = self.short_answer(node)
            cell: Cell = [paragraph(*said)] if said else [self.to_explained(node)]
            rows.append(fill_row(nodes.row(), [[number], cell]))
        whole = "answers-short" if len(rows) <= ONE_PAGE else "answers-short-long"
        title = chapter.heading
        listed = table(["No.", "Answer"], rows, (14, 86), whole, stubs=1)
        return nodes.section(
            "", nodes.title(title, title), listed, ids=[f"short-answers-{chapter.name}"]
        )

    def explained(self, chapter: Chapter) -> nodes.section:
        """Return the answers to the exercises of *chapter* with their reasons."""
        title = chapter.heading
        return nodes.section(
            "",
            nodes.title(title, title),
            *(self.answer(chapter, node) for node in chapter.exercises),
            ids=[f"answers-{chapter.name}"],
        )

    # -- one exercise

    def asked(self, chapter: Chapter) -> nodes.container:
        """Return the exercises of *chapter*, each in two parts: the question, and room to answer.

        How many lines each asks for, and where one reckons, is told of all: paper shares out what
        room it has.
        """
        result = nodes.container("", classes=["workbook-exercises"])
        lines = []
        for node in chapter.exercises:
            question = self.question(chapter, node)
            spaces = [each for each in question.children if isinstance(each, answer_space)]
            of_lines = [each for each in spaces if each["lines"] > 1]
            lines.append(sum(each["lines"] for each in of_lines))
            for each in spaces:
                question.remove(each)
            room = [each for each in spaces if each not in of_lines]
            for part_of in ([question], room):
                result += nodes.container("", *part_of, classes=["workbook-part"])
        sums = [kind_of(node) == "numeric" for node in chapter.exercises]
        result["settings"] = {"lines": lines, "sums": sums}
        return result

    def question(self, chapter: Chapter, node: exercise) -> nodes.container:
        """Return the exercise with room to answer, and the ways to its answer and its hints."""
        facts = paragraph(
            f"{node['label']}, {minutes_text(node['minutes'])}",
            classes=["workbook-facts"],
        )
        ways = [(self.places.explained, "Answer", _answer_id(node))]
        if node.next_node(exercise_hint):
            ways.insert(0, (self.places.hints, "Hint", f"hint-{node['exercise']}"))
        for there, text, anchor in ways:
            facts += [nodes.Text(" · "), self.link(text, chapter.docname, there, anchor)]
        sorts = ["workbook-exercise", "exercise-print"]
        result = nodes.container("", classes=sorts, ids=list(node["ids"]))
        result["mark"] = node["number"]
        result.source, result.line = node.source, node.line
        result += [headed(node), facts, *self.printed.question(node)]
        return result

    def short_answer(self, node: exercise) -> list[nodes.Node]:
        """Return what is right in a few words or letters; nothing where it takes more."""
        kind = kind_of(node)
        match kind:
            case "single-choice" | "multiple-response":
                options = enumerate(node.findall(exercise_option), 1)
                letters = [(letter_in(at, "loweralpha"), each["value"]) for at, each in options]
                said = ", ".join(name for name, value in letters if value in _right_values(node))
            case "true-false":
                words = [(each.astext(), each["value"]) for each in node.findall(exercise_option)]
                said = ", ".join(name for name, value in words if value in _right_values(node))
            case "numeric" | "short-answer":
                key = part(part(node, exercise_answer), exercise_key)
                return copies(part(key, nodes.paragraph))
            case "match" | "order" | "classify":
                said = from_the_top(node)
            case "open" | "discussion":
                return []
            case _:
                assert_never(kind)
        return [nodes.Text(said)] if len(said) <= LONGEST else []

    def to_explained(self, node: exercise) -> nodes.paragraph:
        """Return the words that lead to the explained answer."""
        return paragraph(
            self.link(EXPLAINED, self.places.short, self.places.explained, _answer_id(node))
        )

    def answer(self, chapter: Chapter, node: exercise) -> nodes.container:
        """Return the answer with its number, its reasons, and where it is settled."""
        back = self.back(chapter, node, self.places.explained)
        name = f"exercise{NO_BREAK}{node['number']}"
        result = answered(self.printed, node, back, name)
        result["ids"] = [_answer_id(node)]
        if settled := self.settled(node):
            last = result[-1]
            if not isinstance(last, nodes.paragraph):
                last = paragraph()
                result += last
            last += [nodes.Text(" "), span(settled, "exercise-settled")]
        return result

    def settled(self, node: exercise) -> str:
        """Say where reader and work settle *node*, by chapter, heading and page."""
        shown = self.domain.exercises[node["exercise"]]
        parts = []
        if found := self.passages.of_shown(shown):
            docname, _, heading = found
            number = ".".join(map(str, self.env.toc_secnumbers.get(docname, {}).get("") or ()))
            title = self.env.titles[docname].astext()
            parts.append(f"Reader, {f'chapter{NO_BREAK}{number}' if number else title}, {heading}")
        course = course_of(self.env)
        if shown.statements:
            by_id = course.ledger.by_id
            pages = [by_id[name].page for name in shown.statements if name in by_id]
            if pages:
                noun = course.settings.work.noun
                parts.append(f"{noun}, {page_words(', '.join(sorted(set(pages), key=_first)))}")
        return f"See: {'; '.join(parts)}" if parts else ""

    # -- links

    def back(self, chapter: Chapter, node: exercise, here: str) -> nodes.reference:
        """Return the number of the exercise, from *here* the way back to it."""
        return self.link(f"{node['number']}.", here, chapter.docname, node["ids"][0])

    def link(self, text: str, here: str, there: str, anchor: str) -> nodes.reference:
        """Return a link from the document *here* to *anchor* in *there*."""
        return make_refnode(self.builder, here, there, anchor, span(text))


def _answer_id(node: exercise) -> str:
    return f"answer-{node['exercise']}"


def _right_values(node: exercise) -> set[str]:
    feedbacks = node.findall(exercise_feedback)
    return {each["value"] for each in feedbacks if each["verdict"] == "right"}


def _first(pages: str) -> tuple[int, str]:
    """Return the key that sorts pages such as ``3-4``."""
    found = re.match(r"\d+", pages)
    return int(found[0]) if found else 0, pages
