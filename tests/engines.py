"""Three browsers by one small set of commands: Chromium, Firefox and WebKit as Debian has them.

Playwright drives builds of its own of the last two; so Firefox is spoken to by WebDriver BiDi
(https://www.w3.org/TR/webdriver-bidi/), which needs no other program, and WebKit by WebDriver
(https://www.w3.org/TR/webdriver2/), through WebKitGTK's own server and browser on a screen that
nobody sees. What a reader does with them is in `reader.py`, once for all of them.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING, Any, Protocol
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from browser import browser
from playwright.sync_api import Error
from websockets.sync.client import connect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page
    from websockets.sync.client import ClientConnection

#: How wide the window is: a phone's, or as narrow as the browser can be.
WIDTH, HEIGHT = 390, 780
#: Keys that are no letters, as WebDriver writes them and as Playwright does.
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c", "Backspace": "\ue003"}
#: How long a browser may take to start, in seconds.
PATIENCE = 60


class PageChangedError(Exception):
    """What was asked for came too late: the browser has gone to another page."""


class Engine(Protocol):
    """What journeys ask of a browser."""

    def open(self, address: str) -> None:
        """Go to *address*, and wait until it is there."""

    def run(self, function: str, *arguments: object) -> Any:  # noqa: ANN401
        """Return what *function*, in JavaScript, makes of *arguments* on the page.

        Raises `PageChangedError` where the page goes away meanwhile.
        """

    def tap(self, x: float, y: float) -> None:
        """Press what is at a place of the window."""

    def key(self, name: str) -> None:
        """Press a key: one of `KEYS`, or a letter."""


class Chromium:
    """Chromium, through Playwright."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, address: str) -> None:
        """Go there."""
        self.page.goto(address)

    def run(self, function: str, *arguments: object) -> Any:  # noqa: ANN401
        """Run it."""
        try:
            return self.page.evaluate(f"all => ({function})(...all)", list(arguments))
        except Error as error:
            if "context was destroyed" in error.message:
                raise PageChangedError from error
            raise

    def tap(self, x: float, y: float) -> None:
        """Press there."""
        self.page.mouse.click(x, y)

    def key(self, name: str) -> None:
        """Press it."""
        self.page.keyboard.press(name)


def key_actions(name: str) -> list[dict[str, Any]]:
    """Return the actions that press the key *name* (WebDriver 2, 15.5)."""
    value = KEYS.get(name, name)
    strokes = [{"type": kind, "value": value} for kind in ("keyDown", "keyUp")]
    return [{"type": "key", "id": "keys", "actions": strokes}]


