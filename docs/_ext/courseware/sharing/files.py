"""Write files beside the pages, and only when what they say has changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write_changed(path: Path, content: str) -> None:
    """Write *content* to *path*, unless that is what the file has: its date tells a change."""
    data = content.encode()
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def is_supplied(app: Sphinx, name: str) -> bool:
    """Tell whether the project has a file *name* of its own for the root of the site."""
    places = [Path(app.confdir, entry) for entry in app.config.html_extra_path]
    return any(place.name == name or (place / name).is_file() for place in places)
