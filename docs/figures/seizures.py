"""Of every thousand dollars smuggled, one or two were seized."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courseware.figures.parts import rectangle
from courseware.figures.style import PALE, PAPER, SMALL, SOFT, STRONG, WIDTH, canvas, write
from matplotlib.patches import PathPatch
from matplotlib.path import Path

if TYPE_CHECKING:
    from courseware.data.figures import Row, Table
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: The thousand squares stand in blocks of ten by ten, five blocks in a row.
SIDE, ACROSS, DOWN = 10, 5, 2
#: A square's side, and points from square to square.
SIZE, PITCH = 3.9, 5.0
BLOCK = (SIDE - 1) * PITCH + SIZE
GAP = (WIDTH - 1 - ACROSS * BLOCK) / (ACROSS - 1)
#: The same squares in the key above: side, from square to square, and from row to row.
LARGE, STRIDE, STEP = 13.0, 16.0, 20.0
#: What the squares look like: the first for either flow, the second for the smaller flow alone.
LOOKS = ((STRONG, ""), (PALE, "/////"))


def draw(seizures: Table) -> Figure:
    """Draw a thousand squares, of which one is dark and one hatched, under what these stand for."""
    shares = [seizures.row("share-least"), seizures.row("share-most")]
    grid = 2 * STEP + 22
    foot = grid + DOWN * BLOCK + (DOWN - 1) * GAP
    figure, axes = canvas(foot + 16)
    for at, row in enumerate(shares):
        _share(axes, 8 + at * STEP, row)
    marked = max(_squares(row) for row in shares)
    places = [_place(at, grid) for at in range(SIDE * SIDE * ACROSS * DOWN)]
    _field(axes, places[marked:])
    for place, (fill, hatch) in zip(places[:marked], LOOKS, strict=True):
        rectangle(axes, *place, SIZE, SIZE, fill=fill, hatch=hatch * 2)
    # Lines from the large squares to the small ones.
    low = 8 + STEP + LARGE / 2
    for wide, narrow in ((0.5, places[0][0]), (STRIDE + LARGE, places[marked - 1][0] + SIZE)):
        axes.plot((wide, narrow), (low + 2, grid - 2), color=SOFT, linewidth=0.75)
    square = seizures.row("square")
    words = f"{square['label']}: {square['what_counted']}"
    write(axes, 0, foot + 10, words, size=SMALL, color=SOFT)
    return figure


def _squares(row: Row) -> int:
    """Return for how many whole squares the share in *row* stands."""
    return round(row.number("value"))


def _share(axes: Axes, y: float, row: Row) -> None:
    """Draw one entry of the key: its squares, how many dollars they are, and for which flow."""
    for at, (fill, hatch) in enumerate(LOOKS[: _squares(row)]):
        rectangle(axes, 0.5 + at * STRIDE, y - LARGE / 2, LARGE, LARGE, fill=fill, hatch=hatch)
    write(axes, 36, y, row["words"], bold=True)
    _, _, flow = row["label"].partition(", ")
    write(axes, WIDTH, y, flow, size=SMALL, color=SOFT, align="right")


def _place(at: int, top: float) -> tuple[float, float]:
    """Return the upper left corner of the square number *at* in the blocks that begin at *top*."""
    block, inside = divmod(at, SIDE * SIDE)
    (down, across), (row, column) = divmod(block, ACROSS), divmod(inside, SIDE)
    x = 0.5 + across * (BLOCK + GAP) + column * PITCH
    return x, top + down * (BLOCK + GAP) + row * PITCH


def _field(axes: Axes, places: list[tuple[float, float]]) -> None:
    """Draw a hollow square at each of *places*, all as one shape."""
    shapes = []
    for x, y in places:
        corners = [(x, y), (x + SIZE, y), (x + SIZE, y + SIZE), (x, y + SIZE), (x, y)]
        shapes.append(Path(corners, closed=True))
    whole = Path.make_compound_path(*shapes)
    axes.add_patch(PathPatch(whole, facecolor=PAPER, edgecolor=SOFT, linewidth=0.5))
