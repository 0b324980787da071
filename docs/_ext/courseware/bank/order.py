"""In which order options, steps, matches and rows are shown: as written, or shuffled by a seed."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .model import Choice, Classify, Item, Match, Option, Order

T = TypeVar("T")


def shuffled(items: Sequence[T], seed: str, name: Callable[[T], str]) -> list[T]:
    """Return *items* in an order that depends on *seed* and on their names alone.

    Sorting by digests gives the same order on every machine and every version of Python, which
    `random.shuffle` does not promise; and an item that is added moves no two others apart.
    """
    return sorted(items, key=lambda item: sha256(f"{seed}\n{name(item)}".encode()).digest())


def option_order(exercise: Choice, seed: str | None = None) -> list[Option]:
    """Return the options as shown: as written without *seed* or with ``shuffle: false``.

    Pinned options keep their places. By a seed as few right options as can be stand where they
    stand as written, so that a letter seen on a neighbour's sheet is of no use.
    """
    written = list(exercise.options)
    if seed is None or not exercise.shuffle:
        return written
    tries = (_moved(exercise, f"{seed}\n{exercise.id}{again}") for again in _AGAIN)
    return min(tries, key=lambda shown: _kept(written, shown))


#: What is added to a seed for each try; the first is the order that the seed alone gives.
_AGAIN = ("", *(f"\n{attempt}" for attempt in range(1, 60)))


def _moved(exercise: Choice, seed: str) -> list[Option]:
    """Return the options in the order of *seed*, the pinned ones where they are."""
    free = [option for option in exercise.options if not option.pinned]
    moved = iter(shuffled(free, seed, lambda option: option.text))
    return [option if option.pinned else next(moved) for option in exercise.options]


def _kept(written: Sequence[Option], shown: Sequence[Option]) -> int:
    """Return how many options are right in both orders at one place."""
    return sum(one.correct and other.correct for one, other in zip(written, shown, strict=True))


def match_order(exercise: Match, seed: str | None = None) -> list[str]:
    """Return the matches and distractors as offered, never in the order of their terms."""
    matches = [pair.match for pair in exercise.pairs]
    offered = [*matches, *(distractor.text for distractor in exercise.distractors)]
    return _displaced(offered, f"{seed or ''}\n{exercise.id}", matches)


def step_order(exercise: Order, seed: str | None = None) -> list[int]:
    """Return the places of the steps as shown, which are never in the right order already."""
    texts = [step.text for step in exercise.steps]
    shown = _displaced(texts, f"{seed or ''}\n{exercise.id}", texts)
    return [texts.index(text) for text in shown]


def row_order(exercise: Classify, seed: str | None = None) -> list[Item]:
    """Return the rows of a grid as shown: as written without *seed*.

    By a seed they never stand as written, nor as a staircase, as long as there are other orders.
    """
    written = list(exercise.items)
    if seed is None:
        return written
    tries = [
        shuffled(written, f"{seed}\n{exercise.id}\n{attempt}", lambda item: item.text)
        for attempt in range(100)
    ]
    fit = (rows for rows in tries if rows != written and not is_staircase(exercise, rows))
    return next(fit, tries[0])


def is_staircase(exercise: Classify, rows: Iterable[Item]) -> bool:
    """Tell whether the categories of *rows* follow one another as the columns do, or backwards.

    Such a grid can be filled in without being read.
    """
    columns = [exercise.categories.index(row.category) for row in rows]
    up, down = sorted(columns), sorted(columns, reverse=True)
    return up != down and columns in (up, down)


def _displaced(texts: Sequence[str], seed: str, forbidden: Sequence[str]) -> list[str]:
    """Return *texts* shuffled, with an order other than *forbidden* at the front."""
    for attempt in range(100):
        shown = shuffled(texts, f"{seed}\n{attempt}", str)
        if shown[: len(forbidden)] != list(forbidden):
            return shown
    return [*texts[1:], texts[0]]
