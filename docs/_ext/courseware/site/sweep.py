"""What the theme brings and no page of ours asks for is not published."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from .stylesheet import is_light

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: Patterns below ``_static``: source maps; scripts, styles, fonts and icons of the theme that our
#: templates do not name; translations of its buttons; pictures of Sphinx's basic theme; and the
#: style sheets that stand in ``course.css``.
UNUSED = (
    "**/*.map",
    "scripts",
    "styles",
    "vendor",
    "locales",
    "images/logo_*",
    "webpack-macros.html",
    "sbt-webpack-macros.html",
    "file.png",
    "minus.png",
    "plus.png",
    # language_data.js holds the stemmer already.
    "base-stemmer.js",
    "english-stemmer.js",
)


def sweep(app: Sphinx, exception: Exception | None) -> None:
    """Remove from the site what no page asks for."""
    if exception or not is_light(app):
        return
    static = Path(app.outdir) / "_static"
    for pattern in UNUSED:
        for path in list(static.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def setup_sweep(app: Sphinx) -> None:
    """Register the sweep: after the style sheet is made, which reads some of these files."""
    app.connect("build-finished", sweep, priority=800)
