"""Register all that shows figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .directives import setup_figure_directives
from .draw import setup_draw
from .numbers import setup_numbers
from .output import setup_output

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_figures(app: Sphinx) -> None:
    """Register all that shows figures."""
    for setup_part in (setup_draw, setup_numbers, setup_figure_directives, setup_output):
        setup_part(app)
