"""The evidence ledger (``ledger.yml``): the essay's statements, footnotes and close checks."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from .links import Linked
from .problems import DataError, Problem, did_you_mean
from .yamlfile import Record, YamlSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

StatementId = Annotated[str, Field(pattern=r"^L[0-9]{3}$")]
NoteId = Annotated[str, Field(pattern=r"^C[0-9]{1,2}$")]
NO_BREAK = "\u00a0"
PageRange = Annotated[str, Field(pattern=r"^[1-9](-[1-9])?$")]


class Kind(StrEnum):
    """What sort of statement it is; the essay page ``docs/reference/ledger.md`` defines each."""

    FACT = "fact"
    ESTIMATE = "estimate"
    JUDGEMENT = "judgement"
    PREDICTION = "prediction"
    RECOMMENDATION = "recommendation"
    QUESTION = "question"


class Strength(StrEnum):
    """How well the evidence bears a statement, in the judgement of the course."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"
    NONE = "none"


class Statement(Record):
    """One statement of the essay in our own words, with its page and footnote."""

    id: StatementId
    kind: Kind
    page: PageRange
    footnote: Annotated[int, Field(ge=1)] | None = None
    tag: str
    text: str
    check: NoteId | None = None

    @property
    def first_page(self) -> int:
        """The essay page on which the statement begins."""
        return int(self.page[0])


class Footnote(Record):
    """A footnote of the essay: its page, the works it names and a short form for tables."""

    number: Annotated[int, Field(ge=1)]
    page: PageRange
    short: str
    works: list[str]
    text: Linked


class Note(Record):
    """A close check: what the essay says, what the sources say, what follows for readers."""

    id: NoteId
    page: str
    footnote: str | None = None
    title: str
    claim: Linked
    finding: Linked
    lesson: Linked
    confidence: Literal["high", "medium"]
    sources: list[str]


class Ledger(Record):
    """The whole of ``ledger.yml``."""

    footnotes: list[Footnote]
    statements: list[Statement]
    notes: list[Note]

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


def load_ledger(path: Path) -> Ledger:
    """Return the ledger in *path*; raise `DataError` for bad YAML, fields or references."""
    source = YamlSource.of_file(path)
    ledger = source.parse(Ledger)
    problems = [*_repeated(source, ledger), *_dangling(source, ledger)]
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


def page_label(statements: Iterable[Statement]) -> str:
    """Return where *statements* stand in the essay, such as ``p. 3, nn. 6, 7; p. 4``."""
    return "; ".join(label for label, _ in pages_of(statements))


def pages_of(statements: Iterable[Statement]) -> list[tuple[str, list[Statement]]]:
    """Return *statements* by essay page, each group with its printed label, in page order."""
    groups: dict[str, list[Statement]] = {}
    for statement in statements:
        groups.setdefault(statement.page, []).append(statement)
    return [(_label(page, groups[page]), groups[page]) for page in sorted(groups)]


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
