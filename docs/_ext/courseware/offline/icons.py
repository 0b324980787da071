"""Make the icons of the course from its emblem.

Home screens cut maskable icons to shapes of their own, and promise only a circle with 40 % of the
width as its radius (https://www.w3.org/TR/appmanifest/#icon-masks): all of the drawing stands in
it there.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import typst
from PIL import Image

from courseware.data.palette import GROUNDS, INKS

ACCENT = INKS["accent"].light
GROUND = GROUNDS["ground"].light
_TEMPLATE = Path(__file__).with_name("icon.typ")


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


def draw_icon(icon: Icon, emblem: Path) -> bytes:
    """Return *icon* with the drawing *emblem* (SVG) as PNG: the same bytes every time."""
    says = {
        "side": str(icon.size),
        "share": str(icon.share),
        "ground": GROUND,
        "emblem": emblem.read_text(encoding="utf-8"),
    }
    compiler = typst.Compiler(str(_TEMPLATE), root=str(_TEMPLATE.parent), ignore_system_fonts=True)
    drawn = compiler.compile(format="png", ppi=72, sys_inputs=says)
    assert isinstance(drawn, bytes)
    file = BytesIO()
    with Image.open(BytesIO(drawn)) as picture:
        picture.convert("RGB").save(file, format="PNG", optimize=True)
    return file.getvalue()
