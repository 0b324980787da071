"""Where a line may end within a word that is too long for any line."""

from __future__ import annotations

import re

ZERO_WIDTH_SPACE = "\u200b"

# Characters of a word after which no line ends by itself: so many that no column should have to
# hold them, and how many of them stay together then.
_LONG, _PIECE = 30, 5
_RUN = re.compile(rf"[^\s{ZERO_WIDTH_SPACE}/-]{{{_LONG + 1},}}")
_PIECES = re.compile(rf".{{{_PIECE}}}(?=.)")
_ENDS = re.compile(rf"(?:(?!\N{{NO-BREAK SPACE}})[\s{ZERO_WIDTH_SPACE}])+|(?<=[/-])")


def breakable(text: str) -> str:
    """Return *text*, in which a line may end within words of more than thirty characters."""
    return _RUN.sub(lambda found: _PIECES.sub(rf"\g<0>{ZERO_WIDTH_SPACE}", found[0]), text)


def longest_piece(text: str) -> str:
    """Return the longest part of *text* that has to stand in one line."""
    return max(_ENDS.split(breakable(text)), key=len, default="")
