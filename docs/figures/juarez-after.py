"""Killings in Ciudad Juárez after the promise, 2010 to 2014, by two counters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courseware.data.figures import grouped
from courseware.figures.parts import key, rectangle
from courseware.figures.style import (
    PALE,
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
LOOKS = {"insight": (STRONG, ""), "crisis group": (PALE, "////")}
#: Height of the line at zero, points of height for one death, width of a column and the gap.
FLOOR, SCALE, COLUMN, GAP = 164.0, 0.04, 20.0, 3.0


def draw(killings: Table) -> Figure:
    """Draw a column for each figure, by year; a year without one stays empty."""
    figure, axes = canvas(FLOOR + 18)
    years = list(dict.fromkeys(row["year"] for row in killings.rows))
    room = WIDTH / len(years)
    for at, year in enumerate(years):
        rows = killings.where(year=year)
        center = (at + 0.5) * room
        write(axes, center, FLOOR + 11, year, align="center")
        counted = [row for row in rows if row["value"]]
        left = center - (len(counted) * (COLUMN + GAP) - GAP) / 2
        for place, row in enumerate(counted):
            _column(axes, left + place * (COLUMN + GAP), row)
        if rows[0]["words"]:
            _remark(axes, center, rows)
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
    """Draw one figure from *x* on; an open one ends in an arrow head, as for "over 3,000"."""
    tall = row.number("value") * SCALE
    fill, hatch = LOOKS[row["series"]]
    rectangle(axes, x, FLOOR - tall, COLUMN, tall, fill=fill, hatch=hatch)
    words = f"{row['bound']} {grouped(row.number('value'))}".strip()
    if not row["bound"]:
        write(axes, x + COLUMN / 2, FLOOR - tall - 8, words, align="center")
        return
    tip = [
        (x, FLOOR - tall - 2),
        (x + COLUMN / 2, FLOOR - tall - 9),
        (x + COLUMN, FLOOR - tall - 2),
    ]
    axes.fill(*zip(*tip, strict=True), color=SOFT, linewidth=0)
    write(axes, x + COLUMN + 4, FLOOR - tall - 2, words)
