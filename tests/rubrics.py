"""Rubrics that stand on worksheets on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from courseware.bank.select import Paper
    from leaks import Leak


def shown_rubrics(papers: Iterable[Paper]) -> set[tuple[str, str]]:
    """Return which worksheets may show the rubric of which exercise: file and id."""
    return {
        (f"worksheet-{paper.assignment.name}{end}.pdf", question.exercise.id)
        for paper in papers
        for question in paper.questions
        for end in ("", "-A", "-B", "-C")
        if question.rubric
    }


def leaks_but(shown: set[tuple[str, str]], leaks: Iterable[Leak]) -> list[str]:
    """Return *leaks* without the rubrics that are *shown* on purpose."""
    return [
        str(leak)
        for leak in leaks
        if not leak.secret.part.startswith("rubric.")
        or (leak.where.partition(" > ")[0], leak.secret.exercise) not in shown
    ]
