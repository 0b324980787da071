"""The glossary (``glossary.yml``): terms with their Spanish equivalents."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal
from unicodedata import normalize

from pydantic import Field

from .problems import DataError, Problem
from .yamlfile import NAME_PATTERN, Record, YamlSource

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Term(Record):
    """One glossary entry.

    *forms* are other spellings that a chapter may use for it; *index* is its entry in the
    index where that differs, such as a person's name with the surname first.
    """

    id: Annotated[str, Field(pattern=NAME_PATTERN)]
    term: str
    spanish: str
    definition: str
    pages: str | None = None
    note: str | None = None
    index: str | None = None
    category: Literal["law", "group", "institution", "person", "place", "concept"]
    forms: tuple[str, ...] = ()
    confidence: Literal["high", "medium"]


class Glossary(Record):
    """The whole of ``glossary.yml``."""

    terms: list[Term]

    @cached_property
    def by_name(self) -> Mapping[str, Term]:
        """The entries by their term, letter case ignored."""
        return {term.term.casefold(): term for term in self.terms}


def initial(term: str) -> str:
    """Return the letter under which *term* is filed: without accent, ``0-9`` for figures."""
    first = normalize("NFKD", term)[0].upper()
    return first if first.isalpha() else "0–9"


def load_glossary(path: Path) -> Glossary:
    """Return the glossary in *path*; raise `DataError` for bad YAML or a term given twice."""
    source = YamlSource.of_file(path)
    glossary = source.parse(Glossary)
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for index, term in enumerate(glossary.terms):
        for name in {term.id, term.term.casefold()}:
            if name in seen:
                line = source.line_of(("terms", seen[name]))
                message = f"'{term.term}' is already defined on line {line}"
                problems.append(source.problem(("terms", index), message))
                break
        seen |= {term.id: index, term.term.casefold(): index}
    if problems:
        raise DataError(problems)
    return glossary
