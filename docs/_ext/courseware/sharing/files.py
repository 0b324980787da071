"""Files beside the pages that a project may have of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def is_supplied(app: Sphinx, name: str) -> bool:
    """Tell whether the project has a file *name* of its own for the root of the site."""
    places = [Path(app.confdir, entry) for entry in app.config.html_extra_path]
    return any(place.name == name or (place / name).is_file() for place in places)
