"""A text whose exercises stand in a workbook says which ones, and refers to them in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref

from courseware.pages.build import paragraph
from courseware.pages.domain import course_domain, number_words

from .nodes import exercise
from .printed import minutes_text

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

WORKBOOK = "in the workbook"


def in_the_workbook(document: nodes.document, env: BuildEnvironment) -> None:
    """Put a line for each run of exercises in *document*, and words for each link to one."""
    for link in list(document.findall(pending_xref)):
        if link.get("refdomain") == "course" and link.get("reftype") == "exercise":
            _say(link, env)
    for run in _runs(document):
        first = run[0]
        before = first.parent[first.parent.index(first) - 1]
        if isinstance(before, nodes.paragraph) and "exercise-intro" in before["classes"]:
            before.parent.remove(before)
        first.replace_self(_line(run))
        for node in run[1:]:
            node.parent.remove(node)


def _say(link: pending_xref, env: BuildEnvironment) -> None:
    """Replace *link* by the number of the exercise, unless it is a question for discussion."""
    domain = course_domain(env)
    shown = domain.exercises.get(link["reftarget"])
    if shown is not None and not shown.is_talk:
        said = number_words(domain.exercise_number(shown.id)).lower()
        link.replace_self(nodes.inline("", f"{said} {WORKBOOK}"))


def _runs(document: nodes.document) -> list[list[exercise]]:
    """Return the exercises of *document*, those together that stand one after the other."""
    runs: list[list[exercise]] = []
    for node in document.findall(exercise):
        before = node.parent[node.parent.index(node) - 1] if node.parent.index(node) else None
        if runs and before is runs[-1][-1]:
            runs[-1].append(node)
        else:
            runs.append([node])
    return runs


def _line(run: list[exercise]) -> nodes.paragraph:
    """Return the line that stands for the exercises of *run*."""
    first, last = (node.get("number", "") for node in (run[0], run[-1]))
    which = number_words(first) if len(run) == 1 else f"Exercises\xa0{first} to\xa0{last}"
    minutes = minutes_text(sum(node["minutes"] for node in run))
    verb = "stands" if len(run) == 1 else "stand"
    words = f"{which} (about {minutes}) {verb} {WORKBOOK}, with room to write, and with answers."
    return paragraph(words, classes=["exercise-elsewhere"])
