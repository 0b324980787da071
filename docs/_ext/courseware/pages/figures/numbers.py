"""Numbers of figures: those of a chapter begin with its number, all others with a letter.

Sphinx counts what stands in no numbered section on through the whole course: "Figure 1" would then
stand beside "Figure 1.1". With the letter all numbers have two parts, and one rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: What stands before the number of a figure outside of chapters, as of an appendix.
LETTER = "A"
# Sphinx gives numbers when it is asked what has changed by others' changes; so do those around it.
_BEFORE, _AFTER = 400, 600


def setup_numbers(app: Sphinx) -> None:
    """Give figures outside of chapters a letter, as soon as Sphinx has given them a number."""
    app.connect("env-get-updated", _take_letters, _BEFORE)
    app.connect("env-get-updated", _give_letters, _AFTER)


def _give_letters(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Put the letter before each number that stands alone, where chapters have numbers."""
    if not any(len(number) > 1 for figures in _figures(env) for number in figures.values()):
        return []
    for figures in _figures(env):
        for name, number in figures.items():
            if len(number) == 1:
                figures[name] = cast("tuple[int, ...]", (LETTER, *number))
    return []


def _take_letters(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Take the letters away again: Sphinx compares new numbers with those that it gave before."""
    for figures in _figures(env):
        for name, number in figures.items():
            if number[0] == cast("int", LETTER):
                figures[name] = number[1:]
    return []


def _figures(env: BuildEnvironment) -> list[dict[str, tuple[int, ...]]]:
    return [kinds["figure"] for kinds in env.toc_fignumbers.values() if "figure" in kinds]
