"""Words as a search compares them: without accents, in one spelling, without endings.

The rules are data, in regular expressions that Python and browsers read alike: the index carries
them, so that a word of a page and a word that somebody types are made alike by the same rules.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A word or a number as it is written: 6,500 and 1.4 are one, an apostrophe stands within a word.
WORD = r"\d+(?:[.,\u00a0\u202f]\d+)*(?![^\W_])|[^\W_]+(?:['\u2019][^\W_]+)*"
#: The same for browsers, whose classes of letters and digits have other names.
WORD_IN_BROWSERS = (
    r"\p{Nd}+(?:[.,\u00a0\u202f]\p{Nd}+)*(?![\p{L}\p{N}])"
    r"|[\p{L}\p{M}\p{N}]+(?:['\u2019][\p{L}\p{M}\p{N}]+)*"
)

#: Letters that no accent makes, and marks within numbers; applied to small letters.
LETTERS = (
    ("\u00e6", "ae"),
    ("\u0153", "oe"),
    ("\u00df", "ss"),
    ("\u00f8", "o"),
    ("\u0142", "l"),
    ("\u0111", "d"),
    ("\u0131", "i"),
    ("\u2019", "'"),
    # Thousands: 6,500 and 6 500 are 6500. A comma before one or two digits parts decimals.
    (r"(?<=\d)[,\u00a0\u202f ](?=\d{3}(?!\d))", ""),
    (r"(?<=\d),(?=\d)", "."),
    # Ids: L008 is L8.
    (r"(?<=^[a-z])0+(?=\d)", ""),
)
#: One key for the forms of a word. It need be no word: what counts is that forms meet in it.
FORMS = (
    (r"'s?$|'", ""),
    # British spellings become American ones.
    (r"(?<=[a-z][a-z][b-df-hj-np-tv-z])our", "or"),
    (r"is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)", "iz"),
    (r"ys(?=(?:e|ed|es|er|ers|ing)$)", "yz"),
    (r"(?<=[bt])re(?=s?$)", "er"),
    (r"(?<=def|off)enc(?=e|ing)", "ens"),
    (r"(?<=lic)enc(?=e|ing)", "ens"),
    (r"(?<=practi)[cs](?=e|ing)", "z"),
    (r"dgement", "dgment"),
    (r"ogue(?=s?$)", "og"),
    (r"ae(?=[a-z]{3})", "e"),
    (r"grey", "gray"),
    (r"ll(?=(?:er|or)s?$)", "l"),
    # Plurals of English and Spanish (carteles), of names and of decades (1990s).
    (r"(?<=[a-z][a-z])ies$", "y"),
    (r"(?<=[a-z][a-z][a-z])(?<![siu])s$|(?<=\d)s$", ""),
    # The past and what goes on: smuggling, smuggled.
    (r"(?<=[a-z][a-z])ied$", "y"),
    *((rf"(?<=[aeiouy][a-z]{{{n}}})(?:ing|(?<!e)ed)$", "") for n in (1, 2, 3, 4)),
    (r"(?<=[a-z][a-z][a-z])e$", ""),
    (r"([a-z])(?=\1$)", ""),
)

#: Where a sentence, or a part that can stand by itself, ends.
SENTENCE_END = re.compile(r"[.?!;:][\"'\u2019\u201d)]* (?=\S)")

_WORD = re.compile(WORD)
_LETTERS = [(re.compile(pattern), new) for pattern, new in LETTERS]
_FORMS = [(re.compile(pattern), new) for pattern, new in FORMS]


def words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words and numbers of *text*, each as it stands there."""
    return _WORD.finditer(text)


@cache
def fold(word: str) -> str:
    """Return *word* in small letters without accents; what it means is as before."""
    parts = normalize("NFKD", word.lower())
    result = "".join(letter for letter in parts if not combining(letter))
    for pattern, new in _LETTERS:
        result = pattern.sub(new, result)
    return result


@cache
def key(word: str) -> str:
    """Return what all forms and spellings of *word* have in common."""
    result = fold(word)
    for pattern, new in _FORMS:
        result = pattern.sub(new, result)
    return result


def slug(text: str) -> str:
    """Return *text* as most addresses are made of titles: words joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(text)))
