"""The engine's scripts as browsers get them: without comments and indents, a quarter lighter.

Names and lines stay, so that a message of the browser can be understood. The version that a page
names is that of the script as it was written: it changes whenever that does.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from .frame import Frame

#: The folders of the engine's own scripts; those of others may be written in other ways.
OWN = tuple(Path(__file__).parents[1].glob("*/static"))
# A comment that has whole lines to itself, but for one that is to stay, such as a licence.
_COMMENT = re.compile(r"[ \t]*(?://[^\n]*|/\*(?!!)(?:(?!\*/).)*\*/[ \t]*)\n", re.DOTALL)
_INDENT = re.compile(r"[ \t]*(?:\n[ \t]*)*")


def smaller(script: str) -> str:
    """Return *script*, one of the engine's own, without comments on lines of their own or indents.

    What stands between backticks may go over several lines, and stays as it is.
    """
    parts = []
    at, within = 0, False
    while at < len(script):
        if not within:
            while found := _COMMENT.match(script, at):
                at = found.end()
            if found := _INDENT.match(script, at):
                at = found.end()
            if _COMMENT.match(script, at):
                continue
        end = script.find("\n", at) + 1 or len(script)
        line = script[at:end]
        within ^= bool(line.count("`") % 2)
        parts.append(line)
        at = end
    return "".join(parts)


class Small:
    """Makes the engine's scripts small on a site with *frame*."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.names = sorted(path.name for folder in OWN for path in folder.glob("*.js"))

    def __call__(self, app: Sphinx, exception: Exception | None) -> None:
        """Write the scripts of *app*'s output anew, unless one writes and looks at the pages."""
        if exception or not self.frame.in_use or app.config.courseware_live:
            return
        for path in (Path(app.outdir, "_static", name) for name in self.names):
            if not path.is_file():
                continue
            written = path.read_text(encoding="utf-8")
            small = smaller(written)
            if small != written:
                path.write_bytes(small.encode())


def setup_small(app: Sphinx, frame: Frame) -> None:
    """Register it: before the copy for offline reading notes what each file is."""
    app.connect("build-finished", Small(frame), priority=750)
