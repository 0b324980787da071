"""The glossary (``glossary.yml``): terms with their equivalents in other languages."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal
from unicodedata import normalize

from pydantic import Field

from .later import later_years
from .links import Linked
from .problems import DataError, Problem, not_one_of
from .settings import FILE, Settings
from .yamlfile import NAME_PATTERN, Record, YamlSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


class Term(Record):
    """One glossary entry.

    *translations* has its equivalent by the code of each of the course's other languages; *forms*
    are other spellings that a chapter may use for it; *index* is its entry in the index where that
    differs, such as a person's name with the surname first.
    """

    id: Annotated[str, Field(pattern=NAME_PATTERN)]
    term: str
    translations: dict[str, Annotated[str, Field(min_length=1)]] = Field(default_factory=dict)
    definition: Linked
    pages: str | None = None
    note: str | None = None
    index: str | None = None
    category: str | None = None
    forms: tuple[str, ...] = ()
    # Works of the bibliography, for what is later than the work studied.
    sources: tuple[str, ...] = ()
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


def load_glossary(path: Path, settings: Settings) -> Glossary:
    """Return the glossary in *path*, checked against the *settings* of the course.

    Raises `DataError` for bad YAML, a term given twice, an unknown category, a translation that
    is missing or that nobody asks for, and a fact later than the work that has no source.
    """
    source = YamlSource.of_file(path)
    glossary = source.parse(Glossary)
    problems = [*_unknown(source, glossary, settings), *_later(source, glossary, settings)]
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


def _later(source: YamlSource, glossary: Glossary, settings: Settings) -> Iterable[Problem]:
    """Find definitions with years after the work's and without a source."""
    for index, term in enumerate(glossary.terms):
        years = later_years(term.definition, settings.first_sourced)
        if years and not term.sources:
            message = f"names {', '.join(map(str, years))}, which the {settings.work.noun} cannot "
            message += "tell of; add 'sources: [key]' with a work of the bibliography"
            yield source.problem(("terms", index, "definition"), message)


def _unknown(source: YamlSource, glossary: Glossary, settings: Settings) -> Iterable[Problem]:
    """Find languages and categories in which entries and settings differ."""
    wanted = {language.code: language.name for language in settings.glossary.languages}
    categories = settings.glossary.categories
    for index, term in enumerate(glossary.terms):
        for code, name in wanted.items():
            if code not in term.translations:
                message = f"lacks the {name} equivalent; add 'translations: {{{code}: …}}'"
                yield source.problem(("terms", index, "translations"), message)
        for code in term.translations:
            if code not in wanted:
                message = f"'{code}' is no language of the course; add it to 'glossary: languages:'"
                message += f" in {FILE}, or remove it"
                yield source.problem(("terms", index, "translations", code), message)
        if categories and not term.category:
            message = f"this field is required, but is missing; expected {', '.join(categories)}"
            yield source.problem(("terms", index, "category"), message)
        elif categories and term.category not in categories:
            message = not_one_of(str(term.category), categories, f"{FILE} lists the categories")
            yield source.problem(("terms", index, "category"), message)
