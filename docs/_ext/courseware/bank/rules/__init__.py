"""The item-writing rules, Q1 to Q36, and what a chapter's set of exercises must hold, S1 to S5.

Most follow the taxonomy of Haladyna, Downing and Rodriguez (2002); the thresholds are ours.
An error must be mended; a warning may be overruled by a person.
What no script can judge (whether the key is true, whether a distractor tempts, whether the tone
is fair) is left to readers.
"""

from __future__ import annotations

from .base import RuleContext, Severity
from .check import (
    Finding,
    check_bank,
    check_items,
    check_papers,
    check_translation,
    rule_table,
)

__all__ = [
    "Finding",
    "RuleContext",
    "Severity",
    "check_bank",
    "check_items",
    "check_papers",
    "check_translation",
    "rule_table",
]
