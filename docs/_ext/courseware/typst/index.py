"""The alphabetical index at the back: collected in Python, paged by Typst."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx.util.index_entries import split_index_msg

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

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
    """All entries of one PDF.

    ``moved`` are entries of one part that stand under another, with their place; ``chapters`` has
    the chapter in which each label stands, by its number and title, empty outside of chapters.
    """

    moved: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    chapters: dict[str, str] = field(default_factory=dict)
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
            at = self.moved.get(path[0], path) if len(path) == 1 else path
            self.root.at(at).places.append((label, is_main))

    def point(
        self, path: Iterable[str], see: Iterable[str] = (), seealso: Iterable[str] = ()
    ) -> None:
        """Let the entry at *path* lead to others, as far as the index has both ends.

        To be called last: what the text does not name has no entry to lead from or to.
        """
        path = tuple(path)
        found = [name for name in see if self._has((name,))]
        if found:
            self.root.at(path).see.extend(found)
        if self._has(path):
            self.root.at(path).seealso.extend(name for name in seealso if self._has((name,)))

    def _has(self, path: tuple[str, ...]) -> bool:
        """Tell whether something stands at *path*, or where its only part was moved to."""
        entry: Entry | None = self.root
        for text in self.moved.get(path[0], path) if len(path) == 1 else path:
            entry = entry.entries.get(text) if entry else None
        return entry is not None

    def groups(self, articles: Collection[str] = ()) -> list[dict[str, object]]:
        """Return the index as data for the template: letters, each with its sorted entries.

        An entry that begins with one of *articles* has it at its end.
        """
        letters: dict[str, list[object]] = {}
        for text, data in self._sorted(self.root, articles):
            letters.setdefault(letter_of(text), []).append(data)
        return [{"letter": letter, "entries": entries} for letter, entries in letters.items()]

    def _sorted(
        self, entry: Entry, articles: Collection[str]
    ) -> list[tuple[str, dict[str, object]]]:
        """Return what stands below *entry*, as it is filed, with its data for the template."""
        filed = [(filed_as(text, articles), each) for text, each in entry.entries.items()]
        filed.sort(key=lambda item: sort_key(item[0]))
        return [(text, self._data(text, each, articles)) for text, each in filed]

    def _data(self, text: str, entry: Entry, articles: Collection[str]) -> dict[str, object]:
        def leads(names: Iterable[str]) -> list[str]:
            return sorted({filed_as(name, articles) for name in names}, key=sort_key)

        return {
            "text": text,
            "places": [
                {"to": label, "main": is_main, "chapter": self.chapters.get(label, "")}
                for label, is_main in entry.places
            ],
            "see": leads(entry.see),
            "seealso": leads(entry.seealso),
            "entries": [data for _, data in self._sorted(entry, articles)],
        }


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


def filed_as(text: str, articles: Collection[str]) -> str:
    """Return *text* as it is filed: an article of its beginning stands at the end."""
    first, _, rest = text.partition(" ")
    return f"{rest}, {first.lower()}" if rest and first.lower() in articles else text
