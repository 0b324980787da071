"""Who counted how many."""

from courseware.figures.parts import STEP, bar
from courseware.figures.style import canvas


def draw(counts, places):
    """Draw a bar for each count."""
    figure, axes = canvas(10 + STEP * len(counts.rows))
    for at, row in enumerate(counts.rows):
        label = f"{row['label']}, {places.rows[0]['label']}"
        bar(axes, 10 + at * STEP, label, row["value"], (0, row.number("value") / 2000))
    return figure
