"""Find formulas that are written as LaTeX and other Markdown have them, and that stay so here."""

from __future__ import annotations

import re

# Between dollar signs, with a sign that amounts of money do not have, or as a single letter;
# between double ones, which are no amount; or as an environment of LaTeX.
_ELSEWHERE = re.compile(
    r"\$\$[^$]*(?:\$\$)?|\$[^$\n]*(?:\\[A-Za-z]|[\^{}])[^$\n]*\$|\$[A-Za-z]\$"
    r"|\$[A-Za-z][A-Za-z ]*[=<>][^$\n]*\$|\\begin\{[a-z]+\*?\}.*"
)


def formula_in(text: str) -> str:
    """Return the first such formula in *text*, shortened to one line, or an empty one."""
    found = _ELSEWHERE.search(text)
    return shortened(found[0]) if found else ""


def shortened(text: str) -> str:
    """Return *text* in one line that is short enough for a message."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
