"""Node classes of figures."""

from __future__ import annotations

from docutils import nodes


class figure_data(nodes.container):
    """The data behind a figure, below it on pages; ``figure`` is the id of the figure's node.

    ``title`` is the figure's title.
    """


class figure_data_link(nodes.paragraph):
    """Stands in a figure where print tells the page of its data."""
