"""Rules for what is to be judged true or false: guessing one answer throughout gains nothing."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from courseware.bank.model import Audience
from courseware.bank.traits import as_claim

from .base import (
    Found,
    FoundInBank,
    FoundInSet,
    RuleContext,
    bank_rule,
    file_rule,
    of_bank,
    paper_rule,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from courseware.bank.load import Bank, BankFile
    from courseware.bank.model import Exercise, TrueFalse
    from courseware.bank.select import Paper

#: So many claims of a chapter or paper have both answers, and of a bank the shares that are asked.
FEWEST, FEWEST_IN_BANK = 2, 10


def _claims(exercises: Iterable[Exercise]) -> list[TrueFalse]:
    return [claim for each in exercises if (claim := as_claim(each))]


def _alike(claims: list[TrueFalse]) -> str:
    """Return what is wrong where all *claims* have one answer, or an empty string."""
    answers = {claim.answer for claim in claims}
    if len(claims) < FEWEST or len(answers) > 1:
        return ""
    return f"all {len(claims)} claims to be judged are {str(answers.pop()).lower()}; turn one round"


@file_rule("Q30", "E", "of two or more claims of a chapter, some are true and some are false")
def in_chapter(file: BankFile, _course: RuleContext) -> FoundInSet:
    """Find chapters whose claims are all true or all false."""
    claims = _claims(file.exercises)
    if wrong := _alike(claims):
        yield claims[0], ("answer",), wrong


@paper_rule("Q30", "E", "of two or more claims of a paper, some are true and some are false")
def in_paper(paper: Paper, _course: RuleContext) -> Found:
    """Find papers whose claims are all true or all false."""
    if wrong := _alike(_claims(question.exercise for question in paper.questions)):
        yield ("items",), wrong


@bank_rule("Q30", "E", "over the bank, as many claims are true as course.yml asks for")
def in_bank(bank: Bank, course: RuleContext) -> FoundInBank:
    """Find banks in which guessing pays, over all claims or over those of one audience."""
    asked = course.settings.bank
    claims = _claims(chain.from_iterable(file.exercises for file in bank.files))
    true = sum(claim.answer for claim in claims)
    if len(claims) >= FEWEST_IN_BANK:
        share = 100 * true / len(claims)
        if not asked.true_least <= share <= asked.true_most:
            message = f"{true} of {len(claims)} claims to be judged are true over the whole bank; "
            message += f"expected {asked.true_least} to {asked.true_most} percent"
            yield of_bank(bank, message)
    for audience in Audience:
        of_these = [claim for claim in claims if claim.audience is audience]
        if len(of_these) >= FEWEST_IN_BANK / 2 and (wrong := _alike(of_these)):
            yield of_bank(bank, f"over the whole bank, for {audience.value}: {wrong}")
