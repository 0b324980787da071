"""What the course adds to Sphinx: its nodes, roles, directives, domain, checks and looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .anatomy import setup_anatomy
from .authored import setup_authored
from .bibliography import setup_bibliography
from .course import setup_course
from .definitions import setup_definitions
from .directives import setup_directives
from .domain import setup_domain
from .downloads import setup_downloads
from .exercises.register import setup_exercises
from .figures.register import setup_figures
from .html import setup_html
from .images import setup_images
from .listings import setup_listings
from .live import setup_live
from .roles import setup_roles
from .terms import setup_terms

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_pages(app: Sphinx) -> None:
    """Register the whole layer."""
    for setup_part in (
        setup_course,
        setup_domain,
        setup_roles,
        setup_directives,
        setup_exercises,
        setup_figures,
        setup_anatomy,
        setup_terms,
        setup_definitions,
        setup_listings,
        setup_bibliography,
        setup_downloads,
        setup_images,
        setup_html,
        setup_live,
        setup_authored,
    ):
        setup_part(app)
