"""The pages for practice: the index of all exercises, progress, and review."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from courseware.pages.build import paragraph, span
from courseware.pages.course import course_of
from courseware.pages.domain import Shown, course_domain, number_words
from courseware.pages.listings import chapters_in_order

from .nodes import exercise_filter, exercise_index

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class ExerciseListing(SphinxPostTransform):
    """Fill the index of exercises."""

    default_priority = 4

    def run(self, **_options: object) -> None:
        """Replace each placeholder on the page."""
        for node in list(self.document.findall(exercise_index)):
            node.replace_self(self.chapters())

    def chapters(self) -> list[nodes.Node]:
        """Return a heading and a list for each chapter, in order of the contents."""
        by_page = course_domain(self.env).exercises_by_page()
        found: list[nodes.Node] = [exercise_filter()]
        for number, chapter in chapters_in_order(self.env):
            shown = by_page.get(chapter.docname)
            if not shown:
                continue
            items = nodes.bullet_list(classes=["exercise-list"])
            items += [
                self.item(each)
                for each in sorted(shown, key=lambda each: (not each.is_talk, each.order))
            ]
            name = f"{number}. {chapter.title}" if number else chapter.title
            anchor = f"exercises-{chapter.docname.rpartition('/')[2]}"
            found.append(
                nodes.section("", nodes.title("", name), items, ids=[anchor], classes=["chapter"])
            )
        return found

    @cached_property
    def outcomes(self) -> dict[str, str]:
        """The texts of the outcomes, by id."""
        return {each.id: each.text for each in course_of(self.env).outcomes.outcomes}

    def item(self, shown: Shown) -> nodes.list_item:
        """Return the entry of one exercise; its classes tell the filter what it is."""
        number = course_domain(self.env).exercise_number(shown.id)
        words = span(f"{number_words(number, talk=shown.is_talk)}. ", "exercise-number")
        title = nodes.inline("", shown.title)
        link = make_refnode(
            self.app.builder, self.env.docname, shown.docname, shown.anchor, [words, title]
        )
        facts = f"{shown.label} · {shown.level} · {shown.difficulty} · {minutes_words(shown)}"
        outcome = self.outcomes.get(shown.outcome, "")
        return nodes.list_item(
            "",
            paragraph(link, classes=["exercise-entry"]),
            paragraph(facts, classes=["exercise-facts"]),
            paragraph(f"Outcome: {outcome}", classes=["exercise-outcome"]),
            classes=[
                f"id-{shown.id}",
                f"type-{shown.kind}",
                f"level-{shown.level}",
                f"outcome-{shown.outcome}",
            ],
        )


def minutes_words(shown: Shown) -> str:
    """Return how long it takes, in words."""
    return f"{shown.minutes} minute{'' if shown.minutes == 1 else 's'}"


def setup_practice(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(ExerciseListing)
