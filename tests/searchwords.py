"""The words of the search index, and the words that have no business in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courseware.bank.texts import plain
from courseware.search.words import key, words
from leaks import Secret, texts_of_bank
from searchindex import places_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from courseware.bank.load import Bank

# The parts of an exercise that answer it. Hints are none: they are read before an answer is given.
ANSWERS = frozenset({
    "feedback", "when_true", "when_false", "otherwise", "expected", "accepted",
    "solution", "model_answer", "rubric",
})  # fmt: skip


def stems(text: str) -> set[str]:
    """Return the words of *text* as a search compares them."""
    return {key(word.group()) for word in words(text)}


def words_of_index(script: str) -> set[str]:
    """Return all words that can be searched for by ``searchindex.js``, whose text is *script*."""
    return set().union(*(stems(f"{place.title} {place.text}") for place in places_of(script)))


def words_of_answers(bank: Bank, public: Iterable[str]) -> dict[str, Secret]:
    """Return the words that stand only in answers, or only in what is kept from students.

    Each comes with a text that has it. What the course says elsewhere, in the texts *public* or
    in a question, may be searched for.
    """
    only: dict[str, Secret] = {}
    elsewhere: set[str] = set().union(*map(stems, public))
    for secret, kept in texts_of_bank(bank):
        said = stems(plain(secret.text))
        if kept or not ANSWERS.isdisjoint(secret.part.split(".")):
            only.update(dict.fromkeys(said, secret))
        else:
            elsewhere |= said
    # Pages have numbers that no source has: of exercises and figures, and what is counted.
    return {
        word: secret
        for word, secret in only.items()
        if word not in elsewhere and not word[0].isdigit()
    }
