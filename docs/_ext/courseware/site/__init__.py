"""The frame around the pages: the book theme, made light.

One module a job: :mod:`frame` (whether the pages have it), :mod:`purge` (plain Python: which rules
of CSS some pages need), :mod:`attributes` (plain Python: styles that stand in elements),
:mod:`stylesheet` (one style sheet for the site), :mod:`scripts` (the scripts that a page needs),
:mod:`small` (scripts without what only people read), :mod:`policy` (what pages may load and run),
:mod:`sweep` (what the theme brings and no page asks for). The folder
``templates`` holds what stands in for the theme's, and says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .frame import setup_frame
from .policy import setup_policy
from .scripts import setup_scripts
from .small import setup_small
from .stylesheet import setup_stylesheet
from .sweep import setup_sweep

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_site(app: Sphinx) -> None:
    """Register the whole layer."""
    frame = setup_frame(app)
    setup_policy(app, frame)
    setup_scripts(app, frame)
    setup_small(app, frame)
    setup_sweep(app, frame, setup_stylesheet(app, frame))
