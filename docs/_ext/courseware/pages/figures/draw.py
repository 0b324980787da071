"""Draw the figures of a project before its pages are read.

The pictures go to ``<doctreedir>/figures``, where all builders that share what was read find them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from courseware.builds.disk import said_plainly
from courseware.data.problems import DataError
from courseware.figures.render import render_all
from courseware.files.places import picture_folder
from courseware.pages.course import course_of_app, report, stop

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def draw_figures(app: Sphinx) -> None:
    """Draw the figures whose script, data or style has changed.

    Raises `SystemExit` where one cannot be drawn, when all problems have been logged.
    """
    course = course_of_app(app)
    out = picture_folder(Path(app.doctreedir))
    broken = False
    with said_plainly():
        for _, result in render_all(course.figures_folder, course.folder, out):
            if isinstance(result, DataError):
                report(result)
                broken = True
    if broken:
        stop()


def setup_draw(app: Sphinx) -> None:
    """Register the drawing of figures."""
    # After the data files have been checked (500), and before pages are read.
    app.connect("builder-inited", draw_figures, priority=600)
