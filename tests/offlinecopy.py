"""What a reader does with the offline copy in a browser, and what the browser keeps."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page
KEEP = "Keep this course for offline use"
REMOVE = "Remove the offline copy"


def press(page: Page, name: str) -> None:
    """Press the button *name* by the keyboard."""
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")


def registrations(page: Page) -> int:
    """Return how many service workers the host has registered."""
    count = page.evaluate("navigator.serviceWorker.getRegistrations().then(r => r.length)")
    return int(count)


def cached(page: Page) -> dict[str, list[str]]:
    """Return the addresses in each cache of the host."""
    found: dict[str, list[str]] = page.evaluate(
        """async () => {
          const all = {};
          for (const name of await caches.keys()) {
            all[name] = (await (await caches.open(name)).keys()).map(request => request.url);
          }
          return all;
        }"""
    )
    return found


@contextmanager
def silent(page: Page) -> Iterator[None]:
    """See to it that *page* has nothing to complain of, and that nothing fails to load."""
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "requestfailed",
        # What a page has not finished loading when one leaves it is no failure.
        lambda r: said.append(r.url) if r.failure != "net::ERR_ABORTED" else None,
    )
    yield
    assert said == []


def answer_one(page: Page) -> None:
    """Choose the first option of the first exercise that has some, and check it."""
    exercise = page.locator("[data-exercise]:has(input[type=radio])").first
    exercise.locator("input[type=radio]").first.check()
    exercise.get_by_role("button", name="Check answer").click()
    exercise.locator(".exercise-status", has_text=re.compile("Right|Not right")).wait_for()
