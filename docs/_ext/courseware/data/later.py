"""Facts that are later than the work studied: which years a text names that need a source.

The work cannot tell them, so somebody else must. Years in titles and of forecasts, and those in
which somebody read something, are no facts to be sourced.
"""

from __future__ import annotations

import re

#: Beyond it, four figures are seldom a year.
LAST = 2100
YEAR = re.compile(r"(?<![\w.,$€£#/+-])(?:19|20|21)\d\d(?![\w/]|[.,]\d)")
# What somebody did with a source, rather than what happened in the world.
READ = re.compile(
    r"\b(?:read|looks?|looked|searched|checked|consulted|opened|visited|seen|retrieved|leíd[oa]s?)\b"
    r"[^.;:?!]{0,40}?\b\d{4}\b"
    r"|\b\d{4}\b,? (?:the|our) (?:date|day|last day) [^.;:?!]*\bread\b",
    re.IGNORECASE,
)
# A forecast says what will be, or sets a day by which something comes about.
FORECAST = re.compile(
    r"[^.?!]*\b(?:will|won['’]t)\b[^.?!]*"
    r"|\bby (?:the (?:end|start|middle) of |early |mid-|late )?\d{4}\b"
    r"(?![^.?!]*\b(?:had|was|were|fell|rose|reached|grew|became)\b)",
    re.IGNORECASE,
)
# A title stands in emphasis or in quotation marks, without a stop at its end.
TITLE = re.compile(r"\*[^*]+\*|_[^_]+_|“[^”]*[^.?!,”]”|\"[^\"]*[^.?!,\"]\"")


def later_years(text: str, first: int | None) -> list[int]:
    """Return the years from *first* on that *text* names as facts, each once; none without it."""
    if first is None:
        return []
    told = FORECAST.sub(" ", READ.sub(" ", TITLE.sub(" ", text)))
    years = (int(found.group()) for found in YEAR.finditer(told))
    return sorted({year for year in years if first <= year <= LAST})
