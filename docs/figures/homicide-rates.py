"""Homicides for every 100,000 people in Mexico, 1994 to 2024, with what to mind in them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from courseware.data.figures import grouped
from courseware.figures.style import FAINT, PAPER, SMALL, SOFT, STRONG, WIDTH, canvas, write

if TYPE_CHECKING:
    from courseware.data.figures import Row, Table
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Left and right edge of the years, the line at zero, and points of height for one homicide.
LEFT, RIGHT, FLOOR, SCALE = 20.0, WIDTH - 6, 196.0, 5.2
#: Years whose rate is written at the mark, with where it stands: above, below or to the left.
TOLD = {"1994": 1, "2007": -1, "2010": 0, "2014": -1, "2018": 1, "2024": 1}
#: What stands below the picture, line by line.
WARNINGS = (
    "1. INEGI counts each year twice: first count, final count.",
    "2. Populations were revised. A dotted line joins two",
    "    editions, so small steps there mean nothing.",
    "3. Every homicide, any motive, from death records.",
    "1990 to 1993 are left out: our sources disagree.",
)


def draw(rates: Table) -> Figure:
    """Draw a mark for each year, open where it is doubtful, and the essay's day as a line."""
    figure, axes = canvas(FLOOR + 52 + 12 * len(WARNINGS))
    for mark in (0, 10, 20, 30):
        y = FLOOR - mark * SCALE
        axes.plot((LEFT, WIDTH), (y, y), color=FAINT if mark else SOFT, linewidth=0.75, zorder=0.4)
        write(axes, LEFT - 4, y, grouped(mark), size=SMALL, color=SOFT, align="right")
    rows = [row for row in rates.rows if row["value"]]
    write(axes, 0, 6, f"Homicides {rows[0]['unit']}", size=SMALL, color=SOFT)
    for before, row in pairwise(rows):
        is_one = before["publication"] == row["publication"]
        across, down = zip(_place(before), _place(row), strict=True)
        style = "-" if is_one else (0, (1, 2))
        axes.plot(across, down, color=STRONG, linewidth=1.2, linestyle=style, zorder=1)
    for row in rows:
        _mark(axes, *_place(row), is_final=row["standing"] == "final")
        if row["year"] in TOLD:
            side = TOLD[row["year"]]
            x, y = _place(row)
            words = grouped(row.number("value"))
            x += {"1994": 6.0, "2010": -6.0, "2024": -5.0}.get(row["year"], 0.0)
            write(axes, x, y - 10 * side, words, align="center" if side else "right")
    for year in range(1995, 2025, 5):
        write(axes, _year(year), FLOOR + 9, str(year), size=SMALL, color=SOFT, align="center")
    _essay(axes, rates.row("essay"))
    y = FLOOR + 28
    _mark(axes, 4, y, is_final=True)
    write(axes, 11, y, "final count", size=SMALL, color=SOFT)
    _mark(axes, 78, y, is_final=False)
    write(axes, 85, y, "first count, or one compilation", size=SMALL, color=SOFT)
    for at, line in enumerate(WARNINGS):
        write(axes, 0, y + 18 + 12 * at, line, size=SMALL, color=SOFT)
    return figure


def _year(year: float) -> float:
    """Return how many points from the left edge the middle of *year* stands."""
    return LEFT + 6 + (year - 1994) / 30 * (RIGHT - LEFT - 10)


def _place(row: Row) -> tuple[float, float]:
    """Return where the mark of *row* stands."""
    return _year(float(row["year"])), FLOOR - row.number("value") * SCALE


def _mark(axes: Axes, x: float, y: float, *, is_final: bool) -> None:
    """Draw one year: filled where the count is final, open where it is doubtful."""
    face = STRONG if is_final else PAPER
    axes.scatter([x], [y], s=17, marker="o", c=face, edgecolors=STRONG, linewidths=1, zorder=2)


def _essay(axes: Axes, row: Row) -> None:
    """Draw the essay's day, which falls near the end of its year."""
    x = _year(float(row["year"]) + 0.47)
    axes.plot((x, x), (16, FLOOR), color=SOFT, linewidth=0.9, linestyle=(0, (4, 2)), zorder=0.6)
    write(axes, x - 4, 21, f"{row['label'].lower()},", size=SMALL, color=SOFT, align="right")
    write(axes, x - 4, 32, row["period"], size=SMALL, color=SOFT, align="right")
