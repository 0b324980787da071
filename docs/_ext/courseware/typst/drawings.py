"""What stands where in a drawn figure, so that it can be shown in parts that can be read from afar.

matplotlib writes shapes as paths in points from the top left, and each line of words as a group
with a transform ``translate(x y) scale(s -s)``: its baseline, and its size in hundredths.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import ceil
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

#: From where to where, in shares of the height.
Part = tuple[float, float]
#: From where to where, in points from the top.
Span = tuple[float, float]

_SVG = "{http://www.w3.org/2000/svg}"
_WORDS = re.compile(r"translate\(([-\d.]+) ([-\d.]+)\) scale\(([\d.]+) -[\d.]+\)")
_SIZE = re.compile(r"([\d.]+)pt")
_NUMBER = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")
#: How far a line of words reaches above and below its baseline, in shares of its size.
_ABOVE, _BELOW = 0.8, 0.3
#: Half the height of the signs that mark points.
_MARKER = 3.0
#: How far panels and groups of rows stand apart; what belongs together is closer.
_WIDE = 5.0
#: How many parts more than needed a figure may have, so that none ends amid a shape.
_MORE = 2
#: How many lines of words a part has at least, and how much of the room in height; a lower one
#: counts as much less as a gap of so many points would count more.
_LABELS, _FULL, _LOW = 3, 0.5, 20.0
#: What is left around a part, in points, where lines are drawn at its edge.
_AROUND = 4.0
#: How many words in the first line are heads of columns, and which share of the height is the most
#: that heads take.
_HEADS, _HIGHEST = 2, 0.2


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: its size, its lines of words, the size of the smallest, and its shapes."""

    width: float
    height: float
    words: tuple[Span, ...]
    letters: float
    shapes: tuple[Span, ...] = ()

    @property
    def head(self) -> float:
        """How far the heads of columns reach down, in points; 0 where there are none.

        Heads are several words in the first line, with the lines close below them, above all
        shapes and well apart from what follows.
        """
        lines = sorted(self.words)
        if len([each for each in lines if each[0] == lines[0][0]]) < _HEADS:
            return 0.0
        bottom = lines[0][1]
        for top, end in lines:
            if top - bottom >= _WIDE:
                break
            bottom = max(bottom, end)
        free = all(top >= bottom for top, _ in self.shapes)
        return bottom if free and bottom < _HIGHEST * self.height else 0.0

    def parts(
        self, room: tuple[float, float], least: float, enough: float, *, headed: bool = False
    ) -> list[Part]:
        """Return the parts in which letters of a picture in *room* have the size *least*.

        Where they are *headed*, each part after the first leaves room for the heads of columns.

        One, the whole, where they have *enough* in it, and where nothing is known of words. Parts
        end between what stands well apart, even if they are more then; where that cannot be, where
        nothing is drawn; or else where no words stand. The ground between them is left out.
        """
        whole = min(room[0] / self.width, room[1] / self.height)
        if not self.words or self.letters * whole >= enough:
            return [(0.0, 1.0)]
        most = room[1] / min(least / self.letters, room[0] / self.width)
        fewest = max(2, ceil((self.height - 2 * _AROUND) / most))
        everything = (*self.words, *self.shapes)
        for drawn, gap in ((everything, _WIDE), (everything, 0.0), (self.words, 0.0)):
            gaps = [each for each in self.gaps(drawn) if each[1] - each[0] > gap]
            for count in range(fewest, fewest + _MORE + 1):
                if edges := self.divided(gaps, count, most, self.head if headed else 0.0):
                    return self.shares(edges)
        return self.shares([self.height * at / fewest for at in range(fewest + 1)])

    def shares(self, edges: Sequence[float]) -> list[Part]:
        """Return the parts between *edges*, each no higher than what is drawn in it."""
        return [(a / self.height, b / self.height) for a, b in map(self.drawn, pairwise(edges))]

    def drawn(self, part: Span) -> Span:
        """Return from where to where something is drawn in *part*."""
        start, end = part
        inside = [each for each in (*self.words, *self.shapes) if each[0] < end and each[1] > start]
        if not inside:
            return part
        top, bottom = min(each[0] for each in inside), max(each[1] for each in inside)
        return max(start, top - _AROUND), min(end, bottom + _AROUND)

    def worth(self, part: Span, most: float) -> float | None:
        """Return how good *part* is, None where it is higher than *most* or has too few words."""
        top, bottom = self.drawn(part)
        words = sum(top <= (start + end) / 2 <= bottom for start, end in self.words)
        if bottom - top > most or words < _LABELS:
            return None
        return -_LOW if bottom - top < _FULL * most else 0.0

    def gaps(self, drawn: Sequence[Span]) -> Iterator[Span]:
        """Yield where nothing of *drawn* stands, from top to bottom."""
        bottom = 0.0
        for top, end in sorted(drawn):
            if top > bottom > 0:
                yield bottom, top
            bottom = max(bottom, end)

    def divided(
        self, gaps: Sequence[Span], count: int, most: float, head: float = 0.0
    ) -> list[float]:
        """Return the edges of *count* parts, none higher than *most*; nothing where there are none.

        Above each part but the first stands the *head* of the picture.

        Wide gaps are better than narrow ones, even parts better than uneven ones, and low parts
        are worse.
        """
        cuts = [(0.0, 0.0), *(((top + end) / 2, end - top) for top, end in gaps)]
        cuts.append((self.height, 0.0))
        worth = {
            (start, end): self.worth((start, end), most - head if start else most)
            for (start, _), (end, _) in combinations(cuts, 2)
        }
        # The best way to each cut: how good it is, and the edges so far.
        ways: dict[float, tuple[float, list[float]]] = {0.0: (0.0, [0.0])}
        for at in range(1, count + 1):
            further: dict[float, tuple[float, list[float]]] = {}
            for cut, gap in cuts:
                before = [
                    (score + value, edges)
                    for edge, (score, edges) in ways.items()
                    if (value := worth.get((edge, cut))) is not None
                ]
                if before:
                    score, edges = max(before)
                    score += gap - abs(cut - self.height * at / count) / 10
                    further[cut] = (score, [*edges, cut])
            ways = further
        return ways.get(self.height, (0.0, []))[1]


