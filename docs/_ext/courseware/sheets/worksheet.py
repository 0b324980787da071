"""A worksheet: one version of a paper, as a student gets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from courseware.bank.texts import plain
from courseware.pages.build import paragraph
from courseware.pages.exercises.printed import minutes_text

from .marking import for_students
from .packing import Growth
from .questions import SheetOf, points_text, question_block

if TYPE_CHECKING:
    from collections.abc import Mapping

    from courseware.bank.versions import Version

    from .desk import Desk
    from .orders import Order


def worksheet(
    desk: Desk, order: Order, version: Version, growth: Mapping[str, Growth] | None = None
) -> nodes.document:
    """Return the *version* of the paper of *order*, with room for name and date.

    *growth* is what exercises get of the room that is left, by their ids.
    """
    text = order.paper.assignment.text
    tree = desk.new_tree()
    title = plain(text.title)
    section = nodes.section("", nodes.title(title, title), ids=["worksheet"])
    section += nodes.container(classes=["sheet-names"])
    section += [nodes.container(classes=["sheet-name"]) for _ in range(1, text.names)]
    instructions = desk.texts(order.paper.assignment).blocks(text.instructions)
    if said := for_students(order.paper.questions):
        instructions.append(paragraph(said))
    section += nodes.container("", *instructions, classes=["sheet-instructions"])
    if order.paper.points:
        # Before the sums, at whose end it is printed.
        section += paragraph(str(order.paper.points), classes=["sheet-total"])
    section += paragraph(sums(order), classes=["sheet-sums"])
    sheet = SheetOf(version.seed, text.names)
    for number, question in enumerate(version.questions, 1):
        more = (growth or {}).get(question.exercise.id, Growth())
        section += question_block(desk, question, number, sheet, more)
    tree += section
    return tree


def sums(order: Order) -> str:
    """Return how many questions a paper has, what they are worth and how long they take."""
    paper = order.paper
    count = len(paper.questions)
    parts = [f"{count} question{'' if count == 1 else 's'}"]
    if paper.points:
        parts.append(points_text(paper.points))
    allowed = paper.assignment.text.minutes
    parts.append(minutes_text(paper.minutes if allowed is None else allowed))
    return " \N{MIDDLE DOT} ".join(parts)
