"""Pictures in large print: drawn for it, and in parts where they are too high for a page.

A figure is drawn a second time with larger letters (``figures/style.py``), into a file of its own
beside the usual one; a picture of another origin may have such a file, too. It is shown so wide
that its letters have the least size, and `courseware.typst.drawings` divides what gets too high.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from courseware.figures.render import LARGE

from .drawings import read_drawing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .drawings import Part

#: The least size of letters, in points.
LEAST = 18.0
#: The room that a picture has on each paper, with its title above it: width (that of the template's
#: ``large-figure-width``) and height, in points.
ROOM: Mapping[str, tuple[float, float]] = {"a4": (513.0, 660.0), "us-letter": (513.0, 610.0)}


def for_large_print(srcdir: Path, uri: str, paper: str) -> tuple[str, list[Part]]:
    """Return the file that large print shows of the picture *uri*, and in which parts."""
    own = f"{uri.removesuffix('.svg')}{LARGE}"
    shown = own if uri.endswith(".svg") and (srcdir / own).is_file() else uri
    drawing = read_drawing(srcdir / shown)
    return shown, drawing.parts(ROOM[paper], LEAST, LEAST) if drawing else [(0.0, 1.0)]
