"""What a system says that refuses to read or write a file, in one form for all commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def reason_of(error: OSError) -> str:
    """Return why *error* came about, without the file: in the system's words, where it has some."""
    return error.strerror or str(error) or type(error).__name__


def refusal(error: OSError, place: Path | None = None) -> str:
    """Return which file *error* is about and why; *place* is said where the system names none."""
    named = error.filename or place
    return f"{named}: {reason_of(error)}" if named else reason_of(error)
