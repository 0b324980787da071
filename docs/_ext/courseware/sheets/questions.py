"""Questions laid out for the pen: boxes to tick, room to reckon, a grid to sort in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, assert_never

from docutils import nodes

from courseware.bank.traits import has_parts, has_working, is_talk, with_rubric
from courseware.pages.build import fill_row, paragraph, span, table
from courseware.pages.exercises.build import build_exercise, rubric_table
from courseware.pages.exercises.nodes import exercise_title, kind_of
from courseware.pages.exercises.pen import letters, steps
from courseware.pages.exercises.printed import (
    PrintedExercise,
    by_points,
    copies,
    minutes_text,
    part,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from courseware.bank.model import Discussion, Exercise, TypeName
    from courseware.bank.select import Question
    from courseware.pages.build import Cell
    from courseware.pages.exercises.nodes import exercise

    from .desk import Desk
    from .packing import Growth

#: Lines for what comes up in a talk.
NOTES = 4
#: Millimetres of room to reckon in where some of the points are for the working.
RECKON = 6.0
#: What stands above the rubric of a question that students mark themselves.
MARKED = "How it is marked: each column gives points, and the columns are added."


class SheetOf(NamedTuple):
    """Of which version a sheet is, by its seed, and how many share it."""

    seed: str | None = None
    names: int = 1


class PenExercise(PrintedExercise):
    """Makes the parts of exercises that are answered on the sheet itself.

    *working* is how much room there is to reckon in besides the least, in millimetres.
    """

    def __init__(self, output: str, working: float = 0.0) -> None:
        super().__init__(output)
        self.working = working

    def pen_words(self, kind: TypeName, *, rows: int, offered: int) -> str:
        """Return how the pen is used on a sheet."""
        return pen_words(kind, rows=rows, offered=offered)

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
            settings = {"room": self.working}
            yield nodes.container(classes=["sheet-working"], settings=settings)
        yield from super().room(node, question)


def pen_words(kind: TypeName, *, rows: int, offered: int) -> str:
    """Return how a question of *kind* is answered on paper, or nothing where that is plain.

    *offered* is how many letters there are for the *rows* of a match.
    """
    match kind:
        case "order":
            return f"Number the boxes: {steps(rows)}"
        case "match":
            return letters(rows, offered)
        case "classify":
            return "Tick one box in each row."
        case "numeric" | "short-answer":
            return ""
        case "single-choice" | "multiple-response" | "true-false" | "open" | "discussion":
            return ""
        case _:
            assert_never(kind)


def question_block(
    desk: Desk, question: Question, number: int, sheet: SheetOf, growth: Growth
) -> nodes.Element:
    """Return *question* as a student meets it on *sheet*: without key, feedback and solution.

    The rubric of an open question stands there where its paper says so; *growth* is what it gets
    of the room that its page has left.
    """
    item = question.exercise
    result = nodes.container("", classes=["sheet-question"])
    if is_talk(item):
        title, body = desk.markup(item).inline(item.title), list(_talk(desk, item))
    else:
        node = build_exercise(item, desk.chapter(item), desk.markup(item), desk.cite, sheet.seed)
        title = copies(part(node, exercise_title))
        least = RECKON if question.points > 1 else 0.0
        body = list(PenExercise(desk.builder.format, growth.working + least).question(node))
    head = nodes.strong("", "", span(f"{number}. ", "exercise-number"), *title)
    result += [paragraph(head, classes=["exercise-head"]), marks(question), *body]
    if question.rubric and (model := with_rubric(item)):
        result += paragraph(MARKED, classes=["exercise-marking"])
        rubric = by_points(rubric_table(model, desk.markup(item)))
        given: list[Cell] = [[paragraph("Given")]]
        # A score out of the most that a column gives.
        given += [[paragraph(f"____ / {len(each.levels) - 1}")] for each in model.rubric]
        part(rubric, nodes.tbody).append(fill_row(nodes.row(), given))
        result += rubric
    lines = lines_of(item, sheet.names)
    more = growth.lines or (0,) * len(lines)
    ruled = [count + extra for count, extra in zip(lines, more, strict=True)]
    result["settings"] = {"lines": ruled, "room": growth.gap, "fresh": growth.fresh}
    if growth.notes:
        result["settings"]["notes"] = growth.notes
    result.source, result.line = desk.markup(item).path, desk.markup(item).line
    return result


def lines_of(item: Exercise, names: int) -> tuple[int, ...]:
    """Return how many lines to write on *item* has at least, for each of the *names* on a sheet.

    Notes on a talk are shared; nothing where an answer is no text of several lines.
    """
    if is_talk(item):
        return (NOTES,)
    if (model := with_rubric(item)) is None:
        return ()
    return (model.lines,) * names


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


def _box() -> nodes.Node:
    """Return a box to tick; the template draws it."""
    return nodes.container(classes=["sheet-tick"])
