"""The role ``{count}``: a number that the data know, so that no page has to be kept in step.

``{count}`statements``` prints the number of statements, ``{count}`pages in words``` the number of
pages as a word ("nine"), and ``{count}`Footnotes in words``` the same with a capital letter.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from courseware.data.problems import DataError, did_you_mean

from .course import Course, course_of, report
from .roles import place_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

IN_WORDS = " in words"
#: Numbers up to twenty are spelt out, as in English prose; higher ones stay figures.
WORDS = (
    *("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen", "twenty"),
)


def counters(course: Course) -> dict[str, tuple[list[Path], Callable[[], int]]]:
    """Return what can be counted in *course*: the files it is in, and what counts it."""
    ledger, settings = [course.ledger_file], [course.settings_file]
    found: dict[str, tuple[list[Path], Callable[[], int]]] = {
        "statements": (ledger, lambda: len(course.ledger.statements)),
        "checks": (ledger, lambda: len(course.ledger.notes)),
        "footnotes": (ledger, lambda: len(course.ledger.footnotes)),
        "terms": ([course.glossary_file], lambda: len(course.glossary.terms)),
        "events": ([course.timeline_file], lambda: len(course.timeline)),
        "exercises": (course.bank_paths, lambda: len(course.bank.by_id)),
        "figures": ([], lambda: len(course.figure_scripts)),
        "kinds": (settings, lambda: len(course.settings.kinds)),
    }
    if last := course.settings.work.pages:
        found["pages"] = (settings, lambda: last)
    for kind in course.settings.kinds:
        found[kind.name(2)] = ([*ledger, *settings], partial(_of_kind, course, kind.id))
    return found


def _of_kind(course: Course, kind: str) -> int:
    return sum(statement.kind == kind for statement in course.ledger.statements)


class CountRole(SphinxRole):
    """Print a number of the course's data."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return the number as text; warn of what cannot be counted."""
        asked = self.text.strip()
        what, in_words = asked.removesuffix(IN_WORDS), asked.endswith(IN_WORDS)
        known = counters(course_of(self.env))
        if what.lower() not in known:
            hint = did_you_mean(what.lower(), known)
            message = f"'{what}' cannot be counted{hint}; expected one of {', '.join(known)}"
            message += f", with '{IN_WORDS.strip()}' after it for a word"
            logger.warning(message, location=place_of(self), type="courseware", subtype="reference")
            return [nodes.Text(what)], []
        paths, count = known[what.lower()]
        for path in paths:
            self.env.note_dependency(str(path))
        try:
            number = count()
        except DataError as error:
            report(error)
            return [nodes.Text(what)], []
        text = WORDS[number] if in_words and number < len(WORDS) else f"{number:,}"
        if what[:1].isupper():
            text = text[:1].upper() + text[1:]
        return [nodes.Text(text)], []


def setup_counts(app: Sphinx) -> None:
    """Register the role."""
    app.add_role("count", CountRole())
