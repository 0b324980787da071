"""The rule on numbers that are asked for: how exact they are to be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from courseware.bank.texts import plain
from courseware.bank.traits import as_number

from .base import Found, RuleContext, item_rule

if TYPE_CHECKING:
    from courseware.bank.model import Exercise

#: Words that say how exact a number has to be.
EXACT = re.compile(
    r"\b(?:round\w*|nearest|decimals?|exact\w*|significant|roughly|approximately|about"
    r"|(?<!the )whole|redond\w*|decimal(?:es)?|aproximad\w*)\b",
    re.IGNORECASE,
)
DECIMALS = {"whole": 0, "one decimal": 1, "two decimals": 2}


@item_rule("Q33", "E", "a number asked for says how exact: 'to the nearest whole percent'")
def exactness(exercise: Exercise, _course: RuleContext) -> Found:
    """Find sums whose result could be rounded in several ways, or is finer than is asked."""
    number = as_number(exercise)
    if number is None:
        return
    stem = plain(number.stem)
    if not (number.tolerance == 0 and number.answer.is_integer()) and not EXACT.search(stem):
        message = "asks for a number without saying how exact; say it, as in 'to the nearest whole "
        yield ("stem",), f"{message}percent', or take numbers that come out whole and no tolerance"
    for words, places in DECIMALS.items():
        asks = re.search(rf"(?<!the )\b{words}\b", stem, re.IGNORECASE)
        if asks and round(number.answer, places) != number.answer:
            message = f"the stem asks for '{words}', but the answer is {number.answer:g}"
            yield ("answer",), f"{message}; round it as students are to round theirs"
