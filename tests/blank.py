"""How much of a printed page is blank, as one sees it from a distance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PIL import Image

#: Pixels for a millimetre; a rule to write on is still to be seen.
SCALE = 2.0
POINTS = 72 / 25.4
#: What is left out above and below, in millimetres: margins, running heads, numbers of pages.
HEAD, FOOT = 20, 20
#: White that is higher than so many millimetres is blank; less parts one thing from another.
GAP = 15
#: What is lighter is paper, of 255.
PAPER = 250


def blanks(path: Path) -> Iterator[float]:
    """Yield for each page of the PDF in *path* which share of its height is blank."""
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            picture = page.render(scale=SCALE / POINTS, grayscale=True).to_pil()
            yield blank(picture)


def blank(page: Image.Image) -> float:
    """Return which share of the height between its head and its foot is blank in *page*."""
    width, height = page.size
    inner = page.crop((0, round(HEAD * SCALE), width, height - round(FOOT * SCALE)))
    ink = inner.point([255 if shade < PAPER else 0 for shade in range(256)])
    # Of each row what is darkest: the picture squeezed to a width of one.
    rows = [ink.crop((0, y, width, y + 1)).getbbox() is not None for y in range(ink.height)]
    white, run = 0, 0
    for is_inked in [*rows, True]:
        run = 0 if is_inked else run + 1
        if is_inked:
            continue
        if run == round(GAP * SCALE):
            white += run
        elif run > GAP * SCALE:
            white += 1
    return white / len(rows)