def read_drawing(path: Path) -> Drawing | None:
    """Return what is known of the SVG file *path*, None where matplotlib has not made it."""
    if path.suffix != ".svg" or not path.is_file():
        return None
    try:
        root = ET.fromstring(path.read_bytes())  # noqa: S314 (the course's own picture)
    except ET.ParseError:
        return None
    sizes = [_SIZE.fullmatch(root.get(side, "")) for side in ("width", "height")]
    if not (sizes[0] and sizes[1]):
        return None
    width, height = float(sizes[0][1]), float(sizes[1][1])
    words: list[tuple[Span, float]] = []
    shapes: list[Span] = []
    _look_through(root, words, shapes)
    return Drawing(
        width,
        height,
        tuple(span for span, _ in words),
        min((size for _, size in words), default=0.0),
        # The ground, and what spans the whole, parts nothing.
        tuple((top, end) for top, end in shapes if end - top < 0.9 * height),
    )


def _look_through(node: ET.Element, words: list[tuple[Span, float]], shapes: list[Span]) -> None:
    """Add the words and shapes in *node*, but not the letters that words are made of."""
    for child in node:
        if child.tag == f"{_SVG}defs":
            continue
        if found := _WORDS.search(child.get("transform", "")):
            base, size = float(found[2]), float(found[3]) * 100
            words.append(((base - _ABOVE * size, base + _BELOW * size), size))
        elif child.tag == f"{_SVG}path":
            heights = [float(each) for each in _NUMBER.findall(child.get("d", ""))[1::2]]
            if heights:
                shapes.append((min(heights), max(heights)))
        elif child.tag == f"{_SVG}use" and "y" in child.attrib:
            middle = float(child.get("y", "0"))
            shapes.append((middle - _MARKER, middle + _MARKER))
        else:
            _look_through(child, words, shapes)
