"""Pictures in shades of grey, as light as their colours."""

from __future__ import annotations

import re
from io import BytesIO

from PIL import Image, ImageColor

# A property or an attribute that is a colour (SVG 1.1, section 11.2), and its value.
_PAINT = re.compile(
    r"(\b(?:fill|stroke|color|stop-color|flood-color|lighting-color)\s*(?:=\s*[\"']|:\s*))"
    r"([^;\"'}]+)"
)
_RASTERS = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif"})


def greyed(picture: bytes, suffix: str) -> bytes:
    """Return *picture*, a file that ends in *suffix*, in grey; a PDF stays as it is."""
    if suffix == ".svg":
        text = picture.decode("utf-8")
        return _PAINT.sub(lambda found: found[1] + _grey(found[2]), text).encode("utf-8")
    if suffix not in _RASTERS:
        return picture
    with Image.open(BytesIO(picture)) as image:
        made = BytesIO()
        # Grey with alpha, in a file that loses nothing; Typst looks at the bytes, not at the name.
        image.convert("LA").save(made, "PNG")
    return made.getvalue()


def _grey(colour: str) -> str:
    """Return the grey of the same luminance as *colour* (sRGB, weights of Rec. 709).

    What is no colour, such as ``none`` or ``url(#a)``, stays as it is.
    """
    try:
        channels = ImageColor.getrgb(colour.strip())[:3]
    except ValueError:
        return colour
    weights = (0.2126, 0.7152, 0.0722)
    light = sum(w * _linear(each / 255) for w, each in zip(weights, channels, strict=True))
    value = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return "#" + f"{round(value * 255):02x}" * 3


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
