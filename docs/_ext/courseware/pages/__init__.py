"""What the course adds to Sphinx: its nodes, roles, directives, domain, checks and looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .addresses import setup_addresses
from .anatomy import setup_anatomy
from .authored import setup_authored
from .bibliography import setup_bibliography
from .citations import setup_citations
from .control import setup_control
from .corner import setup_corner
from .counts import setup_counts
from .course import setup_course
from .definitions import setup_definitions
from .directives import setup_directives
from .domain import setup_domain
from .downloads import setup_downloads
from .exercises.register import setup_exercises
from .figures.register import setup_figures
from .formulas import setup_formulas
from .guesses import setup_guesses
from .html import setup_html
from .images import setup_images
from .kept import setup_kept
from .kept_scripts import setup_kept_scripts
from .kinds import setup_kinds
from .later import setup_later
from .listings import setup_listings
from .live import setup_live
from .numref import setup_numref
from .palette import setup_palette
from .rawhtml import setup_raw_html
from .roles import setup_roles
from .sources import setup_sources
from .terms import setup_terms
from .titles import setup_titles
from .uncited import setup_uncited

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_pages(app: Sphinx) -> None:
    """Register the whole layer."""
    for setup_part in (
        setup_course,
        setup_sources,
        setup_domain,
        setup_numref,
        setup_roles,
        setup_counts,
        setup_directives,
        setup_exercises,
        setup_figures,
        setup_anatomy,
        setup_kinds,
        setup_later,
        setup_guesses,
        setup_kept,
        setup_kept_scripts,
        setup_terms,
        setup_definitions,
        setup_listings,
        setup_bibliography,
        setup_citations,
        setup_uncited,
        setup_downloads,
        setup_control,
        setup_corner,
        setup_raw_html,
        setup_titles,
        setup_addresses,
        setup_images,
        setup_formulas,
        setup_palette,
        setup_html,
        setup_live,
        setup_authored,
    ):
        setup_part(app)