def tap_actions(x: float, y: float) -> list[dict[str, Any]]:
    """Return the actions that press what is at a place of the window."""
    steps: list[dict[str, Any]] = [
        {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0},
        {"type": "pointerDown", "button": 0},
        {"type": "pointerUp", "button": 0},
    ]
    return [
        {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": steps}
    ]


class Firefox:
    """Firefox, by WebDriver BiDi."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.number = 0
        self.ask("session.new", capabilities={})
        self.context = self.ask("browsingContext.getTree")["contexts"][0]["context"]
        self.ask(
            "browsingContext.setViewport",
            context=self.context,
            viewport={"width": WIDTH, "height": HEIGHT},
        )

    def ask(self, method: str, **parameters: object) -> Any:  # noqa: ANN401
        """Send a command, and return the answer; events are passed over."""
        self.number += 1
        command = {"id": self.number, "method": method, "params": parameters}
        self.socket.send(json.dumps(command))
        while True:
            answer = json.loads(self.socket.recv(PATIENCE))
            if answer.get("id") == self.number:
                if answer.get("error") in {"no such frame", "unknown error"} and "script" in method:
                    raise PageChangedError(answer)
                assert answer["type"] == "success", answer
                return answer["result"]

    def open(self, address: str) -> None:
        """Go there."""
        self.ask("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def run(self, function: str, *arguments: object) -> Any:  # noqa: ANN401
        """Run it; what goes in and out is JSON, which is simpler than what BiDi has."""
        said = self.ask(
            "script.callFunction",
            functionDeclaration=f"async all => JSON.stringify("
            f"await ({function})(...JSON.parse(all)) ?? null)",
            arguments=[{"type": "string", "value": json.dumps(arguments)}],
            awaitPromise=True,
            target={"context": self.context},
        )
        assert said["type"] == "success", said
        return json.loads(said["result"]["value"])

    def tap(self, x: float, y: float) -> None:
        """Press there."""
        self.ask("input.performActions", context=self.context, actions=tap_actions(x, y))

    def key(self, name: str) -> None:
        """Press it."""
        self.ask("input.performActions", context=self.context, actions=key_actions(name))


class WebKit:
    """WebKit, by WebDriver."""

    def __init__(self, server: str, mini_browser: str) -> None:
        self.server = server
        options = {"binary": mini_browser, "args": ["--automation"]}
        wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        self.session = ""
        self.session = f"/session/{self.ask('POST', '/session', wanted)['sessionId']}"
        # No narrower than its bar of buttons.
        self.ask("POST", "/window/rect", {"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT + 80})

    def ask(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401
        """Send a command, and return the answer."""
        content = json.dumps(body).encode() if method == "POST" else None
        request = Request(
            self.server + self.session + path,
            content,
            {"Content-Type": "application/json"},
            method=method,
        )
        try:
            with urlopen(request, timeout=PATIENCE) as answer:
                return json.load(answer)["value"]
        except HTTPError as error:
            pytest.fail(f"{path}: {error.read().decode()}")

    def open(self, address: str) -> None:
        """Go there."""
        self.ask("POST", "/url", {"url": address})

    def run(self, function: str, *arguments: object) -> Any:  # noqa: ANN401
        """Run it."""
        script = f"return ({function})(...arguments)"
        return self.ask("POST", "/execute/sync", {"script": script, "args": arguments})

    def tap(self, x: float, y: float) -> None:
        """Press there."""
        self.ask("POST", "/actions", {"actions": tap_actions(x, y)})

    def key(self, name: str) -> None:
        """Press it."""
        self.ask("POST", "/actions", {"actions": key_actions(name)})


# -- starting them ---------------------------------------------------------------------------------


def _needs(*names: str) -> None:
    """Skip, or fail where browsers are required, unless the programs *names* are there."""
    missing = [name for name in names if not (shutil.which(name) or Path(name).is_file())]
    if missing:
        message = f"not tested in this browser, for want of {', '.join(missing)}"
        if os.environ.get("BROWSER_TESTS") == "required":
            pytest.fail(message)
        pytest.skip(message)


@contextmanager
def _program(*command: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Start a program, and end it."""
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    ) as started:
        yield started
        started.terminate()


@contextmanager
def chromium() -> Iterator[Engine]:
    """Start Chromium."""
    with browser() as started:
        yield Chromium(started.new_page(viewport={"width": WIDTH, "height": HEIGHT}))


@contextmanager
def firefox() -> Iterator[Engine]:
    """Start Firefox, without a window, with an empty profile."""
    name = next(filter(shutil.which, ("firefox-esr", "firefox")), "firefox-esr")
    _needs(name)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        settings = ("--headless", "--no-remote", "--remote-debugging-port=0", "--profile", profile)
        with _program(name, *settings) as program:
            assert program.stderr is not None
            address = _said(program.stderr, r"WebDriver BiDi listening on (ws://\S+)")
            with connect(f"{address}/session", max_size=None) as talk:
                engine = Firefox(talk)
                yield engine
                engine.ask("browser.close")


def _said(lines: Iterator[str], pattern: str) -> str:
    """Return what *pattern* finds in the lines that a program says."""
    for line in lines:
        if found := re.search(pattern, line):
            return found[1]
    pytest.fail(f"the browser never said {pattern}")


MINI_BROWSER = sorted(Path("/usr/lib").glob("*/webkit2gtk-*/MiniBrowser"))


@contextmanager
def webkit() -> Iterator[Engine]:
    """Start WebKit on a screen that nobody sees."""
    mini_browser = str(MINI_BROWSER[-1]) if MINI_BROWSER else "MiniBrowser (webkit2gtk-driver)"
    _needs("WebKitWebDriver", "Xvfb", mini_browser)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        reading, writing = os.pipe()
        command = ("Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x1024x24")
        with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as screen:
            os.close(writing)
            with os.fdopen(reading) as told:
                display = f":{told.readline().strip()}"
            with _program(
                "WebKitWebDriver", f"--port={(port := _free_port())}", DISPLAY=display, HOME=home
            ):
                server = f"http://127.0.0.1:{port}"
                _wait_for(f"{server}/status")
                engine = WebKit(server, mini_browser)
                yield engine
                engine.ask("DELETE", "")
            screen.terminate()


def _free_port() -> int:
    """Return a port that nothing listens at."""
    with socket() as each:
        each.bind(("127.0.0.1", 0))
        port: int = each.getsockname()[1]
        return port


def _wait_for(address: str) -> None:
    """Wait until a server answers."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urlopen(address, timeout=PATIENCE):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"nothing answers at {address}")


ENGINES: dict[str, Any] = {"Chromium": chromium, "Firefox": firefox, "WebKit": webkit}
