"""Rules for hedges: 'may' and its kin betray the right option where the wrong ones are bold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from courseware.bank.texts import plain
from courseware.bank.traits import as_choice

from .base import Found, FoundInBank, RuleContext, bank_rule, item_rule, of_bank

if TYPE_CHECKING:
    from courseware.bank.load import Bank
    from courseware.bank.model import Exercise

HEDGE = re.compile(
    r"\b(?:may|might|could|perhaps|possibly|probably|likely|unlikely|seems?|appears?|suggests?"
    r"|some|sometimes|partly|in part|mostly|mainly|largely|at least|to some extent|tends? to"
    r"|not necessarily|by itself|by themselves"
    r"|puede|podrían?|quizás?|tal vez|probablemente|parecen?|algun[ao]s?|en parte|al menos)\b",
    re.IGNORECASE,
)
#: Fewer right options show no habit.
FEWEST = 20


def hedge_in(text: str) -> str:
    """Return the first hedge in the option *text*, or an empty string."""
    found = HEDGE.search(plain(text))
    return found.group() if found else ""


@item_rule("Q31", "W", "no hedge ('may', 'perhaps') in right options alone")
def hedged(exercise: Exercise, _course: RuleContext) -> Found:
    """Find exercises in which only what is right is put with care."""
    choice = as_choice(exercise)
    if choice is None:
        return
    if any(hedge_in(option.text) for option in choice.options if not option.correct):
        return
    if all(hedge_in(key.text) for key in choice.keys):
        at = next(at for at, option in enumerate(choice.options) if option.correct)
        hedge = hedge_in(choice.options[at].text)
        message = f"'{hedge}' stands in the right option only; hedge a wrong one too, or none"
        yield ("options", at, "text"), message


@bank_rule("Q31", "E", "over the bank, hedges are as frequent in right as in wrong options")
def hedged_bank(bank: Bank, course: RuleContext) -> FoundInBank:
    """Find banks in which the careful option is the one to choose."""
    options = [
        option
        for file in bank.files
        for exercise in file.exercises
        if (choice := as_choice(exercise))
        for option in choice.options
    ]
    right = [bool(hedge_in(option.text)) for option in options if option.correct]
    wrong = [bool(hedge_in(option.text)) for option in options if not option.correct]
    if len(right) < FEWEST or not wrong:
        return
    shares = [100 * sum(each) / len(each) for each in (right, wrong)]
    most = course.settings.bank.hedges_apart
    if abs(shares[0] - shares[1]) > most:
        message = f"a hedge stands in {shares[0]:.0f} percent of the right options and in "
        message += f"{shares[1]:.0f} percent of the wrong ones over the whole bank; expected at "
        message += f"most {most} points between them"
        yield of_bank(bank, message)
