"""One build at a time in a folder of doctrees; after one that did not end, all is read again.

What a build has read it writes page by page, and at last a list of all pages. Killed in between, it
leaves pages of which the list does not know that they are new, or half a page.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import Timeout
from sphinx.application import ENV_PICKLE_FILENAME

from courseware.files.turns import lock_of

from .disk import said_plainly

if TYPE_CHECKING:
    from filelock import BaseFileLock
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

#: The file in the folder of doctrees that is there while a build is under way.
UNDER_WAY = ".under-way"
FIRST, LAST = 0, 1000


def take_turn(folder: Path) -> BaseFileLock:
    """Wait until no build is at work in *folder*; return the lock, which is held from now on.

    Raises `OSError` where the folder cannot be written to.
    """
    lock = lock_of(folder)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        message = f"another build is at work in {folder}; waiting until it has ended"
        # No warning, which may be an error, and nothing that --quiet hides.
        sys.stderr.write(f"{message}\n")
        lock.acquire()
    return lock


class Turn:
    """The turn of one build in its folder."""

    def __init__(self) -> None:
        self.lock: BaseFileLock | None = None

    def begin(self, app: Sphinx, _config: Config) -> None:
        """Wait for other builds to end, and let go of what one has read that did not."""
        folder = Path(app.doctreedir)
        with said_plainly():
            self.lock = take_turn(folder)
            if (folder / UNDER_WAY).exists():
                (folder / ENV_PICKLE_FILENAME).unlink(missing_ok=True)

    def mark(self, app: Sphinx, _env: BuildEnvironment, _docnames: list[str]) -> None:
        """Leave a mark while pages are read and written."""
        with said_plainly():
            Path(app.doctreedir, UNDER_WAY).touch()

    def end(self, app: Sphinx, _exception: Exception | None) -> None:
        """Take away the mark and let others in; after a failure Sphinx keeps nothing it read."""
        Path(app.doctreedir, UNDER_WAY).unlink(missing_ok=True)
        if self.lock is not None:
            self.lock.release()
            self.lock = None


def setup_turn(app: Sphinx) -> None:
    """Register beginning and end: before anything that was read is loaded, and after all else."""
    turn = Turn()
    app.connect("config-inited", turn.begin, priority=FIRST)
    app.connect("env-before-read-docs", turn.mark, priority=FIRST)
    app.connect("build-finished", turn.end, priority=LAST)
