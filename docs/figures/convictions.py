"""Two grids of a hundred crimes, the stages of a third, and the sets that a hundred could be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from courseware.data.figures import grouped
from courseware.figures.parts import grid, rectangle
from courseware.figures.style import SMALL, SOFT, WIDTH, canvas, lines, write
from matplotlib.patches import Ellipse, FancyBboxPatch

if TYPE_CHECKING:
    from courseware.data.figures import Row, Table
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Marks in a row, the size of a mark, and the points between two.
COLUMNS, SIZE, GAP = 10, 7.2, 1.6
#: Where the words beside a grid begin, the letters in a line of them, and its height.
LEFT, LETTERS, LEADING = 102.0, 41, 11.5
#: Where the bars of the stages begin, and how long a hundred is.
BARS, HUNDRED = 84.0, 158.0


def draw(studies: Table, hundreds: Table, stages: Table) -> Figure:
    """Draw the grid of each study with its words, then stages, then what a hundred could be."""
    figure, axes = canvas(474)
    essay, rest, other = (studies.row(name) for name in ("essay-two", "essay-rest", "other-one"))
    total = int(essay.number("value") + rest.number("value"))
    grid(axes, 0.5, 1, int(essay.number("value")), total, COLUMNS, SIZE, gap=GAP)
    _study(axes, 6, essay)
    # Marks of another kind, since it may be a hundred of another kind.
    grid(axes, 0.5, 120, int(other.number("value")), total, COLUMNS, SIZE, gap=GAP, mark="o")
    _study(axes, 125, other, other["caution"].rstrip("."))
    _stages(axes, 245, stages)
    _sets(axes, 343, hundreds)
    return figure


def _study(axes: Axes, y: float, row: Row, doubt: str = "") -> None:
    """Write what a grid shows: the number, what was counted, by whom, of what, and a doubt."""
    text = f"{row['bound'].capitalize()} {grouped(row.number('value'))} {row['unit']}"
    write(axes, LEFT, y, text, bold=True)
    y = _lines(axes, LEFT, y + 14, row["what_counted"], LETTERS)
    y = _lines(axes, LEFT, y + 4, f"By {row['who_counted']}", LETTERS, color=SOFT)
    y = _lines(axes, LEFT, y + 4, f"Its hundred: {row['denominator']}", LETTERS, color=SOFT)
    _lines(axes, LEFT, y + 4, doubt, LETTERS, color=SOFT)


def _lines(axes: Axes, x: float, y: float, words: str, width: int, **looks: Any) -> float:  # noqa: ANN401 (passed on)
    """Write *words* in small type from *y* down; return where the next line would be."""
    for line in lines(words, width).split("\n") if words else ():
        write(axes, x, y, line, size=SMALL, **looks)
        y += LEADING
    return y


def _stages(axes: Axes, y: float, stages: Table) -> None:
    """Draw a bar for each stage that crimes reach, the number behind it."""
    first = stages.row("committed")
    title = f"Stage by stage: {first['who_counted']}, {first['as_of']}"
    write(axes, 0, y, title, bold=True)
    y += 16
    for row in stages.rows:
        value = row.number("value")
        length = value / first.number("value") * HUNDRED
        write(axes, 0, y, row["label"])
        rectangle(axes, BARS, y - 5, length, 10)
        write(axes, BARS + length + 5, y, grouped(value))
        y += 16


def _sets(axes: Axes, y: float, hundreds: Table) -> None:
    """Draw reported and serious crimes as sets that overlap, within all crimes."""
    every, reported, serious = (hundreds.row(name) for name in ("all", "reported", "serious"))
    write(axes, 0, y, "Which hundred? A sketch without scale", bold=True)
    y += 12
    looks: dict[str, Any] = {"facecolor": "none", "edgecolor": SOFT, "linewidth": 1}
    style = "round,pad=0,rounding_size=8"
    axes.add_patch(FancyBboxPatch((0.5, y), WIDTH - 1, 118, boxstyle=style, **looks))
    write(axes, 10, y + 12, every["label"])
    write(axes, WIDTH - 10, y + 12, every["words"], size=SMALL, color=SOFT, align="right")
    for side, row, line in ((-1, reported, "-"), (1, serious, "--")):
        looks |= {"linewidth": 1.25, "linestyle": line}
        axes.add_patch(Ellipse((WIDTH / 2 + side * 54, y + 68), 142, 86, **looks))
        x = WIDTH / 2 + side * 72
        write(axes, x, y + 50, row["label"], align="center")
        _lines(axes, x, y + 64, row["words"], 18, color=SOFT, align="center")
