"""What was made in a folder: its own files may be replaced, those of a person never.

A hidden list in the folder holds a digest of each file that was written. A file that is not on the
list, or was changed since, is somebody's work.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

RECORD = ".made.json"


class NotOursError(Exception):
    """A file stands in the way that was not made here; the message says what to do."""


class Made:
    """The files that were made in *folder* and below.

    Raises `NotOursError` where the list cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / RECORD
        self.digests = _read(self.path)

    def refuse_foreign(self, name: str) -> None:
        """Raise `NotOursError` if the file *name* stands there and is not one that was made."""
        file = self.folder / name
        if file.exists() and not self._is_ours(name):
            message = f"{file}: this file was not made here, or has been changed since, so it is "
            message += "not replaced; move it or give it another name, and run the command again"
            raise NotOursError(message)

    def write(self, name: str, content: bytes) -> Path:
        """Write *content* to the file *name* whole or not at all, and return its path.

        Raises `NotOursError` where somebody's file stands there.
        """
        self.refuse_foreign(name)
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        # Both are ours until the new one stands: if this ends half-way, either may be there.
        self.digests.setdefault(name, []).append(_digest(content))
        self._save()
        _replace(file, content)
        self.digests[name] = [_digest(content)]
        self._save()
        return file

    def remove(self, name: str) -> None:
        """Remove the file *name* if it was made here; raise `NotOursError` if it was not."""
        self.refuse_foreign(name)
        (self.folder / name).unlink(missing_ok=True)

    def keep_only(self, names: Collection[str]) -> None:
        """Remove all that was made here but *names*; what somebody has changed stays."""
        for name in sorted(self.digests.keys() - set(names)):
            if self._is_ours(name):
                (self.folder / name).unlink(missing_ok=True)
            del self.digests[name]
        self._save()

    def _is_ours(self, name: str) -> bool:
        file = self.folder / name
        return not file.exists() or _digest(file.read_bytes()) in self.digests.get(name, [])

    def _save(self) -> None:
        text = json.dumps(self.digests, indent=1, sort_keys=True) + "\n"
        self.folder.mkdir(parents=True, exist_ok=True)
        _replace(self.path, text.encode())


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _replace(file: Path, content: bytes) -> None:
    """Write *content* under another name and rename it: nobody ever sees half of it."""
    draft = file.with_name(f"{file.name}.part")
    try:
        draft.write_bytes(content)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def _read(path: Path) -> dict[str, list[str]]:
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        found = str(error)
    if not _is_record(found):
        what = found if isinstance(found, str) else "it is no list of files and digests"
        message = f"{path}: cannot tell which files were made here ({what}); move what you want to "
        message += "keep out of this folder, delete this file and the PDFs beside it"
        raise NotOursError(f"{message}, and run the command again")
    return dict(found)


def _is_record(found: object) -> bool:
    return isinstance(found, dict) and all(
        isinstance(digests, list) and all(isinstance(each, str) for each in digests)
        for digests in found.values()
    )
