"""Contrast as WCAG 2.2 reckons it, of colours in Python and of all words of a page in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour such as ``#0b5563``."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


class Words(NamedTuple):
    """Words on a page: where they stand, what they are set in, on which ground, how large (px)."""

    where: str
    ink: str
    ground: str
    size: float


# Colours are painted and read back, since browsers compute them to many notations.
READ = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const known = {};
  const hex = (colours) => known[colours] ??= (() => {
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    return '#' + parts.map(part => part.toString(16).padStart(2, '0')).join('');
  })();
  const grounds = (element) => {
    const found = [];
    for (let each = element; each; each = each.parentElement) {
      found.unshift(getComputedStyle(each).backgroundColor);
    }
    return ['white', ...found];
  };
  const found = new Map();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const text = texts.currentNode.data.trim();
    if (!text || element.closest("script, style, noscript, option")) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (element.closest('.visually-hidden')) continue;
    const style = getComputedStyle(element);
    const under = grounds(element);
    const where = `${element.parentElement.className} > ${element.tagName}.${element.className}`;
    const words = [where, hex([...under, style.color]), hex(under), parseFloat(style.fontSize)];
    found.set(JSON.stringify(words), words);
  }
  return [...found.values()];
}"""
PRESSED = "a, button, summary, label, input, select, textarea, li, tr, .chapter-list > li"


def words_of(page: Page) -> list[Words]:
    """Return all sorts of words that can be seen on *page*, each once."""
    return [Words(*each) for each in page.evaluate(READ)]


def force(page: Page, states: Sequence[str]) -> None:
    """Have all that one may press on *page* look as in *states*, such as ``hover``."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    found = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": PRESSED})
    for node in found["nodeIds"]:
        state = {"nodeId": node, "forcedPseudoClasses": list(states)}
        session.send("CSS.forcePseudoState", state)
