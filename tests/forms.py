"""Pages with exercises in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import (
        BrowserContext,
        WebError,
    )
CHAPTER, INDEX, PROGRESS, REVIEW = (
    "chapters/counting",
    "practice/exercises",
    "practice/progress",
    "practice/review",
)


def listen(context: BrowserContext) -> list[str]:
    """Return a list that fills with what the pages of *context* complain of."""
    said: list[str] = []

    def complain(thrown: WebError) -> None:
        # Sphinx's own script for highlights does not expect a closed store.
        if "sphinx_highlight" not in str(getattr(thrown.error, "stack", "")):
            said.append(str(thrown.error))

    context.on("console", lambda m: said.append(m.text) if m.type in {"error", "warning"} else None)
    context.on("weberror", complain)
    return said
