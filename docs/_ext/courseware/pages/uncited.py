"""Find works of the bibliography that nothing cites, where ``course.yml`` asks for none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util import logging

from courseware.data.settings import FILE

from .course import Course, course_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

#: So many works are named one by one, with their lines.
FEW = 3


def cited_in_data(course: Course) -> Iterator[str]:
    """Yield the keys of works that exercises cite: those for class stand on no page."""
    if course.bank_paths:
        for file in course.bank.files:
            for exercise in file.exercises:
                yield from exercise.sources


def cited_on_pages(env: BuildEnvironment) -> Iterator[str]:
    """Yield the keys of works that pages cite: in their text, in checks, notes and figures."""
    for reference in env.get_domain("cite").data["citation_refs"]:
        yield from (target.key for target in reference.targets)


def check_uncited(_app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of works that no page and no exercise cites; lists of all works do not count."""
    course = course_of(env)
    if not course.settings.bibliography.cite_all:
        return
    cited = {*cited_on_pages(env), *cited_in_data(course)}
    left = [work for work in course.works if work.entry.key not in cited]
    if 0 < len(left) <= FEW:
        for work in left:
            message = f"nothing cites '{work.entry.key}'; cite the work on a page or in an exercise"
            _warn(f"{work.path}:{work.line}", f"{message}, or remove it")
    elif left:
        names = ", ".join(work.entry.key for work in left)
        message = f"nothing cites {len(left)} works ({names}); cite or remove them, or write "
        message += f"'bibliography: cite_all: false' in {FILE}, as where a chapter was removed"
        _warn(f"{left[0].path}:{left[0].line}", message)


def _warn(where: str, message: str) -> None:
    logger.warning("%s", message, location=where, type="courseware", subtype="coverage")


def setup_uncited(app: Sphinx) -> None:
    """Register the check."""
    app.connect("env-check-consistency", check_uncited)
