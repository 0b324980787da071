"""Compare a printed page with its reference picture, and say where the two differ.

A reference picture is a page in shades of grey at 72 dots an inch, in ``tests/pictures``. Two
programs that draw the same page shade the edges of its letters a little otherwise; a page differs
where more than that has changed: both pictures are blurred, and dots that are still far apart are
counted.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageChops, ImageFilter
from pypdfium2 import PdfDocument

PICTURES = Path(__file__).parent / "pictures"
#: How far apart two shades may be (of 255), and how many dots of a page farther than that.
FAR, MANY = 40, 12


def page_picture(path: Path, number: int) -> Image.Image:
    """Return page *number* (from 1) of the PDF *path*, in shades of grey."""
    with PdfDocument(path) as document:
        picture: Image.Image = document[number - 1].render(scale=1).to_pil()
    return picture.convert("L")


def differing(first: Image.Image, second: Image.Image) -> Image.Image:
    """Return a picture that is white where *first* and *second* differ, and black elsewhere.

    Where their sizes differ, all of it is white.
    """
    if first.size != second.size:
        return Image.new("L", first.size, 255)
    blurred = [each.filter(ImageFilter.GaussianBlur(1)) for each in (first, second)]
    return ImageChops.difference(*blurred).point([0] * FAR + [255] * (256 - FAR))


def count(picture: Image.Image) -> int:
    """Return how many dots of *picture* are white."""
    return picture.histogram()[255]


def assert_looks_like(page: Image.Image, name: str, folder: Path) -> None:
    """Assert that *page* looks like the reference picture *name*.

    Where it does not, the page, and the places that differ, are left in *folder* to look at.
    """
    reference = PICTURES / f"{name}.png"
    with Image.open(reference) as picture:
        places = differing(page, picture.convert("L"))
    if count(places) > MANY:
        page.save(folder / f"{name}.png")
        places.save(folder / f"{name}-differs.png")
        message = (
            f"{count(places)} dots are not as in {reference}; compare it with "
            f"{folder / name}.png (white in {name}-differs.png: what differs). If the page is "
            "better now, keep it: uvx nox -s tests -- tests/test_looks.py --keep-pictures"
        )
        raise AssertionError(message)


def keep(page: Image.Image, name: str) -> None:
    """Make *page* the reference picture *name*."""
    PICTURES.mkdir(exist_ok=True)
    # Sixteen shades are mostly enough to compare, and a fifth of the size.
    shades = (page.quantize(number) for number in (16, 32, 64))
    kept = next((each for each in shades if count(differing(page, each.convert("L"))) == 0), page)
    kept.save(PICTURES / f"{name}.png", optimize=True)
