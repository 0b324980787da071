"""The kinds of statement on each page of the essay: what is stated, and what is weighed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from courseware.data.figures import grouped
from courseware.figures.style import (
    AREAS,
    HUES,
    INK,
    SMALL,
    SOFT,
    WIDTH,
    canvas,
    write,
)
from matplotlib.patches import FancyBboxPatch, Rectangle

if TYPE_CHECKING:
    from courseware.data.figures import Row, Table
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Kinds to the left and to the right of the middle line, from the line outwards.
LEFT = ("fact", "estimate")
RIGHT = ("judgement", "prediction", "recommendation", "question")
#: The sign and the hue of each kind, which are those of its name in the ledger and in the chapters.
LOOKS = {
    "fact": ("solid", "blue"),
    "estimate": ("dashed", "amber"),
    "judgement": ("double", "plum"),
    "prediction": ("dotted", "green"),
    "recommendation": ("strong", "red"),
    "question": ("round", "slate"),
}
#: Where bars may begin and end, from page to page, and the height of a bar.
START, END, STEP, THICK = 38.0, 244.0, 20.0, 13.0
#: Half the space between two frames.
APART = 0.75


def draw(kinds: Table) -> Figure:
    """Draw two stacked bars a page, which grow from one line: facts left, judgements right."""
    top = 26.0
    bottom = top + STEP * len(kinds.rows)
    figure, axes = canvas(bottom + 58)
    widest = [max(_count(row, side) for row in kinds.rows) for side in (LEFT, RIGHT)]
    unit = (END - START) / sum(widest)
    middle = START + widest[0] * unit
    for side, align, words in ((-5, "right", "stated"), (5, "left", "weighed or asked")):
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
    for at, name in enumerate((*LEFT, *RIGHT)):
        x, below = (0.5, 112.0)[at % 2], bottom + 12 + 17 * (at // 2)
        _frame(axes, name, (x, below - 4.5), 18, 9)
        write(axes, x + 24, below, _named(kinds, name), size=SMALL, color=SOFT)
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
        left = min(x, x + width)
        _frame(axes, name, (left, y), abs(width), THICK)
        if name == side[0] and abs(width) > 12:
            words = grouped(row.number(name))
            write(axes, x + width / 2, y + THICK / 2, words, size=SMALL, align="center")
        x += width


def _frame(axes: Axes, name: str, corner: tuple[float, float], width: float, height: float) -> None:
    """Draw an area in the frame and hue of its kind, a little smaller than its place."""
    sign, hue = LOOKS[name]
    x, y = corner[0] + APART, corner[1]
    width -= 2 * APART
    looks: dict[str, Any] = {"facecolor": AREAS[hue], "edgecolor": HUES[hue], "linewidth": 0.9}
    if sign == "dashed":
        looks |= {"linestyle": (0, (3, 1.6))}
    elif sign == "dotted":
        looks |= {"linestyle": (0, (1, 1.1)), "linewidth": 1.6}
    elif sign == "strong":
        looks |= {"linewidth": 2.2}
    if sign == "round":
        size = min(width, height) / 2 - 0.1
        box = f"round,pad=0,rounding_size={size}"
        axes.add_patch(FancyBboxPatch((x, y), width, height, boxstyle=box, **looks))
        return
    axes.add_patch(Rectangle((x, y), width, height, **looks))
    if sign == "double" and width > 5:
        axes.add_patch(Rectangle((x + 2, y + 2), width - 4, height - 4, **looks))
    elif sign == "double":
        axes.plot([x + width / 2] * 2, [y, y + height], color=HUES[hue], linewidth=0.9)
