"""Pages of the work that is studied, as paper tells them: those that follow one another in runs.

A page of the site has a link for each; on paper ``p. 4; p. 5; pp. 5–6`` is ``pp. 4–6``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from courseware.data.ledger import NO_BREAK, page_words, pages_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# The label of pages alone: one with footnotes stays as it is.
_PLAIN = re.compile(rf"pp?\.{NO_BREAK}(\d[\d, –]*)")


def in_runs(pages: Iterable[str]) -> str:
    """Return *pages* of the work (``3``, ``4-5``, ``7``) each once, in runs: ``3-5, 7``."""
    numbers: set[int] = set()
    for each in pages:
        for part in each.split(","):
            ends = pages_in(part)
            numbers.update(range(ends[0], ends[-1] + 1))
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = (str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    return ", ".join(shown)


def join_pages(cited: nodes.Element) -> None:
    """Join what *cited* (the pages of some statements, parted by semicolons) names one by one.

    The joined pages lead to where the first of them led.
    """
    groups: list[list[nodes.Element]] = []
    for label in [each for each in cited.children if isinstance(each, nodes.Element)]:
        if groups and _pages(groups[-1][-1]) and _pages(label):
            groups[-1].append(label)
        else:
            groups.append([label])
    if all(len(group) == 1 for group in groups):
        return
    cited.children = []
    for at, group in enumerate(groups):
        cited += [nodes.Text("; ")] * bool(at)
        cited += _joined(group)


def _pages(label: nodes.Element) -> str:
    """Return the pages that *label* has and nothing else, as data write them; else nothing."""
    found = _PLAIN.fullmatch(label.astext())
    return found[1].replace("–", "-") if found else ""


def _joined(group: Sequence[nodes.Element]) -> nodes.Element:
    """Return the first label of *group* with the pages of all."""
    first = group[0]
    if len(group) > 1:
        words = page_words(in_runs(map(_pages, group)))
        for at, text in enumerate(list(first.findall(nodes.Text))):
            text.parent.replace(text, nodes.Text("" if at else words))
    return first
