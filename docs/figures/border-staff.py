"""New border posts of 2010: asked for and paid for, one square for ten posts."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from courseware.data.figures import grouped
from courseware.figures.style import (
    FAINT,
    MIDDLE,
    SMALL,
    SOFT,
    STRONG,
    WIDTH,
    canvas,
    write,
)
from matplotlib.patches import Rectangle

if TYPE_CHECKING:
    from courseware.data.figures import Table
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Posts that a square stands for, squares in a row, and points from square to square.
POSTS, COLUMNS, PITCH = 10, 20, 6.2
#: Letters in a line of small type, and points from line to line.
LETTERS, LEADING = 56, 11.5
#: Where the columns of the picture begin, and the colours of the kinds of post.
PLACES, FILLS = (0.0, 146.0), {"agents": STRONG, "officers": MIDDLE}


def draw(staff: Table) -> Figure:
    """Draw the posts asked for at the left and those paid for at the right, kind by kind."""
    figure, axes = canvas(242)
    groups = {name: staff.where(group=name, unit="new posts") for name in FILLS}
    for x, row in zip(PLACES, groups["agents"], strict=True):
        write(axes, x, 7, row["stage"], bold=True)
        write(axes, x, 20, row["as_of"], size=SMALL, color=SOFT)
        write(axes, x, 31, _sentence(row["who_counted"]), size=SMALL, color=SOFT)
    y = 53.0
    for name, rows in groups.items():
        write(axes, 0, y, rows[0]["what_counted"], bold=True)
        y += 31
        bottoms = []
        for x, row in zip(PLACES, rows, strict=True):
            posts = row.number("value")
            write(axes, x, y - 16, grouped(posts))
            bottoms.append(_squares(axes, x, y - 8, round(posts / POSTS), FILLS[name]))
        y = max(bottoms) + 15
    essay, guard = staff.row("essay"), staff.row("guard")
    write(axes, 0, y - 4, f"{essay['label']}: {essay['what_counted']}", size=SMALL)
    scale = f"One square: {POSTS} {groups['agents'][0]['unit']}"
    write(axes, 0, y + 9, scale, size=SMALL, color=SOFT)
    y += 22
    axes.plot([0, WIDTH], [y, y], color=FAINT, linewidth=0.75)
    write(axes, 0, y + 13, f"{guard['stage']}: {guard['label']}", bold=True)
    words = f"{grouped(guard.number('value'))} {guard['unit']}, {guard['words']}"
    for at, line in enumerate(wrap(words, LETTERS)):
        write(axes, 0, y + 27 + at * LEADING, line, size=SMALL)
    return figure


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def _squares(axes: Axes, x: float, y: float, count: int, fill: str) -> float:
    """Draw *count* squares in rows; return the bottom."""
    for at in range(count):
        row, column = divmod(at, COLUMNS)
        place = (x + column * PITCH, y + row * PITCH)
        axes.add_patch(Rectangle(place, PITCH - 1.4, PITCH - 1.4, facecolor=fill, linewidth=0))
    return y + -(-count // COLUMNS) * PITCH
