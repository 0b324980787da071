"""Read cards back: on which card of its page a text stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import PdfDocument

if TYPE_CHECKING:
    from pathlib import Path

#: Points: a card of the normal edition, of which two stand beside one another, five below.
WIDTH, HEIGHT, ACROSS, DOWN = 95 * 72 / 25.4, 50 * 72 / 25.4, 2, 5


class Place(NamedTuple):
    """A card of a page: from the left, from above."""

    column: int
    row: int

    @property
    def behind(self) -> Place:
        """The place on the other side of the paper, turned over its long edge."""
        return Place(ACROSS - 1 - self.column, self.row)


def places_of(path: Path, texts: list[str]) -> list[list[Place]]:
    """Return for each page of *path* on which cards those of *texts* stand that it has.

    Each text has to lie within its card, and each card has to lie within the page.
    """
    with PdfDocument(path) as document:
        pages = []
        for page in document:
            text, (width, height) = page.get_textpage(), page.get_size()
            left, top = (width - ACROSS * WIDTH) / 2, (height + DOWN * HEIGHT) / 2
            assert min(left, height - top) > 0
            found = []
            for wanted in texts:
                hit = text.search(wanted, match_case=True, match_whole_word=True).get_next()
                if hit is None:
                    continue
                boxes = [text.get_charbox(at) for at in range(hit[0], sum(hit))]
                cards = {
                    Place(int((x - left) // WIDTH), int((top - y) // HEIGHT))
                    for box in boxes
                    for x, y in ((box[0], box[1]), (box[2], box[3]))
                }
                [place] = cards
                found.append(place)
            pages.append(found)
    return pages


def count_pages(path: Path) -> int:
    """Return how many pages *path* has."""
    with PdfDocument(path) as document:
        return len(document)
