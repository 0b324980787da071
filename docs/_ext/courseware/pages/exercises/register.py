"""Register all that shows exercises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .chapters import setup_chapters
from .complete import setup_complete
from .directives import setup_exercise_directives
from .html import setup_exercise_html
from .plain import setup_plain
from .practice import setup_practice
from .practice_html import setup_practice_html

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_exercises(app: Sphinx) -> None:
    """Register all that shows exercises."""
    for setup_part in (
        setup_exercise_directives,
        setup_complete,
        setup_practice,
        setup_plain,
        setup_exercise_html,
        setup_chapters,
        setup_practice_html,
    ):
        setup_part(app)
