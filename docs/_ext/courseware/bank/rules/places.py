"""The rule for the places of keys over the whole bank."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from courseware.bank.model import Audience

from .base import FoundInBank, Quiz, RuleContext, bank_rule, of_bank
from .sets import key_places, single_choices

if TYPE_CHECKING:
    from courseware.bank.load import Bank

# The chi-squared values that uniform key places exceed once in twenty times, by degrees of freedom
# (NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.4).
CRITICAL = {1: 3.841, 2: 5.991, 3: 7.815}


@bank_rule("Q8", "E", "over the bank, no place holds the key too often (chi-squared)")
def balance(bank: Bank, _course: RuleContext) -> FoundInBank:
    """Find a bank in which, by a chi-squared test, keys prefer a place."""
    by_size: dict[int, Counter[int]] = {}
    for file in bank.files:
        for audience in Audience:
            quiz = Quiz(file, audience, file.of_audience(audience))
            sizes = [len(each.options) for each in single_choices(quiz)]
            for size, place in zip(sizes, key_places(quiz), strict=True):
                by_size.setdefault(size, Counter())[place] += 1
    for size, counts in by_size.items():
        expected = counts.total() / size
        if expected < 5 or size - 1 not in CRITICAL:
            continue
        value = sum((counts[place] - expected) ** 2 / expected for place in range(size))
        if value > CRITICAL[size - 1]:
            shown = ", ".join(f"{counts[place]} at {place + 1}" for place in range(size))
            message = f"keys by place over the whole bank: {shown}; balance them"
            yield of_bank(bank, message)
