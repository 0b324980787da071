"""The index of the search, read as a browser reads it: each place with what it says."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from courseware.search.index import SLUG, TITLE
from courseware.search.packed import CAPITAL, END
from courseware.search.words import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = "window.coursewareSearch="


@dataclass(frozen=True)
class Found:
    """A place of the index: its kind, its address from the root, its title and its text."""

    kind: str
    label: str
    address: str
    title: str
    text: str


def is_index(script: str) -> bool:
    """Tell whether *script* is an index of ours, and nothing but that."""
    return script.startswith(HEAD + '{"format"') and script.endswith("};\n")


def parsed(script: str) -> dict[str, Any]:
    """Return the object that the script hands over."""
    data: dict[str, Any] = json.loads(script.removeprefix(HEAD).rstrip(";\n"))
    return data


def text_of_index(script: str) -> str:
    """Return all that *script* says, its texts one a line."""
    index = parsed(script)
    return "\n".join([*unpacked(index.pop("texts")), json.dumps(index, ensure_ascii=False)])


def places_of(script: str) -> list[Found]:
    """Return the places of the index that *script* is, in their order."""
    index = parsed(script)
    texts = list(unpacked(index["texts"]))
    pages = [page[0] for page in index["pages"] for _ in range(page[3])]
    letters = index["texts"]["letters"]
    rows = zip(
        index["kinds"],
        index["anchors"].split(" "),
        pages,
        texts[::2],
        texts[1::2],
        strict=True,
    )
    found = []
    for kind, written, page, title, text in rows:
        anchor = title if written == TITLE else written.replace(SLUG, slug(title))
        name, label = index["labels"][letters.index(kind)]
        found.append(Found(name, label, page + (f"#{anchor}" if anchor else ""), title, text))
    return found


def unpacked(packed: dict[str, Any]) -> Iterator[str]:
    """Yield the texts that the module ``packed`` has packed."""
    words, before = [], ""
    common = re.escape(packed["common"])
    for mark, rest in re.findall(rf"([{common}])([^{common}]*)", packed["words"]):
        before = before[: packed["common"].index(mark)] + rest
        words.append(before)
    tokens = [*packed["short"], *words]
    text, capital, word = "", False, False
    for number in _numbers(packed):
        token = tokens[number]
        if token == END:
            yield text
            text, capital, word = "", False, False
        elif token == CAPITAL:
            capital = True
        else:
            now = token[0].isalnum()
            text += " " * (now and word) + (token[0].upper() + token[1:] if capital else token)
            capital, word = False, now


def _numbers(packed: dict[str, Any]) -> Iterator[int]:
    size = len(packed["letters"])
    one, two = packed["borders"]
    codes = iter(packed["letters"].index(letter) for letter in packed["body"])
    for code in codes:
        if code < one:
            yield code
        elif code < two:
            yield one + (code - one) * size + next(codes)
        else:
            yield (
                one + (two - one) * size + (code - two) * size**2 + next(codes) * size + next(codes)
            )
