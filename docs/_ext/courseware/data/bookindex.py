"""The index of the printed book (``index.yml``): what it has besides the glossary's terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from .problems import DataError, Problem, did_you_mean, not_one_of
from .settings import FILE, Settings
from .yamlfile import Record, YamlSource

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .glossary import Glossary


class Aspect(Record):
    """What is told of an entry in some places: a subentry, and the words by which a text tells it.

    *term* is printed, and is one of those words unless *forms* has others.
    """

    term: str
    forms: tuple[str, ...] = ()


class IndexEntry(Record):
    """One entry; with the *term* of a glossary entry it adds to that entry.

    *forms* are other spellings under which a text names it; *under* is the entry of which it is a
    subentry; *see* makes it a pointer, to what the book calls it; *see_also* names entries that
    have more; *aspects* divide its places by what is told there. *category* is one of the
    glossary's: words of a category with common nouns, and of none, are found in small letters too,
    others as they are spelt.
    """

    term: str
    forms: tuple[str, ...] = ()
    under: str | None = None
    see: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    category: str | None = None
    aspects: tuple[Aspect, ...] = ()


class BookIndex(Record):
    """The whole of ``index.yml``."""

    entries: list[IndexEntry] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry as it is printed, and how a text names it.

    *path* is its place in the index: the entry that it stands under, if any, and its own words.
    A text names it by *term* and *forms*, unless it is a pointer, which has *see*.
    Its *aspects* are subentries: what a passage that names it speaks of.
    """

    term: str
    path: tuple[str, ...]
    category: str | None = None
    forms: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    aspects: tuple[Heading, ...] = ()


def load_book_index(path: Path, settings: Settings) -> BookIndex:
    """Return the entries in *path*, checked against the *settings* of the course.

    Raises `DataError` for bad YAML, an entry given twice, an unknown category, and a pointer that
    has forms or more of its own.
    """
    source = YamlSource.of_file(path)
    book = source.parse(BookIndex)
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    categories = settings.glossary.categories
    for at, entry in enumerate(book.entries):
        if (first := seen.setdefault(entry.term.casefold(), at)) != at:
            line = source.line_of(("entries", first))
            message = f"'{entry.term}' is already on line {line}; join the two"
            problems.append(source.problem(("entries", at), message))
        if entry.category and entry.category not in categories:
            message = not_one_of(entry.category, categories, f"{FILE} lists the categories")
            problems.append(source.problem(("entries", at, "category"), message))
        if entry.under and entry.aspects:
            message = (
                "is a subentry itself, which cannot be divided; take 'aspects' or 'under' away"
            )
            problems.append(source.problem(("entries", at, "aspects"), message))
        if entry.see and (entry.forms or entry.see_also or entry.aspects):
            message = "leads elsewhere, so that it has nothing else but a category; give that to "
            message += f"'{entry.see[0]}'"
            problems.append(source.problem(("entries", at, "see"), message))
    if problems:
        raise DataError(problems)
    return book


def check_names(path: Path, book: BookIndex, glossary: Glossary | None) -> None:
    """Raise `DataError` for each entry that *book*, read from *path*, names and nobody has."""
    source = YamlSource.of_file(path)
    own = {entry.term: entry for entry in book.entries}
    known = {*own, *(term.term for term in glossary.terms)} if glossary else {*own}
    problems: list[Problem] = []
    for at, entry in enumerate(book.entries):
        for field, name in _named(entry):
            if name == entry.term:
                message = f"'{name}' leads to itself; name another entry"
            elif name not in known:
                hint = did_you_mean(name, sorted(known))
                message = f"neither this file nor the glossary has '{name}'{hint}"
            elif field == "see" and name in own and own[name].see:
                message = f"'{name}' itself leads to '{own[name].see[0]}'; name that"
            elif field == "under" and name in own and (own[name].under or own[name].see):
                message = f"'{name}' cannot have subentries, since it is one, or leads elsewhere"
            else:
                continue
            problems.append(source.problem(("entries", at, field), message))
    if problems:
        raise DataError(problems)


def _named(entry: IndexEntry) -> Iterator[tuple[str, str]]:
    """Yield the entries that *entry* names, each with the field in which it does."""
    if entry.under:
        yield "under", entry.under
    yield from (("see", name) for name in entry.see)
    yield from (("see_also", name) for name in entry.see_also)


def headings(glossary: Glossary | None, book: BookIndex | None) -> list[Heading]:
    """Return the entries of *glossary* and *book* as they are printed, those of *book* first.

    So a form that both have is that of *book*.
    """
    terms = {term.term: term for term in glossary.terms} if glossary else {}
    printed = {name: term.index or name for name, term in terms.items()}
    found: list[Heading] = []
    for entry in book.entries if book else ():
        term = terms.pop(entry.term, None)
        words = printed.get(entry.term, entry.term)
        found.append(
            Heading(
                entry.term,
                (printed.get(entry.under, entry.under), words) if entry.under else (words,),
                entry.category or (term.category if term else None),
                (*entry.forms, *(term.forms if term else ())),
                tuple(printed.get(name, name) for name in entry.see),
                tuple(printed.get(name, name) for name in entry.see_also),
                tuple(
                    Heading(each.term, (words, each.term), forms=each.forms)
                    for each in entry.aspects
                ),
            )
        )
    for name, term in terms.items():
        found.append(Heading(name, (printed[name],), term.category, term.forms))
    return found
