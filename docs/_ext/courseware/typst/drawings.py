"""What stands where in a drawn figure, so that it can be shown in parts that can be read from afar.

matplotlib writes shapes as paths in points from the top left, and each line of words as a group
with a transform ``translate(x y) scale(s -s)``: its baseline, and its size in hundredths.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
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


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: its size, its lines of words, the size of the smallest, and its shapes."""

    width: float
    height: float
    words: tuple[Span, ...]
    letters: float
    shapes: tuple[Span, ...] = ()

    def parts(self, room: tuple[float, float], least: float) -> list[Part]:
        """Return the parts in which letters of a picture in *room* have the size *least*.

        One where they have it in the whole, and where nothing is known of words. Parts end between
        what stands well apart, even if they are more then; where that cannot be, where nothing is
        drawn; or else where no words stand.
        """
        whole = min(room[0] / self.width, room[1] / self.height)
        if not self.words or self.letters * whole >= least:
            return [(0.0, 1.0)]
        most = room[1] / min(least / self.letters, room[0] / self.width)
        fewest = ceil(self.height / most)
        everything = (*self.words, *self.shapes)
        for drawn, gap in ((everything, _WIDE), (everything, 0.0), (self.words, 0.0)):
            gaps = [each for each in self.gaps(drawn) if each[1] - each[0] > gap]
            for count in range(fewest, fewest + _MORE + 1):
                if edges := self.divided(gaps, count, most):
                    return [(a / self.height, b / self.height) for a, b in pairwise(edges)]
        edges = [self.height * at / fewest for at in range(fewest + 1)]
        return [(a / self.height, b / self.height) for a, b in pairwise(edges)]

    def gaps(self, drawn: Sequence[Span]) -> Iterator[Span]:
        """Yield where nothing of *drawn* stands, from top to bottom."""
        bottom = 0.0
        for top, end in sorted(drawn):
            if top > bottom > 0:
                yield bottom, top
            bottom = max(bottom, end)

    def divided(self, gaps: Sequence[Span], count: int, most: float) -> list[float]:
        """Return the edges of *count* parts, none higher than *most*; nothing where there are none.

        Wide gaps are better than narrow ones, and even parts better than uneven ones.
        """
        # The best way to each cut: how good it is, and the edges so far.
        ways: dict[float, tuple[float, list[float]]] = {0.0: (0.0, [0.0])}
        for at in range(1, count):
            further: dict[float, tuple[float, list[float]]] = {}
            for top, bottom in gaps:
                cut = (top + bottom) / 2
                before = [way for edge, way in ways.items() if 0 < cut - edge <= most]
                if before:
                    score, edges = max(before)
                    score += bottom - top - abs(cut - self.height * at / count) / 10
                    further[cut] = (score, [*edges, cut])
            ways = further
        whole = [way for edge, way in ways.items() if self.height - edge <= most]
        return [*max(whole)[1], self.height] if whole else []


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
