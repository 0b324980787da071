"""The directives that place exercises, and the role that refers to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.addnodes import pending_xref
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from courseware.bank.model import Audience, Exercise
from courseware.bank.review import GAPS
from courseware.bank.traits import is_talk
from courseware.data.problems import DataError, did_you_mean
from courseware.pages.build import fill_row, paragraph, table
from courseware.pages.course import CourseDirective, course_of, report
from courseware.pages.domain import course_domain
from courseware.pages.roles import place_of

from .build import anchor_of, build_discussion, build_exercise
from .markup import BankMarkup
from .nodes import (
    exercise_answers,
    exercise_index,
    exercise_progress,
    exercise_review,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx

    from courseware.bank.load import BankFile

logger = logging.getLogger(__name__)


class ExerciseDirective(CourseDirective):
    """A directive that shows exercises of the bank."""

    option_spec: ClassVar = {"seed": directives.unchanged_required}

    def file_of(self, topic: str) -> BankFile | None:
        """Return the bank's file for *topic*; warn where there is none."""
        path = self.course.bank_folder / f"{topic}.yml"
        self.depends_on(path)
        if not path.exists():
            known = [each.stem for each in self.course.bank_paths]
            message = f"the bank has no file for '{topic}'{did_you_mean(topic, known)}"
            message += f"; write {path.parent.name}/{path.name}, which begins 'chapter: {topic}'"
            self.warn(f"{message} and has 'exercises:', or leave the directive out")
            return None
        return self.course.bank_file(path)

    @property
    def topic(self) -> str:
        """The chapter whose exercises are shown: that of the page, or the argument."""
        return self.arguments[0] if self.arguments else self.env.docname.rpartition("/")[2]

    def cite(self, keys: Iterable[str]) -> list[Node]:
        """Return the works *keys* as citations, author and year."""
        cited, _ = self.parse_inline(f"{{cite:t}}`{','.join(keys)}`", lineno=self.lineno)
        return cited

    def nodes_of(
        self, file: BankFile, items: Iterable[Exercise], *, review: bool = False
    ) -> list[Node]:
        """Return the nodes of *items*, each known to the page by its anchor."""
        markup = BankMarkup(self.state.document, file.path)
        seed = self.options.get("seed")
        built: list[Node] = []
        for item in items:
            markup.line = file.line_of(item.id)
            if anchor_of(item.id) in self.state.document.ids and not review:
                self.warn(f"the exercise '{item.id}' stands on this page already")
                continue
            if is_talk(item):
                node: nodes.Element = build_discussion(item, markup, self.cite)
            else:
                node = build_exercise(item, file.chapter, markup, self.cite, seed, review=review)
            node.source, node.line = str(file.path), markup.line
            self.state.document.note_explicit_target(node)
            built.append(node)
        return built


class OneExercise(ExerciseDirective):
    """One exercise of the bank, by its id."""

    required_arguments = 1

    def build(self) -> list[Node]:
        """Return the exercise; warn of an unknown id and of one that is kept for class."""
        bank = self.course.bank
        name = self.arguments[0]
        item = bank.by_id.get(name)
        if item is None:
            self.warn(f"the bank has no exercise '{name}'{did_you_mean(name, bank.by_id)}")
            return []
        if item.audience is Audience.CLASS:
            message = f"'{name}' is for class and stands on no page"
            self.warn(f"{message}; show one with 'audience: self-check'")
            return []
        file = self.file_of(bank.chapter_of[name])
        return self.nodes_of(file, [item]) if file else []


class SelfChecks(ExerciseDirective):
    """All self-checks of a chapter, in the order of the bank, with the student's progress."""

    optional_arguments = 1

    def build(self) -> list[Node]:
        """Return progress and exercises; warn where the chapter has none."""
        file = self.file_of(self.topic)
        if file is None:
            return []
        items = file.of_audience(Audience.SELF_CHECK)
        if not items:
            self.warn(f"{file.path.name} has no exercise with 'audience: self-check'")
            return []
        minutes = sum(item.minutes for item in items)
        count = f"{len(items)} exercise{'' if len(items) == 1 else 's'}"
        words = f"{count}, about {minutes} minutes in all: do some now, and leave some for later."
        progress = exercise_progress(exercises=[item.id for item in items])
        return [paragraph(words), progress, *self.nodes_of(file, items)]


