"""PDFs in large print and in grey: how they are built, and what is read of them."""

from __future__ import annotations

import ctypes
import re
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2.raw as pdfium
from PIL import ImageChops
from pypdfium2 import PdfDocument
from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_colors

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project

LARGE = {"typst_edition": "greyscale large-print letter"}
#: How names of that edition end: always in this order.
END = "-letter-large-print-greyscale"
#: Points: the least size of letters.
LEAST = 18
# Signs over the line: of text, and within formulas.
RAISED = {round(LEAST * 0.6, 1), round(LEAST * 0.7, 1)}


#: What the sample warns of in every edition.
EXPECTED = re.compile("does not know the node 'mystery'|formulas are not typeset")


class Letter(NamedTuple):
    """A letter on a page: its size, and where it ends (points)."""

    page: int
    size: float
    right: float


def built(project: Project, builder: str, **settings: object) -> Path:
    """Build *project* with other *settings*, without a warning, and return the output folder."""
    app = SphinxTestApp(
        buildername=builder, srcdir=project.folder, builddir=project.out, confoverrides=settings
    )
    try:
        app.build()
        told = strip_colors(app.warning.getvalue()).splitlines()
        assert [line for line in told if not EXPECTED.search(line)] == []
    finally:
        app.cleanup()
    return project.out / builder


def letters(path: Path) -> list[Letter]:
    """Return all letters in the PDF *path* that are neither space nor raised."""
    found = []
    with PdfDocument(path) as document:
        for number, page in enumerate(document, 1):
            text = page.get_textpage()
            for at in range(text.count_chars()):
                if chr(pdfium.FPDFText_GetUnicode(text.raw, at)).isalnum():
                    box = [ctypes.c_double() for _ in range(4)]
                    pdfium.FPDFText_GetCharBox(text.raw, at, *map(ctypes.byref, box))
                    size = pdfium.FPDFText_GetFontSize(text.raw, at)
                    found.append(Letter(number, round(size, 1), box[1].value))
    return found


def least_size(path: Path) -> float:
    """Return the size of the smallest letters in the PDF *path*, but for raised signs."""
    return min({letter.size for letter in letters(path)} - RAISED)


def sticks_out(path: Path, margin: float = 17.9) -> float:
    """Return how far letters of the PDF *path* reach into the *margin* (mm), on US letter."""
    return max(letter.right for letter in letters(path)) - (612 - margin * 72 / 25.4)


def coloured(path: Path) -> int:
    """Return how far the most colourful dot of the PDF *path* is from grey, of 255."""
    most = 0
    with PdfDocument(path) as document:
        for page in document:
            red, green, blue = page.render(scale=0.7).to_pil().convert("RGB").split()
            for first, second in ((red, green), (green, blue)):
                far = max(ImageChops.difference(first, second).tobytes())
                most = max(most, far)
    return most
