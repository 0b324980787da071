"""Four ranges of billions of dollars, each for another act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courseware.data.figures import grouped
from courseware.figures.parts import rectangle
from courseware.figures.style import (
    INK,
    PALE,
    PAPER,
    SMALL,
    SOFT,
    STRONG,
    WIDTH,
    canvas,
    lines,
    write,
)

if TYPE_CHECKING:
    from courseware.data.figures import Row, Table
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Points from row to row, and the height of a bar.
STEP, BAR = 45.0, 17.0
#: Billions at the right edge, and from mark to mark of the scale.
MOST, MARK = 42, 10
#: Characters in a line of the words to the left of the bars.
ROOM = 22


def draw(ranges: Table) -> Figure:
    """Draw each range as a bar with its verb; dotted lines carry the essay's two ends down."""
    foot = STEP * len(ranges.rows) + 2
    figure, axes = canvas(foot + 28)
    essay = ranges.row("essay")
    for column in ("low", "high"):
        x = _place(essay.number(column))
        dots = (0, (1, 2))
        axes.plot((x, x), (6, foot), color=SOFT, linewidth=0.9, linestyle=dots, zorder=0.5)
    for at, row in enumerate(ranges.rows):
        _row(axes, 6 + at * STEP, row, fill=STRONG if row is essay else PALE)
    axes.plot((0, _place(MOST - MOST % MARK)), (foot, foot), color=SOFT, linewidth=0.75)
    for mark in range(0, MOST, MARK):
        x = _place(mark)
        axes.plot((x, x), (foot, foot + 3), color=SOFT, linewidth=0.75)
        write(
            axes,
            x,
            foot + 9,
            grouped(mark),
            size=SMALL,
            color=SOFT,
            align="center" if mark else "left",
        )
    write(axes, 0, foot + 21, ranges.row("rand")["unit"], size=SMALL, color=SOFT)
    return figure


def _place(billions: float) -> float:
    """Return how many points from the left edge *billions* stand."""
    return billions / MOST * WIDTH


def _row(axes: Axes, y: float, row: Row, *, fill: str) -> None:
    """Draw one range: who gives it and what it is to the left, the bar with its verb inside."""
    write(axes, 0, y, row["label"])
    for at, line in enumerate(lines(row["what_counted"], ROOM).splitlines()):
        write(axes, 0, y + 12 + at * 11, line, size=SMALL, color=SOFT)
    left, right = (_place(row.number(column)) for column in ("low", "high"))
    middle = y + 9
    rectangle(axes, left, middle - BAR / 2, right - left, BAR, fill=fill)
    color = PAPER if fill == STRONG else INK
    write(axes, (left + right) / 2, middle, row["verb"], bold=True, color=color, align="center")
    write(axes, left - 3, middle, grouped(row.number("low")), align="right")
    write(axes, right + 3, middle, grouped(row.number("high")))
