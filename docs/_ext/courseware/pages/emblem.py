"""The course's emblem: one drawing, of which icons and cards are made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.config import Config

#: An open book, for a course that has no emblem of its own.
PLAIN = Path(__file__).with_name("emblem.svg")


def emblem_of(config: Config, confdir: Path) -> Path:
    """Return the SVG file that the setting ``html_favicon`` names, relative to *confdir*.

    Without one, or where it is no SVG, it is a plain one.
    """
    named = config.html_favicon or ""
    path = Path(confdir, named)
    return path if named.endswith(".svg") and path.is_file() else PLAIN
