"""The kinds of statement on each page of the essay: what is stated, and what is weighed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courseware.data.figures import grouped
from courseware.figures.parts import key, rectangle
from courseware.figures.style import (
    INK,
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

#: Kinds to the left and to the right of the middle line, from the line outwards.
LEFT = ("fact", "estimate")
RIGHT = ("judgement", "prediction", "recommendation", "question")
#: The fill and the hatch of each kind.
LOOKS = {
    "fact": (STRONG, ""),
    "estimate": (PAPER, "/////"),
    "judgement": (PALE, ""),
    "prediction": (MIDDLE, ""),
    "recommendation": (PAPER, "|||||"),
    "question": (PAPER, ""),
}
#: Where bars may begin and end, from page to page, and the height of a bar.
START, END, STEP, THICK = 38.0, 244.0, 20.0, 13.0


def draw(kinds: Table) -> Figure:
    """Draw two stacked bars a page, which grow from one line: facts left, judgements right."""
    top = 26.0
    bottom = top + STEP * len(kinds.rows)
    figure, axes = canvas(bottom + 36)
    widest = [max(_count(row, side) for row in kinds.rows) for side in (LEFT, RIGHT)]
    unit = (END - START) / sum(widest)
    middle = START + widest[0] * unit
    for name, side, align in (("fact", -5, "right"), ("judgement", 5, "left")):
        words = _named(kinds, name)
        write(axes, middle + side, top - 15, words, bold=True, align=align)
    write(axes, WIDTH, top - 15, "All", color=SOFT, align="right")
    for at, row in enumerate(kinds.rows):
        y = top + STEP * at
        write(axes, 0, y + THICK / 2, row["label"])
        _stack(axes, row, LEFT, (middle, y), -unit)
        _stack(axes, row, RIGHT, (middle, y), unit)
        total = grouped(_count(row, LEFT) + _count(row, RIGHT))
        write(axes, WIDTH, y + THICK / 2, total, color=SOFT, align="right")
    axes.plot([middle, middle], [top - 6, bottom - 1], color=INK, linewidth=1)
    places = ((0.5, 10.0), (112.0, 10.0), (0.5, 27.0), (112.0, 27.0))
    for name, (x, below) in zip((*LEFT[1:], *RIGHT[1:]), places, strict=True):
        fill, hatch = LOOKS[name]
        key(axes, bottom + below, _named(kinds, name), fill=fill, hatch=hatch, x=x)
    return figure


def _count(row: Row, side: tuple[str, ...]) -> float:
    """Return how many statements of *row* are of the kinds of one side."""
    return sum(row.number(name) for name in side)


def _named(kinds: Table, name: str) -> str:
    """Return a kind as the table calls it, with its number in the whole essay."""
    return f"{name.capitalize()}s {grouped(sum(row.number(name) for row in kinds.rows))}"


def _stack(
    axes: Axes, row: Row, side: tuple[str, ...], start: tuple[float, float], unit: float
) -> None:
    """Draw the kinds of one side outwards from *start*; a statement is *unit* points wide."""
    x, y = start
    for name in side:
        width = row.number(name) * unit
        if not width:
            continue
        fill, hatch = LOOKS[name]
        rectangle(axes, x, y, width, THICK, fill=fill, hatch=hatch)
        if name == side[0] and abs(width) > 12:
            color = PAPER if fill == STRONG else INK
            words = grouped(row.number(name))
            place = (x + width / 2, y + THICK / 2)
            write(axes, *place, words, size=SMALL, color=color, align="center")
        x += width
