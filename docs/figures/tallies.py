"""One year, several tallies: who counted which deaths of 2009 and 2010."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courseware.data.figures import grouped
from courseware.figures.parts import heading, rectangle
from courseware.figures.style import (
    MIDDLE,
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

#: Points from row to row, from the words of a row to the top of its bar, and the bar's height.
STEP, DROP, BAR = 30.0, 7.5, 9.0
#: Points from the left edge to closing dates, and to the bracket beside rows that share a remark.
CLOSING, BRACKET = 104.0, 128.0
#: Points from line to line of a remark.
LEADING = 11.5


def draw(tallies: Table) -> Figure:
    """Draw a bar for each tally, by year; those of all homicides stand apart."""
    groups: dict[str, list[Row]] = {}
    for row in tallies.rows:
        apart = row["series"] == "INEGI"
        title = row["family"] if apart else f"{row['family']}, {row['year']}"
        groups.setdefault(title[0].upper() + title[1:], []).append(row)
    figure, axes = canvas(sum(26 + STEP * len(rows) for rows in groups.values()) - 6)
    counts = [row.number("value") for row in tallies.where(unit="deaths")]
    scale = (WIDTH - 2) / max(counts)
    y = -4.0
    for title, rows in groups.items():
        y = heading(axes, y + 12, title)
        shared = [row for row in rows if rows[0]["words"] and row["words"] == rows[0]["words"]]
        in_bracket = len(shared) > 1
        if in_bracket:
            _bracket(axes, y, len(shared), shared[0]["words"])
        for row in rows:
            _row(axes, y, row, scale, "" if in_bracket and row in shared else row["words"])
            y += STEP
        y -= 3
    return figure


def _row(axes: Axes, y: float, row: Row, scale: float, remark: str) -> None:
    """Draw one tally: its name and closing date, its number, its bar and a *remark* beside it."""
    write(axes, 0, y, row["label"])
    _, _, closing = row["period"].partition(", ")
    write(axes, CLOSING, y, closing, size=SMALL, color=SOFT)
    words = f"{row['bound']} {grouped(row.number('value'))}".strip()
    top, end = y + DROP, 0.0
    if row["unit"] == "deaths":
        end = row.number("value") * scale
        _bar(axes, top, end, row)
    else:
        words += f" {row['unit']}"
    write(axes, WIDTH, y, words, align="right")
    if remark:
        place = end + 7 if end else 0.0
        write(axes, place, top + BAR / 2, remark, size=SMALL, color=SOFT)


def _bar(axes: Axes, top: float, end: float, row: Row) -> None:
    """Draw the bar: dark for the government, amber for Milenio, hatched for all homicides."""
    looks = {"federal government": (STRONG, ""), "Milenio": (MIDDLE, ""), "INEGI": (PAPER, "////")}
    fill, hatch = looks.get(row["series"], (PALE, ""))
    rectangle(axes, 1, top, end - 1, BAR, fill=fill, hatch=hatch)
    if row["bound"] == "over":
        x, y = (end + 3, end + 7, end + 3), (top + 1, top + BAR / 2, top + BAR - 1)
        axes.plot(x, y, color=SOFT, linewidth=1.5, solid_joinstyle="miter")


def _bracket(axes: Axes, y: float, count: int, words: str) -> None:
    """Draw a bracket beside *count* bars from the row at *y* on, with *words* to its right."""
    top, bottom = y + DROP, y + DROP + BAR + (count - 1) * STEP
    x = (BRACKET - 4, BRACKET, BRACKET, BRACKET - 4)
    axes.plot(x, (top, top, bottom, bottom), color=SOFT, linewidth=0.75)
    remark = lines(words, 16).splitlines()
    first = (top + bottom - LEADING * (len(remark) - 1)) / 2
    for at, line in enumerate(remark):
        write(axes, BRACKET + 5, first + at * LEADING, line, size=SMALL, color=SOFT)
