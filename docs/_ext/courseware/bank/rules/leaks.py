"""The rule on leaks: no exercise is answered by what another one tells beside it.

Words are compared, not meanings: what the answer has of its own, without the words of its question
and of its wrong options, must not stand together in one text of another exercise. The limits were
tried on a bank that a person had read for leaks.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, assert_never

from courseware.bank.model import (
    Audience,
    Classify,
    Discussion,
    Match,
    MultipleResponse,
    Numeric,
    Open,
    Order,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)
from courseware.bank.parts import Place, answer, choices, feedbacks
from courseware.bank.traits import is_talk
from courseware.data.problems import did_you_mean

from .base import Found, FoundInBank, FoundInSet, RuleContext, bank_rule, file_rule, paper_rule
from .options import content_words
from .stems import asked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from courseware.bank.load import Bank, BankFile
    from courseware.bank.model import Exercise
    from courseware.bank.select import Paper

    Words = set[str]

#: How many of an answer's own words tell it, and which share of them.
MANY, MOST_OF_THEM = 3, 0.6
#: Where an answer has fewer words, the text must be about the question too: shares of both.
FEW, OF_FEW, OF_QUESTION = 2, 2 / 3, 0.25
#: A claim is told again by so many of its words, this share of them, and two of its feedback.
OF_CLAIM, OF_CLAIM_WORDS = 3, 0.4
#: What stands in more than this share of the exercises, and in more than so many, is their matter.
SHARE, EXERCISES = 0.25, 3
#: A step or the side of a pair is told by this share of its words; an order by so many steps.
OF_STEP, STEPS, HALF, PAIRS = 0.7, 3, 0.5, 2


@dataclass(frozen=True)
class Answer:
    """What would give an exercise away: *told* says whether a text with certain words does."""

    words: Words
    told: Callable[[Words], bool]


@dataclass(frozen=True)
class Told:
    """A text that students read in an exercise, by its words."""

    exercise: Exercise
    place: Place
    text: str
    words: Words


def shown(exercise: Exercise) -> Iterator[tuple[Place, str]]:
    """Yield what of *exercise* students may read before they do another one, each text apart.

    What is right stands on the chapter's page for self-checks, and for exercises for class in keys.
    """
    yield ("stem",), asked(exercise)
    if is_talk(exercise):
        return
    yield from choices(exercise)
    yield from feedbacks(exercise)
    if isinstance(exercise, Match):
        for at, pair in enumerate(exercise.pairs):
            # What belongs together stands together once it is solved.
            yield ("pairs", at, "term"), f"{pair.term} {pair.match}"
    if exercise.audience is Audience.SELF_CHECK:
        yield answer(exercise)


def answers(exercise: Exercise, own_words: Callable[[str], Words]) -> Iterator[Answer]:
    """Yield what would give *exercise* away; nothing for what has no words of its own to tell.

    *own_words* returns the words of a text that are not the matter of its neighbours as well.
    """
    stem = own_words(exercise.stem)
    match exercise:
        case SingleChoice() | MultipleResponse():
            others = [own_words(each.text) for each in exercise.options if not each.correct]
            known = own_words(asked(exercise)).union(*others)
            for key in exercise.keys:
                words = own_words(key.text) - known
                yield Answer(words, partial(_tells, words, stem))
        case ShortAnswer():
            words = own_words(exercise.accepted[0]) - own_words(asked(exercise))
            yield Answer(words, partial(_tells, words, stem))
        case TrueFalse():
            right = exercise.when_true if exercise.answer else exercise.when_false
            yield Answer(stem, partial(_repeats, stem, own_words(right) - stem))
        case Order():
            steps = [own_words(step.text) for step in exercise.steps]
            counts = Counter(chain.from_iterable(steps))
            own = [{word for word in step if counts[word] == 1} for step in steps]
            yield Answer(set().union(*own), partial(_lists, own))
        case Match():
            pairs = [(own_words(pair.term), own_words(pair.match)) for pair in exercise.pairs]
            words = set(chain.from_iterable(chain.from_iterable(pairs)))
            yield Answer(words, partial(_joins, pairs))
        case Numeric() | Classify() | Open() | Discussion():
            return
        case _:
            assert_never(exercise)


def _tells(own: Words, question: Words, text: Words) -> bool:
    """Tell whether *text* holds what an answer has of its *own*."""
    found = len(own & text)
    if found >= MANY:
        return found >= MOST_OF_THEM * len(own)
    about = len(question & text) >= OF_QUESTION * len(question)
    return found >= FEW and found >= OF_FEW * len(own) and about


def _repeats(claim: Words, right: Words, text: Words) -> bool:
    """Tell whether *text* says again what a *claim* is about, with what is *right* of it."""
    found = len(claim & text)
    return found >= OF_CLAIM and found >= OF_CLAIM_WORDS * len(claim) and len(right & text) >= FEW


def _lists(steps: Sequence[Words], text: Words) -> bool:
    """Tell whether *text* has most of the *steps* of an order."""
    told = sum(len(step) >= FEW and _holds(step, text) for step in steps)
    return told >= STEPS and told >= HALF * len(steps)


def _joins(pairs: Sequence[tuple[Words, Words]], text: Words) -> bool:
    """Tell whether *text* has both sides of several *pairs*."""
    return sum(_holds(term, text) and _holds(match, text) for term, match in pairs) >= PAIRS


def _holds(words: Words, text: Words) -> bool:
    return bool(words) and len(words & text) >= OF_STEP * len(words)


def leaks(exercises: Sequence[Exercise]) -> Iterator[tuple[Exercise, Told, Words]]:
    """Yield each of *exercises* that another one answers, the text that does so, and its words."""
    read = [
        Told(each, place, text, content_words(text))
        for each in exercises
        for place, text in shown(each)
    ]
    in_exercises = Counter(word for _, word in {(t.exercise.id, w) for t in read for w in t.words})
    most = max(EXERCISES, SHARE * len(exercises))
    matter = {word for word, count in in_exercises.items() if count > most}

    def own_words(text: str) -> Words:
        return content_words(text) - matter

    texts = [replace(text, words=text.words - matter) for text in read]
    # By words: to compare all with all would take as long as the square of their number.
    having: dict[str, list[int]] = defaultdict(list)
    for at, text in enumerate(texts):
        for word in text.words:
            having[word].append(at)
    for exercise in exercises:
        found: dict[str, tuple[Told, Words]] = {}
        for each in answers(exercise, own_words):
            shared = Counter(at for word in each.words for at in having[word])
            for at in sorted(at for at, count in shared.items() if count >= FEW):
                text = texts[at]
                if text.exercise is not exercise and each.told(text.words):
                    found.setdefault(text.exercise.id, (text, each.words & text.words))
        for name, (text, words) in found.items():
            if name not in exercise.answered_by:
                yield exercise, text, words


def _said(told: Told, shared: Words) -> str:
    written = dict.fromkeys(
        word for word in re.findall(r"[^\W\d_]+", told.text) if content_words(word) & shared
    )
    return (
        f"{told.exercise.id} gives its answer away ('{told.place[0]}': {', '.join(written)}); "
        "change one of the two, or name it in 'answered_by' where that is meant"
    )


@file_rule("Q32", "E", "no exercise of a chapter is answered by the text of another one there")
def in_chapter(file: BankFile, _course: RuleContext) -> FoundInSet:
    """Find exercises that their neighbours give away."""
    for exercise, told, words in leaks(file.exercises):
        yield exercise, ("stem",), _said(told, words)


@paper_rule("Q32", "E", "no exercise of a paper is answered by the text of another one there")
def in_paper(paper: Paper, course: RuleContext) -> Found:
    """Find exercises that others of the paper give away; of one chapter, its file tells them."""
    chapters = {outcome.id: outcome.chapter for outcome in course.outcomes.outcomes}
    for exercise, told, words in leaks([question.exercise for question in paper.questions]):
        if chapters.get(exercise.outcome) != chapters.get(told.exercise.outcome):
            yield ("items",), f"{exercise.id}: {_said(told, words)}"


@bank_rule("Q32", "E", "'answered_by' names exercises of the bank")
def known(bank: Bank, _course: RuleContext) -> FoundInBank:
    """Find names that lead nowhere."""
    for file in bank.files:
        for index, exercise in enumerate(file.exercises):
            for at, name in enumerate(exercise.answered_by):
                if name not in bank.by_id or name == exercise.id:
                    message = f"the bank has no other exercise '{name}'"
                    message += did_you_mean(name, bank.by_id)
                    yield file.problem(index, ("answered_by", at), message)
