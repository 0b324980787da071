"""A site on a real server, under a folder of its host, which tests may stop or have fail."""

from __future__ import annotations

import json
import re
import threading
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from courseware.site.policy import header

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "a-course"


class Served:
    """A server for the site in *site*, at ``http://127.0.0.1:<port>/a-course/``.

    ``log`` has the paths that were asked for, ``broken`` those that the server fails to give,
    ``altered`` those in which it changes something on the way, and ``held`` those that it holds
    back until the ``gate`` is open; all are below the folder.
    """

    def __init__(self, site: Path, folder: Path) -> None:
        folder.joinpath(FOLDER).symlink_to(site, target_is_directory=True)
        self.folder = folder
        self.log: list[str] = []
        self.broken: set[str] = set()
        self.altered: set[str] = set()
        self.held: set[str] = set()
        self.gate = threading.Event()
        self.port = 0
        self.start()

    @property
    def home(self) -> str:
        """The address of the course."""
        return f"http://127.0.0.1:{self.port}/{FOLDER}/"

    def start(self) -> None:
        """Start, at the port of the first time."""
        served = self

        class Handler(SimpleHTTPRequestHandler):
            """Gives files, and does as the test says."""

            def do_GET(self) -> None:
                """Give a file, an altered file, or an error."""
                if self.path == "/favicon.ico":
                    # Browsers ask every host for one.
                    self.send_response(204)
                    self.end_headers()
                    return
                # Versions may follow each other within the second that a date can tell.
                del self.headers["If-Modified-Since"]
                path = urlsplit(self.path).path.removeprefix(f"/{FOLDER}/")
                served.log.append(path)
                if path in served.held:
                    served.gate.wait(30)
                if path in served.broken:
                    self.send_error(503)
                elif path in served.altered:
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(b"added on the way")
                else:
                    # A browser may hang up when one leaves the page.
                    with suppress(ConnectionError):
                        super().do_GET()

            def end_headers(self) -> None:
                """Send the policy, and let files be fresh for ten minutes, as GitHub Pages does."""
                self.send_header("Content-Security-Policy", header())
                self.send_header("Cache-Control", "max-age=600")
                super().end_headers()

            def log_message(self, *_arguments: object) -> None:
                """Say nothing."""

        handler = partial(Handler, directory=str(self.folder))
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Stop: from now on there is no network."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def listed(worker: str) -> list[list[str]]:
    """Return the files that *worker* names, with their digests."""
    found = re.search(r"const FILES = (\[.*?\n\]);", worker, re.S)
    assert found is not None
    files: list[list[str]] = json.loads(found[1])
    return files


def version(worker: str) -> str:
    """Return the version of *worker*."""
    found = re.search(r'const VERSION = "([0-9a-f]{16})";', worker)
    assert found is not None
    return found[1]
