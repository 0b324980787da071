"""Where commands write."""

from __future__ import annotations

import os
from pathlib import Path


def build_folder() -> Path:
    """Return the folder for all that is made, which the environment's ``COURSE_BUILD`` may name."""
    return Path(os.environ.get("COURSE_BUILD") or "build")
