"""Mérida money: what was proposed and voted, and how much of it was promised and spent."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from courseware.data.figures import grouped, number_words
from courseware.figures.parts import bar, heading, rectangle
from courseware.figures.style import (
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

#: Points from sum to sum.
SUM = 46.0
#: Points beside a bar, the height of the bar of parts, and that of a line of small type.
EDGE, TALL, LEADING = 0.5, 18.0, 11.5
#: How wide a bar may be.
WIDE = WIDTH - 2 * EDGE


def draw(money: Table) -> Figure:
    """Draw the sums as bars, and the shares as one bar of a hundred parts."""
    figure, axes = canvas(283)
    proposed, essay = money.row("proposed"), money.row("essay")
    y = heading(axes, 7, "Three sums, two of them for Mexico alone")
    most = max(row.number("value") for row in money.where(panel="dollars"))
    _sum(axes, y, proposed, most, f"{proposed['words']}; {essay['words']}", fill=PAPER)
    for row in money.where(stage="voted"):
        y += SUM
        _sum(axes, y, row, most, row["words"], fill=PALE)
    _shares(axes, y + 57, money)
    return figure


def _sum(axes: Axes, y: float, row: Row, most: float, note: str, *, fill: str) -> None:
    """Draw a sum with its date, where *most* fills the width, and below it what it is for."""
    label = f"{row['label']}, {row['period']}"
    end = EDGE + row.number("value") / most * WIDE
    bar(axes, y, label, number_words(row), (EDGE / WIDTH, end / WIDTH), fill=fill)
    write(axes, 0, y + 26, note, size=SMALL, color=SOFT)


def _shares(axes: Axes, y: float, money: Table) -> None:
    """Draw the parts in a row, with a bracket over those that were promised."""
    whole = money.row("obligated")
    write(axes, 0, y, f"Shares of the whole Initiative, {whole['as_of']}", bold=True)
    write(axes, 0, y + 14, f"In {whole['unit']} of {whole['of_what']}", size=SMALL, color=SOFT)
    end = EDGE + whole.number("value") / 100 * WIDE
    write(axes, 0, y + 33, f"{grouped(whole.number('value'))} {whole['unit']} {whole['words']}")
    y += 46
    axes.plot([EDGE, EDGE, end, end], [y, y - 4, y - 4, y], color=SOFT, linewidth=1)
    y += 3
    left = EDGE
    looks = ((STRONG, ""), (PALE, "////"), (PALE, ""))
    for row, (fill, hatch) in zip(money.where(stage="part"), looks, strict=True):
        wide = row.number("value") / 100 * WIDE
        rectangle(axes, left, y, wide, TALL, fill=fill, hatch=hatch)
        place, align = (left + wide / 2, "center") if left > EDGE else (0, "left")
        words = [f"{row['bound']} {grouped(row.number('value'))}".strip()]
        words += wrap(row["words"], 18)
        for at, line in enumerate(words):
            below = y + TALL + 10 + at * LEADING
            write(axes, place, below, line, size=SMALL, align=align, bold=at == 0)
        left += wide
