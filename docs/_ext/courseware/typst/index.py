"""The alphabetical index at the back: collected in Python, paged by Typst."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx.util.index_entries import split_index_msg

if TYPE_CHECKING:
    from collections.abc import Iterable

OTHER = "0–9"
# What an entry may begin with that does not count in sorting.
_PUNCTUATION = "\u201c\u201d\u2018\u2019\"'(¿¡ "


@dataclass(slots=True)
class Entry:
    """One line of the index: places to look up, pointers to other entries, subentries."""

    places: list[tuple[str, bool]] = field(default_factory=list)  # label, is it the main place
    see: list[str] = field(default_factory=list)
    seealso: list[str] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)

    def at(self, path: Iterable[str]) -> Entry:
        """Return the entry below this one at *path*, made where it is not there yet."""
        entry = self
        for text in path:
            entry = entry.entries.setdefault(text, Entry())
        return entry


@dataclass(slots=True)
class Index:
    """All entries of one PDF."""

    root: Entry = field(default_factory=Entry)

    def add(self, kind: str, value: str, label: str, *, is_main: bool = False) -> None:
        """Add what one entry of Sphinx's ``index`` node says.

        Kinds are those of Sphinx's index directive: single (``entry; subentry``), pair, triple,
        see, seealso; others (such as ``main``) count as single.

        :raises ValueError: where *value* has too few parts for its kind.
        """
        parts = split_index_msg(kind, value) if kind in _KINDS else [value]
        if kind in {"see", "seealso"}:
            target = self.root.at(parts[:1])
            (target.see if kind == "see" else target.seealso).append(parts[1])
            return
        for path in _KINDS.get(kind, _single)(parts):
            self.root.at(path).places.append((label, is_main))

    def groups(self) -> list[dict[str, object]]:
        """Return the index as data for the template: letters, each with its sorted entries."""
        letters: dict[str, list[object]] = {}
        for text, entry in _sorted(self.root):
            letters.setdefault(letter_of(text), []).append(_data(text, entry))
        return [{"letter": letter, "entries": entries} for letter, entries in letters.items()]


def _single(parts: list[str]) -> list[list[str]]:
    return [parts]


def _pair(parts: list[str]) -> list[list[str]]:
    first, second = parts
    return [[first, second], [second, first]]


def _triple(parts: list[str]) -> list[list[str]]:
    first, second, third = parts
    return [
        [first, f"{second} {third}"],
        [second, f"{third}, {first}"],
        [third, f"{first} {second}"],
    ]


_KINDS = {"single": _single, "pair": _pair, "triple": _triple, "see": _single, "seealso": _single}


def sort_key(text: str) -> tuple[bool, str, str]:
    """Return the key that sorts without regard to case and accents; figures come first."""
    plain = "".join(
        char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)
    )
    folded = plain.casefold().lstrip(_PUNCTUATION)
    return folded[:1].isalpha(), folded, text


def letter_of(text: str) -> str:
    """Return the letter under which *text* stands."""
    is_word, folded, _ = sort_key(text)
    return folded[0].upper() if is_word else OTHER


def _sorted(entry: Entry) -> list[tuple[str, Entry]]:
    return sorted(entry.entries.items(), key=lambda item: sort_key(item[0]))


def _data(text: str, entry: Entry) -> dict[str, object]:
    return {
        "text": text,
        "places": [{"to": label, "main": is_main} for label, is_main in entry.places],
        "see": sorted(set(entry.see), key=sort_key),
        "seealso": sorted(set(entry.seealso), key=sort_key),
        "entries": [_data(*item) for item in _sorted(entry)],
    }
