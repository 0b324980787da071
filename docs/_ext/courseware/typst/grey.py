"""Pictures in shades of grey, as light as their colours."""

from __future__ import annotations

import re
from io import BytesIO

from PIL import Image

_COLOUR = re.compile(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
_RASTERS = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif"})


def greyed(picture: bytes, suffix: str) -> bytes:
    """Return *picture*, a file that ends in *suffix*, in grey.

    Of SVG the colours that are written as ``#rgb`` or ``#rrggbb`` are changed, which are all that
    the course's figures have; a PDF stays as it is.
    """
    if suffix == ".svg":
        return _COLOUR.sub(lambda found: _grey(found[1]), picture.decode("utf-8")).encode("utf-8")
    if suffix not in _RASTERS:
        return picture
    with Image.open(BytesIO(picture)) as image:
        made = BytesIO()
        # Grey with alpha, in a file that loses nothing; Typst looks at the bytes, not at the name.
        image.convert("LA").save(made, "PNG")
    return made.getvalue()


def _grey(digits: str) -> str:
    """Return the grey of the same luminance as the colour *digits* (sRGB, Rec. 709 weights)."""
    whole = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    channels = (int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4))
    weights = (0.2126, 0.7152, 0.0722)
    light = sum(
        weight * _linear(channel) for weight, channel in zip(weights, channels, strict=True)
    )
    value = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return f"#{round(value * 255):02x}" + f"{round(value * 255):02x}" * 2


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
