"""What is wrong with a data file, and where: ``path:line: what is wrong, what was expected``."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


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

    *cutoff* says how alike the two must be, from 0 to 1.
    """
    by_fold = {name.casefold(): name for name in known}
    near = get_close_matches(given.casefold(), by_fold, n=1, cutoff=cutoff)
    return f"; did you mean '{by_fold[near[0]]}'?" if near else ""
