"""How the routes moved: three steps of the essay's account, each on a sketch without scale."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, NamedTuple

from courseware.figures.parts import heading
from courseware.figures.style import INK, SMALL, SOFT, STRONG, canvas, lines, write

if TYPE_CHECKING:
    from courseware.data.figures import Row, Table
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Points from step to step, and the free space below the last.
STEP, REST = 141.0, 12.0
#: Points from a dot to an arrow.
GAP = 7.0


class Spot(NamedTuple):
    """A place, in points from the top left of a step, and where words stand from there."""

    x: float
    y: float
    align: str
    side: float = 0.0
    rise: float = 0.0


PLACES = {
    "united-states": Spot(120, 35, "center", rise=-11),
    "mexico": Spot(99, 82, "right", side=-8),
    "caribbean": Spot(190, 82, "left", side=8),
    "colombia": Spot(149, 123, "left", side=8),
}
#: Where the words of an arrow stand, by its ends and by how many arrows with these came before.
WORDS = {
    ("mexico", "united-states", 0): Spot(98, 54, "right"),
    ("mexico", "united-states", 1): Spot(123, 58, "left"),
    ("caribbean", "united-states", 0): Spot(164, 53, "left"),
    ("colombia", "mexico", 0): Spot(110, 109, "right"),
}


def draw(routes: Table, nodes: Table) -> Figure:
    """Draw a sketch for each step: places as dots, routes as arrows that are all of one width."""
    stages = list(dict.fromkeys(row["stage"] for row in routes.rows))
    figure, axes = canvas(STEP * len(stages) - REST)
    for at, stage in enumerate(stages):
        top = at * STEP
        found = routes.where(stage=stage)
        heading(axes, top + 7, found[0]["panel"])
        for node in nodes.rows:
            _place(axes, top, node, stage)
        drawn: list[tuple[str, str]] = []
        for row in found:
            _route(axes, top, row, drawn)
    return figure


def _place(axes: Axes, top: float, node: Row, stage: str) -> None:
    """Draw a place with its name, and with its words in the step to which they belong."""
    spot = PLACES[node["id"]]
    y = top + spot.y
    axes.plot([spot.x], [y], "o", markersize=6, color=INK, zorder=3)
    write(axes, spot.x + spot.side, y + spot.rise, node["label"], align=spot.align)
    if node["stage"] == stage:
        _words(axes, spot.x + spot.side, y + 21, node["words"], spot.align, INK)


def _route(axes: Axes, top: float, row: Row, drawn: list[tuple[str, str]]) -> None:
    """Draw an arrow, dashed where it is inferred, with its words; one arrow for the same ends."""
    ends = (row["from"], row["to"])
    is_inferred = row["kind"] == "inference"
    if ends not in drawn:
        start, end = ((PLACES[place].x, top + PLACES[place].y) for place in ends)
        _arrow(axes, start, end, is_dashed=is_inferred)
    spot = WORDS.get((*ends, drawn.count(ends)))
    if spot is not None:
        color = SOFT if is_inferred else INK
        _words(axes, spot.x, top + spot.y, row["words"], spot.align, color)
    drawn.append(ends)


def _words(axes: Axes, x: float, y: float, words: str, align: str, color: str) -> None:
    """Write small *words*, their lines close together."""
    write(axes, x, y, lines(words, 22), size=SMALL, color=color, align=align)


def _arrow(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], *, is_dashed: bool
) -> None:
    """Draw an arrow between two dots, clear of both; its head is whole also where it is dashed."""
    length = hypot(end[0] - start[0], end[1] - start[1])
    across, down = (end[0] - start[0]) / length, (end[1] - start[1]) / length

    def at(along: float, aside: float = 0.0) -> tuple[float, float]:
        return start[0] + along * across - aside * down, start[1] + along * down + aside * across

    color = SOFT if is_dashed else STRONG
    tip = length - GAP
    shaft = zip(at(GAP), at(tip - 5), strict=True)
    axes.plot(*shaft, color=color, linewidth=1.75, linestyle=(0, (3, 2)) if is_dashed else "-")
    head = zip(at(tip), at(tip - 8, 3.8), at(tip - 8, -3.8), strict=True)
    axes.fill(*head, color=color, linewidth=0)
