"""Scripts as browsers get them: without comments and spaces, which are a third of their weight.

Names stay, so that a message of the browser can be understood. The version that a page names is
that of the script as it was written: it changes whenever that does.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rjsmin import jsmin

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from .frame import Frame


class Small:
    """Makes the scripts of a site with *frame* small."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame

    def __call__(self, app: Sphinx, exception: Exception | None) -> None:
        """Write the scripts of *app*'s output anew, unless one writes and looks at the pages."""
        if exception or not self.frame.in_use or app.config.courseware_live:
            return
        for path in sorted(Path(app.outdir, "_static").glob("*.js")):
            written = path.read_text(encoding="utf-8")
            small = jsmin(written, keep_bang_comments=True)
            if small != written:
                path.write_bytes(small.encode())


def setup_small(app: Sphinx, frame: Frame) -> None:
    """Register it: before the copy for offline reading notes what each file is."""
    app.connect("build-finished", Small(frame), priority=750)
