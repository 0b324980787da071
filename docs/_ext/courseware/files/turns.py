"""Have commands take turns in a folder.

The system holds the lock and lets go of it when a process ends, however it ends. The file that is
locked stays, empty: to remove it would let two in, one by the old file and one by the new.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import BaseFileLock, FileLock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = ".made.lock"
#: The line by which a build says on its standard output that another may use what it has read.
HANDED = "handed over\n"


def lock_of(folder: Path) -> BaseFileLock:
    """Return the lock of *folder*, which is made if need be; raise `OSError` where it cannot be.

    A process that holds it may take it again, and has to let go of it as often.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return FileLock(folder.resolve() / LOCK, is_singleton=True)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other process is in *folder*, and keep others out."""
    with lock_of(folder):
        yield
