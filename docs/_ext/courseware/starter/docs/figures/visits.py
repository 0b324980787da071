"""Visits to three libraries in two years; the numbers are those of ``data/visits.csv``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courseware.data.figures import grouped
from courseware.figures.parts import STEP, bar
from courseware.figures.style import PALE, STRONG, canvas

if TYPE_CHECKING:
    from courseware.data.figures import Table
    from matplotlib.figure import Figure


def draw(visits: Table) -> Figure:
    """Draw a pair of bars for each library: pale for the year before, dark for the pilot."""
    figure, axes = canvas(8 + STEP * len(visits.rows))
    most = max(row.number("value") for row in visits.rows)
    for at, row in enumerate(visits.rows):
        share = row.number("value") / most * 0.99
        fill = STRONG if row["year"] == "2024" else PALE
        words = grouped(row.number("value"))
        bar(axes, 8 + STEP * at, row["label"], words, (0.004, 0.004 + share), fill=fill)
    return figure
