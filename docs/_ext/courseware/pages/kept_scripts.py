"""The scripts that keep and show what readers answer: which page loads which, in what order."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from docutils import nodes

from courseware.bank.review import GAPS

from .domain import course_domain
from .exercises.chapters import FILE, SCRIPTED, has_exercises
from .exercises.nodes import exercise, exercise_progress, exercise_review
from .nodes import guess_room, guess_sides, rate_first

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

#: Each comes after those that it asks.
ORDER = (
    "store.js",
    "dom.js",
    "answers.js",
    "drafts.js",
    "kept.js",
    "marking.js",
    "exercises.js",
    "review.js",
    "progress.js",
    "exercise-list.js",
    FILE,
    "marks.js",
)
KEEPING = {"store.js", "dom.js", "answers.js"}
MARKS = {*KEEPING, FILE, "marks.js"}
MARKING = {*KEEPING, "drafts.js", "marking.js", "exercises.js"}
NOTES = {"store.js", "dom.js", "drafts.js", "kept.js"}
# The order of Sphinx's own scripts is 200, that of others 500.
FIRST = 480


def add_scripts(app: Sphinx, names: Iterable[str]) -> None:
    """Load the scripts *names* on the page being written, in their order.

    What readers answer is kept under the project's name.
    """
    for name in names:
        extra: dict[str, Any] = {}
        if name == "store.js":
            extra["data-store"] = re.sub(r"[^a-z0-9]+", "-", app.config.project.lower()).strip("-")
        if name == "answers.js":
            extra["data-gaps"] = json.dumps(GAPS)
        priority = FIRST + ORDER.index(name)
        app.add_js_file(name, priority=priority, loading_method="defer", **extra)


def choose_scripts(
    app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], doctree: object
) -> None:
    """Load what the page needs: marks of progress everywhere, the rest where it is used."""
    names: set[str] = set()
    if app.builder.name in SCRIPTED and has_exercises(app):
        names |= MARKS
    if isinstance(doctree, nodes.document):
        found = {type(node) for node in doctree.findall(nodes.Element)}
        if {guess_room, guess_sides, rate_first} & found:
            names |= NOTES
        if {exercise, exercise_review} & found:
            names |= MARKING
        if exercise_review in found:
            names.add("review.js")
        # The progress of one chapter names its exercises; that of the course names none.
        if any(not node.get("exercises") for node in doctree.findall(exercise_progress)):
            names |= {*NOTES, *KEEPING, "progress.js"}
    if course_domain(app.env).practice.get("index") == pagename:
        names |= {*KEEPING, "exercise-list.js"}
    add_scripts(app, sorted(names))


def setup_kept_scripts(app: Sphinx) -> None:
    """Register what chooses."""
    app.connect("html-page-context", choose_scripts)
