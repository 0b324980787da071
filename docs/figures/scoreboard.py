"""Four pillars, four years: what the record shows, and how strong the record is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courseware.figures.parts import heading, rectangle
from courseware.figures.style import PAPER, SMALL, SOFT, STRONG, WIDTH, canvas, lines, write

if TYPE_CHECKING:
    from courseware.data.figures import Table
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: How many steps each strength fills.
STEPS = {"weak": 1, "moderate": 2, "strong": 3}
#: Width of a step and the space to the next; where the marks and the words begin.
STEP, GAP = 9.0, 2.0
MARKS = WIDTH - 3 * STEP - 2 * GAP - 0.5
WORDS = 30.0
#: Characters in a line of words, points from line to line and from row to row.
ROOM, LEADING, BETWEEN = 46, 11.0, 7.0


def draw(board: Table) -> Figure:
    """Draw a block for each pillar with a row for each year, and a key of the marks."""
    parts = list(dict.fromkeys(row["part"] for row in board.rows))
    texts = {row["id"]: lines(row["words"], ROOM).splitlines() for row in board.rows}
    rows = sum(len(text) * LEADING + BETWEEN for text in texts.values())
    figure, axes = canvas(rows + 30 * len(parts) + 22)
    y = 7.0
    for part in parts:
        y = heading(axes, y, part)
        for row in board.where(part=part):
            text = texts[row["id"]]
            write(axes, 0, y, row["when"])
            for at, line in enumerate(text):
                write(axes, WORDS, y + at * LEADING, line, size=SMALL)
            _mark(axes, MARKS, y, STEPS[row["evidence"]])
            y += len(text) * LEADING + BETWEEN
        axes.plot([0, WIDTH], [y - 4, y - 4], color=SOFT, linewidth=0.75)
        y += 10
    write(axes, 0, y, "Evidence:", size=SMALL, color=SOFT)
    for x, (word, filled) in zip((44.5, 110.5, 193.5), STEPS.items(), strict=True):
        _mark(axes, x, y, filled)
        write(axes, x + 36, y, word, size=SMALL, color=SOFT)
    return figure


def _mark(axes: Axes, x: float, y: float, filled: int) -> None:
    """Draw three rising steps, the first *filled* of them dark."""
    for at in range(3):
        tall = 4.0 + 3 * at
        fill = STRONG if at < filled else PAPER
        rectangle(axes, x + at * (STEP + GAP), y + 5 - tall, STEP, tall, fill=fill)
