"""Every text in what a build made: what readers see, and what only a search would show them."""

from __future__ import annotations

import gzip
import re
import zlib
from base64 import b64decode
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import unquote
from zipfile import ZipFile

from pdftexts import pdf_parts
from searchindex import is_index, text_of_index

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

INVENTORY = b"# Sphinx inventory version 2\n"
TAG = re.compile(r"<[^>]*>")
# Base64 of sixteen bytes or more, in either alphabet (RFC 4648).
BASE64 = re.compile(r"[A-Za-z0-9+/_-]{22,}")
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|.)", re.DOTALL)
MACRO = re.compile(r"\\[A-Za-z@]+\*?")


@dataclass(frozen=True)
class Text:
    """A text and where it stands: ``book.epub > chapters/one.xhtml``, ``book.pdf > page 3``."""

    where: str
    text: str


def texts_in(folder: Path, files: str = "*") -> Iterator[Text]:
    """Yield every text of every file in *folder* and below, of whatever sort the file is."""
    for path in sorted(folder.rglob(files)):
        if path.is_file():
            yield from texts_of(path.relative_to(folder).as_posix(), path.read_bytes())


def texts_of(where: str, data: bytes) -> Iterator[Text]:
    """Yield every text in the file *data*, which is known by its first bytes, not by its name.

    Archives, PDFs and what is attached to them are opened, and the index of the search is unpacked;
    a file of an unknown sort is searched as it is.
    """
    if data.startswith(b"PK\x03\x04"):
        with ZipFile(BytesIO(data)) as archive:
            for name in archive.namelist():
                yield Text(f"{where} > {name}", name)
                yield from texts_of(f"{where} > {name}", archive.read(name))
    elif data.startswith(b"\x1f\x8b"):
        yield from texts_of(where, gzip.decompress(data))
    elif data.startswith(INVENTORY):
        *head, packed = data.split(b"\n", 4)
        yield Text(where, b"\n".join([*head, zlib.decompress(packed)]).decode())
    elif data.startswith(b"%PDF-"):
        for name, part in pdf_parts(data):
            if isinstance(part, str):
                yield Text(f"{where} > {name}", part)
            else:
                yield from texts_of(f"{where} > {name}", part)
    else:
        text = _decoded(data)
        yield Text(where, text_of_index(text) if is_index(text) else text)


def readings(text: str) -> Iterator[str]:
    r"""Yield *text* as it is, and as each reader of it takes it; lines stay the same.

    A browser shows it without tags and with entities resolved, though attributes and comments
    remain to be found; a script resolves ``\u2019`` and base64, an address ``%20``; LaTeX runs its
    macros.
    """
    whole = _resolved(text)
    yield whole
    if "<" in text:
        yield _resolved(TAG.sub(lambda tag: "\n" * tag[0].count("\n"), text))
    if "\\" in whole:
        yield MACRO.sub("", whole) if "\\begin{" in whole else ESCAPE.sub(_escaped, whole)
    if "%20" in whole:
        yield unquote(whole)
    if (told := BASE64.sub(_unpacked, whole)) != whole:
        yield told


def _resolved(text: str) -> str:
    """Return *text* without entities, those that stand for an entity's own ``&`` included."""
    while "&" in text and (plain := unescape(text)) != text:
        text = plain
    return text


def _escaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        return chr(int(code, 16))
    # Of a letter that is escaped, such as the n of a line's end, nothing is to be read.
    return "\n" if match[0] == "\\\n" else " "


def _unpacked(match: re.Match[str]) -> str:
    """Return what a run of base64 stands for, in one line, or the run where it is no text."""
    packed = match[0].translate(str.maketrans("-_", "+/"))
    try:
        text = b64decode(packed + "=" * (-len(packed) % 4)).decode("utf-8")
    except ValueError:
        return match[0]
    return " ".join(text.split()) if text.isprintable() or "\n" in text else match[0]


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("latin-1")
