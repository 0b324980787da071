"""The colours of a course, for pages, figures, cards and print: each has one home, here.

Text has 7:1 or more against every ground that it stands on, by day and by night (WCAG 2.2, 1.4.6);
lines that must be seen have 3:1 (1.4.11), and here 4.5:1. Grounds are the page, the tint of boxes,
the mark of what a link led to, and, for the hues of kinds, their own tint.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Colour(NamedTuple):
    """A colour by day and its counterpart by night, as ``#rrggbb``."""

    light: str
    dark: str


class Hue(StrEnum):
    """What a kind of statement is coloured in, besides its sign; colours alone tell nothing."""

    BLUE = "blue"
    AMBER = "amber"
    PLUM = "plum"
    GREEN = "green"
    RED = "red"
    SLATE = "slate"


#: What text stands on.
GROUNDS = {
    "ground": Colour("#ffffff", "#14181e"),
    "tint": Colour("#eef4f5", "#1d2a2e"),
    "mark": Colour("#fff4c7", "#3a3312"),
}
#: What text is set in.
INKS = {
    "ink": Colour("#1b2024", "#e6ebef"),
    "quiet": Colour("#48525b", "#c0c8cf"),
    "accent": Colour("#0b5563", "#8fd0dc"),
    "hover": Colour("#06333c", "#c8eef5"),
    "right": Colour("#175a2f", "#86d6a0"),
    "partly": Colour("#6b4700", "#ebbf5f"),
    "wrong": Colour("#8c2a0c", "#f9b69a"),
}
#: Lines: around what one may press or fill in, and between things.
EDGES = {"edge": Colour("#64707a", "#919da7")}
LINES = {"line": Colour("#cfd6da", "#3d4852")}

HUES = {
    Hue.BLUE: Colour("#144e89", "#96c5fb"),
    Hue.AMBER: Colour("#754000", "#f2b866"),
    Hue.PLUM: Colour("#79246f", "#efaee4"),
    Hue.GREEN: Colour("#1a5830", "#8ad6a4"),
    Hue.RED: Colour("#931f2a", "#ffb0ae"),
    Hue.SLATE: Colour("#3f4b57", "#bdc8d2"),
}
#: How much of a hue its own tint has, in hundredths; the rest is the page.
OWN_TINT = 8


def mixed(colour: str, ground: str, hundredths: int = OWN_TINT) -> str:
    """Return *ground* with so many *hundredths* of *colour* in it."""
    parts = zip(bytes.fromhex(colour[1:]), bytes.fromhex(ground[1:]), strict=True)
    shares = [round((a * hundredths + b * (100 - hundredths)) / 100) for a, b in parts]
    return f"#{bytes(shares).hex()}"
