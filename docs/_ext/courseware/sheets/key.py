"""The key to a paper: all versions side by side, then each question with its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from courseware.bank.texts import plain
from courseware.pages.build import fill_row, paragraph, span, table
from courseware.pages.exercises.printed import minutes_text

from .answers import Explained, short
from .questions import points_text
from .worksheet import sums

if TYPE_CHECKING:
    from courseware.bank.model import BaseExercise
    from courseware.bank.select import Question
    from courseware.bank.versions import Version
    from courseware.pages.build import Cell

    from .desk import Desk
    from .orders import Order

DOT = " \N{MIDDLE DOT} "


def key(desk: Desk, order: Order) -> nodes.document:
    """Return the key to all versions of the paper of *order*."""
    tree = desk.new_tree()
    tree += key_section(desk, order)
    return tree


def key_section(desk: Desk, order: Order) -> nodes.section:
    """Return the key as a section: of a document of its own, or of the guide."""
    title = key_title(order)
    section = nodes.section("", nodes.title(title, title), ids=[order.key_target])
    section += paragraph(sums(order), classes=["sheet-sums"])
    section += _seeds(order)
    section += at_a_glance(order)
    for number, question in enumerate(order.versions[0].questions, 1):
        section += _answered(desk, order, question, number)
    return section


def key_title(order: Order) -> str:
    """Return what the key to the paper of *order* is called."""
    title = plain(order.paper.assignment.text.title)
    return f"Key to \N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK}"


def at_a_glance(order: Order) -> nodes.table:
    """Return a table of all questions: what each is worth, its number and answer by version."""
    heads = ["Question", "Points"]
    heads += (
        [f"Version {version.letter}" for version in order.versions]
        if order.lettered
        else ["No. and answer"]
    )
    rows = []
    for question in order.versions[0].questions:
        item = question.exercise
        cells: list[Cell] = [[paragraph(plain(item.title))], [paragraph(str(question.points))]]
        for version in order.versions:
            number = span(f"{_number_in(version, question)}. ", "key-number")
            answer = nodes.strong("", "", nodes.Text(plain(short(item, version.seed))))
            cells.append([paragraph(number, answer)])
        rows.append(fill_row(nodes.row(), cells))
    total: list[Cell] = [
        [paragraph(nodes.strong("All", "All"))],
        [paragraph(str(order.paper.points))],
    ]
    rows.append(fill_row(nodes.row(), [*total, *([] for _ in order.versions)]))
    share = 52 // len(order.versions)
    return table(heads, rows, (38, 10, *(share for _ in order.versions)), "key-glance")


def _seeds(order: Order) -> nodes.paragraph:
    """Return by which seeds the versions were put in order."""
    said = [
        f"version {version.letter}: {version.seed or 'as written'}" for version in order.versions
    ]
    seeds = ", ".join(said) if order.lettered else "as written"
    return paragraph(
        f"Seed: {order.paper.assignment.seed}. Order: {seeds}.", classes=["sheet-seed"]
    )


def _answered(desk: Desk, order: Order, question: Question, number: int) -> nodes.section:
    item = question.exercise
    title = f"{number}. {plain(item.title)}"
    result = nodes.section("", nodes.title(title, title), ids=[f"{order.key_target}-{item.id}"])
    result["classes"].append("key-question")
    result += _facts(desk, order, question)
    result += paragraph(*desk.markup(item).inline(item.stem), classes=["key-stem"])
    result += list(Explained(desk, item, order.versions).everything())
    return result


def _facts(desk: Desk, order: Order, question: Question) -> nodes.paragraph:
    """Return where the question stands, what it is worth, and what settles it."""
    item = question.exercise
    facts = [points_text(question.points) if question.points else "no points"]
    facts += [minutes_text(item.minutes), f"{item.label.lower()}, {item.level.value}"]
    facts += reading(desk, item)
    if len(order.versions) > 1:
        numbers = (f"{each.letter}{_number_in(each, question)}" for each in order.versions)
        facts.insert(0, ", ".join(numbers))
    return paragraph(DOT.join(facts), classes=["key-facts"])


def reading(desk: Desk, item: BaseExercise) -> list[str]:
    """Return where in essay and course one reads what settles *item*, and its id."""
    chapter, heading = desk.chapter_title(desk.chapter(item)), desk.passage(item)
    if heading:
        quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{heading}\N{RIGHT DOUBLE QUOTATION MARK}"
        chapter = f"{chapter}, {quoted}"
    return [f"essay {desk.essay_pages(item)}", chapter, item.id]


def _number_in(version: Version, question: Question) -> int:
    ids = [each.exercise.id for each in version.questions]
    return ids.index(question.exercise.id) + 1
