"""Where commands and builds write."""

from __future__ import annotations

import os
from pathlib import Path


def build_folder() -> Path:
    """Return the folder for all that is made, which the environment's ``COURSE_BUILD`` may name."""
    return Path(os.environ.get("COURSE_BUILD") or "build")


def picture_folder(doctrees: Path) -> Path:
    """Return the folder of the figures' pictures, of a project with its doctrees in *doctrees*."""
    return doctrees / "figures"
