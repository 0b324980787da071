"""Exercises as ordinary nodes, for every builder without forms: print, EPUB, text, LaTeX, XML.

A question keeps its options and gets room to answer; the answers stand together, where an
`exercise_answers` waits for them or else at the end of the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from courseware.pages.build import paragraph, span
from courseware.pages.domain import course_domain, number_words
from courseware.pages.nodes import discussion_question

from .nodes import (
    answer_space,
    exercise,
    exercise_about,
    exercise_answer,
    exercise_answers,
    exercise_choice,
    exercise_context,
    exercise_feedback,
    exercise_field,
    exercise_key,
    exercise_option,
    exercise_progress,
    exercise_question,
    exercise_review,
    exercise_row,
    exercise_solution,
    exercise_stem,
    exercise_title,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx

#: Builders whose pages have forms and run scripts.
INTERACTIVE = frozenset({"html", "dirhtml", "singlehtml"})
BLANK = "____"
RULED = "________________________"


def is_interactive(app: Sphinx) -> bool:
    """Tell whether the present builder makes pages with forms."""
    return app.builder.name in INTERACTIVE


class PlainExercises(SphinxPostTransform):
    """Replace exercises by ordinary nodes, and gather their answers."""

    # After numbers and passages are known (3), before references are resolved (10).
    default_priority = 6

    def run(self, **_options: object) -> None:
        """Replace all exercises of the page, or of the joined pages of a book."""
        if is_interactive(self.app):
            return
        for kind in (exercise_review, exercise_progress):
            for node in list(self.document.findall(kind)):
                node.parent.remove(node)
        for question in self.document.findall(discussion_question):
            first = next(iter(question.findall(nodes.paragraph)), None)
            if first is not None and question.get("number"):
                first.insert(0, span(f"{question['number']} ", "discussion-number"))
        exercises = list(self.document.findall(exercise))
        if not exercises:
            return
        entries: dict[str, list[nodes.Element]] = {}
        for node in exercises:
            entries.setdefault(node["chapter"], []).append(self.answer(node))
            node.replace_self(self.question(node))
        self.place(entries)

    def place(self, entries: dict[str, list[nodes.Element]]) -> None:
        """Put the answers where they belong."""
        waiting = next(iter(self.document.findall(exercise_answers)), None)
        if waiting is None:
            page = next(iter(self.document.findall(nodes.section)), self.document)
            every = [entry for part in entries.values() for entry in part]
            page.append(self.section("Answers to the exercises", "answers", every))
            return
        domain = course_domain(self.env)
        parts: list[nodes.Node] = []
        for topic, entry in entries.items():
            docname = domain.page_of_chapter(topic)
            chapter = domain.chapters.get(docname or "")
            number = self.env.toc_secnumbers.get(docname or "", {}).get("")
            title = " ".join([*(map(str, number or ())), chapter.title if chapter else topic])
            parts.append(self.section(title, f"answers-{topic}", entry))
        waiting.replace_self(parts)

    def section(self, title: str, anchor: str, entries: list[nodes.Element]) -> nodes.section:
        """Return a section of answers."""
        return nodes.section("", nodes.title(title, title), *entries, ids=[anchor])

    # -- the question

    def question(self, node: exercise) -> nodes.container:
        """Return the exercise as a reader on paper meets it."""
        head = paragraph(
            nodes.strong("", f"{number_words('exercise', node.get('number', ''))}. "),
            nodes.strong("", "", *_part(node, exercise_title).children),
            classes=["exercise-head"],
        )
        facts = f"{node['label']}, {node['level']}, {_minutes(node)}. "
        fact_line = paragraph(facts, classes=["exercise-facts"])
        fact_line += self.link(node, "Answer", f"answer-{node['exercise']}")
        result = nodes.container(
            "", head, fact_line, classes=["exercise-print"], ids=list(node["ids"])
        )
        result.source, result.line = node.source, node.line
        for context in node.findall(exercise_context):
            result += nodes.container("", *context.children, classes=["exercise-context"])
        question = _part(node, exercise_question)
        stem = paragraph(*_part(question, exercise_stem).children, classes=["exercise-stem"])
        if node["kind"] == "true-false":
            stem.insert(0, nodes.Text("True or false? "))
        elif node["kind"] == "multiple-response":
            stem += nodes.Text(" Choose all that apply.")
        result += stem
        result += list(self.room(node, question))
        return result

    def room(self, node: exercise, question: nodes.Element) -> Iterator[nodes.Node]:
        """Yield the options, the rows with their blanks, or the lines to write on."""
        if options := list(question.findall(exercise_option)):
            if node["kind"] == "true-false":
                return
            yield _lettered(options)
        elif rows := list(question.findall(exercise_row)):
            yield from self.rows(node, question, rows)
        for field in question.findall(exercise_field):
            lines = field["lines"]
            text = RULED if lines > 1 else f"Answer: {RULED} {field['unit']}".rstrip()
            yield answer_space(text, text, lines=lines, unit=field["unit"])

    def rows(
        self, node: exercise, question: nodes.Element, rows: list[exercise_row]
    ) -> Iterator[nodes.Node]:
        """Yield the terms, steps or items, and what there is to choose from."""
        offered = list(question.findall(exercise_choice))
        if node["kind"] == "classify":
            words = paragraph("Categories: ", classes=["exercise-choices"])
            for at, choice in enumerate(offered):
                words += [nodes.Text(", ")] * bool(at) + _copies(choice)
            yield words
        blanks = nodes.bullet_list(classes=["exercise-blanks"])
        for row in rows:
            blank = span(BLANK, "blank")
            blanks += nodes.list_item("", paragraph(blank, " ", *row.children))
        yield blanks
        if node["kind"] == "match":
            yield _lettered(offered)

    # -- the answer

    def answer(self, node: exercise) -> nodes.container:
        """Return the answer with its number, the key in words and the worked solution."""
        answer = _part(node, exercise_answer)
        number = number_words("exercise", node.get("number", ""))
        lead = paragraph(nodes.strong("", "", self.link(node, f"{number}.", node["ids"][0])), " ")
        key = list(self.key(node, answer))
        if key and isinstance(key[0], nodes.paragraph):
            lead += key.pop(0).children
        result = nodes.container("", lead, *key, classes=["exercise-answer-print"])
        result["ids"].append(f"answer-{node['exercise']}")
        for solution in list(answer.findall(exercise_solution)):
            result += _copies(solution)
        for rubric in answer.findall(nodes.table):
            result += rubric.deepcopy()
        return result

    def key(self, node: exercise, answer: nodes.Element) -> Iterator[nodes.Node]:
        """Yield what is right, as a line or as a list."""
        feedbacks = list(answer.findall(exercise_feedback))
        right = {each["value"] for each in feedbacks if each["verdict"] == "right"}
        options = list(node.findall(exercise_option))
        if options:
            line = paragraph()
            for at, option in enumerate(options):
                if option["value"] in right:
                    line += [nodes.Text("; ")] * bool(len(line))
                    if node["kind"] != "true-false":
                        line += nodes.Text(f"{_letter(at)}) ")
                    line += _copies(option)
            yield line
        elif any(node.findall(exercise_row)):
            items: nodes.Element = nodes.bullet_list()
            if node["kind"] == "order":
                items = nodes.enumerated_list(enumtype="arabic", prefix="", suffix=".")
            for each in feedbacks:
                if each["verdict"] == "right":
                    items += nodes.list_item("", paragraph(*_copies(_part(each, exercise_about))))
            yield items
        else:
            for words in answer.findall(exercise_key):
                yield from _copies(words)

    def link(self, node: exercise, text: str, anchor: str) -> nodes.reference:
        """Return a link between an exercise and its answer, which stand in one document."""
        words = nodes.inline(text, text)
        if anchor in node["ids"]:
            shown = course_domain(self.env).exercises.get(node["exercise"])
            if shown is not None and shown.anchor == anchor:
                place = (self.env.docname, shown.docname, anchor)
                return make_refnode(self.app.builder, *place, words)
        return nodes.reference("", "", words, refid=anchor, internal=True)


def _part(node: nodes.Element, kind: type[nodes.Element]) -> nodes.Element:
    return next(iter(node.findall(kind)))


def _copies(node: nodes.Element) -> list[nodes.Node]:
    return [child.deepcopy() for child in node.children]


def _minutes(node: exercise) -> str:
    return f"{node['minutes']} minute{'' if node['minutes'] == 1 else 's'}"


def _letter(at: int) -> str:
    return "abcdefghijklmnop"[at]


def _lettered(items: Sequence[nodes.Element]) -> nodes.enumerated_list:
    result = nodes.enumerated_list(
        enumtype="loweralpha", prefix="", suffix=")", classes=["exercise-options"]
    )
    for item in items:
        result += nodes.list_item("", paragraph(*_copies(item)))
    return result


def setup_plain(app: Sphinx) -> None:
    """Register the transform."""
    app.add_node(answer_space)
    app.add_node(exercise_answers)
    app.add_post_transform(PlainExercises)
