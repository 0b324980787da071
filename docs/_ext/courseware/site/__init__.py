"""The frame around the pages: the book theme, made light.

One module a job: :mod:`purge` (plain Python: which rules of CSS some pages need), :mod:`stylesheet`
(one style sheet for the site), :mod:`scripts` (the scripts that a page needs), :mod:`sweep` (what
the theme brings and no page asks for). Templates that override the theme's stand in
``docs/_templates``, and say why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .scripts import setup_scripts
from .stylesheet import setup_stylesheet
from .sweep import setup_sweep

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_site(app: Sphinx) -> None:
    """Register the whole layer."""
    setup_scripts(app)
    setup_sweep(app, setup_stylesheet(app))
