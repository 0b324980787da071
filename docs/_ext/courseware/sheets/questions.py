"""Questions laid out for the pen: boxes to tick, room to reckon, a grid to sort in."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from docutils import nodes

from courseware.bank.traits import has_parts, has_working, is_talk, with_rubric
from courseware.pages.build import fill_row, paragraph, span, table
from courseware.pages.exercises.build import build_exercise, rubric_table
from courseware.pages.exercises.nodes import (
    answer_space,
    exercise_choice,
    exercise_row,
    exercise_title,
    kind_of,
)
from courseware.pages.exercises.printed import (
    PrintedExercise,
    by_points,
    copies,
    minutes_text,
    part,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from courseware.bank.model import Discussion, TypeName
    from courseware.bank.select import Question
    from courseware.pages.exercises.nodes import exercise

    from .desk import Desk

#: Lines for what comes up in a talk.
NOTES = 4


class PenExercise(PrintedExercise):
    """Makes the parts of exercises that are answered on the sheet itself."""

    def how(self, node: exercise, question: nodes.Element) -> Iterator[nodes.Node]:
        """Yield how the pen is used, in a soft line after the stem."""
        if said := pen_words(
            kind_of(node),
            rows=len(list(question.findall(exercise_row))),
            offered=len(list(question.findall(exercise_choice))),
        ):
            yield paragraph(said, classes=["sheet-how"])

    def options(self, node: exercise, options: Sequence[nodes.Element]) -> nodes.Element:
        """Return the options, each with a box to tick: round where only one is right."""
        result = super().options(node, options)
        several = has_parts(kind_of(node))
        result["classes"] = ["sheet-boxes" if several else "sheet-rings"]
        return result

    def sorting(
        self, rows: Sequence[nodes.Element], categories: Sequence[nodes.Element]
    ) -> Iterator[nodes.Node]:
        """Yield a grid: a row for each item, a column for each category."""
        names = [category.astext() for category in categories]
        cells = [
            fill_row(nodes.row(), [[paragraph(*copies(row))], *([_box()] for _ in names)])
            for row in rows
        ]
        # The template makes the columns of boxes as wide as their heads.
        yield table(["", *names], cells, [1] * (len(names) + 1), "sheet-grid")

    def places(self, rows: Sequence[nodes.Element]) -> nodes.Element:
        """Return the steps, each with a box for its number."""
        result = super().places(rows)
        result["classes"] = ["sheet-places"]
        return result

    def room(self, node: exercise, question: nodes.Element) -> Iterator[nodes.Node]:
        """Yield the room to answer, and to reckon before."""
        if has_working(kind_of(node)):
            yield nodes.container(classes=["sheet-working"])
        yield from super().room(node, question)


def pen_words(kind: TypeName, *, rows: int, offered: int) -> str:
    """Return how a question of *kind* is answered on paper, or nothing where that is plain.

    *offered* is how many letters there are for the *rows* of a match.
    """
    match kind:
        case "order":
            return "Write 1 in the box of the first step, 2 in the next, and so on."
        case "match" if offered > rows + 1:
            return "Write one letter on each line; some letters are left over."
        case "match" if offered > rows:
            return "Write one letter on each line; one letter is left over."
        case "match":
            return "Write one letter on each line."
        case "classify":
            return "Tick one box in each row."
        case "numeric":
            return "Show how you reckon, and write the number on the line."
        case "single-choice" | "multiple-response" | "true-false" | "short-answer" | "open":
            return ""
        case "discussion":
            return ""
        case _:
            assert_never(kind)


def question_block(desk: Desk, question: Question, number: int, seed: str | None) -> nodes.Element:
    """Return *question* as a student meets it: without key, feedback and solution.

    The rubric of an open question stands there where its paper says so.
    """
    item = question.exercise
    result = nodes.container("", classes=["sheet-question"])
    if is_talk(item):
        title, body = desk.markup(item).inline(item.title), list(_talk(desk, item))
    else:
        node = build_exercise(item, desk.chapter(item), desk.markup(item), desk.cite, seed)
        title = copies(part(node, exercise_title))
        body = list(PenExercise(desk.builder.format).question(node))
    head = nodes.strong("", "", span(f"{number}. ", "exercise-number"), *title)
    result += [paragraph(head, classes=["exercise-head"]), marks(question), *body]
    if question.rubric and (model := with_rubric(item)):
        result += paragraph("How it is marked:", classes=["exercise-marking"])
        result += by_points(rubric_table(model, desk.markup(item)))
    result.source, result.line = desk.markup(item).path, desk.markup(item).line
    return result


def marks(question: Question) -> nodes.paragraph:
    """Return what a question is worth, and how long it takes."""
    minutes = minutes_text(question.exercise.minutes)
    if not question.points:
        return paragraph(minutes, classes=["sheet-minutes"])
    return paragraph(f"{points_text(question.points)}, {minutes}", classes=["sheet-marks"])


def points_text(points: int) -> str:
    """Return ``1 point`` or ``3 points``, on one line."""
    return f"{points}\N{NO-BREAK SPACE}point{'' if points == 1 else 's'}"


def _talk(desk: Desk, item: Discussion) -> Iterator[nodes.Node]:
    """Yield a question for talk: what students see on the chapter's page, and lines for notes."""
    markup = desk.markup(item)
    if item.context:
        yield from markup.blocks(item.context)
    yield paragraph(*markup.inline(item.stem), classes=["exercise-stem"])
    if item.sources:
        yield paragraph("Source: ", *desk.cite(item.sources), ".", classes=["exercise-source"])
    yield paragraph(*markup.inline(item.purpose), classes=["sheet-purpose"])
    yield answer_space(lines=NOTES, unit="", choices=[])


def _box() -> nodes.Node:
    """Return a box to tick; the template draws it."""
    return nodes.container(classes=["sheet-tick"])
