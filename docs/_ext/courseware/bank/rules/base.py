"""What a rule is, and the register of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from courseware.bank.load import Bank, BankFile
from courseware.bank.model import Exercise
from courseware.bank.parts import Place
from courseware.bank.select import Paper
from courseware.data.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from courseware.bank.model import Audience
    from courseware.data.ledger import Ledger
    from courseware.data.outcomes import Outcomes
    from courseware.data.settings import Settings

Found = Iterator[tuple[Place, str]]
FoundInSet = Iterator[tuple[Exercise | None, Place, str]]
FoundInBank = Iterator[Problem]
C = TypeVar("C")


class Severity(StrEnum):
    """An error fails the tests, a warning is printed."""

    ERROR = "E"
    WARNING = "W"


@dataclass(frozen=True)
class RuleContext:
    """What the rules check exercises against: the course's data and what it says of itself.

    *words* are those of the work in order, where its text is at hand.
    """

    ledger: Ledger
    outcomes: Outcomes
    settings: Settings
    words: Sequence[str] = field(default=(), repr=False)


@dataclass(frozen=True)
class Quiz:
    """The exercises of one chapter for one audience, without the discussion questions."""

    file: BankFile
    audience: Audience
    exercises: Sequence[Exercise]


ItemCheck = Callable[[Exercise, RuleContext], Found]
QuizCheck = Callable[[Quiz, RuleContext], FoundInSet]
FileCheck = Callable[[BankFile, RuleContext], FoundInSet]
BankCheck = Callable[[Bank, RuleContext], FoundInBank]
PaperCheck = Callable[[Paper, RuleContext], Found]


@dataclass(frozen=True)
class Rule:
    """One rule: its name, what breaking it is, and what it asks for."""

    name: str
    severity: Severity
    text: str


@dataclass(frozen=True)
class Checked(Rule, Generic[C]):
    """A rule with what finds where it is broken."""

    check: C


#: For one exercise; for those of one chapter and audience; for all of one chapter.
ITEM_RULES: list[Checked[ItemCheck]] = []
QUIZ_RULES: list[Checked[QuizCheck]] = []
FILE_RULES: list[Checked[FileCheck]] = []
#: For the whole bank; for the exercises of one assignment, in whose file it finds places.
BANK_RULES: list[Checked[BankCheck]] = []
PAPER_RULES: list[Checked[PaperCheck]] = []


def _registered(rules: list[Checked[C]], name: str, severity: str, text: str) -> Callable[[C], C]:
    """Return a decorator that adds a check to *rules*."""

    def register(check: C) -> C:
        rules.append(Checked(name, Severity(severity), text, check))
        return check

    return register


def item_rule(name: str, severity: str, text: str) -> Callable[[ItemCheck], ItemCheck]:
    """Register a rule for one exercise."""
    return _registered(ITEM_RULES, name, severity, text)


def quiz_rule(name: str, severity: str, text: str) -> Callable[[QuizCheck], QuizCheck]:
    """Register a rule for the exercises of one chapter and audience."""
    return _registered(QUIZ_RULES, name, severity, text)


def file_rule(name: str, severity: str, text: str) -> Callable[[FileCheck], FileCheck]:
    """Register a rule for all exercises of one chapter."""
    return _registered(FILE_RULES, name, severity, text)


def bank_rule(name: str, severity: str, text: str) -> Callable[[BankCheck], BankCheck]:
    """Register a rule for the whole bank."""
    return _registered(BANK_RULES, name, severity, text)


def paper_rule(name: str, severity: str, text: str) -> Callable[[PaperCheck], PaperCheck]:
    """Register a rule for the exercises of one assignment."""
    return _registered(PAPER_RULES, name, severity, text)


def of_bank(bank: Bank, message: str) -> Problem:
    """Return what is wrong with *bank* as a whole: it is told at the head of its first file."""
    return Problem(bank.files[0].path, 1, message)
