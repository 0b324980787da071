"""What is wrong with a data file, and where: ``path:line: what is wrong, what was expected``."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

#: Letters that part of a name must have, and how many names are offered.
SHORTEST, MOST = 3, 3


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend in a data file; ``line`` counts from 1."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class DataError(Exception):
    """A data file that cannot be used; carries every problem found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def did_you_mean(given: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return ``"; did you mean 'x'?"`` for the nearest of *known*, or an empty string.

    Those that begin with *given*, or else hold it, are nearest: who writes half a name means it.
    *cutoff* says how alike others must be, from 0 to 1.
    """
    wanted = given.casefold()
    by_fold = {name.casefold(): name for name in known}
    near: list[str] = []
    if len(wanted) >= SHORTEST:
        near = [name for name in by_fold if name.startswith(wanted)]
        near = near or [name for name in by_fold if wanted in name]
    near = near or get_close_matches(wanted, by_fold, n=1, cutoff=cutoff)
    names = [f"'{by_fold[name]}'" for name in sorted(near)[:MOST]]
    return f"; did you mean {' or '.join(names)}?" if names else ""


def not_one_of(name: str, known: Iterable[str], where: str) -> str:
    """Return the message that *name* is not *known*, and *where* one makes it so."""
    names = list(known)
    return f"'{name}' is not one of {', '.join(names)}{did_you_mean(name, names)}; {where}"
