"""What evidence tables hold back, as ordinary nodes: print has it among the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from .build import paragraph, span
from .nodes import evidence_row, held_back, rate_first

if TYPE_CHECKING:
    from collections.abc import Callable

    Link = Callable[[str, nodes.Element, bool], nodes.Node]


#: In which column the rating stands.
RATED = 3


def ask_first(document: nodes.document, link: Link | None) -> None:
    """Have the tables of *document* ask readers for their own ratings, and say where ours are.

    *link* returns a link with a text to what a node holds back; without it ours are nowhere.
    """
    for choice in list(document.findall(rate_first)):
        *others, last = choice["choices"]
        words = f"Rate it yourself: {', '.join(others)} or {last}?"
        choice.replace_self(paragraph(words, classes=["rate-first"]))
    for held in list(document.findall(held_back)):
        if link is None:
            held.parent.replace(held, paragraph(held["alone"], classes=["rate-first"]))
            continue
        where = paragraph(held["before"], " ", link("Ours at the end", held, True))
        where["classes"] = ["held-back"]
        held.replace_self(where)
    for row in document.findall(evidence_row):
        part_cells(row)


def join_worked(document: nodes.document) -> None:
    """Move how a first row was rated to its rating, where no cell can go over several columns."""
    for row in list(document.findall(nodes.row)):
        if "worked-row" in row["classes"]:
            body = row.parent
            cells = body[body.index(row) - 1]
            assert isinstance(cells, evidence_row)
            rated = cells.children[RATED]
            assert isinstance(rated, nodes.entry)
            rated += list(row.findall(nodes.paragraph))
            body.remove(row)


def part_cells(row: evidence_row) -> None:
    """Give what is asked of strength and of change in *row* a cell each, as in the other rows."""
    last = row[-1]
    assert isinstance(last, nodes.entry)
    if last.attributes.pop("morecols", 0):
        asked = last[-1]
        last.remove(asked)
        row += nodes.entry("", asked)


def our_words(held: held_back, link: Link) -> nodes.container:
    """Return what *held* holds back, under the id of its statement, which leads to the row."""
    back = link(f"{held['statement']}.", held, False)
    body = [each.deepcopy() for each in held.children if isinstance(each, nodes.Element)]
    first = body[0]
    lead = nodes.strong("", "", back)
    about = span(f"({held['about']})", "statement-place")
    body[0] = paragraph(lead, " ", about, " ", *first.children, classes=["ours-lead"])
    result = nodes.container("", *body, classes=["evidence-ours"])
    result.source, result.line = held.source, held.line
    return result


def heading(title: str) -> nodes.paragraph:
    """Return the line above what the tables of a chapter hold back."""
    return paragraph(span(f"{title}: what would change our mind"), classes=["evidence-lead"])


def by_chapter(document: nodes.document) -> dict[str, list[held_back]]:
    """Return what the tables in *document* hold back, by the chapter that they stand in."""
    found: dict[str, list[held_back]] = {}
    for held in document.findall(held_back):
        found.setdefault(held["chapter"], []).append(held)
    return found
