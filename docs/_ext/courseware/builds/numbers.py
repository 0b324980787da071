"""Sections and figures are counted anew only where pages were read or went.

Sphinx loads every page to count its figures, in each build, and a worksheet takes hardly longer to
print. The numbers are kept with all else that was read, and change with it alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.environment.collectors.toctree import TocTreeCollector

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class Numbers:
    """Has Sphinx's *collector* count where that is needed."""

    def __init__(self, collector: TocTreeCollector) -> None:
        self.collector = collector
        self.touched = False

    def touch(self, _app: Sphinx, _env: BuildEnvironment, _docname: str) -> None:
        """Note that a page is read anew, or is gone."""
        self.touched = True

    def count(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Return the pages that have other numbers than before."""
        if not self.touched:
            return []
        self.touched = False
        return self.collector.get_updated_docs(app, env)


def setup_numbers(app: Sphinx) -> None:
    """Register what counts in the place of Sphinx's collector."""
    for listener in list(app.events.listeners["env-get-updated"]):
        collector = getattr(listener.handler, "__self__", None)
        if isinstance(collector, TocTreeCollector):
            numbers = Numbers(collector)
            app.disconnect(listener.id)
            app.connect("env-get-updated", numbers.count, priority=listener.priority)
            app.connect("env-purge-doc", numbers.touch)
