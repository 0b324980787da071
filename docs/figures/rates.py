"""Whose rate: homicides in Mexico, and in the United States of the early 1990s."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courseware.data.figures import grouped
from courseware.figures.parts import rectangle
from courseware.figures.style import (
    MIDDLE,
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

#: Points from the left edge to where bars begin.
AXIS = 108.0
#: Points from row to row, between groups, and the height of a bar.
STEP, BREAK, BAR = 27.0, 12.0, 14.0
#: Points from one country without a rate to the next.
LIST_STEP = 15.0


def draw(rates: Table, unsaid: Table) -> Figure:
    """Draw a bar for each rate, and below them the countries whose rate nobody printed."""
    named = unsaid.where(group="named")
    old = rates.where(group="United States")
    new = rates.where(group="Mexico")
    start = 27.0
    middle = start + STEP * len(old) + BREAK
    below = middle + STEP * len(new) + BREAK
    height = below + LIST_STEP * len(named) - 4
    figure, axes = canvas(height)
    scale = (WIDTH - AXIS - 20) / max(row.number("value") for row in rates.rows)

    write(axes, AXIS, 6, rates.rows[0]["unit"], size=SMALL, color=SOFT)
    _level(axes, start, below - BREAK - 6, [AXIS + row.number("value") * scale for row in old])
    axes.plot((AXIS, AXIS), (start - 11, height), color=SOFT, linewidth=0.75)
    for top, rows in ((start, old), (middle, new)):
        for at, row in enumerate(rows):
            _row(axes, top + at * STEP, row, scale)
    right = AXIS + max(row.number("value") for row in old) * scale + 6
    essay = unsaid.row("mexico")["relation"]
    write(axes, right, middle - STEP / 2 - BREAK / 2 + 1, essay, size=SMALL, color=SOFT)

    for at, row in enumerate(named):
        write(axes, 0, below + at * LIST_STEP, row["label"])
    last = below + (len(named) - 1) * LIST_STEP
    x = (AXIS + 7, AXIS + 11, AXIS + 11, AXIS + 7)
    axes.plot(x, (below - 5, below - 5, last + 5, last + 5), color=SOFT, linewidth=0.75)
    claims = (f"{named[0]['relation']};", f"rate printed: {named[0]['printed_rate']}")
    for claim, shift in zip(claims, (-6, 6), strict=True):
        write(axes, AXIS + 17, (below + last) / 2 + shift, claim, size=SMALL, color=SOFT)
    return figure


def _level(axes: Axes, top: float, bottom: float, ends: list[float]) -> None:
    """Draw the strip between the lowest and the highest of the bars' *ends*, behind the bars."""
    left, right = min(ends), max(ends)
    axes.fill_between((left, right), top, bottom, color=MIDDLE, linewidth=0, zorder=0.5)


def _row(axes: Axes, y: float, row: Row, scale: float) -> None:
    """Draw one rate: the country and year over who counted, the bar, and the number at its end."""
    write(axes, 0, y - 5, row["label"])
    who, _, _ = row["who_counted"].partition(",")
    write(axes, 0, y + 6, who, size=SMALL, color=SOFT)
    length = row.number("value") * scale
    fill = PALE if row["group"] == "United States" else STRONG
    hatch = "////" if row["basis"] == "words" else ""
    top = y - BAR / 2
    rectangle(axes, AXIS, top, length, BAR, fill=PAPER if hatch else fill, hatch=hatch)
    write(axes, AXIS + length + 5, y, grouped(row.number("value")))
    if hatch:  # words would be lost among the lines, so they stand beyond the number
        write(axes, AXIS + length + 22, y, row["words"], size=SMALL, color=SOFT)
    elif row["words"]:
        write(axes, AXIS + 5, y, row["words"], size=SMALL, color=PAPER)
