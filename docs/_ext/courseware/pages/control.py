"""Refuse control characters in pages, which nobody sees and no output can show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util import logging

from courseware.data.characters import forbidden, without_forbidden

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)


def refuse_control_characters(app: Sphinx, docname: str, content: list[str]) -> None:
    """Warn of each control character in a page that is being read, and read on without it."""
    path = app.env.doc2path(docname)
    for line, name in forbidden(content[0]):
        message = f"the control character {name}, which cannot be shown or printed; delete it"
        if name.endswith("Windows-1252)"):
            message += ", or put in the sign that is meant"
        logger.warning(message, location=f"{path}:{line}", type="courseware", subtype="character")
    content[0] = without_forbidden(content[0])


def setup_control(app: Sphinx) -> None:
    """Register the check."""
    app.connect("source-read", refuse_control_characters)
