"""Node classes of figures."""

from __future__ import annotations

from docutils import nodes


class figure_data(nodes.container):
    """The data behind a figure, below it on pages; ``figure`` is the id of the figure's node.

    ``title`` is the figure's title.
    """


class figure_sources(nodes.paragraph):
    """What the figure ``figure`` rests on, each source once: in print, which has no data."""
