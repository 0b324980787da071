"""Numbers as every system reads them: with a point, without separators and exponents."""

from __future__ import annotations

from decimal import Decimal


def decimal(value: float, away: float = 0) -> str:
    """Return the sum of *value* and *away* as ``9.81``: the shortest digits that give it again.

    Moodle reads ``9,81`` as 981, and some systems read no exponents. The sum is that of the digits
    as written: 0.3 and -0.1 are 0.2.
    """
    text = format(_exact(value) + _exact(away), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _exact(value: float) -> Decimal:
    # Without a sign before 0.
    return Decimal(repr(float(value or 0)))
