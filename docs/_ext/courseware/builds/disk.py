"""Say plainly that the disk is full, or that a folder cannot be written to, and stop.

Sphinx would show a traceback, or warn of each page that it could write half of only, and go on.
"""

from __future__ import annotations

import errno
import re
from contextlib import contextmanager
from logging import Handler, LogRecord, getLogger
from typing import TYPE_CHECKING

from sphinx.util import logging

from courseware.data.refused import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

# Before what completes the output, which would make half of it look whole.
EARLY = 1
# As Python prints them; from other processes no more than the words arrive.
_NUMBERS = "|".join(
    str(number) for number in (errno.ENOSPC, getattr(errno, "EDQUOT", None)) if number
)
_FULL = re.compile(rf"\[(?:Errno (?:{_NUMBERS})|WinError 112)\]")
OTHER = "mend that, or build into another folder"
FULL = "there is no room left on the disk; make room, and build again"


@contextmanager
def said_plainly() -> Iterator[None]:
    """Log what cannot be read or written, and raise `SystemExit`, instead of an `OSError`."""
    try:
        yield
    except OSError as error:
        if _FULL.search(str(error)):
            place = f"{error.filename}: " if error.filename else ""
            logger.error("%s%s", place, FULL)
        else:
            logger.error("%s; %s", refusal(error), OTHER)
        raise SystemExit(2) from None


class _FullDisk(Handler):
    """Notes whether any message of Sphinx says that the disk is full."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = False

    def emit(self, record: LogRecord) -> None:
        """Look at one message."""
        self.seen = self.seen or bool(_FULL.search(record.getMessage()))

    def stop(self, app: Sphinx, exception: Exception | None) -> None:
        """End a build that ran out of room: raise `SystemExit`."""
        if self.seen or _FULL.search(str(exception or "")):
            logger.error("%s: %s", app.outdir, FULL)
            raise SystemExit(2)


def setup_disk(app: Sphinx) -> None:
    """Register what looks out for a full disk."""
    handler = _FullDisk()
    # Sphinx takes away all handlers when another build begins in this process.
    getLogger(logging.NAMESPACE).addHandler(handler)
    app.connect("build-finished", handler.stop, priority=EARLY)
