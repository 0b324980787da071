"""Rules for the stem: what is asked, and whose view it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from courseware.bank.model import type_of
from courseware.bank.parts import to_read
from courseware.bank.texts import plain
from courseware.bank.traits import Stem, as_choice, as_number, is_marked, is_talk, stem_of

from .base import Found, FoundInBank, RuleContext, bank_rule, item_rule, of_bank
from .options import numbers

if TYPE_CHECKING:
    from courseware.bank.load import Bank
    from courseware.bank.model import Exercise

NEGATIVE = re.compile(r"\b(?:not|except|least|no|excepto|menos)\b", re.IGNORECASE)
# "At least", "not only" and "or not" turn no question round; nor does "why ... not".
ASKS_WHAT_DOES_NOT = re.compile(
    r"\b(?:which|what|who|whose|where|when)\b.*"
    r"(?:(?<!\bor )\bnot\b(?! only\b)|n['’]t\b|\bcannot\b|(?<!\bat )\bleast\b)|\bexcept\b",
    re.IGNORECASE,
)
EMPHASISED = re.compile(r"\*\*[^*]+\*\*")
OPINION = re.compile(r"\bshould\b|\bbest policy\b|\bdeber[ií]a|\bmejor política\b", re.IGNORECASE)


#: More in one stem are a mistake.
SEMICOLONS = 1
#: Fewer stems show no habit.
FEWEST = 20


def asked(exercise: Exercise) -> str:
    """Return context and stem without marks: all that a student reads before answering."""
    return f"{plain(exercise.context or '')} {plain(exercise.stem)}"


@item_rule("Q1", "E", "the stem is one full question, with one question mark, at its end")
def one_question(exercise: Exercise, _course: RuleContext) -> Found:
    """Find stems that ask nothing, or too much."""
    stem = plain(exercise.stem)
    marks = stem.count("?")
    sort = stem_of(type_of(exercise))
    match sort:
        case Stem.QUESTION if marks != 1 or not stem.endswith("?"):
            yield ("stem",), "expected one question mark, at the end; put a scene in 'context'"
        case Stem.CLAIM if marks:
            yield ("stem",), "expected a claim to be judged, found a question mark"
        case Stem.TASK | Stem.ESSAY if marks > 1:
            yield ("stem",), f"expected one question at most, found {marks}"
        case Stem.QUESTION | Stem.CLAIM | Stem.TASK | Stem.ESSAY | Stem.TALK:
            return
        case _:
            assert_never(sort)


@item_rule("Q2", "E", "the stem has 8 to 35 words (open questions and discussion: up to 90)")
def length(exercise: Exercise, _course: RuleContext) -> Found:
    """Find stems that are too short to ask something, or too long to hold in mind."""
    limit = 90 if stem_of(type_of(exercise)) in {Stem.ESSAY, Stem.TALK} else 35
    words = len(plain(exercise.stem).split())
    if not 8 <= words <= limit:
        yield ("stem",), f"expected 8 to {limit} words, found {words}"


def is_negative(exercise: Exercise) -> bool:
    """Tell whether the stem asks for what does not hold (claims to be judged may be negative)."""
    if as_choice(exercise) is None:
        return False
    question = re.split(r"[,;:.]\s", exercise.stem)[-1]
    if any(NEGATIVE.search(part) for part in EMPHASISED.findall(exercise.stem)):
        return True
    return bool(ASKS_WHAT_DOES_NOT.search(question))


@item_rule("Q9", "E", "no negative stem, unless NOT is in capitals and bold")
def negative(exercise: Exercise, _course: RuleContext) -> Found:
    """Find questions for what does not hold, which readers in haste take for their opposite."""
    if is_negative(exercise):
        shouted = [part for part in EMPHASISED.findall(exercise.stem) if NEGATIVE.search(part)]
        if not any(part.isupper() for part in shouted):
            yield ("stem",), "a negative question; turn it round, or write **NOT**"


@item_rule("Q16", "W", "the stem does not end in an article that fits some options only")
def article(exercise: Exercise, _course: RuleContext) -> Found:
    """Find stems whose last word gives the key away."""
    # In small letters alone: a stem may well end in "group A?".
    if re.search(r"\b(?:an?|una?)\s*[?:…]?$", plain(exercise.stem)):
        yield ("stem",), "ends in an article; move it into the options"


def is_reckoned(exercise: Exercise) -> bool:
    """Tell whether the answer is arithmetic: a number, or one of several to choose from."""
    choice = as_choice(exercise)
    amounts = choice and numbers([option.text for option in choice.options])
    return as_number(exercise) is not None or bool(amounts)


@item_rule(
    "Q21",
    "E",
    "a view has an owner: the stem or context names the author or the work (no sum needs one)",
)
def attribution(exercise: Exercise, course: RuleContext) -> Found:
    """Find views without an owner.

    A discussion stands in a chapter that names theirs, and what is reckoned is nobody's view.
    """
    if is_talk(exercise) or is_reckoned(exercise):
        return
    kinds = {course.ledger.by_id[name].kind for name in exercise.ledger}
    views = kinds - course.settings.stated
    if views and not course.settings.work.named.search(asked(exercise)):
        others = ", ".join(sorted(views))
        yield ("stem",), f"rests on a view of the author's ({others}); say whose view it is"


@item_rule("Q22", "W", "no opinion as the key: 'should' and 'best policy' name whose view it is")
def opinion(exercise: Exercise, course: RuleContext) -> Found:
    """Find questions of taste with a key."""
    marked = is_marked(type_of(exercise)) and OPINION.search(plain(exercise.stem))
    if marked and not course.settings.work.named.search(asked(exercise)):
        yield ("stem",), "asks what ought to be; ask what somebody holds, or make it open"


@item_rule("Q34", "E", "a stem has at most one semicolon")
def semicolons(exercise: Exercise, _course: RuleContext) -> Found:
    """Find stems of several sentences in the guise of one."""
    found = plain(exercise.stem).count(";")
    if found > SEMICOLONS:
        message = f"{found} semicolons; put what comes first in 'context', in sentences of its own"
        yield ("stem",), message


@bank_rule("Q34", "W", "over the bank, few stems have a semicolon, as course.yml has it")
def joined(bank: Bank, course: RuleContext) -> FoundInBank:
    """Find banks in which clauses are tied to questions that do not need them."""
    stems = [plain(each.stem) for file in bank.files for each in file.exercises]
    found, most = sum(";" in stem for stem in stems), course.settings.bank.semicolons
    if len(stems) >= FEWEST and found > most * len(stems) / 100:
        message = f"{found} of {len(stems)} stems have a semicolon over the whole bank; expected "
        yield of_bank(bank, f"{message}{most} percent at most")


@item_rule("Q35", "E", "an exercise of more words than course.yml allows says why, in 'long'")
def length_with_reason(exercise: Exercise, course: RuleContext) -> Found:
    """Find exercises that are a burden to read, and reasons that are no longer needed."""
    if is_talk(exercise):
        return
    words = sum(len(plain(text).split()) for text in to_read(exercise))
    most = course.settings.bank.words
    if words > most and not exercise.long:
        message = f"{words} words of context, stem and options; expected {most} at most, or the "
        yield ("stem",), f"{message}reason in 'long'"
    if words <= most and exercise.long:
        yield ("long",), f"{words} words need no reason; remove it"
