"""Exercises on slides: a question for the class, and the answer with its reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from docutils import nodes

from courseware.pages.build import paragraph
from courseware.pages.exercises.nodes import (
    exercise,
    exercise_answer,
    exercise_choice,
    exercise_feedback,
    exercise_key,
    exercise_option,
    exercise_row,
    exercise_said,
    exercise_solution,
    exercise_stem,
    kind_of,
)
from courseware.pages.exercises.printed import PrintedExercise, copies, part, right_places
from courseware.pages.exercises.words import answer_lead

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class SlideExercise(PrintedExercise):
    """Makes the parts of exercises that a class answers aloud: nothing is written on a slide.

    All that is to be matched, ordered or sorted has a number or a letter to be called by.
    """

    def __init__(self, output: str, said: dict[str, str]) -> None:
        super().__init__(output)
        self.said = said

    # -- the question

    def how(self, _node: nodes.Element, _question: nodes.Element) -> list[nodes.Node]:
        """Return nothing, as nothing is written."""
        return []

    def fields(self, _node: nodes.Element, _question: nodes.Element) -> Iterator[nodes.Node]:
        """Yield nothing: there is no room to write."""
        yield from ()

    def columns(
        self, rows: Sequence[nodes.Element], offered: Sequence[nodes.Element]
    ) -> nodes.Node:
        """Return two columns: the terms with numbers, the matches with letters."""
        sides = (_listed(rows, "arabic", "."), self.lettered(offered, "upperalpha"))
        sides_of = (nodes.container("", side, classes=["exercise-side"]) for side in sides)
        return nodes.container("", *sides_of, classes=["exercise-sides"])

    def places(self, rows: Sequence[nodes.Element]) -> nodes.Element:
        """Return the steps with letters."""
        return self.lettered(rows, "upperalpha")

    def sorting(
        self, rows: Sequence[nodes.Element], categories: Sequence[nodes.Element]
    ) -> Iterator[nodes.Node]:
        """Yield the categories, and the items with numbers."""
        words = paragraph(classes=["exercise-categories"])
        for at, category in enumerate(categories):
            words += [nodes.Text(" · ")] * bool(at) + [nodes.strong("", "", *copies(category))]
        yield words
        yield _listed(rows, "arabic", ".")

    # -- the answer

    def answered(self, node: exercise) -> Iterator[list[nodes.Node]]:
        """Yield what stands on the answer's slide: what was asked, what is right, then why.

        Of these the first part has what was asked and what is right.
        """
        asked = paragraph(*copies(part(node, exercise_stem)), classes=["slide-stem"])
        parts = list(filter(None, self.right(node)))
        first = parts.pop(0) if parts else []
        yield [asked, *first]
        for each in parts:
            yield from ([one] for one in each)

    def right(self, node: exercise) -> Iterator[list[nodes.Node]]:
        """Yield what is right, then why."""
        kind = kind_of(node)
        answer = part(node, exercise_answer)
        right = [each for each in answer.findall(exercise_feedback) if each["verdict"] == "right"]
        match kind:
            case "single-choice" | "multiple-response":
                yield [self.marked(node, right, lettered=True)]
                yield self.reasons(node, right)
            case "true-false":
                yield [self.marked(node, right, lettered=False)]
                yield self.reasons(node, right)
            case "numeric" | "short-answer":
                words = [each for key in answer.findall(exercise_key) for each in _words_of(key)]
                yield [paragraph(*words, classes=["slide-key"])]
                yield self.reasons(node, right)
                yield self.explained(answer, "")
            case "match" | "order" | "classify":
                yield list(self.key(node, answer))
                yield self.explained(answer, self.said["slide-why"])
            case "open":
                yield from ([each] for each in self.explained(answer, answer_lead(kind)))
            case "discussion":
                return
            case _:
                assert_never(kind)

    def marked(
        self, node: exercise, right: Sequence[nodes.Element], *, lettered: bool
    ) -> nodes.Element:
        """Return the options, of which those of the feedback *right* are marked."""
        values = {each["value"] for each in right}
        items = []
        for option in node.findall(exercise_option):
            look = "slide-right" if option["value"] in values else "slide-wrong"
            words = nodes.inline("", "", *copies(option), classes=[look])
            items.append(nodes.list_item("", paragraph(words)))
        if lettered:
            return nodes.enumerated_list("", *items, enumtype="loweralpha", prefix="", suffix=")")
        return nodes.bullet_list("", *items, classes=["slide-marked"])

    def reasons(self, node: exercise, right: Sequence[nodes.Element]) -> list[nodes.Node]:
        """Return why what is *right* is so, for each by its letter where they are several."""
        said = [self.without_verdict(copies(part(each, exercise_said))) for each in right]
        lead = nodes.strong("", self.said["slide-why"])
        if not any(said):
            return []
        if len(said) == 1:
            return [paragraph(lead, " ", *said[0], classes=["slide-why"])]
        order = [option["value"] for option in node.findall(exercise_option)]
        lines = {order.index(each["value"]): words for each, words in zip(right, said, strict=True)}
        reasons: list[nodes.Node] = []
        for at, words in sorted(lines.items()):
            letter = nodes.strong("", f"{chr(ord('a') + at)})")
            look = [] if reasons else ["slide-why"]
            reasons.append(paragraph(letter, " ", *words, classes=look))
        return reasons

    def without_verdict(self, words: list[nodes.Node]) -> list[nodes.Node]:
        """Return *words* of feedback without the ``Right.`` that they begin with.

        What is right is marked above them: beside a statement that is false, it would confuse.
        """
        verdicts = "|".join(map(re.escape, self.said["slide-verdicts"].split()))
        first = words[0] if words else None
        if not isinstance(first, nodes.Text):
            return words
        found = re.match(rf"(?:{verdicts})[.:!](?:\s+|$)", first)
        if found is None:
            return words
        rest = first[found.end() :]
        kept = [nodes.Text(rest[0].upper() + rest[1:])] if rest else []
        return [*kept, *words[1:]]

    def explained(self, answer: nodes.Element, lead: str) -> list[nodes.Node]:
        """Return the worked solution or the model answer, after *lead*."""
        found = [
            each for solution in answer.findall(exercise_solution) for each in copies(solution)
        ]
        first = found[0] if found else None
        if lead and isinstance(first, nodes.paragraph):
            first.insert(0, [nodes.strong("", lead), nodes.Text(" ")])
            first["classes"].append("slide-why")
        return found

    def right_order(self, node: exercise) -> nodes.Element:
        """Return the steps in order, each with the letter that it was called by."""
        rows = list(node.findall(exercise_row))
        places = node["script_key"]["rows"]
        steps = sorted(rows, key=lambda row: int(places[row["value"]]))
        items = []
        for step in steps:
            letter = nodes.strong("", f"{chr(ord('A') + rows.index(step))})")
            items.append(nodes.list_item("", paragraph(letter, " ", *copies(step))))
        return nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")

    def right_rows(self, node: exercise, *, lettered: bool) -> nodes.Element:
        """Return each row by its number, with the choice that is right for it.

        What was sorted stands below its category, in a column for each.
        """
        if not lettered:
            return self.sorted_rows(node)
        found = super().right_rows(node, lettered=lettered)
        return nodes.enumerated_list("", *found.children, enumtype="arabic", prefix="", suffix=".")

    def sorted_rows(self, node: exercise) -> nodes.container:
        """Return a column for each category, with the rows that belong to it by their numbers."""
        right = right_places(node)
        rows = list(enumerate(node.findall(exercise_row), 1))
        result = nodes.container(classes=["exercise-sides"])
        for place, category in enumerate(node.findall(exercise_choice), 1):
            said = [
                paragraph(nodes.strong("", f"{number}."), " ", *copies(row))
                for number, row in rows
                if right[row["value"]] == place
            ]
            head = paragraph(*copies(category), classes=["slide-key"])
            result += nodes.container("", head, *said, classes=["exercise-side"])
        return result


def _listed(rows: Sequence[nodes.Element], style: str, suffix: str) -> nodes.enumerated_list:
    items = [nodes.list_item("", paragraph(*copies(row))) for row in rows]
    return nodes.enumerated_list("", *items, enumtype=style, prefix="", suffix=suffix)


def _words_of(key: nodes.Element) -> list[nodes.Node]:
    """Return the words of an answer, which are the paragraphs of *key*."""
    return [each for words in key.findall(nodes.paragraph) for each in copies(words)]
