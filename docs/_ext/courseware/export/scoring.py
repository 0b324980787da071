"""Points as near to those on paper as a system allows, and in words how near that is.

On paper points are whole (`courseware.sheets.marking`): what is worth 1 point is all right or earns
nothing; what has several parts and is worth more loses 1 point for each slip, down to 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .decimals import decimal

if TYPE_CHECKING:
    from .items import Entry

#: The fractions that Moodle takes (question/engine/lib.php, get_fraction options), in percent.
FRACTIONS = (
    100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571,
    12.5, 11.11111, 10, 5,
)  # fmt: skip


def share(parts: int) -> float:
    """Return the percentage that each of so many *parts* earns, as Moodle writes it."""
    return nearest(100 / parts)


def slip(points: int) -> float:
    """Return the percentage that a slip costs on paper where an exercise is worth *points*."""
    return nearest(100 / max(points, 1))


def nearest(percent: float) -> float:
    """Return the fraction of Moodle's list that is nearest to *percent*."""
    return min(FRACTIONS, key=lambda fraction: abs(fraction - percent))


def apart(entry: Entry, parts: int) -> str:
    """Return how shares of equal size differ from paper, or nothing where they do not.

    *parts* is the number of those that earn a share.
    """
    if not entry.points or parts == entry.points:
        return ""
    each = decimal(round(entry.points / parts, 2))
    return f"{_paper(entry)}; here each of {parts} parts earns {each}"


def shares(entry: Entry, parts: int) -> str:
    """Return how a rule of the system's own for so many *parts* differs from paper."""
    if not entry.points or parts == entry.points:
        return ""
    return f"{_paper(entry)}; the system gives each of {parts} parts an equal share"


def _paper(entry: Entry) -> str:
    return "all or nothing on paper" if entry.points == 1 else "on paper a slip costs 1 point"
