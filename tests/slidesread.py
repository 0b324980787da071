"""Read slides back: the title, the words and the letters of each page, and what is tagged there."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument
from sheetsread import folded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Letters of a ligature have one box.
LIGATURE = 3
#: The share of its width and of its height to which a letter may stand in another: kerned ones do.
OVER = 0.3
#: Points: the page, the least letters, those that are read, and where the foot of a page begins.
WIDTH, HEIGHT, LEAST, READ, FOOT = 960, 540, 18, 24, 50
#: Points from above in which the first line of a title stands.
TITLE = 68


@dataclass(frozen=True)
class Glyph:
    """A letter: its size, and the box around it in points from below."""

    size: float
    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True)
class Slide:
    """A page: its ``titles`` in the outline and ``headings`` in the tags, its words and letters."""

    titles: tuple[str, ...]
    headings: int
    size: tuple[float, float]
    text: str
    glyphs: tuple[Glyph, ...]

    @property
    def title(self) -> str:
        """The title by which the outline leads here; empty on a page that goes on."""
        return self.titles[-1] if self.titles else ""

    def faults(self) -> Iterator[str]:
        """Yield what could not be read from the last row of a room, or is cut."""
        if self.size != (WIDTH, HEIGHT):
            yield f"{self.title}: the page has {self.size}"
        for one, other in self.overprinted():
            yield f"{self.title}: letters over others at {one.left:.0f}, {other.bottom:.0f}"
        if self.headings != 1:
            yield f"{self.title}: {self.headings} headings"
        for glyph in self.glyphs:
            if glyph.size < LEAST - 0.05:
                yield f"{self.title}: letters of {glyph.size}"
            if glyph.left < 0 or glyph.right > WIDTH or glyph.bottom < 0 or glyph.top > HEIGHT:
                yield f"{self.title}: letters outside of the page"
            if glyph.size >= READ - 0.05 and glyph.bottom < FOOT - 8:
                yield f"{self.title}: letters in the foot of the page"

    def overprinted(self) -> Iterator[tuple[Glyph, Glyph]]:
        """Yield letters of which one stands over the other, but for those of a ligature."""
        row = sorted(enumerate(self.glyphs), key=lambda each: each[1].left)
        for at, (place, one) in enumerate(row):
            for next_place, other in row[at + 1 :]:
                if other.left >= one.right:
                    break
                if abs(place - next_place) < LIGATURE:
                    continue
                wide = min(one.right, other.right) - other.left
                high = min(one.top, other.top) - max(one.bottom, other.bottom)
                narrow = min(one.right - one.left, other.right - other.left)
                low = min(one.top - one.bottom, other.top - other.bottom)
                if wide > OVER * narrow and high > OVER * low:
                    yield one, other

    def sizes(self) -> set[float]:
        """Return the sizes of letters that are read, rounded, without those of the title."""
        body = (each for each in self.glyphs if each.top < HEIGHT - TITLE)
        return {float(round(each.size)) for each in body if each.size >= READ - 0.05}


def read_slides(path: Path) -> list[Slide]:
    """Return the slides of the PDF *path*, in order."""
    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        titles: dict[int, list[str]] = {}
        with pdf.open_outline() as outline:
            for title, number in _marks(pdf, outline.root, numbers):
                titles.setdefault(number, []).append(folded(title))
        headings = [numbers[each] for each in _headings(pdf.Root.StructTreeRoot.K, None)]
    found = []
    with PdfDocument(path) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            found.append(
                Slide(
                    tuple(titles.get(number, ())),
                    headings.count(number),
                    (round(page.get_width()), round(page.get_height())),
                    folded(text.get_text_bounded()),
                    tuple(_glyphs(text.raw, text.count_chars())),
                )
            )
    return found


def _marks(
    pdf: pikepdf.Pdf, items: list[pikepdf.OutlineItem], numbers: dict[tuple[int, int], int]
) -> Iterator[tuple[str, int]]:
    """Yield each title of the outline, in order, with the page that it leads to."""
    for item in items:
        place: object = item.destination
        if place is None:
            assert item.action is not None
            place = item.action.D
        if not isinstance(place, pikepdf.Array):
            place = pikepdf.NameTree(pdf.Root.Names.Dests)[str(place)]
        if isinstance(place, pikepdf.Dictionary):
            place = place.D
        assert isinstance(place, pikepdf.Array)
        yield item.title, numbers[place[0].objgen]
        yield from _marks(pdf, item.children, numbers)


def _headings(node: pikepdf.Object, page: tuple[int, int] | None) -> Iterator[tuple[int, int]]:
    """Yield the page of each heading in the tags."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _headings(child, page)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        if re.fullmatch(r"/H[1-6]", str(node.S)):
            yield next(_pages(node))
        elif "/K" in node:
            yield from _headings(node.K, page)


def _pages(node: pikepdf.Object) -> Iterator[tuple[int, int]]:
    """Yield the pages on which the content of *node* stands."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _pages(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/Pg" in node:
            yield node.Pg.objgen
        if "/K" in node:
            yield from _pages(node.K)


def _glyphs(text: object, count: int) -> Iterator[Glyph]:
    for at in range(count):
        if chr(pdfium.FPDFText_GetUnicode(text, at)).isalnum():
            box = [ctypes.c_double() for _ in range(4)]
            pdfium.FPDFText_GetCharBox(text, at, *map(ctypes.byref, box))
            left, right, bottom, top = (each.value for each in box)
            yield Glyph(pdfium.FPDFText_GetFontSize(text, at), left, right, bottom, top)
