"""Stop a build for a wrong setting, with the place where it is set and no traceback."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)


def place_of(app: Sphinx, setting: str) -> str:
    """Return the file and line that sets *setting*: its first line in ``conf.py``, or line 1."""
    path = Path(app.confdir, "conf.py")
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    numbered = enumerate(lines, start=1)
    return f"{path}:{next((at for at, line in numbered if line.startswith(setting)), 1)}"


def refuse(app: Sphinx, setting: str, message: str) -> NoReturn:
    """Log what is wrong with *setting* and end the build: raise `SystemExit`."""
    logger.error(
        "%s", message, location=place_of(app, setting), type="courseware", subtype="sharing"
    )
    raise SystemExit(2)
