"""Complete exercises when a page is written: their numbers, and the way to the passage.

Only then have all pages been read, and the chapters been numbered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from courseware.data.problems import did_you_mean
from courseware.pages.build import paragraph, span
from courseware.pages.course import course_of
from courseware.pages.domain import Citation, CourseDomain, Shown, as_typed, course_domain
from courseware.pages.nodes import discussion_question

from .nodes import exercise, exercise_passage, exercise_progress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)


class Passages:
    """Finds the passages that settle exercises, once all pages have been read.

    It is the section that an exercise names, or else the first paragraph of its chapter that cites
    the first statement on which it rests.
    """

    def __init__(self, env: BuildEnvironment) -> None:
        self.domain = course_domain(env)
        # Chapter by chapter as they are asked for: a page asks for its own.
        self.cited: dict[str, dict[str, Citation]] = {}

    def of_shown(self, shown: Shown) -> tuple[str, str, str] | None:
        """Return page, anchor and heading of the passage that settles *shown*."""
        return self.of(shown.chapter, shown.statements, shown.passage)

    def of(
        self, chapter: str, statements: Iterable[str], passage: str
    ) -> tuple[str, str, str] | None:
        """Return page, anchor and heading of what settles an exercise of *chapter*.

        It is the heading *passage*, if that is given, or where *statements* are cited.
        """
        docname = self.domain.page_of_chapter(chapter)
        if docname is None:
            return None
        if passage:
            anchor = self.domain.headings[docname].get(as_typed(passage))
            return (docname, anchor, passage) if anchor else None
        if docname not in self.cited:
            citations = reversed(self.domain.citations_of(docname))
            self.cited[docname] = {citation.statement: citation for citation in citations}
        cited = self.cited[docname]
        first = next((cited[name] for name in statements if name in cited), None)
        return (docname, first.anchor, first.section) if first else None


class CompleteExercises(SphinxPostTransform):
    """Number the exercises and the questions of a page, and link each to its passage."""

    # Before references are resolved (10), and before exercises become ordinary nodes.
    default_priority = 3

    def run(self, **_options: object) -> None:
        """Complete all exercises on the page, or on the joined pages of a book."""
        domain = course_domain(self.env)
        self.passages = Passages(self.env)
        numbered: list[nodes.Element] = [*self.document.findall(exercise)]
        numbered += self.document.findall(discussion_question)
        for node in numbered:
            if "exercise" in node:
                node["number"] = domain.exercise_number(node["exercise"])
        for place in list(self.document.findall(exercise_passage)):
            place.replace_self(self.passage(place["exercise"]))
        for progress in self.document.findall(exercise_progress):
            self.lead_on(progress)

    def passage(self, name: str) -> list[nodes.Node]:
        """Return the sentence that leads to the passage, or nothing where there is none."""
        shown = course_domain(self.env).exercises.get(name)
        found = self.passages.of_shown(shown) if shown else None
        if found is None:
            return []
        docname, anchor, heading = found
        # In a document joined of several pages, links run from the page the node came from.
        here = self.env.docname
        link = make_refnode(self.app.builder, here, docname, anchor, span(heading))
        return [paragraph("The passage that settles it: ", link, classes=["exercise-passage"])]

    def lead_on(self, progress: exercise_progress) -> None:
        """Add to a chapter's progress the links to the pages for progress and review."""
        practice = course_domain(self.env).practice
        if not progress["exercises"]:
            return
        words = paragraph(
            "Your answers are kept in this browser alone; nobody else sees them.",
            classes=["exercise-kept"],
        )
        for name, text in (("progress", "Your progress"), ("review", "Review")):
            if name in practice:
                here = self.env.docname
                link = make_refnode(self.app.builder, here, practice[name], "", span(text))
                words += [nodes.Text(" "), link]
        progress += words


def check_exercises(_app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of exercises on chapters' pages whose passage cannot be found."""
    domain = course_domain(env)
    passages = Passages(env)
    for shown in domain.exercises.values():
        if shown.statements and passages.of_shown(shown) is None:
            logger.warning(
                no_passage(domain, shown),
                location=shown.place,
                type="courseware",
                subtype="exercise",
            )


def no_passage(domain: CourseDomain, shown: Shown) -> str:
    """Say why the passage of *shown* cannot be found, and what to do about it."""
    docname = domain.page_of_chapter(shown.chapter)
    if docname is None:
        return f"{shown.id}: there is no chapter '{shown.chapter}' that could settle it"
    if shown.passage:
        headings = domain.headings[docname]
        hint = did_you_mean(shown.passage, headings) or f"; expected one of {', '.join(headings)}"
        return f"{shown.id}: passage: the chapter has no heading '{shown.passage}'{hint}"
    message = f"{shown.id}: the chapter cites none of {', '.join(shown.statements)}"
    return f"{message}; cite one with {{ledger}}, or name a heading in 'passage'"


def review_outdated(
    _app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], _removed: set[str]
) -> list[str]:
    """Return the page for review where the bank has other files than when it was read."""
    domain = course_domain(env)
    files = tuple(path.stem for path in course_of(env).bank_paths)
    page = domain.practice.get("review")
    return [page] if page and files != domain.data["reviewed"] else []


def setup_complete(app: Sphinx) -> None:
    """Register the transform, the check and the rule for reading the page for review again."""
    app.add_post_transform(CompleteExercises)
    app.connect("env-check-consistency", check_exercises)
    app.connect("env-get-outdated", review_outdated)
