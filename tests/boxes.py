"""The box that shows a definition, as a browser has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator
BOX = ".definition-popover"


def edges(place: Locator) -> dict[str, float]:
    """Return where *place* stands in the window."""
    found: dict[str, float] = place.evaluate("e => e.getBoundingClientRect().toJSON()")
    return found


def on_top(place: Locator) -> bool:
    """Tell whether *place* is what one sees at its corners and in its middle."""
    seen: bool = place.evaluate(
        """e => { const r = e.getBoundingClientRect();
            return [[r.left + 5, r.top + 5], [r.right - 5, r.bottom - 5],
                    [(r.left + r.right) / 2, (r.top + r.bottom) / 2]]
                .every(([x, y]) => e.contains(document.elementFromPoint(x, y))); }"""
    )
    return seen
