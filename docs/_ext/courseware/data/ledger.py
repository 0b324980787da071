"""The evidence ledger (``ledger.yml``): the work's statements, footnotes and close checks."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from .links import Linked
from .problems import DataError, Problem, did_you_mean, not_one_of
from .settings import FILE, Settings
from .yamlfile import Record, YamlSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

#: Statements have an L and a number, close checks a C; both are permanent.
STATEMENT, NOTE = r"L[0-9]{1,4}", r"C[0-9]{1,3}"
StatementId = Annotated[str, Field(pattern=f"^{STATEMENT}$")]
NoteId = Annotated[str, Field(pattern=f"^{NOTE}$")]
NO_BREAK = "\u00a0"
PageRange = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,3}(-[1-9][0-9]{0,3})?$")]


class Strength(StrEnum):
    """How well the evidence bears a statement, in the judgement of the course."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"
    NONE = "none"


class Statement(Record):
    """One statement of the work in words of the course, with its page and footnote."""

    id: StatementId
    kind: str
    page: PageRange
    footnote: Annotated[int, Field(ge=1)] | None = None
    tag: str
    text: str
    check: NoteId | None = None

    @property
    def first_page(self) -> int:
        """The page on which the statement begins."""
        return pages_in(self.page)[0]


class Footnote(Record):
    """A footnote of the work: its page, the works it names and a short form for tables."""

    number: Annotated[int, Field(ge=1)]
    page: PageRange
    short: str
    works: list[str]
    text: Linked


class Note(Record):
    """A close check: what the work says, what the sources say, what follows for readers."""

    id: NoteId
    page: str
    footnote: str | None = None
    title: str
    claim: Linked
    finding: Linked
    lesson: Linked
    confidence: Literal["high", "medium"]
    sources: list[str]
    # Where somebody who can look further should look.
    next: Linked | None = None


class Ledger(Record):
    """The whole of ``ledger.yml``; a work may have no footnotes, and a course no close checks."""

    footnotes: list[Footnote] = Field(default_factory=list)
    statements: list[Statement]
    notes: list[Note] = Field(default_factory=list)

    @cached_property
    def by_id(self) -> Mapping[str, Statement]:
        """The statements by id."""
        return {statement.id: statement for statement in self.statements}

    @cached_property
    def note_by_id(self) -> Mapping[str, Note]:
        """The close checks by id."""
        return {note.id: note for note in self.notes}

    @cached_property
    def footnote_by_number(self) -> Mapping[int, Footnote]:
        """The footnotes by number."""
        return {footnote.number: footnote for footnote in self.footnotes}


def load_ledger(path: Path, settings: Settings) -> Ledger:
    """Return the ledger in *path*, checked against the *settings* of the course.

    Raises `DataError` for bad YAML, fields or references, for kinds that the course does not have,
    and for pages that the work does not have.
    """
    source = YamlSource.of_file(path)
    ledger = source.parse(Ledger)
    problems = [
        *_repeated(source, ledger),
        *_dangling(source, ledger),
        *_unknown(source, ledger, settings),
    ]
    if problems:
        raise DataError(problems)
    return ledger


def _repeated(source: YamlSource, ledger: Ledger) -> Iterable[Problem]:
    for part, names in {
        "statements": [statement.id for statement in ledger.statements],
        "notes": [note.id for note in ledger.notes],
        "footnotes": [str(footnote.number) for footnote in ledger.footnotes],
    }.items():
        first: dict[str, int] = {}
        for index, name in enumerate(names):
            if name in first:
                line = source.line_of((part, first[name]))
                message = f"'{name}' is already used on line {line}; ids are unique"
                yield source.problem((part, index), message)
            first.setdefault(name, index)


def _dangling(source: YamlSource, ledger: Ledger) -> Iterable[Problem]:
    for index, statement in enumerate(ledger.statements):
        if statement.check and statement.check not in ledger.note_by_id:
            message = f"no close check '{statement.check}'"
            message += did_you_mean(statement.check, ledger.note_by_id)
            yield source.problem(("statements", index, "check"), message)
        if statement.footnote and statement.footnote not in ledger.footnote_by_number:
            message = f"no footnote {statement.footnote}; expected one of "
            message += ", ".join(map(str, ledger.footnote_by_number))
            yield source.problem(("statements", index, "footnote"), message)


def _unknown(source: YamlSource, ledger: Ledger, settings: Settings) -> Iterable[Problem]:
    """Find kinds and pages that the course's settings do not have."""
    last = settings.work.pages
    named: dict[str, list[str]] = {
        "statements": [statement.page for statement in ledger.statements],
        "footnotes": [footnote.page for footnote in ledger.footnotes],
        "notes": [note.page for note in ledger.notes],
    }
    for part, texts in named.items():
        for index, text in enumerate(texts):
            pages = pages_in(text)
            if last and pages and max(pages) > last:
                message = f"the {settings.work.noun} ends on page {last}, but this names page "
                message += f"{max(pages)}; mend it, or 'work: pages:' in {FILE}"
                yield source.problem((part, index, "page"), message)
    for index, statement in enumerate(ledger.statements):
        if statement.kind not in settings.kind_by_id:
            message = not_one_of(statement.kind, settings.kind_by_id, f"{FILE} lists the kinds")
            yield source.problem(("statements", index, "kind"), message)


def pages_in(text: str) -> list[int]:
    """Return the numbers in *text*: ``1, 9`` and ``p. 3`` are two and one; of a range, its ends."""
    return [int(number) for number in re.findall(r"\d+", text)]


def page_label(statements: Iterable[Statement]) -> str:
    """Return where *statements* stand in the work, such as ``p. 3, nn. 6, 7; p. 4``."""
    return "; ".join(label for label, _ in pages_of(statements))


def pages_of(statements: Iterable[Statement]) -> list[tuple[str, list[Statement]]]:
    """Return *statements* by page of the work, each group with its printed label, in page order."""
    groups: dict[str, list[Statement]] = {}
    for statement in statements:
        groups.setdefault(statement.page, []).append(statement)
    return [(_label(page, groups[page]), groups[page]) for page in sorted(groups, key=pages_in)]


def page_words(pages: str) -> str:
    """Return *pages* (``3``, ``3-4``, ``1, 9``) as print gives it: ``p. 3``, ``pp. 3–4``.

    A no-break space keeps the sign and its number on one line.
    """
    sign = "pp." if any(mark in pages for mark in ",-") else "p."
    return f"{sign}{NO_BREAK}{pages.replace('-', '–')}"


def _label(page: str, statements: Iterable[Statement]) -> str:
    label = page_words(page)
    notes = sorted({statement.footnote for statement in statements if statement.footnote})
    if notes:
        sign = "nn." if len(notes) > 1 else "n."
        label += f", {sign}{NO_BREAK}{', '.join(map(str, notes))}"
    return label
