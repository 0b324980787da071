"""Where pages keep what readers answer and write: an entry of the browser's store."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

SCRIPT = "store.js"


def add_store(app: Sphinx) -> None:
    """Load the script of the store on the page being written; it goes by the project's name."""
    name = re.sub(r"[^a-z0-9]+", "-", app.config.project.lower()).strip("-")
    named: dict[str, Any] = {"data-store": name}
    app.add_js_file(SCRIPT, loading_method="defer", **named)
