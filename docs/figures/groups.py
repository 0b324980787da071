"""Who fights whom in 2010: the seven groups of footnote 7, their rivals, camps and splits."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, NamedTuple

from courseware.figures.style import (
    FAINT,
    INK,
    MIDDLE,
    PALE,
    SMALL,
    SOFT,
    STRONG,
    WIDTH,
    canvas,
    lines,
    write,
)
from matplotlib.patches import FancyBboxPatch

if TYPE_CHECKING:
    from courseware.data.figures import Row, Table
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEIGHT = 356.0
#: Where the nodes of the left and of the right camp stand, and the middle between them.
LEFT, RIGHT = 76.0, 194.0
MIDST = (LEFT + RIGHT) / 2
#: From the nodes to the inner edge of a camp's outline and to their names, and the outlines' foot.
INSET, BESIDE, FOOT = 9.0, 9.0, 316.0
#: How far the splits run below the rivalries.
APART = 8.0


class Node(NamedTuple):
    """The place of a group: where its bar stands, begins and ends."""

    x: float
    top: float
    bottom: float

    @property
    def is_left(self) -> bool:
        """Whether it belongs to the camp on the left."""
        return self.x == LEFT


#: Groups with two rivals or more have long bars, so that every rivalry is a level line.
NODES = {
    "sinaloa": Node(LEFT, 56, 190),
    "gulf": Node(LEFT, 228, 228 + APART),
    "familia": Node(LEFT, 282, 282 + APART),
    "tijuana": Node(RIGHT, 56, 56),
    "juarez": Node(RIGHT, 95, 95),
    "beltran-leyva": Node(RIGHT, 190, 190),
    "zetas": Node(RIGHT, 228, 282 + APART),
}
#: The past Federation: left, top, width and height.
FEDERATION = (91.0, 127.0, 52.0, 30.0)


def draw(groups: Table, ties: Table) -> Figure:
    """Draw the camps as two columns, rivalries as level lines and splits as dashed arrows."""
    figure, axes = canvas(HEIGHT)
    firm, loose = ties.where(kind="camp")
    _camp(axes, firm, 0.75, is_firm=True)
    _camp(axes, loose, RIGHT - INSET, is_firm=False)
    for row in ties.where(kind="rivalry"):
        _rivalry(axes, row)
    for row in ties.where(kind="split"):
        if row["a"] in NODES:
            _split(axes, row)
        else:
            _old_split(axes, row)
    for row in groups.where(kind="group"):
        _group(axes, row)
    _federation(axes, groups.row("federation"))
    _key(axes)
    return figure


def _camp(axes: Axes, row: Row, x: float, *, is_firm: bool) -> None:
    """Draw the outline of a camp: a pale area, or dots for one that is much looser."""
    width = WIDTH - 0.75 - (RIGHT - INSET)
    area = FancyBboxPatch(
        (x, 0.75),
        width,
        FOOT - 0.75,
        boxstyle="round,pad=0,rounding_size=9",
        facecolor=PALE if is_firm else "none",
        edgecolor=PALE if is_firm else SOFT,
        linestyle="solid" if is_firm else (0, (0.1, 2.6)),
        linewidth=1.25,
        capstyle="round",
    )
    axes.add_patch(area)
    _block(axes, (x + 7, 17), lines(row["words"], 19), color=INK)


def _group(axes: Axes, row: Row) -> None:
    """Draw the bar of a group, and its name on the outer side."""
    node = NODES[row["id"]]
    ends = [node.top, node.bottom]
    axes.plot([node.x] * 2, ends, color=STRONG, linewidth=8, solid_capstyle="round", zorder=3)
    x, align = (node.x - BESIDE, "right") if node.is_left else (node.x + BESIDE, "left")
    words = lines(row["label"], 10)
    write(axes, x, sum(ends) / 2, words, bold=True, align=align)


def _rivalry(axes: Axes, row: Row) -> None:
    """Draw the level line between two rivals, with its date above."""
    y = max(NODES[row["a"]].top, NODES[row["b"]].top)
    axes.plot([LEFT, RIGHT], [y, y], color=STRONG, linewidth=1.75)
    write(axes, MIDST, y - 8, row["since_words"], size=SMALL, align="center")


def _split(axes: Axes, row: Row) -> None:
    """Draw a dashed arrow below a rivalry, from the older group, with its words below."""
    start, end = NODES[row["a"]], NODES[row["b"]]
    y = min(start.bottom, end.bottom)
    way = 1 if start.is_left else -1
    _dashed(axes, (start.x + 4 * way, y), (end.x - 5 * way, y))
    _block(axes, (MIDST, y + 16), lines(row["words"], 22), align="center")


def _old_split(axes: Axes, row: Row) -> None:
    """Draw a dashed arrow out of the past Federation, with its words by the name of the group."""
    x, y, width, height = FEDERATION
    end = NODES[row["b"]]
    is_up = end.top < y
    way = -1 if is_up else 1
    _dashed(
        axes,
        (x + width + 2, y + height / 2 + 5 * way),
        (end.x - 4.5, end.top - 4 * way),
    )
    top, edge = (end.top + 6, "top") if is_up else (end.top - 14, "bottom")
    _block(axes, (RIGHT + BESIDE, top), lines(row["words"], 13), edge=edge)


def _federation(axes: Axes, row: Row) -> None:
    """Draw the past Federation: hollow and faint."""
    x, y, width, height = FEDERATION
    box = "round,pad=0,rounding_size=9"
    shape = FancyBboxPatch(
        (x, y), width, height, boxstyle=box, facecolor="none", edgecolor=FAINT, linewidth=1.25
    )
    axes.add_patch(shape)
    words = lines(row["label"], 10)
    _block(axes, (x + width / 2, y + height / 2), words, align="center")


def _block(
    axes: Axes,
    place: tuple[float, float],
    words: str,
    *,
    color: str = SOFT,
    align: str = "left",
    edge: str = "center",
) -> None:
    """Write small *words*, their lines close together, with their *edge* at the height given."""
    write(axes, *place, words, size=SMALL, color=color, align=align, va=edge)


def _dashed(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw the dashed arrow of a split, whose head is whole."""
    length = hypot(end[0] - start[0], end[1] - start[1])
    across, down = (end[0] - start[0]) / length, (end[1] - start[1]) / length

    def at(along: float, aside: float = 0.0) -> tuple[float, float]:
        return start[0] + along * across - aside * down, start[1] + along * down + aside * across

    shaft = zip(start, at(length - 5), strict=True)
    axes.plot(*shaft, color=MIDDLE, linewidth=1.5, linestyle=(0, (4, 2.5)))
    head = zip(end, at(length - 7.5, 3.5), at(length - 7.5, -3.5), strict=True)
    axes.fill(*head, color=MIDDLE, linewidth=0, zorder=4)


def _key(axes: Axes) -> None:
    """Draw samples of the line and of the arrow, with what they stand for."""
    y = FOOT + 17
    axes.plot([0, 27], [y, y], color=STRONG, linewidth=1.75)
    write(axes, 34, y, "rivals, and since when", size=SMALL)
    _dashed(axes, (0, y + 16), (27, y + 16))
    write(axes, 34, y + 16, "split, from the older body to the one that left", size=SMALL)
