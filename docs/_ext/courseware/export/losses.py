"""What a format cannot carry, item by item, and what was done instead."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, order=True)
class Loss:
    """*what* of the exercise *exercise* a format does not have, and what was done *instead*."""

    exercise: str
    what: str
    instead: str

    def __str__(self) -> str:
        return f"{self.exercise}: {self.what}: {self.instead}"


@dataclass(frozen=True)
class Made:
    """A file of some format: its *content*, and what it lacks of the exercises it was made of."""

    content: bytes
    losses: Sequence[Loss] = ()


def report(title: str, found: Iterable[tuple[str, Sequence[Loss]]]) -> str:
    """Return a text in Markdown that tells what each file lacks, under *title*.

    *found* has the files' names, each with its losses. What many exercises lack alike is told once,
    with their names.
    """
    lines = [f"# What is lost: {title}", ""]
    for name, losses in found:
        lines += [f"## {name}", ""]
        lines += told(losses) or ["Nothing is lost."]
        lines.append("")
    return "\n".join(lines)


def told(losses: Iterable[Loss]) -> list[str]:
    """Return a line for each sort of *losses*, with the exercises that it befalls."""
    ordered = sorted(losses, key=lambda loss: (loss.what, loss.instead))
    return [
        f"- {what}: {instead} ({', '.join(dict.fromkeys(loss.exercise for loss in group))})"
        for (what, instead), group in groupby(ordered, lambda loss: (loss.what, loss.instead))
    ]
