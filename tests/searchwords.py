"""The words of Sphinx's search index, and the words that have no business in it."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from courseware.bank.texts import plain
from leaks import Secret, texts_of_bank
from sphinx.search.en import SearchEnglish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from courseware.bank.load import Bank

# The parts of an exercise that answer it. Hints are none: they are read before an answer is given.
ANSWERS = frozenset({
    "feedback", "when_true", "when_false", "otherwise", "expected", "accepted",
    "solution", "model_answer", "rubric",
})  # fmt: skip

ENGLISH = SearchEnglish({})


@cache
def stem(word: str) -> str:
    """Return *word* without its ending, as Sphinx does; the same words come again and again."""
    return ENGLISH.stem(word)


def stems(text: str) -> set[str]:
    """Return the words of *text* as the index holds them."""
    return {stem(word) for word in ENGLISH.split(text)}


def words_of_index(script: str) -> set[str]:
    """Return all words that can be searched for by ``searchindex.js``, whose text is *script*."""
    index = json.loads(script.removeprefix("Search.setIndex(").removesuffix(")"))
    words = {*index["terms"], *index["titleterms"]}
    for part in ("alltitles", "indexentries", "titles"):
        for text in index[part]:
            words |= stems(text)
    return words


def words_of_answers(bank: Bank, public: Iterable[str]) -> dict[str, Secret]:
    """Return the words that stand only in answers, or only in what is kept from students.

    Each comes with a text that has it. What the course says elsewhere, in the texts *public* or
    in a question, may be searched for.
    """
    only: dict[str, Secret] = {}
    elsewhere: set[str] = set().union(*map(stems, public))
    for secret, kept in texts_of_bank(bank):
        words = stems(plain(secret.text))
        if kept or not ANSWERS.isdisjoint(secret.part.split(".")):
            only.update(dict.fromkeys(words, secret))
        else:
            elsewhere |= words
    return {word: secret for word, secret in only.items() if word not in elsewhere}
