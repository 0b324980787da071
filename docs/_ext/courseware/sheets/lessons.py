"""What the guide says of a chapter besides its questions: its lesson, how it rates statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref

from courseware.data.settings import BlockId
from courseware.pages.build import fill_row, paragraph, table
from courseware.pages.domain import course_domain
from courseware.pages.nodes import evidence_row, ledger_cite
from courseware.typst.layouts.handout import CHOSEN, QUESTIONS, SHARES, drop_statement, shared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from courseware.bank.load import BankFile
    from courseware.bank.model import Discussion
    from courseware.pages.build import Cell

    from .desk import Desk

#: The block of a chapter that each part of a handout is made of, in the order of a lesson.
BLOCKS = {
    "guesses": BlockId.BEFORE_YOU_READ,
    "terms": BlockId.KEY_TERMS,
    "summary": BlockId.PLAIN_SUMMARY,
    "evidence": BlockId.EVIDENCE_TABLE,
    "check": BlockId.SOURCE_CHECK,
}
#: Heads and widths of the key to an evidence table, in hundredths.
RATED, RATED_WIDTHS = ("Statement", "Strength", "Why"), (42, 14, 44)


def on_handout(desk: Desk, file: BankFile) -> list[Discussion]:
    """Return the questions of *file* that its handout has, none where no handout is printed."""
    layouts = {each.get("layout") for each in desk.builder.config.typst_documents}
    if "handout" not in layouts:
        return []
    chosen = [item for item in file.discussions if CHOSEN in item.tags] or list(file.discussions)
    return chosen[:QUESTIONS]


def minute_plan(desk: Desk, file: BankFile) -> Iterator[nodes.Node]:
    """Yield how the minutes of a lesson with the handout of *file* are shared.

    They are those at the heads of its parts; nothing where the chapter has no card or handout.
    """
    card, talked = desk.card(file.chapter), on_handout(desk, file)
    doctree = _page(desk, file)
    if card is None or doctree is None or not talked:
        return
    titles = {
        name: section[0].astext()
        for name, block in BLOCKS.items()
        for section in doctree.findall(nodes.section)
        if f"block-{block}" in section["classes"]
    }
    lesson, talk = int(card["class_"]), sum(item.minutes for item in talked)
    given = shared(lesson - talk, {name: SHARES[name] for name in titles})
    if not given:
        return
    parts = [f"{titles[name]} {minutes}" for name, minutes in given.items()]
    numbers = " and ".join(filter(None, map(desk.number, talked)))
    parts.append(f"discussion of {numbers or 'the questions'} {talk}")
    yield paragraph(f"The handout in {lesson} minutes: {', '.join(parts)}.")


def ratings(desk: Desk, file: BankFile) -> Iterator[nodes.Node]:
    """Yield the key to the evidence table of the chapter of *file*: each rating, and why."""
    doctree = _page(desk, file)
    rows = [] if doctree is None else [each.deepcopy() for each in doctree.findall(evidence_row)]
    made = [row for row in map(_rated, rows) if row is not None]
    if made:
        docname = course_domain(desk.env).page_of_chapter(file.chapter)
        for row in made:
            for xref in row.findall(pending_xref):
                xref["refdoc"] = docname
        yield paragraph("How the chapter rates the statements of its evidence table:")
        yield table(RATED, made, RATED_WIDTHS, "key-table")


def _rated(row: evidence_row) -> nodes.row | None:
    """Return a row with the statement of *row*, its strength, and why."""
    drop_statement(row)
    for node in list(row.findall(ledger_cite)):
        node.parent.remove(node)
    strengths = [each for each in row.findall(nodes.inline) if "strength" in each["classes"]]
    if not strengths:
        return None
    [strength, *_] = strengths
    why = strength.parent
    assert isinstance(why, nodes.paragraph)
    said = [each for each in why.children if each is not strength]
    # Behind the strength stands a colon.
    said[0] = nodes.Text(said[0].astext().removeprefix(": "))
    statement: Cell = [each.deepcopy() for each in row.children[0].children]
    cells: list[Cell] = [statement, [paragraph(strength.deepcopy())], [paragraph(*said)]]
    return fill_row(nodes.row(), cells)


def _page(desk: Desk, file: BankFile) -> nodes.document | None:
    """Return what was read of the page of the chapter of *file*."""
    docname = course_domain(desk.env).page_of_chapter(file.chapter)
    return desk.env.get_doctree(docname) if docname else None
