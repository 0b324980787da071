"""Every text in a PDF: on its pages, in its tags, bookmarks and metadata, and attached to it."""

from __future__ import annotations

import re
from collections import defaultdict
from io import BytesIO
from itertools import combinations
from typing import TYPE_CHECKING

import pikepdf
from pypdfium2 import PdfDocument

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# What marked content on a page says in place of its glyphs: as a literal or as digits.
MARK = re.compile(rb"/(?:ActualText|Alt|E)\s*(\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>)", re.DOTALL)

# Streams of objects, each of which is read for itself, and the list of where they are.
PACKED = ("/ObjStm", "/XRef")


def pages_of(path: Path) -> list[str]:
    """Return the text of each page of the PDF *path*, white space folded."""
    return [re.sub(r"\s+", " ", text) for text in _texts(path)]


def _texts(source: Path | bytes) -> Iterator[str]:
    """Yield the text of each page of the PDF *source*, a file or what is in one."""
    with PdfDocument(source) as document:
        for page in document:
            # Pdfium marks a hyphen at a line's end, and what it cannot name, with its own codes.
            yield re.sub("[\ufffe\uffff\x02]", "-", page.get_textpage().get_text_bounded())


def pdf_parts(data: bytes) -> Iterator[tuple[str, str | bytes]]:
    """Yield the name of each part of the PDF *data* that holds text, and its text or its bytes.

    Rather than look in the places where text is known to stand, this reads every string of every
    object (bookmarks, document information, alternative texts, annotations, names, scripts) under
    the key that it stands at, and every stream that draws nothing (XMP, attachments).
    """
    for number, text in enumerate(_texts(data), 1):
        yield f"page {number}", text
    strings: dict[str, list[str]] = defaultdict(list)
    with pikepdf.open(BytesIO(data)) as pdf:
        drawing = _drawing(pdf)
        _collect(pdf.trailer, "trailer", strings, top=True)
        for item in pdf.objects:
            _collect(item, "/", strings, top=True)
            if not isinstance(item, pikepdf.Stream) or item.get("/Subtype") == "/Image":
                continue
            if item.get("/Type") in PACKED:
                continue
            content = item.read_bytes()
            if item.objgen in drawing or item.get("/Subtype") == "/Form":
                strings["marked content"] += map(_said, MARK.findall(content))
            else:
                yield f"stream {item.objgen[0]}", content
    for key, texts in strings.items():
        # Names, which destinations may bear, come again and again.
        yield key, "\n".join(sorted(set(texts)) if key == "names" else texts)


def _drawing(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    """Return the streams that draw the pages."""
    drawing = set()
    for page in pdf.pages:
        contents = page.obj.get("/Contents")
        streams = contents if isinstance(contents, pikepdf.Array) else [contents]
        drawing |= {each.objgen for each in streams if isinstance(each, pikepdf.Stream)}
    return drawing


def _collect(item: object, key: str, strings: dict[str, list[str]], *, top: bool = False) -> None:
    """Add to *strings* those in *item*, but not in what it refers to, which is visited alone."""
    if isinstance(item, pikepdf.String):
        strings[key].append(str(item))
    elif isinstance(item, pikepdf.Name):
        strings["names"].append(str(item))
    elif not isinstance(item, pikepdf.Object) or (item.is_indirect and not top):
        return
    elif isinstance(item, pikepdf.Array):
        for child in item:
            _collect(child, key, strings)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for name, child in item.items():
            strings["names"].append(name)
            _collect(child, name, strings)


def _said(mark: bytes) -> str:
    return str(pikepdf.Object.parse(mark))


# Letters that a drawing may have on others, such as those of a formula.
_FEW = 9


def printed_over(pdf: Path) -> set[int]:
    """Return the pages of *pdf* on which letters lie half on others, as where columns overlap."""
    found = set()
    for at, page in enumerate(PdfDocument(pdf), 1):
        text = page.get_textpage()
        boxes = [text.get_charbox(index) for index in range(text.count_chars())]
        letters: dict[tuple[int, int], list[tuple[float, ...]]] = {}
        for left, bottom, right, top in boxes:
            if right - left > 2 and top - bottom > 2:
                place = (int(left + right) // 16, int(bottom + top) // 16)
                letters.setdefault(place, []).append((left, bottom, right, top))
        pairs = [pair for near in letters.values() for pair in combinations(near, 2)]
        if sum(_half_on(*pair) for pair in pairs) > _FEW:
            found.add(at)
    return found


def _half_on(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Tell whether two boxes have half of the smaller in common."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    # Letters of one ligature have one box.
    return one != other and wide > 0 and high > 0 and wide * high > min(areas) / 2
