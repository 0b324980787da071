"""Write the service worker ``sw.js``, which keeps the site in a browser.

The form is that of the W3C's Service Workers (https://www.w3.org/TR/service-workers/): a classic
script at the root of what it may serve. Its code is ``worker.js`` beside this module; the list of
files and the version are put in at the end of every build.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from courseware.pages.downloads import FOLDER as PDFS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORKER = "sw.js"
#: How many files a copy has, and how many bytes: what a page tells before a reader asks for one.
SUMMARY = "offline.json"
CODE = Path(__file__).with_name("worker.js")
#: What pages load; no catalogues, source maps, inventories or licences.
ENDINGS = frozenset(
    {
        ".avif",
        ".css",
        ".gif",
        ".html",
        ".ico",
        ".jpeg",
        ".jpg",
        ".js",
        ".json",
        ".png",
        ".svg",
        ".webmanifest",
        ".webp",
        ".woff",
        ".woff2",
    }
)
#: Where Sphinx puts files to take away, such as the numbers behind a figure, whatever their ending.
DOWNLOADS = "_downloads"
#: Folders from which no page loads: sources, PDFs, what the page for lost addresses tries, pictures
#: for where somebody passes on a link.
LEFT_OUT = ("_sources", PDFS, "_static/notfound", "_images/cards")
#: Files that servers and browsers ask for, and no page: the page for lost addresses is shown by a
#: server, and its links depend on one.
NOT_KEPT = frozenset({WORKER, SUMMARY, "404.html"})
#: Hexadecimal digits of a file's digest: enough to tell versions apart, few enough for a list.
DIGITS = 16


@dataclass(frozen=True)
class KeptFile:
    """A file of the copy: its address below the site's root, its digest, and its size in bytes."""

    address: str
    digest: str
    size: int


def is_kept(path: Path) -> bool:
    """Tell whether the file at *path*, relative to the site, belongs to a copy."""
    first = path.parts[0]
    if any(part.startswith(".") for part in path.parts):
        return False
    if any(path.is_relative_to(folder) for folder in LEFT_OUT):
        return False
    if path.as_posix() in NOT_KEPT:
        return False
    if first == DOWNLOADS:
        return path.suffix != ".pdf"
    # Themes leave pieces of their templates among the static files.
    return path.suffix in ENDINGS and not (first == "_static" and path.suffix == ".html")


def list_files(site: Path) -> list[KeptFile]:
    """Return what a copy of *site* holds, sorted by address."""
    return sorted(_listed(site), key=lambda file: file.address)


def _listed(site: Path) -> Iterator[KeptFile]:
    for path in site.rglob("*"):
        relative = path.relative_to(site)
        if path.is_file() and is_kept(relative):
            data = path.read_bytes()
            digest = sha256(data).hexdigest()[:DIGITS]
            yield KeptFile(quote(relative.as_posix()), digest, len(data))


def write_worker(kept: Sequence[KeptFile]) -> bytes:
    """Return the worker for the files *kept*; its version is a digest of all that it holds."""
    lines = ",\n".join(json.dumps([file.address, file.digest]) for file in kept)
    code = CODE.read_text(encoding="utf-8").replace("@pdfs@", PDFS)
    code = code.replace("[/* files */]", f"[\n{lines}\n]")
    version = sha256(code.encode("utf-8")).hexdigest()[:DIGITS]
    return code.replace("@version@", version).encode("utf-8")


def write_summary(kept: Sequence[KeptFile]) -> bytes:
    """Return the number of files *kept* and of their bytes, as JSON."""
    summary = {"files": len(kept), "bytes": sum(file.size for file in kept)}
    return json.dumps(summary).encode("utf-8") + b"\n"
