"""Draw the course's icon: four pillars on a base, under a lintel.

Home screens cut maskable icons to shapes of their own, and promise only a circle with 40 % of the
width as its radius (https://www.w3.org/TR/appmanifest/#icon-masks): all of the drawing stands in
it there.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

ACCENT = "#0b5563"
GROUND = "#ffffff"
# Drawn several times as large and made smaller, edges come out smooth.
FINER = 4
# The drawing in a square of 1 by 1: left, top, right, bottom of each part.
PARTS = (
    (0.00, 0.04, 1.00, 0.18),
    *((left, 0.24, left + 0.15, 0.80) for left in (0.06, 0.303, 0.547, 0.79)),
    (0.00, 0.86, 1.00, 1.00),
)


@dataclass(frozen=True)
class Icon:
    """An icon: its path in the site, its width, how much of it the drawing takes, its purpose."""

    path: str
    size: int
    share: float
    purpose: str


ICONS = (
    Icon("icons/icon-192.png", 192, 0.70, "any"),
    Icon("icons/icon-512.png", 512, 0.70, "any"),
    # The diagonal of the square has to fit into a circle of 0.8: 0.8 / sqrt(2).
    Icon("icons/icon-maskable-512.png", 512, 0.56, "maskable"),
)
#: The one for devices that ask for no manifest.
TOUCH_ICON = ICONS[0].path


def draw_icon(icon: Icon) -> bytes:
    """Return *icon* as PNG: the same bytes every time."""
    width = icon.size * FINER
    picture = Image.new("RGB", (width, width), GROUND)
    pen = ImageDraw.Draw(picture)
    margin = width * (1 - icon.share) / 2
    for part in PARTS:
        left, top, right, bottom = (round(margin + at * width * icon.share) for at in part)
        pen.rectangle((left, top, right - 1, bottom - 1), fill=ACCENT)
    small = picture.resize((icon.size, icon.size), Image.Resampling.BOX)
    file = BytesIO()
    small.save(file, format="PNG", optimize=True)
    return file.getvalue()
