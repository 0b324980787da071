"""Ranges of billions of dollars, each with the act that it counts."""

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
    write,
)

if TYPE_CHECKING:
    from courseware.data.figures import Row, Table
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Points from row to row, from a row's first words to its bar, and the height of a bar.
STEP, BELOW, BAR = 53.0, 19.0, 17.0
#: Billions at the right edge, from mark to mark of the scale, and that a bar needs for its verb.
MOST, MARK, ROOM = 42, 10, 8


def draw(ranges: Table) -> Figure:
    """Draw each range as a bar with its verb; dotted marks carry the essay's two ends down."""
    foot = STEP * len(ranges.rows)
    figure, axes = canvas(foot + 28)
    essay = ranges.row("essay")
    for at, row in enumerate(ranges.rows):
        _row(axes, 6 + at * STEP, row, essay)
    axes.plot((0, _place(MOST - MOST % MARK)), (foot, foot), color=SOFT, linewidth=0.75)
    for mark in range(0, MOST, MARK):
        x = _place(mark)
        axes.plot((x, x), (foot, foot + 3), color=SOFT, linewidth=0.75)
        align = "center" if mark else "left"
        write(axes, x, foot + 9, grouped(mark), size=SMALL, color=SOFT, align=align)
    write(axes, 0, foot + 21, ranges.row("rand")["unit"], size=SMALL, color=SOFT)
    return figure


def _place(billions: float) -> float:
    """Return how many points from the left edge *billions* stand."""
    return billions / MOST * WIDTH


def _row(axes: Axes, y: float, row: Row, essay: Row) -> None:
    """Draw one range under its words, with its verb, and marks where the essay's range ends."""
    write(axes, 0, y, row["label"])
    write(axes, 0, y + 12, row["what_counted"], size=SMALL, color=SOFT)
    top = y + BELOW
    middle = top + BAR / 2
    for column in ("low", "high"):
        x = _place(essay.number(column))
        dots = (0, (1, 2))
        span = (top - 2, top + BAR + 8)
        axes.plot((x, x), span, color=SOFT, linewidth=0.9, linestyle=dots, zorder=0.5)
    low, high = row.number("low"), row.number("high")
    fill = STRONG if row is essay else PALE
    hatch = "////" if row["reckoned"] else ""
    rectangle(axes, _place(low), top, _place(high) - _place(low), BAR, fill=fill, hatch=hatch)
    write(axes, _place(low) - 3, middle, f"{row['bound']} {grouped(low)}".strip(), align="right")
    if high - low < ROOM:
        words = write(axes, _place(high) + 3, middle, f"{grouped(high)},")
        axes.annotate(
            row["verb"],
            (1, words.get_position()[1]),
            (4, 0),
            xycoords=(words, "data"),
            textcoords="offset points",
            va="baseline",
            weight="semibold",
            color=INK,
        )
        return
    color = PAPER if row is essay else INK
    center = (_place(low) + _place(high)) / 2
    write(axes, center, middle, row["verb"], bold=True, color=color, align="center")
    write(axes, _place(high) + 3, middle, grouped(high))
