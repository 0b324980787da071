"""The guide for teachers: the keys to all papers, and the notes on all questions for talk."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from docutils import nodes

from courseware.bank.texts import plain
from courseware.pages.build import paragraph
from courseware.pages.exercises.printed import minutes_text
from courseware.typst.assemble import book_part

from .answers import Explained
from .key import DOT, key_section, reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from courseware.bank.load import BankFile
    from courseware.bank.model import Discussion

    from .desk import Desk
    from .orders import Order

#: What stands on the cover.
ABOUT = (
    "For whoever teaches the course, and not for students: notes on every question for discussion, "
    "and the key to every paper, with all its versions side by side. What is set in bold is right."
)


def guide(desk: Desk, orders: Iterable[Order]) -> nodes.document:
    """Return the guide with the notes on all chapters and the keys to all *orders*."""
    tree = desk.new_tree()
    part = book_part(role="chapters")
    files = sorted(desk.files, key=lambda file: desk.chapter_number(file.chapter))
    part += [_notes(desk, file) for file in files if file.discussions]
    part += [key_section(desk, order) for order in sorted(orders, key=partial(_place, desk))]
    tree += part
    return tree


def _place(desk: Desk, order: Order) -> tuple[tuple[int, ...], str]:
    """Return what keys are sorted by: papers on several chapters first, then chapter by chapter."""
    topics = {desk.chapter(question.exercise) for question in order.paper.questions}
    return (desk.chapter_number(topics.pop()) if len(topics) == 1 else ()), order.name


def _notes(desk: Desk, file: BankFile) -> nodes.section:
    title = f"Discussion notes: {desk.chapter_title(file.chapter)}"
    section = nodes.section("", nodes.title(title, title), ids=[f"notes-{file.chapter}"])
    for number, item in enumerate(file.discussions, 1):
        section += _note(desk, item, number)
    return section


def _note(desk: Desk, item: Discussion, number: int) -> nodes.section:
    title = f"{number}. {plain(item.title)}"
    result = nodes.section("", nodes.title(title, title), ids=[f"note-{item.id}"])
    result["classes"].append("key-question")
    facts = [minutes_text(item.minutes), item.level.value, *reading(desk, item)]
    result += paragraph(DOT.join(facts), classes=["key-facts"])
    if item.context:
        result += desk.markup(item).blocks(item.context)
    result += paragraph(*desk.markup(item).inline(item.stem), classes=["key-stem"])
    result += list(Explained(desk, item, ()).everything())
    return result
