"""Two cities a bridge apart: murders of 2009 as counts and, roughly, as rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courseware.data.figures import grouped
from courseware.figures.parts import STEP, bar, heading
from courseware.figures.style import PALE, SMALL, SOFT, STRONG, WIDTH, canvas, write

if TYPE_CHECKING:
    from courseware.data.figures import Table
    from matplotlib.figure import Figure

#: The heading of each panel.
PANELS = {"count": "Counts", "rate": "Rough rates"}
#: Points to the left of a bar, so that its outline is whole, and to the right, for an open end.
EDGE, OPEN = 0.5, 8.0


def draw(cities: Table) -> Figure:
    """Draw a bar for each city, in one panel for counts and one for rates, which are hatched."""
    figure, axes = canvas(210)
    y = 7.0
    for measure, kind in PANELS.items():
        rows = cities.where(measure=measure)
        most = max(row.number("value") for row in rows)
        is_rate = measure == "rate"
        fill, hatch = (PALE, "////") if is_rate else (STRONG, "")
        y = heading(axes, y, f"{kind} for {rows[0]['period']}: {rows[0]['what_counted']}")
        for row in rows:
            value = row.number("value")
            words = f"{row['bound']} {grouped(value)}".strip()
            span = (EDGE / WIDTH, EDGE / WIDTH + value / most * (1 - (EDGE + OPEN) / WIDTH))
            is_open = row["bound"] == "more than"
            bar(axes, y, row["city"], words, span, fill=fill, hatch=hatch, is_open=is_open)
            note = row["caution"].rstrip(".") if is_rate else ""
            if not is_rate and row is rows[-1]:
                note = f"By {row['who_counted']}"
            write(axes, 0, y + 26, note, size=SMALL, color=SOFT)
            y += STEP + (12 if note else 0)
        y += 10
    return figure
