"""Find a browser and start it: Playwright's own, or a Chromium that the machine has."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ElementHandle, Page

# As root there is no sandbox; and a browser under test asks nothing of any network.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def browser() -> Iterator[Browser]:
    """Start a headless Chromium, or skip the test with a word on how to get one.

    With ``BROWSER_TESTS=required`` in the environment a missing browser fails the test instead,
    so that continuous integration never passes by skipping.
    """
    # The shell draws as the whole browser does, without its windows, and is quicker by a quarter.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    own = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=own, args=list(FLAGS))
        except Error as error:
            message = (
                "no browser to test with: run 'playwright install chromium' in this environment, "
                f"or put a chromium on the PATH ({error.message.splitlines()[0]})"
            )
            if os.environ.get("BROWSER_TESTS") == "required":
                pytest.fail(message)
            pytest.skip(message)
        yield started
        started.close()


def until(page: Page, condition: str, arg: ElementHandle | str | None = None) -> None:
    """Wait until *condition*, an expression or a function of *arg*, is true on *page*.

    Playwright's `wait_for_function` has the page read code from a string, which the policy of our
    pages refuses. Fails after 30 seconds.
    """
    deadline = time.monotonic() + 30
    while not page.evaluate(condition, arg):
        assert time.monotonic() < deadline, f"never true: {condition}"
        page.wait_for_timeout(50)
