"""Papers for a class: worksheets in versions, their keys, the guide for teachers.

One module a job: :mod:`orders` (what is to be printed), :mod:`desk` (what all papers are made
with), :mod:`questions` and :mod:`worksheet` (what a student gets), :mod:`answers` and :mod:`key`
(what the teacher gets), :mod:`guide` (all notes together), :mod:`builder`;
``sheets.typ`` says how they look, and ``python -m courseware assign`` is the command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .builder import PrintBuilder, SheetsBuilder
from .orders import setup_orders

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_sheets(app: Sphinx) -> None:
    """Register the builders and their configuration."""
    app.add_builder(SheetsBuilder)
    app.add_builder(PrintBuilder)
    setup_orders(app)
