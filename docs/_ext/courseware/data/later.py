"""Facts that are later than the work studied: which years a text names that need a source.

The work cannot tell them, so somebody else must. Years in titles, in sums of money and counts, and
of the days on which something was read, are no facts to be sourced.
"""

from __future__ import annotations

import re

#: Beyond it, four figures are seldom a year.
LAST = 2100
YEAR = re.compile(r"(?<![\w.,$€£#/+-])(?:19|20|21)\d\d(?![\w/]|[.,]\d)")
# What somebody did with a source, rather than what happened in the world.
READ = re.compile(
    r"\b(?:read|looked|searched|checked|consulted|opened|visited|seen|retrieved|leíd[oa]s?)\b"
    r"[^.;:?!]{0,40}?\b\d{4}\b",
    re.IGNORECASE,
)
# A title stands in emphasis or in quotation marks, without a stop at its end.
TITLE = re.compile(r"\*[^*]+\*|_[^_]+_|“[^”]*[^.?!,”]”|\"[^\"]*[^.?!,\"]\"")


def later_years(text: str, first: int | None) -> list[int]:
    """Return the years from *first* on that *text* names as facts, each once; none without it."""
    if first is None:
        return []
    told = READ.sub(" ", TITLE.sub(" ", text))
    years = (int(found.group()) for found in YEAR.finditer(told))
    return sorted({year for year in years if first <= year <= LAST})
