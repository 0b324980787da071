"""How the commands are called in the folder of a course, for messages and papers that name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def called(command: str, folder: Path) -> str:
    """Return what to type for *command* in *folder*: by nox where that is set up, else by Python.

    What the command is to do comes after it, with a space between.
    """
    if (folder / "noxfile.py").is_file():
        return f"uvx nox -s {command} --"
    return f"python -m courseware {command}"
