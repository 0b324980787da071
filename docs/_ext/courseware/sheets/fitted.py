"""Fit papers to their pages: which order a version takes, and who gets the room that is left.

The order is the same in every edition, so that one key serves them all: what counts is the normal
one, on either sort of paper. What is left of a page is given away in the edition that is printed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from courseware.bank.model import type_of
from courseware.bank.traits import has_working
from courseware.bank.versions import versions_of
from courseware.typst.compile import CompileError
from courseware.typst.config import PAPERS, PrintStyle

from .measured import heights_of
from .packing import count_of, fitting, growth_of, too_much
from .questions import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from courseware.bank.select import Paper
    from courseware.bank.versions import Version

    from .orders import Order
    from .packing import Growth, Heights

#: How many times the pages of the normal edition one in large type may have.
LARGE = 3


@dataclass(frozen=True, slots=True)
class Fitted:
    """An *order* whose versions fit, and the *heights* of its parts in the edition that is printed.

    They are None where they could not be asked, which whoever prints the paper is told.
    """

    order: Order
    heights: Heights | None

    def growth(self, version: Version) -> Mapping[str, Growth]:
        """Return what each exercise of *version* gets of the room that its page has left."""
        if self.heights is None:
            return {}
        ids = [question.exercise.id for question in version.questions]
        paper = self.order.paper
        return growth_of(ids, self.heights, ruled=_ruled(paper), working=_working(paper))


def fitted(order: Order, source: Path, style: PrintStyle) -> Fitted:
    """Return *order* with versions that take as many pages as one another on every paper.

    *source* is the worksheet of its first version, *style* what is printed.
    """
    names = order.paper.assignment.text.names
    first = order.versions[0]
    parts = {
        question.exercise.id: max(len(lines_of(question.exercise, names)), 1)
        for question in first.questions
    }
    styles = [*(PrintStyle(paper) for paper in PAPERS), replace(style, grey=False, suffix="")]
    known: dict[PrintStyle, Heights] = {}
    try:
        for each in styles:
            if each not in known:
                known[each] = heights_of(source, each.inputs, parts)
    except CompileError:
        # It is told when the paper is printed.
        return Fitted(order, None)
    fits = fitting(
        order.paper,
        [known[each] for each in styles[: len(PAPERS)]],
        ruled=_ruled(order.paper),
        working=_working(order.paper),
    )
    letters = [version.letter for version in order.versions]
    versions = versions_of(order.paper, letters, fits)
    return Fitted(replace(order, versions=versions), known[styles[-1]])


def _ruled(paper: Paper) -> set[str]:
    """Return the exercises of *paper* that have lines to write on."""
    names = paper.assignment.text.names
    items = [question.exercise for question in paper.questions]
    return {item.id for item in items if lines_of(item, names)}


def _working(paper: Paper) -> set[str]:
    """Return the exercises of *paper* that have room to reckon in."""
    items = [question.exercise for question in paper.questions]
    return {item.id for item in items if has_working(type_of(item))}


def beyond_limit(fitted_order: Fitted, style: PrintStyle) -> Iterator[str]:
    """Yield what is to be said of versions that have more pages than their file allows."""
    order, heights = fitted_order.order, fitted_order.heights
    allowed = order.paper.assignment.text.pages
    if allowed is None or heights is None:
        return
    limit = allowed * (LARGE if style.large else 1)
    for version in order.versions:
        ids = [question.exercise.id for question in version.questions]
        count = count_of(ids, heights)
        if count > limit:
            names, height = too_much(ids, heights, limit)
            which = f"version {version.letter} " if order.lettered else "the paper "
            yield (
                f"{which}takes {count} pages, and 'pages: {allowed}' allows {limit}: "
                f"{', '.join(names)} {'is' if len(names) == 1 else 'are'} too much by "
                f"{height:.0f} mm; take out a question, or put a shorter one in its place"
            )
