"""Write a file whole or not at all, whatever happens on the way."""

from __future__ import annotations

import re
from secrets import token_hex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_DRAFT = re.compile(r"\.(?P<name>.+)\.[0-9a-f]{8}\.part")


def write_whole(file: Path, content: bytes) -> None:
    """Write *content* under another name and rename it: nobody ever sees half of it.

    Makes the folder where there is none. Raises `OSError` where it cannot be written; what stood
    there before then stays.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{token_hex(4)}.part")
    try:
        draft.write_bytes(content)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def sweep_drafts(files: Iterable[Path]) -> None:
    """Remove the drafts of *files* that commands left which were killed.

    Only who is alone in the folder may do so: others have drafts of their own.
    """
    ours = set(files)
    for folder in sorted({file.parent for file in ours}):
        for draft in sorted(folder.glob(".*.part")):
            found = _DRAFT.fullmatch(draft.name)
            if found and draft.with_name(found["name"]) in ours:
                draft.unlink(missing_ok=True)
