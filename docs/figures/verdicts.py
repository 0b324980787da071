"""The author's verdicts at a glance: what he judges, a mark of one to three, and what remains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courseware.figures.parts import rectangle
from courseware.figures.style import (
    INK,
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

#: How many steps each word of the scale fills; any other word gets a dash.
STEPS = {"little yet": 1, "uneven": 2, "begun well": 3}
#: Who gave the mark: the author, or this course.
OWN, OURS = "Selee", "our sorting"
#: Width of a step, space to the next, and the width of the three.
STEP, GAP = 10.0, 2.0
MARK = 3 * STEP + 2 * GAP
#: Where the marks of the rows begin; their outlines need half a point.
MARKS = WIDTH - MARK - 0.5
#: Points from row to row, and from a rule to the middle of the row below.
ROW, BELOW = 31.0, 14.0


def draw(verdicts: Table) -> Figure:
    """Draw a row for each verdict, by part, and a key of the marks."""
    parts = list(dict.fromkeys(row["part"] for row in verdicts.rows))
    origins = list(dict.fromkeys(row["grade_from"] for row in verdicts.rows))
    figure, axes = canvas(16 + ROW * len(verdicts.rows) + 7 * len(parts) + 15 * len(origins) + 20)
    remains = "What remains"
    write(axes, 0, 6, f"{remains}, below each name", size=SMALL, color=SOFT)
    write(axes, WIDTH, 6, "Mark", size=SMALL, color=SOFT, align="right")
    y = 15.0
    for part in parts:
        _rule(axes, y)
        rows = verdicts.where(part=part)
        for at, row in enumerate(rows):
            _row(axes, y + BELOW + ROW * at, row)
        y += ROW * len(rows) + 7
    _rule(axes, y)
    write(axes, 0, y + 11, "Mark given by", size=SMALL, color=SOFT)
    for at, origin in enumerate(origins):
        below = y + 27 + 15 * at
        is_mark = origin.startswith((OWN, OURS))
        _mark(axes, 0.5, below, len(STEPS) * is_mark, is_own=origin.startswith(OWN))
        write(axes, MARK + 8, below, origin, size=SMALL, color=SOFT)
    return figure


def _rule(axes: Axes, y: float) -> None:
    """Draw a line between groups of rows."""
    axes.plot([0, WIDTH], [y, y], color=SOFT, linewidth=0.75)


def _row(axes: Axes, y: float, row: Row) -> None:
    """Draw one verdict: name and mark, and below in small type what remains and who marked."""
    write(axes, 0, y, row["label"], bold=True)
    write(axes, MARKS - 6, y, row["grade"], align="right")
    is_own = row["grade_from"].startswith(OWN)
    _mark(axes, MARKS, y, STEPS.get(row["grade"], 0), is_own=is_own)
    write(axes, 0, y + 12, row["remains"], size=SMALL, color=SOFT)
    if row["grade_from"].startswith(OURS):
        write(axes, WIDTH, y + 12, OURS, size=SMALL, color=SOFT, align="right")


def _mark(axes: Axes, x: float, y: float, filled: int, *, is_own: bool) -> None:
    """Draw three rising steps, the first *filled* of them dark or, if the mark is ours, hatched."""
    if not filled:
        axes.plot([x, x + MARK], [y, y], color=INK, linewidth=1.75)
        return
    for at in range(len(STEPS)):
        tall = 5.0 + 3.5 * at
        fill, hatch = (STRONG, "") if is_own else (PALE, "//////")
        if at >= filled:
            fill, hatch = PAPER, ""
        rectangle(axes, x + at * (STEP + GAP), y + 5 - tall, STEP, tall, fill=fill, hatch=hatch)
