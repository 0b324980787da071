"""What a rule is, and the register of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

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
class ItemRule(Rule):
    """A rule for one exercise."""

    check: ItemCheck


@dataclass(frozen=True)
class QuizRule(Rule):
    """A rule for the exercises of one chapter and audience."""

    check: QuizCheck


@dataclass(frozen=True)
class FileRule(Rule):
    """A rule for all exercises of one chapter."""

    check: FileCheck


@dataclass(frozen=True)
class BankRule(Rule):
    """A rule for the whole bank."""

    check: BankCheck


@dataclass(frozen=True)
class PaperRule(Rule):
    """A rule for the exercises of one assignment; it finds places in the assignment's file."""

    check: PaperCheck


ITEM_RULES: list[ItemRule] = []
QUIZ_RULES: list[QuizRule] = []
FILE_RULES: list[FileRule] = []
BANK_RULES: list[BankRule] = []
PAPER_RULES: list[PaperRule] = []


def item_rule(name: str, severity: str, text: str) -> Callable[[ItemCheck], ItemCheck]:
    """Register a rule for one exercise."""

    def register(check: ItemCheck) -> ItemCheck:
        ITEM_RULES.append(ItemRule(name, Severity(severity), text, check))
        return check

    return register


def quiz_rule(name: str, severity: str, text: str) -> Callable[[QuizCheck], QuizCheck]:
    """Register a rule for the exercises of one chapter and audience."""

    def register(check: QuizCheck) -> QuizCheck:
        QUIZ_RULES.append(QuizRule(name, Severity(severity), text, check))
        return check

    return register


def file_rule(name: str, severity: str, text: str) -> Callable[[FileCheck], FileCheck]:
    """Register a rule for all exercises of one chapter."""

    def register(check: FileCheck) -> FileCheck:
        FILE_RULES.append(FileRule(name, Severity(severity), text, check))
        return check

    return register


def bank_rule(name: str, severity: str, text: str) -> Callable[[BankCheck], BankCheck]:
    """Register a rule for the whole bank."""

    def register(check: BankCheck) -> BankCheck:
        BANK_RULES.append(BankRule(name, Severity(severity), text, check))
        return check

    return register


def paper_rule(name: str, severity: str, text: str) -> Callable[[PaperCheck], PaperCheck]:
    """Register a rule for the exercises of one assignment."""

    def register(check: PaperCheck) -> PaperCheck:
        PAPER_RULES.append(PaperRule(name, Severity(severity), text, check))
        return check

    return register
