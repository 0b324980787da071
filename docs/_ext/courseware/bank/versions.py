"""Versions of a paper for neighbours in a class: the same questions in another order.

Version A stands as the file has it, its options too, so that the paper can be read beside the
bank and the balance of key places (rule Q8) holds; a file may say otherwise (``as_written``).
Every other version has a seed of its own, on which the order of its questions and of their
options depends. The place of a question depends on the seed and on the ids of exercises, and, where
paper is saved or versions would differ in their pages, on what fits.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from .order import shuffled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .select import Paper, Question

LETTERS = "ABCDEF"
#: How many orders are tried before one is taken that does not fit.
TRIES = 400

# Questions that stay together: one that may move, and those that are chained to it.
Block = tuple["Question", ...]


@dataclass(frozen=True)
class Version:
    """One version: *seed* is what options, matches and steps are put in order by.

    It is None for a version that stands as written.
    """

    letter: str
    seed: str | None
    questions: Sequence[Question]


def letters_of(count: int) -> str:
    """Return the letters of the first *count* versions."""
    return LETTERS[:count]


def versions_of(
    paper: Paper,
    letters: Iterable[str] | None = None,
    fits: Callable[[Sequence[Question]], bool] | None = None,
) -> list[Version]:
    """Return the versions *letters* of *paper*, or as many as its file asks for.

    Of the orders that a seed prefers, the first that *fits* is taken, if one of the first few
    hundred does: on paper, one version is to take no more pages than another.

    A version is the same whichever others are asked for. No two of them have one order, as long
    as there are other orders; after that, none has the order of the version before it.
    Raises `ValueError` for a letter that names no version.
    """
    asked = list(letters_of(paper.assignment.text.versions) if letters is None else letters)
    for letter in asked:
        if letter not in LETTERS or len(letter) != 1:
            message = f"'{letter}' is no version; expected letters from {LETTERS[0]} "
            raise ValueError(f"{message}to {LETTERS[-1]}")
    needed = LETTERS[: max((LETTERS.index(letter) + 1 for letter in asked), default=0)]
    made: dict[str, Version] = {}
    used: list[list[str]] = []
    for letter in needed:
        seed = f"{paper.assignment.seed}-{letter}"
        if letter == LETTERS[0] and paper.assignment.text.as_written:
            made[letter] = Version(letter, None, list(paper.questions))
        else:
            made[letter] = Version(letter, seed, _unlike(used, paper.questions, seed, fits))
        used.append(_ids(made[letter].questions))
    return [made[letter] for letter in asked]


def _unlike(
    used: list[list[str]],
    questions: Sequence[Question],
    seed: str,
    fits: Callable[[Sequence[Question]], bool] | None,
) -> list[Question]:
    """Return the first order by *seed* that fits and is not in *used*.

    Where none fits, the first that is not in *used*, which is cleared when all are.
    """
    if fits is not None:
        for order in islice(orders(questions, seed), TRIES):
            if _ids(order) not in used and fits(order):
                return order
    for order in orders(questions, seed):
        if _ids(order) not in used:
            return order
    del used[:-1]
    return next(
        (order for order in orders(questions, seed) if _ids(order) not in used), [*questions]
    )


def _ids(questions: Iterable[Question]) -> list[str]:
    return [question.exercise.id for question in questions]


def orders(questions: Sequence[Question], seed: str) -> Iterator[list[Question]]:
    """Yield every order in which *questions* may stand, those that *seed* prefers first.

    Pinned questions keep their numbers, with those that are chained to them; other chains may
    move, and stay whole.
    """
    blocks = _blocks(questions)
    free = [block for block in blocks if not block[0].pinned]
    mixed = shuffled(free, seed, lambda block: block[0].exercise.id)
    for moved in _fillings(mixed, _rooms(blocks)):
        waiting = iter([question for block in moved for question in block])
        yield [
            question if block[0].pinned else next(waiting) for block in blocks for question in block
        ]


def _blocks(questions: Iterable[Question]) -> list[Block]:
    blocks: list[Block] = []
    for question in questions:
        if question.chained and blocks:
            blocks[-1] = (*blocks[-1], question)
        else:
            blocks.append((question,))
    return blocks


def _rooms(blocks: Iterable[Block]) -> tuple[int, ...]:
    """Return how many places there are before, between and after the pinned blocks."""
    rooms = [0]
    for block in blocks:
        if block[0].pinned:
            rooms.append(0)
        else:
            rooms[-1] += len(block)
    return tuple(room for room in rooms if room)


def _fillings(blocks: Sequence[Block], rooms: tuple[int, ...]) -> Iterator[list[Block]]:
    """Yield every order of *blocks* that leaves none across the end of a room."""
    if not blocks:
        yield []
    for at, block in enumerate(blocks):
        others = [*blocks[:at], *blocks[at + 1 :]]
        rest = _after(len(block), rooms)
        if rest is not None and _fit(tuple(sorted(map(len, others))), rest):
            for filling in _fillings(others, rest):
                yield [block, *filling]


def _after(size: int, rooms: tuple[int, ...]) -> tuple[int, ...] | None:
    """Return the rooms that are left when *size* places of the first are taken, if it has them."""
    if size > rooms[0]:
        return None
    return (rooms[0] - size, *rooms[1:]) if size < rooms[0] else rooms[1:]


@lru_cache(maxsize=10_000)
def _fit(sizes: tuple[int, ...], rooms: tuple[int, ...]) -> bool:
    """Tell whether blocks of *sizes* (in order) fill *rooms* to the last place."""
    if not sizes:
        return True
    for size in set(sizes):
        rest = _after(size, rooms)
        if rest is not None:
            at = sizes.index(size)
            if _fit((*sizes[:at], *sizes[at + 1 :]), rest):
                return True
    return False
