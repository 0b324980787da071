"""What several figures draw: bars with their words above, grids of units, keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.patches import Rectangle

from .style import INK, PAPER, SMALL, SOFT, STRONG, WIDTH, write

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Points from the words of a bar to the next bar's words, and the height of a bar.
STEP, BAR = 33.0, 10.0


def heading(axes: Axes, y: float, words: str) -> float:
    """Write the heading of a group with its middle at *y*; return where the group begins."""
    write(axes, 0, y, words, bold=True)
    return y + 17


def bar(
    axes: Axes,
    y: float,
    label: str,
    words: str,
    span: tuple[float, float],
    *,
    fill: str = STRONG,
    hatch: str = "",
    is_open: bool = False,
) -> None:
    """Draw a bar under its *label* (left) and its number in *words* (right).

    *y* is the middle of the words and *span* runs from 0 to 1 over the width; an open bar ends in
    an arrow head, as for "over 6,500".
    Wherever the fill is pale or hatched, an outline shows where the bar ends.
    """
    write(axes, 0, y, label)
    write(axes, WIDTH, y, words, align="right")
    left, right = (edge * WIDTH for edge in span)
    top = y + 8
    rectangle(axes, left, top, right - left, BAR, fill=fill, hatch=hatch)
    if is_open:
        tip = min(right + 6, WIDTH)
        shape = [(right + 1.5, top), (tip + 1.5, top + BAR / 2), (right + 1.5, top + BAR)]
        axes.fill(*zip(*shape, strict=True), color=fill if fill != PAPER else SOFT, linewidth=0)


def rectangle(
    axes: Axes,
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str = STRONG,
    hatch: str = "",
) -> None:
    """Draw an area with an outline: of its own colour where that is dark, or else visible."""
    edge = SOFT if hatch or fill not in {STRONG, INK} else fill
    looks: dict[str, Any] = {"facecolor": fill, "edgecolor": edge, "hatch": hatch or None}
    axes.add_patch(Rectangle((x, y), width, height, linewidth=0.75, **looks))


def grid(
    axes: Axes,
    x: float,
    y: float,
    filled: int,
    total: int,
    columns: int,
    size: float,
    *,
    gap: float,
    mark: str = "s",
) -> None:
    """Draw *total* marks of *size* points in rows, the first *filled* of them dark.

    *x* and *y* are the upper left corner, *mark* is a mark of matplotlib's: ``s`` for squares,
    ``o`` for circles.
    """
    step = size + gap
    places = [
        (x + size / 2 + at % columns * step, y + size / 2 + at // columns * step)
        for at in range(total)
    ]
    for some, face, edge in ((places[:filled], STRONG, STRONG), (places[filled:], PAPER, SOFT)):
        across, down = zip(*some, strict=True) if some else ((), ())
        axes.scatter(across, down, s=size**2, marker=mark, c=face, edgecolors=edge, linewidths=0.75)


def key(axes: Axes, y: float, words: str, *, fill: str, hatch: str = "", x: float = 0.0) -> None:
    """Draw an entry of the key: a sample of the area, and what it stands for."""
    rectangle(axes, x, y - 4, 12, 8, fill=fill, hatch=hatch)
    write(axes, x + 17, y, words, size=SMALL, color=SOFT)
