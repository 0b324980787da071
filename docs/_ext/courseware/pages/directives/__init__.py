"""The directives, one module for each sort of page that they stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .chapter import setup_chapter_directives
from .evidence import setup_evidence_directive
from .guesses import setup_guesses_directive
from .landing import setup_landing_directives
from .reference import setup_reference_directives

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_directives(app: Sphinx) -> None:
    """Register all directives of the course."""
    setup_chapter_directives(app)
    setup_evidence_directive(app)
    setup_guesses_directive(app)
    setup_reference_directives(app)
    setup_landing_directives(app)
