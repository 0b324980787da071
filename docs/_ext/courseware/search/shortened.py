"""Which words of the places the index holds: all of them where there is room, else the best.

What cannot be shown cannot be found: a search looks at the texts of the index, and its excerpts
come from them. So every word of a page is kept somewhere, with its neighbours; where a course is
larger than the limit, not everywhere that it stands.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from .places import WHOLE, Kind
from .words import SENTENCE_END, key, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .places import Place

#: What stands where something is left out.
LEFT_OUT = "\u2026"
#: How many words on either side of one are kept with it, from the most that is tried.
REACHES = (6, 4, 3, 2, 1, 0)
#: Where there is room, the first sentences of these come before those of others.
FIRST = (Kind.CHAPTER, Kind.CHECK, Kind.PAGE, Kind.SECTION, Kind.ENTRY, Kind.FIGURE, Kind.EXERCISE)
#: How much of the room that is left is filled, until it fits.
SHARES = (0.95, 0.8, 0.6, 0.3)


class Sentence(NamedTuple):
    """A sentence of a place: where it stands in the place's text, and its words with their keys."""

    place: int
    order: int
    start: int
    end: int
    words: tuple[tuple[str, int, int], ...]

    @property
    def keys(self) -> set[str]:
        """The keys of its words."""
        return {each for each, _, _ in self.words}


@dataclass
class Kept:
    """What is kept of the text of a place: all of it, or the spans in order."""

    text: str
    whole: bool
    spans: list[tuple[int, int]]

    def written(self) -> str:
        """Return it with a mark where something is left out."""
        if self.whole:
            return self.text
        result, at = "", 0
        for start, end in sorted(self.spans):
            if start > at or (start == 0 and not result):
                # Between neighbours there is at most a space, or the end of a sentence.
                gap = self.text[at:start] if result else ""
                result += gap if result and gap.strip() == "" else LEFT_OUT * bool(start)
            result += self.text[max(start, at) : end]
            at = max(at, end)
        return result + LEFT_OUT * bool(result and at < len(self.text))


def shorten(places: Sequence[Place], limit: int, measure: Callable[[list[str]], int]) -> list[str]:
    """Return what the index holds of the texts of *places*, in their order.

    *measure* tells how large an index with such texts is; it is to be at most *limit*, and larger
    only where less would lose words.
    """
    texts = [" ".join(place.texts) for place in places]
    everything = measure(texts)
    if everything <= limit:
        return texts
    sentences = [each for at, text in enumerate(texts) for each in _sentences(at, text)]
    needed = _needed(places, texts, sentences)

    def kept(reach: int, more: Iterable[Sentence] = ()) -> list[str]:
        result = [
            Kept(text, place.kind in WHOLE, []) for place, text in zip(places, texts, strict=True)
        ]
        for sentence, wanted in needed:
            result[sentence.place].spans += _windows(sentence, wanted, reach)
        for sentence in more:
            result[sentence.place].spans.append((sentence.start, sentence.end))
        return [each.written() for each in result]

    # A smaller reach is a smaller index, so that half of them need no measuring.
    fits = bisect_left(REACHES[:-1], 1, key=lambda n: measure(kept(n)) <= limit)
    reach = REACHES[fits]
    order = {kind: at for at, kind in enumerate(FIRST)}
    worth = sorted(
        (each for each in sentences if places[each.place].kind not in WHOLE),
        key=lambda each: (each.order, order.get(places[each.place].kind, len(FIRST)), each.place),
    )
    base = kept(reach)
    size = measure(base)
    # What a character more costs is as good as the same everywhere.
    cost = (everything - size) / max(1, sum(map(len, texts)) - sum(map(len, base)))
    ends = [*accumulate(each.end - each.start for each in worth)]
    for share in SHARES:
        room = int((limit - size) * share / cost) if cost > 0 else 0
        more = kept(reach, worth[: bisect_right(ends, room)])
        if measure(more) <= limit:
            return more
    return base


def _sentences(place: int, text: str) -> Iterator[Sentence]:
    start = 0
    ends = [found.end() for found in SENTENCE_END.finditer(text)]
    for order, end in enumerate([*ends, len(text)]):
        inside = text[start:end].rstrip()
        found = tuple((key(w.group()), start + w.start(), start + w.end()) for w in words(inside))
        if found:
            yield Sentence(place, order, start, start + len(inside), found)
        start = end


def _needed(
    places: Sequence[Place], texts: Sequence[str], sentences: Sequence[Sentence]
) -> list[tuple[Sentence, set[str]]]:
    """Return sentences that hold all words which titles and whole texts lack, with those words."""
    had: set[str] = set()
    for place, text in zip(places, texts, strict=True):
        had.update(key(word.group()) for word in words(place.title))
        if place.kind in WHOLE:
            had.update(key(word.group()) for word in words(text))
    lacking: dict[str, list[Sentence]] = defaultdict(list)
    open_in = {}
    for sentence in sentences:
        open_in[sentence] = sentence.keys - had
        for each in open_in[sentence]:
            lacking[each].append(sentence)
    needed = []
    # Words that stand in few places leave no choice, and so come first.
    for word in sorted(lacking, key=lambda each: (len(lacking[each]), each)):
        if word not in had:
            # What brings most for its length; of equals the first.
            best = max(
                lacking[word],
                key=lambda each: len(open_in[each] - had) / (each.end - each.start + 20),
            )
            wanted = open_in[best] - had
            needed.append((best, wanted))
            had |= wanted
    return needed


def _windows(sentence: Sentence, wanted: set[str], reach: int) -> Iterator[tuple[int, int]]:
    """Yield the spans around the first of each of the *wanted* words of *sentence*."""
    found: set[str] = set()
    last = len(sentence.words) - 1
    for at, (each, _, _) in enumerate(sentence.words):
        if each in wanted - found:
            found.add(each)
            yield sentence.words[max(0, at - reach)][1], sentence.words[min(last, at + reach)][2]
