"""Styles that stand in the elements of pages, as rules of the one style sheet. Plain Python.

docutils writes ``<col style="width: 20.0%">``, Sphinx's index and extensions do alike; the policy
of the pages lets no element have a style of its own.
"""

from __future__ import annotations

import re
from hashlib import sha256
from html import unescape

from .purge import Rule, declarations

# Sphinx and docutils quote attributes, and have no ">" within them.
STYLED = re.compile(r'<[a-zA-Z][^<>]*?\sstyle="[^"]*"[^<>]*>')
STYLE = re.compile(r'\sstyle="([^"]*)"')
CLASS = re.compile(r'\sclass="([^"]*)"')
#: What no class, and no id of a page, outweighs, as with a style in the element.
WEIGHT = ":not(#_):not(#_)"


class StyledElements:
    """Takes the styles out of pages, and keeps them as rules: ``rules``, by the class for each."""

    def __init__(self) -> None:
        self.rules: dict[str, Rule] = {}

    def take(self, html: str) -> str:
        """Return the page *html* with a class in the place of each style."""
        return STYLED.sub(lambda match: self._with_class(match[0]), html)

    def _with_class(self, tag: str) -> str:
        found = STYLE.search(tag)
        if found is None:
            return tag
        told = tuple(declarations(unescape(found[1])))
        bare = tag[: found.start()] + tag[found.end() :]
        if not told:
            return bare
        name = f"style-{sha256(repr(told).encode()).hexdigest()[:6]}"
        self.rules[name] = Rule((), (f".{name}{WEIGHT}",), told)
        if CLASS.search(bare):
            return CLASS.sub(rf' class="\g<1> {name}"', bare, count=1)
        end = found.start()
        return f'{bare[:end]} class="{name}"{bare[end:]}'

    def in_order(self) -> list[Rule]:
        """Return the rules in an order that does not hang on that of the pages."""
        return [self.rules[name] for name in sorted(self.rules)]
