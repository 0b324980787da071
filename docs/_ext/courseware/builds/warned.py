"""What was warned of is read again by the next build, so that it is told until it is mended.

Sphinx warns of a page when it reads it, keeps what it has read, and says nothing the next time: a
build in which warnings are errors would fail once, and then go through.
"""

from __future__ import annotations

import logging
from logging import Handler, LogRecord, getLogger
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.logging import NAMESPACE, get_node_location, is_suppressed_warning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

# After all that has a say in which pages are written, before Sphinx stores what it has read.
LATE = 950


class Warnings(Handler):
    """Notes of which places there were warnings since pages were read."""

    def __init__(self, config: Config) -> None:
        super().__init__(logging.WARNING)
        self.config = config
        self.places: set[str] = set()

    def emit(self, record: LogRecord) -> None:
        """Note the place of one warning that is told; it is empty where there is none."""
        kind = (getattr(record, "type", ""), getattr(record, "subtype", ""))
        if is_suppressed_warning(*kind, self.config.suppress_warnings):
            return
        place = getattr(record, "location", None)
        if isinstance(place, tuple):
            place = place[0]
        elif isinstance(place, nodes.Node):
            place = get_node_location(place)
        self.places.add(place or "")

    def begin(self, *_of_reading: object) -> None:
        """Forget what was warned of before pages are read: every build says it."""
        self.places.clear()

    def read_again(self, _app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
        """Have pages that were warned of read again next time; return none to be written."""
        for place in self.places:
            page = _page(env, place)
            # Where no page is named, it may be any.
            env.reread_always |= {page} if page in env.found_docs else env.found_docs
        return ()


def _page(env: BuildEnvironment, place: str) -> str | None:
    """Return the page of a place, which is its name, or its file with a line."""
    path, colon, _ = place.rpartition(":")
    return env.path2doc(path) if colon else place


def setup_warned(app: Sphinx) -> Warnings:
    """Register what listens to warnings, and return it."""
    handler = Warnings(app.config)
    # Sphinx takes away all handlers when another build begins in this process.
    getLogger(NAMESPACE).addHandler(handler)
    app.connect("env-before-read-docs", handler.begin)
    app.connect("env-get-updated", handler.read_again, priority=LATE)
    return handler
