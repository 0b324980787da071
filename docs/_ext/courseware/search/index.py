"""The index of a site as a script that a browser reads, from the file system too.

One call of `window.coursewareSearch` hands over an object; ``FORMAT`` is raised when its form
changes. Places stand page by page; of each the index has a letter for its kind, its address, its
title and its text. An address that is made of the title is written as a mark.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from .packed import LETTERS as CODES
from .packed import pack
from .places import Kind
from .shortened import shorten
from .words import FORMS, LETTERS, WORD_IN_BROWSERS, slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .places import Place

FORMAT = 1
#: How large the index may be, in bytes as a server sends it (gzip): a tenth of a second on a slow
#: line. Script and index together stay below 45 KiB.
LIMIT = 39_000
#: How hard servers compress.
LEVEL = 6
#: What stands for the title, and for the slug of the title, in an address.
TITLE, SLUG = "=", "~"


@dataclass(frozen=True)
class Page:
    """A page that places stand on: its address below the root, its title and number."""

    docname: str
    address: str
    title: str
    number: str


def write_index(pages: Sequence[Page], places: Sequence[Place], limit: int = LIMIT) -> str:
    """Return the script for *places*, which come in the order of *pages*."""

    def measure(texts: list[str]) -> int:
        return len(gzip.compress(_script(pages, places, texts).encode("utf-8"), LEVEL, mtime=0))

    return _script(pages, places, shorten(places, limit, measure))


def _script(pages: Sequence[Page], places: Sequence[Place], texts: Sequence[str]) -> str:
    labels = list(dict.fromkeys((place.kind.value, place.label) for place in places))
    counts = {name: len(list(group)) for name, group in groupby(p.docname for p in places)}
    said = [part for place, text in zip(places, texts, strict=True) for part in (place.title, text)]
    index = {
        "format": FORMAT,
        "word": WORD_IN_BROWSERS,
        "letters": LETTERS,
        "forms": FORMS,
        "labels": labels,
        "pages": [[p.address, p.title, p.number, counts[p.docname]] for p in pages],
        "kinds": "".join(CODES[labels.index((p.kind.value, p.label))] for p in places),
        "anchors": " ".join(map(_anchor, places)),
        "cites": _cites(places),
        "texts": pack(said),
    }
    data = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    return f"window.coursewareSearch={data};\n"


def _cites(places: Sequence[Place]) -> str:
    """Return which statements each place rests on: their places in the index, as steps."""
    numbers = {p.title: at for at, p in enumerate(places) if p.kind is Kind.STATEMENT}
    lines = []
    for place in places:
        cited = sorted({numbers[name] for name in place.cites if name in numbers})
        lines.append(",".join(str(b - a) for a, b in pairwise([0, *cited])))
    return ";".join(lines)


def _anchor(place: Place) -> str:
    made = slug(place.title)
    if place.anchor == place.title:
        return TITLE
    return place.anchor.replace(made, SLUG, 1) if made else place.anchor
