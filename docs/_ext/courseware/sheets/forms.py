"""The accepted forms of an answer in few words: what they share is written once.

``theory of change, theories of change, theory of changes`` becomes ``theory/theories of change,
theory of changes``; ``result, results, the result, the results`` becomes ``(the) result(s)``.
`compact` says these forms and no others; `expanded` takes it apart again.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The words that may stand in each place of a form; "" where there may be none.
Pattern = tuple[tuple[str, ...], ...]

# Signs by which forms are joined: a form that has one of them is written by itself.
_SIGNS = frozenset("/(),")


def patterns(forms: Iterable[str]) -> list[Pattern]:
    """Return *forms* as patterns, of which each stands for several; the first comes first.

    Two are joined where they differ in one place alone, so that none stands for another form.
    """
    found: list[Pattern] = [tuple((word,) for word in form.split()) for form in forms]
    while pair := _joinable(found):
        at, other, joined = pair
        found[at] = joined
        del found[other]
    return found


def compact(forms: Iterable[str]) -> str:
    """Return all *forms* in few words, parted by commas."""
    return ", ".join(" ".join(map(_place, pattern)) for pattern in patterns(forms))


def expanded(found: Iterable[Pattern]) -> set[str]:
    """Return the forms for which the patterns *found* stand."""
    return {" ".join(filter(None, words)) for pattern in found for words in product(*pattern)}


def _joinable(found: list[Pattern]) -> tuple[int, int, Pattern] | None:
    """Return the places of two patterns that can be one, and that one."""
    for at, other in combinations(range(len(found)), 2):
        for first, second in ((found[at], found[other]), (found[other], found[at])):
            if joined := _with_word(first, second) or _with_choice(first, second):
                return at, other, joined
    return None


def _with_choice(first: Pattern, second: Pattern) -> Pattern | None:
    """Return one pattern for two that differ in the words of one place."""
    if len(first) != len(second) or _is_marked(first) or _is_marked(second):
        return None
    differing = [at for at, pair in enumerate(zip(first, second, strict=True)) if len({*pair}) > 1]
    if len(differing) != 1:
        return None
    [at] = differing
    words = tuple(dict.fromkeys([*first[at], *second[at]]))
    # Words that stand alone are answers of their own, which a comma parts better.
    is_plural = len(_endings(words)) == 1
    if len(first) == 1 and not is_plural:
        return None
    return (*first[:at], words, *first[at + 1 :])


def _with_word(longer: Pattern, shorter: Pattern) -> Pattern | None:
    """Return one pattern for two of which one has a word more at its beginning."""
    if len(longer) != len(shorter) + 1 or _is_marked(longer) or longer[1:] != shorter:
        return None
    return (("", *filter(None, longer[0])), *shorter) if "" not in longer[0] else None


def _is_marked(pattern: Pattern) -> bool:
    return any(_SIGNS.intersection(word) for words in pattern for word in words)


def _place(words: tuple[str, ...]) -> str:
    """Return the words of one place: ``result(s)``, ``theory/theories``, ``(the)``."""
    said = "/".join(_endings([word for word in words if word]))
    return f"({said})" if "" in words else said


def _endings(words: Iterable[str]) -> list[str]:
    """Return *words* with each plural in the brackets of its singular: ``outcome(s)``."""
    left = list(words)
    result = []
    for word in left:
        if word[-1:] == "s" and word[:-1] in left:
            continue
        result.append(f"{word}(s)" if f"{word}s" in left else word)
    return result
