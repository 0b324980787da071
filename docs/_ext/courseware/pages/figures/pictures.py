"""The drawn pictures of a figure as nodes: one for light pages, and one for dark."""

from __future__ import annotations

import re
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from courseware.data.problems import did_you_mean
from courseware.files.places import picture_folder

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from courseware.pages.course import Course

#: The size that matplotlib writes into an SVG file, in points.
_SIZE = re.compile(r'<svg [^>]*?\bwidth="([\d.]+)pt" height="([\d.]+)pt"')
#: CSS pixels in a point.
PIXELS = 96 / 72


def unknown(course: Course, name: str) -> str:
    """Return what to say where the *course* has no figure *name*, and nothing where it has one."""
    known = [path.stem for path in course.figure_scripts]
    return "" if name in known else f"there is no figure '{name}'{did_you_mean(name, known)}"


def pictures(env: BuildEnvironment, name: str, alt: str) -> list[nodes.image]:
    """Return the picture of the figure *name* for light pages and that for dark ones."""
    folder = picture_folder(Path(env.doctreedir))
    size = _SIZE.search((folder / f"{name}.svg").read_text(encoding="utf-8"))
    assert size is not None, "matplotlib has written no size"
    width, height = (round(float(length) * PIXELS) for length in size.groups())
    return [
        nodes.image(
            uri=f"/{Path(relpath(folder / file, env.srcdir)).as_posix()}",
            alt=alt,
            width=str(width),
            height=str(height),
            loading="lazy",
            # The theme paints a white ground behind pictures without the second class; with the
            # third Sphinx makes no link of the picture, which would have no name.
            classes=[use, "dark-light", "no-scaled-link"],
        )
        for use, file in (("figure-light", f"{name}.svg"), ("figure-dark", f"{name}-dark.svg"))
    ]
