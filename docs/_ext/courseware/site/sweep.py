"""What the theme brings and no page of ours asks for is not published."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from .frame import Frame
    from .stylesheet import Stylesheet

#: Patterns below ``_static``: source maps; scripts, styles, fonts and icons of the theme that our
#: templates do not name; translations of its buttons; pictures of Sphinx's basic theme.
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
    # Of Sphinx's search, in whose place is one of ours.
    "searchtools.js",
    "language_data.js",
)


class Sweep:
    """Removes from a site what no page asks for."""

    def __init__(self, frame: Frame, stylesheet: Stylesheet) -> None:
        self.frame = frame
        self.stylesheet = stylesheet

    def __call__(self, app: Sphinx, exception: Exception | None) -> None:
        """Remove it from the output of *app*, unless the build failed."""
        if exception or not self.frame.in_use:
            return
        static = Path(app.outdir) / "_static"
        # What stands in the one style sheet is not published twice.
        for pattern in (*UNUSED, *self.stylesheet.names):
            for path in list(static.glob(pattern)):
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()


def setup_sweep(app: Sphinx, frame: Frame, stylesheet: Stylesheet) -> None:
    """Register the sweep: after the style sheet is made, which reads some of these files."""
    app.connect("build-finished", Sweep(frame, stylesheet), priority=800)
