"""What was made in a folder: its own files may be replaced, those of a person never.

A hidden list in the folder holds a digest of each file that was written and of what it was made of,
whether it was asked for by itself, and which edition it is. A file that is not on the list, or was
changed since, is somebody's work.
Several commands may write to one folder: who writes holds a lock, and reads the list anew.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, NotRequired, TypedDict

from courseware.files.turns import alone
from courseware.files.whole import sweep_drafts, write_whole

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

RECORD = ".made.json"


class Entry(TypedDict):
    """What the list says of a file; lists of earlier releases have the first two alone."""

    asked: bool
    digests: list[str]
    #: How names of its edition end; nothing for the normal one.
    edition: NotRequired[str]
    #: A digest of all that the file was made of, where it was made without a warning.
    source: NotRequired[str]


class NotOursError(Exception):
    """A file stands in the way that was not made here; the message says what to do."""


class Made:
    """The files that were made in *folder* and below.

    Raises `NotOursError` where the list cannot be read, `OSError` where the folder cannot be
    written to; so does every method.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / RECORD
        #: The list, as it was when it was last read.
        self.files: dict[str, Entry] = {}
        if folder.is_dir():
            with self._alone():
                # Who holds the lock alone has drafts.
                sweep_drafts([self.path, *(self.folder / name for name in self.files)])

    def refuse_foreign(self, name: str) -> None:
        """Raise `NotOursError` if the file *name* stands there and is not one that was made."""
        with self._alone():
            self._refuse_foreign(name)

    def is_current(self, name: str, source: str, *, asked: bool = False) -> bool:
        """Tell whether the file *name* was made of what has the digest *source*, and still is so.

        If it is, it counts from now on as *asked* for by itself or not, as if it were made anew.
        """
        with self._alone():
            entry = self.files.get(name)
            if entry is None or entry.get("source") != source or len(entry["digests"]) > 1:
                return False
            if not (self.folder / name).is_file() or not self._is_ours(name):
                return False
            if entry["asked"] != asked:
                self.files[name] = {**entry, "asked": asked}
                self._save()
            return True

    def write(
        self, name: str, content: bytes, *, asked: bool = False, edition: str = "", source: str = ""
    ) -> None:
        """Write *content* to the file *name*, whole or not at all.

        What was *asked* for by itself is not removed when all is made anew. Raises `NotOursError`
        where somebody's file stands there.
        """
        with self._alone():
            self._refuse_foreign(name)
            file = self.folder / name
            digest = _digest(content)
            entry: Entry = {"asked": asked, "digests": [digest], "edition": edition}
            # Both are ours until the new one stands: if this ends half-way, either may be there.
            self._note(name, {**entry, "digests": [*self._digests(name), digest]})
            write_whole(file, content)
            self._note(name, {**entry, "source": source})

    def remove(self, name: str) -> None:
        """Remove the file *name* if it was made here; raise `NotOursError` if it was not."""
        with self._alone():
            self._refuse_foreign(name)
            (self.folder / name).unlink(missing_ok=True)

    def keep_only(self, names: Collection[str]) -> None:
        """Remove what was made here but *names*, what was asked for and what somebody changed."""
        with self._alone():
            for name in sorted(self.files.keys() - set(names)):
                if self.files[name]["asked"]:
                    continue
                if self._is_ours(name):
                    (self.folder / name).unlink(missing_ok=True)
                del self.files[name]
            self._save()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the folder's lock, and know what its list says."""
        with alone(self.folder):
            self.files = _read(self.path)
            yield

    def _refuse_foreign(self, name: str) -> None:
        file = self.folder / name
        if file.exists() and not self._is_ours(name):
            message = f"{file}: this file was not made here, or has been changed since, so it is "
            message += "not replaced; move it or give it another name, and run the command again"
            raise NotOursError(message)

    def _is_ours(self, name: str) -> bool:
        file = self.folder / name
        if file.is_dir():
            return False
        return not file.exists() or _digest(file.read_bytes()) in self._digests(name)

    def _digests(self, name: str) -> list[str]:
        return self.files[name]["digests"] if name in self.files else []

    def _note(self, name: str, entry: Entry) -> None:
        self.files[name] = entry
        self._save()

    def _save(self) -> None:
        text = json.dumps(self.files, indent=1, sort_keys=True) + "\n"
        write_whole(self.path, text.encode())


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _read(path: Path) -> dict[str, Entry]:
    if not path.exists():
        return {}
    try:
        return _entries(json.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        message = (
            f"{path}: cannot tell which files were made here ({error}); move what you want to "
        )
        message += "keep out of this folder, delete this file and the PDFs beside it"
        raise NotOursError(f"{message}, and run the command again") from None


def _entries(found: object) -> dict[str, Entry]:
    """Return *found*, read from JSON, as a list of files; raise `ValueError` where it is none."""
    match found:
        case dict():
            for name, entry in found.items():
                match entry:
                    case {"asked": bool(), "digests": [*digests], **rest} if all(
                        isinstance(each, str) for each in (*digests, *rest.values())
                    ):
                        pass
                    case _:
                        message = f"it says of {name} neither who asked for it nor its digests"
                        raise ValueError(message)
            return found
    message = "it is no list of files"
    raise ValueError(message)
