"""A reader at a browser: finds things by what they are and what they are called, and uses them."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from engines import PageChangedError

if TYPE_CHECKING:
    from engines import Engine

#: How long a reader waits for what is to come, in seconds.
PATIENCE = 30
#: What has each role (HTML Accessibility API Mappings 1.0), and how it gets its name, as far as
#: pages of a course need it. Out of reach is what is not drawn, or inert.
LOOK = """(role, name, mark) => {
  const kinds = {
    button: 'button, [role=button]', link: 'a[href]', heading: 'h1, h2, h3, h4',
    textbox: 'textarea, input:not([type]), input[type=text]', radio: 'input[type=radio]',
    searchbox: 'input[type=search]', checkbox: 'input[type=checkbox]', combobox: 'select',
    dialog: 'dialog, [role=dialog]', status: '[role=status], [role=alert]', main: 'main',
    group: 'fieldset, [role=group], [role=radiogroup]',
  };
  const named = e => e.getAttribute('aria-label') ||
    (e.getAttribute('aria-labelledby') || '').split(' ').map(id =>
      document.getElementById(id)?.textContent || '').join(' ').trim() ||
    [...(e.labels || [])].map(label => label.textContent).join(' ') || e.textContent;
  const tidy = text => text.replace(/\\s+/g, ' ').replace(/ ?#$/, '').trim();
  const found = [...document.querySelectorAll(kinds[role])].filter(e =>
    e.getClientRects().length && !e.closest('[inert]') &&
    getComputedStyle(e).visibility === 'visible' && !e.disabled &&
    (name === null || tidy(named(e)).includes(name)));
  if (mark !== null && found.length) {
    const exact = found.find(e => tidy(named(e)) === name) || found[0];
    exact.scrollIntoView({ block: 'center', behavior: 'instant' });
    if (mark === 'focus') { exact.focus({ preventScroll: true }); }
    const box = [...exact.getClientRects()].find(r => r.width && r.height);
    return [box.x + Math.min(box.width / 2, 40), box.y + box.height / 2];
  }
  return mark === null ? found.map(e => tidy(named(e))) : null;
}"""


class Reader:
    """A reader with a browser."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def open(self, address: str) -> None:
        """Go to *address*."""
        self.engine.open(address)

    def until(self, function: str, *arguments: object) -> Any:  # noqa: ANN401
        """Wait until *function* of *arguments* gives something, and return it."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with suppress(PageChangedError):
                if found := self.engine.run(function, *arguments):
                    return found
            time.sleep(0.1)
        raise AssertionError(f"never came: {arguments or function}")

    def all(self, role: str) -> list[str]:
        """Return the names of all that has *role* and is in reach."""
        names: list[str] = self.engine.run(LOOK, role, None, None)
        return names

    def sees(self, role: str, name: str) -> None:
        """Wait for what has *role* and *name*."""
        self.until(f"(...all) => ({LOOK})(...all).length", role, name, None)

    def press(self, role: str, name: str) -> None:
        """Press what has *role* and *name*, once it is there."""
        before, place = None, self.until(LOOK, role, name, "press")
        while place != before:  # it may still move, such as a result as others come above it
            time.sleep(0.2)
            before, place = place, self.until(LOOK, role, name, "press")
        self.engine.tap(*place)

    def focus(self, role: str, name: str) -> None:
        """Go with the keyboard to what has *role* and *name*."""
        self.until(LOOK, role, name, "focus")

    def write(self, text: str) -> None:
        """Type *text*."""
        for letter in text:
            self.engine.key(letter)

    def reads(self, text: str) -> None:
        """Wait until *text* is in sight."""
        self.until("text => document.body.innerText.replace(/\\s+/g, ' ').includes(text)", text)

    def at(self, end: str) -> None:
        """Wait until the address ends so, fragment and query aside."""
        self.until(
            "end => location.pathname.endsWith(end) && document.readyState === 'complete'", end
        )

    @property
    def focused(self) -> str:
        """Where the focus is: the words of the element."""
        words: str = self.engine.run(
            "() => (document.activeElement.getAttribute('aria-label') || "
            "document.activeElement.textContent).trim().replace(/\\s+/g, ' ')"
        )
        return words
