"""Carry files over to a folder, each of them whole, and take away those that are no longer made.

A hidden list in the folder holds what was carried there: what somebody else has put there stays.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from .turns import alone
from .whole import sweep_drafts, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

RECORD = ".carried.json"


def files_in(folder: Path) -> dict[str, Path]:
    """Return all files in *folder* and below, by their names there."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in paths}


def carry_over(files: Mapping[str, Path], folder: Path) -> None:
    """Give *folder* copies of *files*, by their names there, and no others that this once gave it.

    A file that is the same keeps its date. Stopped half-way, it is made good by the next run.
    Raises `OSError` where a file cannot be read or written.
    """
    with alone(folder):
        ours = files.keys() | _read(folder)
        # Ours until all is done: if this ends half-way, any of them may be there.
        _write(folder, ours)
        sweep_drafts(folder / name for name in (*ours, RECORD))
        for name in sorted(ours - files.keys()):
            _remove(folder, name)
        for name in sorted(files):
            content, file = files[name].read_bytes(), folder / name
            if not file.is_file() or file.read_bytes() != content:
                write_whole(file, content)
        _write(folder, files)


def _remove(folder: Path, name: str) -> None:
    """Remove the file *name*, and the folders that are empty then."""
    if (folder / name).is_file():
        (folder / name).unlink()
    for parent in list(PurePosixPath(name).parents)[:-1]:
        with suppress(OSError):
            (folder / parent).rmdir()


def _read(folder: Path) -> set[str]:
    """Return the list in *folder*, without names that lead out of it."""
    try:
        names = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    return {name for name in names if _is_within(name)} if isinstance(names, list) else set()


def _is_within(name: object) -> bool:
    if not isinstance(name, str) or not name:
        return False
    path = Path(name)
    return not path.is_absolute() and not path.drive and ".." not in path.parts


def _write(folder: Path, names: Iterable[str]) -> None:
    write_whole(folder / RECORD, (json.dumps(sorted(names), indent=0) + "\n").encode())
