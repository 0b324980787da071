"""Killings in Ciudad Juárez round the promise of 2010, by three counters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courseware.data.figures import grouped
from courseware.figures.parts import key, rectangle
from courseware.figures.style import (
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

#: The fill and the hatch of each counter.
LOOKS = {"el universal": (PAPER, ""), "insight": (STRONG, ""), "crisis group": (PALE, "////")}
#: Height of the line at zero, points of height for one death, and width of a column.
FLOOR, SCALE, COLUMN = 196.0, 0.04, 20.0


def draw(killings: Table) -> Figure:
    """Draw a column for each figure, by year; a year without one stays empty."""
    figure, axes = canvas(FLOOR + 18)
    years = list(dict.fromkeys(row["year"] for row in killings.rows))
    # A year has as much room as it has columns, and an empty one the room of one.
    room = WIDTH / len(killings.rows)
    left = 0.0
    for year in years:
        rows = killings.where(year=year)
        center = left + len(rows) * room / 2
        write(axes, center, FLOOR + 11, year, align="center")
        counted = [row for row in rows if row["value"]]
        for place, row in enumerate(counted):
            _column(axes, left + (place + 0.5) * room - COLUMN / 2, row)
        if rows[0]["words"]:
            _remark(axes, center, rows)
        left += len(rows) * room
        if left < WIDTH - 1:
            axes.plot([left, left], [FLOOR, FLOOR + 16], color=SOFT, linewidth=0.75)
    for at, (series, (fill, hatch)) in enumerate(LOOKS.items()):
        words = killings.where(series=series)[0]["who_counted"]
        key(axes, 11 + 17 * at, words, fill=fill, hatch=hatch, x=126)
    axes.plot([0, WIDTH], [FLOOR, FLOOR], color=SOFT, linewidth=0.75)
    return figure


def _remark(axes: Axes, center: float, rows: list[Row]) -> None:
    """Write what is to be said of a year above its columns or in their place."""
    tallest = max((row.number("value") * SCALE + 20 for row in rows if row["value"]), default=10)
    for at, words in enumerate(reversed(lines(rows[0]["words"], 12).splitlines())):
        y = FLOOR - tallest - 11 * at
        write(axes, center, y, words, size=SMALL, color=SOFT, align="center")


def _column(axes: Axes, x: float, row: Row) -> None:
    """Draw one figure from *x* on; one that is "over" a number ends in an arrow head."""
    tall = row.number("value") * SCALE
    fill, hatch = LOOKS[row["series"]]
    rectangle(axes, x, FLOOR - tall, COLUMN, tall, fill=fill, hatch=hatch)
    center, above = x + COLUMN / 2, FLOOR - tall - 8
    if row["bound"] == "over":
        tip = [(x, above + 6), (center, above - 1), (x + COLUMN, above + 6)]
        axes.fill(*zip(*tip, strict=True), color=SOFT, linewidth=0)
        above -= 7
    for at, words in enumerate((grouped(row.number("value")), row["bound"])):
        write(axes, center, above - 11 * at, words, size=SMALL, align="center")