class DiscussionQuestions(ExerciseDirective):
    """The discussion questions of a chapter, without the notes for whoever leads the talk."""

    optional_arguments = 1

    def build(self) -> list[Node]:
        """Return the questions; warn where the chapter has none."""
        file = self.file_of(self.topic)
        if file is None:
            return []
        if not file.discussions:
            self.warn(f"{file.path.name} has no exercise with 'type: discussion'")
        return self.nodes_of(file, file.discussions)


class ExerciseIndex(CourseDirective):
    """All exercises that stand on pages, by chapter."""

    def build(self) -> list[Node]:
        """Return a placeholder: it is filled when all pages are read."""
        self.depends_on(self.course.outcomes_file)
        return [exercise_index()]


class Progress(CourseDirective):
    """What a student has done, chapter by chapter."""

    def build(self) -> list[Node]:
        """Return a placeholder: it is filled when all pages are read."""
        return [exercise_progress(exercises=[])]


class Review(ExerciseDirective):
    """All self-checks, for a script to bring back at growing intervals."""

    def build(self) -> list[Node]:
        """Return the exercises; everywhere but on a page with a script they are left out."""
        # Each stands in its chapter, too, where a search finds it.
        result = exercise_review(classes=["no-search"])
        files = tuple(path.stem for path in self.course.bank_paths)
        course_domain(self.env).data["reviewed"] = files
        for path in self.course.bank_paths:
            file = self.file_of(path.stem)
            if file is not None:
                items = file.of_audience(Audience.SELF_CHECK)
                result += self.nodes_of(file, items, review=True)
        return [result]


class ReviewBoxes(CourseDirective):
    """The boxes through which an exercise goes, and when it comes back from each."""

    def build(self) -> list[Node]:
        """Return a table."""
        rows = [
            fill_row(nodes.row(), [[paragraph(str(box))], [paragraph(days_text(days))]])
            for box, days in enumerate(GAPS, 1)
        ]
        return [table(["box", "the exercise comes back after"], rows, (20, 80), "review-boxes")]


def days_text(days: int) -> str:
    """Return ``1 day`` or ``3 days``."""
    return f"{days} day{'' if days == 1 else 's'}"


class Answers(CourseDirective):
    """Where the answers to the exercises stand in print."""

    def build(self) -> list[Node]:
        """Return a placeholder: it is filled where exercises are printed."""
        return [exercise_answers()]


class ExerciseRole(SphinxRole):
    """``{exercise}`law-two-wholes``` refers to an exercise by its number, as "Exercise 5.3"."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return the link; warn of an unknown id and of one that stands on no page."""
        name = self.text.strip()
        course = course_of(self.env)
        try:
            item = course.bank.by_id.get(name)
        except DataError as error:
            report(error)
            return [nodes.Text(name)], []
        if item is None or item.audience is Audience.CLASS:
            message = f"the bank has no exercise '{name}'{did_you_mean(name, course.bank.by_id)}"
            if item is not None:
                message = f"'{name}' is for class and stands on no page"
            where = place_of(self)
            logger.warning(message, location=where, type="courseware", subtype="reference")
            return [nodes.Text(name)], []
        xref = pending_xref(
            "",
            nodes.inline(name, name),
            refdomain="course",
            reftype="exercise",
            reftarget=name,
            refdoc=self.env.docname,
            refexplicit=False,
        )
        self.set_source_info(xref)
        return [xref], []


def setup_exercise_directives(app: Sphinx) -> None:
    """Register directives and role."""
    app.add_directive("exercise", OneExercise)
    app.add_directive("self-checks", SelfChecks)
    app.add_directive("discussion-questions", DiscussionQuestions)
    app.add_directive("exercise-index", ExerciseIndex)
    app.add_directive("progress", Progress)
    app.add_directive("review", Review)
    app.add_directive("review-boxes", ReviewBoxes)
    app.add_directive("answers", Answers)
    app.add_role("exercise", ExerciseRole())
