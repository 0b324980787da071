"""Find the pictures that texts name, and tell whether every output can show them."""

from __future__ import annotations

import warnings
from io import BytesIO
from os.path import normpath
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from PIL import Image

from .addresses import scheme_of
from .problems import did_you_mean
from .refused import reason_of

EXPECTED = "expected PNG, JPEG, GIF, WebP or SVG"

_BEGINNINGS = {
    b"\x89PNG\r\n\x1a\n": ".png",
    b"\xff\xd8\xff": ".jpg",
    b"GIF8": ".gif",
    b"%PDF-": ".pdf",
}


class PictureError(Exception):
    """A picture that cannot be shown; the text says why, and how to mend it."""


def suffix_of(data: bytes) -> str | None:
    """Return the ending that the content *data* asks for, such as ``.png``; None if unknown.

    Browsers look at the content and not at the name of a picture; so does print.
    """
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    for beginning, suffix in _BEGINNINGS.items():
        if data.startswith(beginning):
            return suffix
    return ".svg" if b"<svg" in data[:10_000] else None


def find_picture(address: str, folder: Path, root: Path, *others: Path) -> Path:
    """Return the file that *address* names, as seen from *folder*, or from *root* after a slash.

    A name may be written as it is or with what addresses have for its signs (``my%20map.png``),
    and an accent as one sign or as two, as file systems do.

    :raises PictureError: where *address* is no file, or is in none of *root* and the *others*.
    """
    if scheme_of(address) or address.startswith(("//", "\\")):
        message = f"the picture '{address}' is elsewhere, and print has no network; save it beside "
        raise PictureError(f"{message}the course, and name the file")
    for name in (address, unquote(address)):
        path = Path(root, name.lstrip("/")) if name.startswith("/") else Path(folder, name)
        path = _plain(path)
        if not any(path.is_relative_to(_plain(each)) for each in (root, *others)):
            message = f"the picture '{address}' is outside of the course; put a copy into its "
            raise PictureError(f"{message}folder, and name that")
        if path.is_file():
            return path
        for other in _names_in(path.parent):
            if normalize("NFC", other) == normalize("NFC", path.name):
                return path.with_name(other)
    message = f"the picture '{unquote(address)}' is not there; expected a file {path}"
    for other in _names_in(path.parent):
        if "".join(other.split()) == path.name:
            # Docutils takes the spaces out of the address that a directive is given.
            name = other.replace(" ", "%20")
            raise PictureError(f"{message}; in a directive, write '{name}' for '{other}'")
    raise PictureError(message + did_you_mean(path.name, _names_in(path.parent)))


def _plain(path: Path) -> Path:
    """Return *path* without ``..``; links of the file system stay as they are."""
    return Path(normpath(path.absolute()))


def _names_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []


def check_picture(path: Path) -> None:
    """Read the picture in *path*.

    :raises PictureError: where a browser or print could not show it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PictureError(f"the picture cannot be read: {path}: {reason_of(error)}") from error
    match suffix_of(data):
        case None:
            raise PictureError(f"{path.name} is no picture; {EXPECTED}")
        case ".pdf":
            message = f"{path.name} is a PDF, which pages cannot show as a picture; save it as SVG "
            raise PictureError(f"{message}or PNG")
        case ".svg":
            _check_drawing(path, data)
        case _:
            _check_pixels(path, data)


def _check_drawing(path: Path, data: bytes) -> None:
    try:
        root = ET.fromstring(data)  # noqa: S314 (expat limits what entities grow to)
    except ET.ParseError as error:
        raise PictureError(f"{path.name} is a broken drawing: {error}; save it anew") from error
    if root.tag.rpartition("}")[2] != "svg":
        raise PictureError(f"{path.name} is no drawing; {EXPECTED}")


def _check_pixels(path: Path, data: bytes) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data)) as picture:
                picture.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise PictureError(f"{path.name} has too many pixels; save it smaller") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureError(f"{path.name} is a broken picture: {error}; save it anew") from error
