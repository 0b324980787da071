"""Texts in few letters: each word is a code of one to three letters, words follow once, sorted.

What a server compresses anyway becomes an eighth smaller so, since the same window holds more text.
The form is ours. `short` lists what is met most and all that stands between words; `words` the
other words, each as one mark (how many letters it has in common with the word before) and the rest.
A letter of `body` below the first border is a code by itself, below the second the first of two,
from there the first of three. Between two words stands a space; `CAPITAL` makes the next word begin
with a capital letter, `END` ends a text.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: The letters of codes: those that JSON writes as they are.
LETTERS = "".join(chr(code) for code in range(32, 127) if chr(code) not in '"\\')
#: How many letters a word has in common with the one before it; none of them stands in a word.
COMMON = "!#$%&()*+,-./:;<=>?@[]^_{|}~"
CAPITAL, END, SPACE = "^", "\n", " "
#: How many codes have one letter: more would leave fewer for two.
SINGLE = 40
_TOKEN = re.compile(r"[^\W_]+|[\W_]+")
#: By how often words are met, in multiples of what one first letter can tell apart: words of one
#: group stand sorted, so that they share their beginnings, and have few first letters.
_GROUPS = (2, 6)


class Packed(TypedDict):
    """What a browser needs to read the texts."""

    letters: str
    common: str
    borders: list[int]
    short: list[str]
    words: str
    body: str


def pack(texts: Sequence[str]) -> Packed:
    """Return *texts*, none of which may hold a line break, as a browser can read them."""
    streams = _tokens(texts)
    met = Counter(token for stream in streams for token in stream)
    by_use = sorted(met, key=lambda token: (-met[token], token))
    first, rest = by_use[:SINGLE], by_use[SINGLE:]
    short = [*first, *(token for token in rest if not token[0].isalnum())]
    words = _grouped([token for token in rest if token[0].isalnum()], len(LETTERS))
    code, borders = _codes([*short, *words])
    shared = [_in_common(*two) for two in pairwise(["", *words])]
    return Packed(
        letters=LETTERS,
        common=COMMON,
        borders=borders,
        short=short,
        words="".join(COMMON[same] + word[same:] for same, word in zip(shared, words, strict=True)),
        body="".join(code[token] for stream in streams for token in stream),
    )


def _in_common(one: str, other: str) -> int:
    """Return with how many letters both words begin, as far as a mark can tell."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return min(sum(1 for _ in alike), len(COMMON) - 1)


def _tokens(texts: Iterable[str]) -> list[list[str]]:
    """Return words, and what stands between them where that is not one space."""
    found = [_TOKEN.findall(text.replace(CAPITAL, "")) for text in texts]
    met = Counter(token for tokens in found for token in tokens)
    streams = []
    for tokens in found:
        stream: list[str] = []
        for part in tokens:
            small = part.lower()
            # A word that is mostly written small begins a sentence.
            if part == small.capitalize() != small and met[small] > met[part]:
                stream += [CAPITAL, small]
            elif part != SPACE:
                stream.append(part)
        streams.append([*stream, END])
    return streams


def _grouped(words: list[str], size: int) -> list[str]:
    """Return *words*, which come by use, in groups that are sorted."""
    result: list[str] = []
    for group in (*(size * many for many in _GROUPS), len(words)):
        result += sorted(words[:group])
        words = words[group:]
    return result


def _codes(tokens: list[str]) -> tuple[dict[str, str], list[int]]:
    """Return the code of each of *tokens*, and the borders between codes of one, two and three."""
    size = len(LETTERS)
    three = 0
    while SINGLE + (size - SINGLE - three) * size + three * size**2 < len(tokens):
        three += 1
    borders = [SINGLE, size - three]
    codes = [*LETTERS[:SINGLE]]
    codes += [a + b for a in LETTERS[SINGLE : borders[1]] for b in LETTERS]
    codes += [a + b + c for a in LETTERS[borders[1] :] for b in LETTERS for c in LETTERS]
    return dict(zip(tokens, codes, strict=False)), borders
