"""The colours of a course, for pages, figures, cards and print: each has one home, here.

Text has 7:1 or more against every ground that it stands on, by day and by night (WCAG 2.2, 1.4.6);
lines that must be seen have 4.5:1, where 1.4.11 asks for 3:1. Grounds are the page, the tint of
boxes, the mark of what a link led to, and, for verdicts and the hues of kinds, a tint of their own.
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
    "right": Colour("#14532d", "#9be3b0"),
    "partly": Colour("#633c00", "#f3ce84"),
    "wrong": Colour("#8a1c12", "#ffb4a6"),
}
#: What verdicts stand on, each with its own ink.
TINTS = {
    "right": Colour("#e6f4ea", "#14301f"),
    "partly": Colour("#fdf0d0", "#36290f"),
    "wrong": Colour("#fce9e6", "#3d1a15"),
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
