"""People on a most-wanted list who were removed, and how many groups were counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courseware.data.figures import grouped
from courseware.figures.parts import heading, rectangle
from courseware.figures.style import PALE, PAPER, SMALL, SOFT, STRONG, WIDTH, canvas, write

if TYPE_CHECKING:
    from courseware.data.figures import Row, Table
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Squares in a row, a square's side, and points from square to square.
ACROSS, SIZE, PITCH = 19, 10.5, 14.2
#: Where the bars begin, points for one group, a bar's height, and points from row to row.
LEFT, SCALE, BAR, ROW = 78.0, 7.9, 11.0, 22.0


def draw(counts: Table) -> Figure:
    """Draw the list as squares, its removals dark or hatched, and below the groups as bars."""
    figure, axes = canvas(164)
    whole = counts.row("list")
    y = heading(axes, 7, f"{whole['label']}: {grouped(whole.number('value'))} people") - 7
    first, last = counts.row("by-2012"), counts.row("by-2015")
    known, more, total = (round(row.number("value")) for row in (first, last, whole))
    for at in range(total):
        fill, hatch = (STRONG, "") if at < known else (PALE, "////") if at < more else (PAPER, "")
        x, down = at % ACROSS * PITCH + 0.5, at // ACROSS * PITCH
        rectangle(axes, x, y + down, SIZE, SIZE, fill=fill, hatch=hatch)
    y += 2 * PITCH + 7
    _entry(axes, y, first, STRONG, "")
    _entry(axes, y + 14, last, PALE, "////")
    y = heading(axes, y + 38, "Groups counted") + 2
    for row in counts.where(unit="groups"):
        _groups(axes, y, row)
        y += ROW
    return figure


def _entry(axes: Axes, y: float, row: Row, fill: str, hatch: str) -> None:
    """Draw an entry of the key: a square, how many people it stands for, and until when."""
    rectangle(axes, 0.5, y - 4.5, 9, 9, fill=fill, hatch=hatch)
    words = f"{grouped(row.number('value'))} {row['label'][0].lower()}{row['label'][1:]}"
    write(axes, 15, y, words, size=SMALL, color=SOFT)


def _groups(axes: Axes, y: float, row: Row) -> None:
    """Draw one count of groups: a bar from zero, or a hatched piece for a range."""
    write(axes, 0, y, row["label"])
    write(axes, 30, y, row["words"], size=SMALL, color=SOFT)
    top = y - BAR / 2
    if row["value"]:
        end = LEFT + row.number("value") * SCALE
        rectangle(axes, LEFT, top, end - LEFT, BAR, fill=STRONG)
        words = f"{row['bound']} {grouped(row.number('value'))}".strip()
        if row["bound"]:
            tip = [(end + 1.5, top), (end + 6.5, y), (end + 1.5, top + BAR)]
            axes.fill(*zip(*tip, strict=True), color=STRONG, linewidth=0)
            end += 6
    else:
        low, end = (LEFT + row.number(column) * SCALE for column in ("low", "high"))
        rectangle(axes, LEFT, top, low - LEFT, BAR, fill=STRONG)
        rectangle(axes, low, top, end - low, BAR, fill=PALE, hatch="////")
        words = f"{grouped(row.number('low'))}–{grouped(row.number('high'))}"
    write(axes, min(end + 5, WIDTH - 27), y, words)
