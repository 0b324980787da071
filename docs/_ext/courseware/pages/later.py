"""Find facts of a chapter that are later than the work and have no source beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from courseware.data.later import later_years
from courseware.data.problems import DataError

from .course import course_of, report
from .domain import is_chapter
from .exercises.nodes import exercise
from .nodes import chapter_card, discussion_question, evidence_row, ledger_cite, voice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from courseware.data.settings import Settings

logger = logging.getLogger(__name__)

# What one source may serve: a paragraph of its own, or all of one of these.
UNITS = voice | evidence_row | nodes.row | nodes.list_item
# Exercises are checked where they are written, and a figure has its sources with its data.
ELSEWHERE = exercise | discussion_question | chapter_card | nodes.figure
# A title in emphasis, and what is no text.
NO_TEXT = nodes.emphasis | nodes.literal | nodes.math | nodes.Invisible


class LaterFacts(SphinxTransform):
    """Warn of each paragraph, row or voice with a year after the work's and no source."""

    # After all directives, before references are looked up.
    default_priority = 220

    def apply(self, **_options: object) -> None:
        """Check the page if it is a chapter."""
        if not is_chapter(self.env.docname):
            return
        course = course_of(self.env)
        first = course.settings.first_sourced
        for unit in units(self.document):
            years = later_years(words_of(unit), first)
            if years and not has_source(unit):
                told = self.told_by_work(unit, first)
                if left := [year for year in years if year not in told]:
                    self.warn(unit, left, course.settings)

    def told_by_work(self, unit: nodes.Element, first: int | None) -> set[int]:
        """Return the years that the work names itself, in the statements that *unit* cites."""
        try:
            ledger = course_of(self.env).ledger
        except DataError as error:
            report(error)
            return set()
        known = (ledger.by_id[name] for name in statements_of(unit) if name in ledger.by_id)
        return {year for statement in known for year in later_years(statement.text, first)}

    def warn(self, unit: nodes.Element, years: list[int], settings: Settings) -> None:
        """Warn of *unit* at its line."""
        start = " ".join(words_of(unit).split()[:6])
        message = f"'{start} ...' names {', '.join(map(str, years))}, which the "
        message += f"{settings.work.noun} cannot tell of, and cites nothing; cite a work "
        message += "({cite:p}`key`) or a close check ({check}`C1`) in the same paragraph"
        where = (self.env.docname, _line_of(unit))
        logger.warning("%s", message, location=where, type="courseware", subtype="chapter")


def _line_of(unit: nodes.Element) -> int:
    """Return the line of *unit*, or of what is nearest to it: within it, then around it."""
    above: nodes.Element | None = unit
    while above is not None:
        for node in [above, *above.findall(nodes.Element)] if above is unit else [above]:
            if node.line:
                return int(node.line)
        above = above.parent
    return 1


def units(document: nodes.document) -> Iterator[nodes.Element]:
    """Yield the parts of the page *document* that need a source of their own, in order."""
    seen: set[int] = set()
    for found in document.findall(nodes.paragraph):
        unit: nodes.Element = found
        above: nodes.Element | None = found.parent
        while above is not None and not isinstance(unit, UNITS):
            if isinstance(above, UNITS):
                unit = above
            above = above.parent
        inside: nodes.Element | None = found
        while inside is not None and not isinstance(inside, ELSEWHERE):
            inside = inside.parent
        if inside is None and id(unit) not in seen:
            seen.add(id(unit))
            yield unit


def words_of(unit: nodes.Element) -> str:
    """Return the text of *unit* without titles and without what citations are made of."""
    return " ".join(
        text.astext()
        for text in unit.findall(nodes.Text)
        if not isinstance(text.parent, NO_TEXT) and not _is_cited(text)
    )


def _is_cited(text: nodes.Text) -> bool:
    node: nodes.Element | None = text.parent
    while node is not None:
        if isinstance(node, pending_xref) and node.get("refdomain") == "cite":
            return True
        node = node.parent
    return False


def has_source(unit: nodes.Element) -> bool:
    """Tell whether *unit* cites a work or a close check, or the words that lead in a list do."""
    if _cites(unit):
        return True
    listing = unit.parent
    while isinstance(listing, nodes.tbody | nodes.tgroup):
        listing = listing.parent
    if not isinstance(listing, nodes.bullet_list | nodes.enumerated_list | nodes.table):
        return False
    at = listing.parent.index(listing)
    before = listing.parent[at - 1] if at else None
    return isinstance(before, nodes.paragraph) and _cites(before)


def _cites(node: nodes.Element) -> bool:
    return any(
        xref.get("refdomain") == "cite" or xref["reftype"] == "note"
        for xref in node.findall(pending_xref)
    )


def statements_of(unit: nodes.Element) -> Iterator[str]:
    """Yield the ids of the statements that *unit* cites: of what they name, the work tells."""
    for node in [unit, *unit.findall(nodes.Element)]:
        if isinstance(node, ledger_cite | evidence_row):
            yield from node.get("statements", ())


def setup_later(app: Sphinx) -> None:
    """Register the check."""
    app.add_transform(LaterFacts)
