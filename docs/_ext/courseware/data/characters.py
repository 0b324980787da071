"""Characters that no text of a course may hold, since they cannot be shown or printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BOM = "\ufeff"

# Control characters but for tab and line ends, a byte order mark, and what Unicode will never
# assign (Unicode 17, 23.7). Soft hyphens, joiners and spaces of all sorts are none of these.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufeff\ufffe\uffff]")

_LINE_END = re.compile(r"\r\n?|\n")

# As ISO 6429 and Unicode's aliases call them; those that nobody meets go by their code.
_NAMES = {
    "\x00": "null",
    "\x07": "bell",
    "\x08": "backspace",
    "\x0b": "vertical tab",
    "\x0c": "form feed",
    "\x1b": "escape",
    "\x7f": "delete",
    "\x85": "next line",
    BOM: "byte order mark, inside the text",
}


def forbidden(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line, from 1, and the name of each character of *text* that it may not hold.

    A byte order mark at the very start says how a file is encoded, and is allowed there.
    """
    line, at = 1, 0
    for found in _FORBIDDEN.finditer(text, 1 if text.startswith(BOM) else 0):
        # What Python calls line ends besides these, such as a form feed, no editor counts.
        line += len(_LINE_END.findall(text, at, found.start()))
        at = found.end()
        yield line, name_of(found.group())


def name_of(char: str) -> str:
    """Return what to call *char* in a message: ``U+0007 (bell)``.

    A code from U+0080 to U+009F is nearly always a sign of Windows-1252 that was read as Latin-1;
    the name says which.
    """
    name = _NAMES.get(char, "")
    if "\x80" <= char <= "\x9f":
        sign = char.encode("latin-1").decode("cp1252", errors="ignore")
        name = f"'{sign}' in Windows-1252" if sign else name
    return f"U+{ord(char):04X} ({name})" if name else f"U+{ord(char):04X}"


def without_forbidden(text: str) -> str:
    """Return *text* without the characters that it may not hold."""
    start = 1 if text.startswith(BOM) else 0
    return text[:start] + _FORBIDDEN.sub("", text[start:])
