"""Which characters the shipped fonts can print, read from their character maps."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from courseware.data.characters import name_of

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


# Spaces and line ends of other sorts, by what comes nearest in print.
_SPACES = str.maketrans(
    dict.fromkeys("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u205f\u3000", " ")
    | dict.fromkeys("\u2028\u2029", " ")
    | {"\u2007": "\N{NO-BREAK SPACE}", "\u200a": "\N{THIN SPACE}"}
)


def spaced(text: str) -> str:
    """Return *text* with the spaces that the shipped fonts have."""
    return text.translate(_SPACES)


def missing(text: str) -> list[str]:
    """Return the characters of *text* that cannot be printed, each once, in order.

    Line ends, tabs and invisible format characters (soft hyphen, joiners) need no glyph; control
    characters, which no text should hold, cannot be printed.
    """
    if covered().issuperset(text):
        return []  # nearly always, and quickly
    return [
        char
        for char in dict.fromkeys(text)
        if char not in covered() and char not in "\t\n\r" and unicodedata.category(char) != "Cf"
    ]


def describe(char: str) -> str:
    """Return a character's code and name, such as ``U+2603 SNOWMAN``."""
    name = unicodedata.name(char, "")
    return f"U+{ord(char):04X} {name}" if name else name_of(char)


def around(text: str, char: str) -> str:
    """Return the words of *text* about *char*, by which an author finds it in a longer text."""
    at = text.index(char)
    return " ".join(text[max(0, at - 20) : at + 21].split())


def replace_missing(text: str) -> str:
    """Return *text* with every unprintable character written out as ``[U+2603]``."""
    for char in missing(text):
        text = text.replace(char, f"[U+{ord(char):04X}]")
    return text
