"""Archives whose bytes depend on nothing but what is in them."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The first moment that an archive can tell.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of *files*, by their names in it, in the order given.

    Not compressed: what that gives depends on the library of the machine.
    """
    data = BytesIO()
    with ZipFile(data, "w", ZIP_STORED) as packed:
        for name, content in files.items():
            entry = ZipInfo(name, _EPOCH)
            entry.external_attr = _READABLE
            # The system that it was made on, which would differ on Windows.
            entry.create_system = 3
            packed.writestr(entry, content)
    return data.getvalue()
