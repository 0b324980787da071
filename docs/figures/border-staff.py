"""New border posts of 2010: asked for, passed by the House, paid for; a square for ten posts."""

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
    from collections.abc import Iterable

    from courseware.data.figures import Table
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Posts that a square stands for, squares in a row, and points from square to square.
POSTS, COLUMNS, PITCH = 10, 13, 6.2
#: Letters in a line of small type, and points from line to line.
LETTERS, LEADING = 56, 11.5
#: Where the columns of the picture begin, and the colours of the kinds of post.
PLACES, FILLS = (0.0, 93.0, 186.0), {"agents": STRONG, "officers": MIDDLE}


def draw(staff: Table) -> Figure:
    """Draw the posts asked for, passed by the House and paid for side by side, kind by kind."""
    figure, axes = canvas(346)
    groups = {name: staff.where(group=name, unit="new posts") for name in FILLS}
    for x, row in zip(PLACES, groups["agents"], strict=True):
        write(axes, x, 7, row["stage"], bold=True)
        write(axes, x, 20, row["as_of"], size=SMALL, color=SOFT)
    y = 42.0
    for name, rows in groups.items():
        write(axes, 0, y, rows[0]["what_counted"], bold=True)
        y += 31
        bottoms = []
        for x, row in zip(PLACES, rows, strict=True):
            posts = row.number("value")
            write(axes, x, y - 16, grouped(posts))
            bottoms.append(_squares(axes, x, y - 8, round(posts / POSTS), FILLS[name]))
        y = max(bottoms) + 15
    scale = f"One square: {POSTS} {groups['agents'][0]['unit']}"
    write(axes, 0, y - 4, scale, size=SMALL, color=SOFT)
    y = _rule(axes, y + 9)
    write(axes, 0, y, staff.row("money-agents")["stage"], bold=True)
    money = (
        f"{row['label']}: {row.number('value'):.1f} {row['unit']}"
        for row in staff.where(group="money")
    )
    y = _rule(axes, _small(axes, y + 14, money))
    write(axes, 0, y, staff.row("guard")["stage"], bold=True)
    kept, guard = staff.row("kept"), staff.row("guard")
    _small(
        axes,
        y + 14,
        (
            f"{kept['label']}: {kept['words']}",
            f"{guard['label']}: {grouped(guard.number('value'))} {guard['unit']}, {guard['words']}",
        ),
    )
    return figure


def _rule(axes: Axes, y: float) -> float:
    """Draw a line across; return where the words below it begin."""
    axes.plot([0, WIDTH], [y, y], color=FAINT, linewidth=0.75)
    return y + 13


def _small(axes: Axes, y: float, parts: Iterable[str]) -> float:
    """Write each part in small type from *y* down, broken where it is long; return the end."""
    for part in parts:
        for line in wrap(part, LETTERS):
            write(axes, 0, y, line, size=SMALL)
            y += LEADING
    return y


def _squares(axes: Axes, x: float, y: float, count: int, fill: str) -> float:
    """Draw *count* squares in rows; return the bottom."""
    for at in range(count):
        row, column = divmod(at, COLUMNS)
        place = (x + column * PITCH, y + row * PITCH)
        axes.add_patch(Rectangle(place, PITCH - 1.4, PITCH - 1.4, facecolor=fill, linewidth=0))
    return y + -(-count // COLUMNS) * PITCH
