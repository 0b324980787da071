"""Read a text file of the course: UTF-8, of a reasonable size, without control characters."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from itertools import islice
from typing import TYPE_CHECKING

from .characters import forbidden
from .limits import FILE_BYTES
from .problems import DataError, Problem
from .refused import reason_of

if TYPE_CHECKING:
    from pathlib import Path

#: How many characters that may not be there are told of one file: a wrong encoding has thousands.
TOLD = 10
# What macOS, Office and editors leave beside a file of that name: "._a.yml", "~$a.yml", ".#a.yml".
_LEFTOVERS = ("._", ".#", "~$")


def is_leftover(path: Path) -> bool:
    """Tell whether *path* is no file of an author's, but what a program left beside one."""
    return path.name.startswith(_LEFTOVERS)


def leftover_patterns() -> list[str]:
    """Return patterns of such files in all folders, as Sphinx's ``exclude_patterns`` has them."""
    return [f"{folder}{start}*" for start in _LEFTOVERS for folder in ("", "**/")]


def read_text(path: Path) -> str:
    """Return the text of *path*, with line ends as they are in Python.

    Raises `DataError` where the file is missing, too large, not UTF-8, or holds control
    characters.
    """
    text = _decoded(path, _bytes_of(path)).replace("\r\n", "\n").replace("\r", "\n")
    problems = [
        Problem(path, line, f"the character {name} may not stand in a text; remove it")
        for line, name in islice(forbidden(text), TOLD)
    ]
    if problems:
        raise DataError(problems)
    return text


def check_encoding(path: Path) -> None:
    """Raise `DataError` where *path* is missing or is not UTF-8."""
    _decoded(path, _bytes_of(path))


def _bytes_of(path: Path) -> bytes:
    """Return what is in the file *path*; raise `DataError` where it is missing or too large."""
    try:
        size = path.stat().st_size
        if size > FILE_BYTES:
            message = f"the file has {size:,} bytes; expected at most {FILE_BYTES:,}: part it"
            raise DataError([Problem(path, 1, message)])
        return path.read_bytes()
    except FileNotFoundError:
        raise DataError([Problem(path, 1, "file not found; the course needs it")]) from None
    except OSError as error:
        message = f"cannot be read: {reason_of(error)}"
        raise DataError([Problem(path, 1, message)]) from None


def _decoded(path: Path, data: bytes) -> str:
    """Return *data* as text; raise `DataError` with the line of what is not UTF-8."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or b"\0" in data[:4]:
        message = "not UTF-8 text but, it seems, UTF-16; save the file as UTF-8"
        raise DataError([Problem(path, 1, message)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The place of the error does not count the mark with which some editors begin a file.
        before = data.removeprefix(BOM_UTF8)[: error.start]
        line = len(before.splitlines()) + (not before or before.endswith((b"\n", b"\r")))
        byte = data.removeprefix(BOM_UTF8)[error.start]
        sign = bytes([byte]).decode("cp1252", errors="ignore")
        seems = f"byte 0x{byte:02X}" + (f", '{sign}' in Windows-1252" if sign.isprintable() else "")
        message = f"not UTF-8 text ({seems}); save the file as UTF-8"
        raise DataError([Problem(path, line, message)]) from None
