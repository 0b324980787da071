"""What axe finds on a page: what breaks a rule of accessibility, and what it cannot tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page

#: axe's sets of rules for WCAG 2.2, levels A and AA (axe-core, "API documentation", 4).
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


def axe(
    page: Page,
    *,
    place: Sequence[str] = (),
    without: str = "",
    tags: Sequence[str] = WCAG,
    kinds: Sequence[str] = ("violations",),
) -> dict[str, list[tuple[str, str]]]:
    """Return what axe says of *page*, for each of *kinds* the rules and the elements' HTML.

    *place* are selectors of the parts to look at (the whole page unless given), *without* what to
    leave out of them, *tags* the sets of rules (all of them where empty), *kinds* those of axe:
    ``violations``, ``incomplete``, ``passes``.
    """
    context: dict[str, Any] = {"include": [[each] for each in place]} if place else {}
    if without:
        context["exclude"] = [[without]]
    options: dict[str, Any] = {
        # Of other kinds axe then gathers no elements, which takes half of its time.
        "resultTypes": list(kinds),
        # Without a server style sheets cannot be loaded once more, and axe would complain of it.
        "preload": False,
    }
    if tags:
        options["runOnly"] = {"type": "tag", "values": list(tags)}
    response = Axe().run(page, context=context or None, options=options).response
    return {
        kind: [(rule["id"], node["html"]) for rule in response[kind] for node in rule["nodes"]]
        for kind in kinds
    }
