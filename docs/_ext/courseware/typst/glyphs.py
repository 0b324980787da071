"""Which characters the shipped fonts can print, read from their character maps."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONT_FOLDER = Path(__file__).parent / "fonts"


@cache
def covered() -> frozenset[str]:
    """Return the characters that every style of at least one shipped family has.

    The template falls back from the serif to the sans and the code family, so a character is
    printable when one family has it in all of its styles.
    """
    families: dict[str, frozenset[int]] = {}
    for path in sorted(FONT_FOLDER.glob("*.ttf")):
        family = path.stem.partition("-")[0]
        with TTFont(path, lazy=True) as font:
            points = frozenset(font.getBestCmap())
        families[family] = families.get(family, points) & points
    return frozenset(map(chr, frozenset().union(*families.values())))


def missing(text: str) -> list[str]:
    """Return the characters of *text* that cannot be printed, each once, in order.

    Line ends, tabs and invisible format characters (soft hyphen, joiners) need no glyph.
    """
    if covered().issuperset(text):
        return []  # nearly always, and quickly
    return [
        char
        for char in dict.fromkeys(text)
        if char not in covered() and unicodedata.category(char) not in {"Cc", "Cf", "Zl"}
    ]


def describe(char: str) -> str:
    """Return a character's code and Unicode name, such as ``U+2603 SNOWMAN``."""
    return f"U+{ord(char):04X} {unicodedata.name(char, 'unnamed character')}"


def replace_missing(text: str) -> str:
    """Return *text* with every unprintable character written out as ``[U+2603]``."""
    for char in missing(text):
        text = text.replace(char, f"[U+{ord(char):04X}]")
    return text
