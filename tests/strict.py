"""What a page does that the policy of its site refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Browser

# Scripts of the test run whatever the policy is.
LISTEN = """window.refused = [];
addEventListener("securitypolicyviolation", event => window.refused.push(
  `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile || ""}:${event.lineNumber}`
));"""
#: Menus and panels have looks and places of their own while they are open.
OPEN_ALL = """() => document.querySelectorAll("[popover]").forEach(box => {
  box.showPopover(); box.hidePopover();
})"""


def refused(browser: Browser, addresses: Iterable[str], *, width: int = 390) -> list[str]:
    """Return what the policy refuses on the pages at *addresses*, and which pages have none."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    context.add_init_script(LISTEN)
    found = []
    for address in addresses:
        page = context.new_page()
        answer = page.goto(address)
        page.wait_for_load_state("networkidle")
        page.evaluate(OPEN_ALL)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_load_state("networkidle")
        found += [f"{address}: {what}" for what in page.evaluate("window.refused")]
        sent = answer.headers if answer else {}
        said = page.locator("meta[http-equiv=Content-Security-Policy]")
        lost = answer is not None and answer.status == 404
        if "content-security-policy" not in sent or not (lost or said.count() == 1):
            found.append(f"{address}: no policy")
        page.close()
    context.close()
    return found
