"""Rules for sets: what holds of a chapter's exercises together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from courseware.bank.model import TYPES, Audience, type_of
from courseware.bank.texts import plain
from courseware.bank.traits import as_choice, as_single, is_talk
from courseware.data.outcomes import Level

from .base import FoundInSet, Quiz, RuleContext, file_rule, quiz_rule
from .stems import asked, is_negative

if TYPE_CHECKING:
    from courseware.bank.load import BankFile
    from courseware.bank.model import Exercise, SingleChoice

RECALL = {Level.REMEMBER}
WORD = re.compile(r"\w+")
HIGHER = {Level.APPLY, Level.EVALUATE, Level.CREATE}
REFERS_BACK = re.compile(
    r"\b(?:previous|preceding) (?:question|exercise|item)\b"
    r"|\b(?:last|next) exercise\b"
    # "The next question" alone may be one that a reader of the work asks.
    r"|\b(?:in|from|for|to) (?:the|your) (?:answer to )?(?:the )?(?:last|next) (?:question|item)\b"
    r"|\b(?:question|exercise|item) (?:above|below)\b"
    r"|\bpregunta (?:anterior|siguiente)\b",
    re.IGNORECASE,
)


def single_choices(quiz: Quiz) -> list[SingleChoice]:
    """Return the single choices of *quiz*, in order."""
    return [single for each in quiz.exercises if (single := as_single(each))]


@quiz_rule("Q4", "E", "the same number of options in all single choices of a quiz")
def same_count(quiz: Quiz, _course: RuleContext) -> FoundInSet:
    """Find single choices with other numbers of options than their neighbours."""
    counts = Counter(len(each.options) for each in single_choices(quiz))
    if len(counts) > 1:
        common = counts.most_common(1)[0][0]
        for each in single_choices(quiz):
            if len(each.options) != common:
                message = f"has {len(each.options)} options, the others have {common}"
                yield each, ("options",), message


@quiz_rule("Q7", "E", "the key is the longest option in at most 40 percent, and so the shortest")
def key_lengths(quiz: Quiz, _course: RuleContext) -> FoundInSet:
    """Find quizzes in which the length of an option betrays the key."""
    choices = single_choices(quiz)
    for name, pick in (("longest", max), ("shortest", min)):
        out = [each for each in choices if _sticks_out(each, pick(_lengths(each)))]
        if len(out) > max(1, 0.4 * len(choices)):
            message = f"the key is the {name} option in {len(out)} of {len(choices)} single choices"
            yield out[0], ("options",), f"{message}; expected 40 percent at most"


def _lengths(exercise: SingleChoice) -> list[int]:
    return [len(plain(option.text)) for option in exercise.options]


def _sticks_out(exercise: SingleChoice, length: int) -> bool:
    alike = [option for option in exercise.options if len(plain(option.text)) == length]
    return len(alike) == 1 and alike[0].correct


def key_places(quiz: Quiz) -> list[int]:
    """Return the place of the key in each single choice, from 0."""
    return [
        next(at for at, option in enumerate(each.options) if option.correct)
        for each in single_choices(quiz)
    ]


@quiz_rule("Q8", "E", "the places of the keys are balanced, with no run of more than three")
def key_balance(quiz: Quiz, _course: RuleContext) -> FoundInSet:
    """Find quizzes in which a place betrays the key."""
    choices, places = single_choices(quiz), key_places(quiz)
    if len(choices) < 2:
        return
    counts = Counter(places)
    size = max(len(each.options) for each in choices)
    if len(choices) >= 8:
        spread = max(counts.values()) - min(counts.get(place, 0) for place in range(size))
        uneven = spread > 1
    else:
        uneven = max(counts.values()) > max(1, len(choices) // 2)
    if uneven:
        shown = ", ".join(f"{counts.get(place, 0)} at {place + 1}" for place in range(size))
        yield choices[0], ("options",), f"keys by place: {shown}; move options to balance them"
    if any(len(list(run)) > 3 for _, run in groupby(places)):
        yield choices[0], ("options",), "more than three keys in a row stand at one place"


@quiz_rule("Q9", "E", "at most one negative stem in a quiz")
def one_negative(quiz: Quiz, _course: RuleContext) -> FoundInSet:
    """Find quizzes that ask more than once for what does not hold."""
    for each in [each for each in quiz.exercises if is_negative(each)][1:]:
        yield each, ("stem",), "a second negative question in this quiz"


@quiz_rule("Q19", "E", "items are independent: no stem refers to another or holds another's key")
def independent(quiz: Quiz, _course: RuleContext) -> FoundInSet:
    """Find stems that lean on other exercises or give them away."""
    # Keys by their longest word, which a stem has to have: to compare all with all would take as
    # long as the square of their number.
    keys: dict[str, list[tuple[Exercise, str]]] = defaultdict(list)
    for other in quiz.exercises:
        if choice := as_choice(other):
            for key in (plain(option.text).casefold() for option in choice.keys):
                if len(key.split()) >= 3:
                    keys[max(WORD.findall(key), key=len, default="")].append((other, key))
    for each in quiz.exercises:
        stem = asked(each).casefold()
        if found := REFERS_BACK.search(stem):
            yield each, ("stem",), f"'{found.group()}': an exercise may be used without the others"
        for word in sorted({"", *WORD.findall(stem)} & keys.keys()):
            for other, key in keys[word]:
                found_key = re.search(rf"(?<!\w){re.escape(key)}(?!\w)", stem)
                if other is not each and found_key:
                    yield each, ("stem",), f"holds the key of {other.id} ('{key}')"


@quiz_rule("Q25", "E", "at most 40 percent recall, at least 25 percent apply or evaluate")
def levels(quiz: Quiz, _course: RuleContext) -> FoundInSet:
    """Find quizzes that ask for memory only."""
    count = len(quiz.exercises)
    recall = sum(each.level in RECALL for each in quiz.exercises)
    higher = sum(each.level in HIGHER for each in quiz.exercises)
    name = quiz.audience.value
    if recall > 0.4 * count:
        yield None, (), f"{recall} of {count} {name} exercises ask for recall; 40 percent at most"
    if higher < 0.25 * count:
        message = f"{higher} of {count} {name} exercises apply or evaluate; 25 percent at least"
        yield None, (), message


@file_rule("Q25", "E", "every outcome has at least two exercises")
def outcomes(file: BankFile, course: RuleContext) -> FoundInSet:
    """Find outcomes that nobody practises."""
    counts = Counter(e.outcome for e in file.exercises if not is_talk(e))
    for outcome in course.outcomes.of_chapter(file.chapter):
        if counts[outcome.id] < 2:
            message = f"outcome '{outcome.id}' has {counts[outcome.id]} exercises; expected two"
            yield None, (), message


@quiz_rule("S1", "E", "as many self-checks and exercises for class as course.yml asks for")
def enough(quiz: Quiz, course: RuleContext) -> FoundInSet:
    """Find chapters with too few exercises."""
    bank = course.settings.bank
    least = bank.self_checks if quiz.audience is Audience.SELF_CHECK else bank.in_class
    if len(quiz.exercises) < least:
        found = f"{len(quiz.exercises)} exercises for {quiz.audience.value}"
        yield None, (), f"{found}; expected {least} or more"


@quiz_rule("S2", "E", "as many types in a quiz as course.yml asks for")
def types(quiz: Quiz, course: RuleContext) -> FoundInSet:
    """Find quizzes of one cloth."""
    found = {type_of(each) for each in quiz.exercises}
    least = course.settings.bank.types
    if quiz.exercises and len(found) < least:
        shown = ", ".join(sorted(TYPES[each].label for each in found))
        message = (
            f"{len(found)} types for {quiz.audience.value} ({shown}); expected {least} or more"
        )
        yield None, (), message


@file_rule(
    "S3",
    "E",
    "discussion questions from understanding to judgement, as many as course.yml asks for",
)
def discussions(file: BankFile, course: RuleContext) -> FoundInSet:
    """Find chapters with too little to talk about, or talk that begins at the end."""
    found = file.discussions
    least = course.settings.bank.discussions
    if len(found) < least:
        yield None, (), f"{len(found)} discussion questions; expected {least} or more"
    for before, each in pairwise(found):
        if each.level.rank < before.level.rank:
            message = f"stands after {before.id}, whose level is higher; order them by level"
            yield each, ("level",), message
    if found and found[-1].level.rank < Level.EVALUATE.rank:
        yield found[-1], ("level",), "expected the last discussion question at level evaluate"


@file_rule("S4", "E", "discussion questions come first in a file, then self-checks, then class")
def order(file: BankFile, _course: RuleContext) -> FoundInSet:
    """Find files in which the groups are mixed."""
    ranks = [
        0 if is_talk(each) else 1 if each.audience is Audience.SELF_CHECK else 2
        for each in file.exercises
    ]
    for at in range(1, len(ranks)):
        if ranks[at] < ranks[at - 1]:
            message = (
                "stands after exercises of a later group; order: discussion, self-check, class"
            )
            yield file.exercises[at], ("id",), message
            break
