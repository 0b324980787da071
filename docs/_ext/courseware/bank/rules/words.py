"""Rules for the words: feedback that teaches, pages that are right, a text of our own."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from courseware.bank.model import (
    Audience,
    Choice,
    Discussion,
    Numeric,
    ShortAnswer,
    TrueFalse,
)
from courseware.bank.texts import plain

from .base import Course, Found, item_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from courseware.bank.load import Place
    from courseware.bank.model import BaseExercise

PAGES = re.compile(r"\bpp?\.\s?([1-9])(?:[-–]([1-9]))?(?:(?:,| and)\s([1-9])\b)?")
SOURCE = re.compile(r"\bpp?\.\s?[1-9]|\b(?:C[1-9]\d?|L\d{3})\b")
TEXT_FIELDS = ("title", "context", "stem", "solution", "model_answer", "purpose")
LONG_FEEDBACK = (Choice, TrueFalse, Numeric, ShortAnswer)
OWN_WORDS, OPTION_WORDS = 8, 6


def texts(exercise: BaseExercise) -> Iterator[tuple[Place, str]]:
    """Yield every text of *exercise* with its place."""
    for name in TEXT_FIELDS:
        if text := getattr(exercise, name, None):
            yield (name,), text
    for at, hint in enumerate(exercise.hints):
        yield ("hints", at), hint
    yield from exercise.choices()
    yield from exercise.feedbacks()
    if isinstance(exercise, Discussion):
        for name, notes in (
            ("listen_for", exercise.listen_for),
            ("follow_ups", exercise.follow_ups),
        ):
            for at, note in enumerate(notes):
                yield (name, at), note


@item_rule("Q17", "E", "feedback for every answer, of 8 to 40 words (parts of a list: from 5)")
def feedback(exercise: BaseExercise, _course: Course) -> Found:
    """Find feedback that is too short to teach, too long to read, or copied."""
    low = 8 if isinstance(exercise, LONG_FEEDBACK) else 5
    seen: set[str] = set()
    for place, text in exercise.feedbacks():
        words = len(plain(text).split())
        if not low <= words <= 40:
            yield place, f"expected {low} to 40 words, found {words}"
        if text.casefold() in seen:
            yield place, "the same feedback as before; say what is wrong with this answer"
        seen.add(text.casefold())


@item_rule("Q18", "E", "the key's feedback and the solution cite a page ('p. 6') or an id ('C19')")
def cited(exercise: BaseExercise, _course: Course) -> Found:
    """Find answers that do not say on what they rest."""
    if isinstance(exercise, Discussion):
        return
    for place, text in exercise.key_feedbacks():
        if not SOURCE.search(text):
            yield place, "expected an essay page ('p. 6') or an id ('C19') in the key's feedback"
    if not SOURCE.search(exercise.answer_text):
        name = "solution" if hasattr(exercise, "solution") else "model_answer"
        yield (name,), "expected an essay page ('p. 6') or an id ('C19')"


@item_rule("Q20", "E", "traceable: every page that is named is one of its ledger statements'")
def pages(exercise: BaseExercise, course: Course) -> Found:
    """Find pages that the ledger does not bear out."""
    known: set[int] = set()
    for name in exercise.ledger:
        ends = [int(end) for end in course.ledger.by_id[name].page.split("-")]
        known.update(range(ends[0], ends[-1] + 1))
    for name in exercise.checks:
        known.update(int(digit) for digit in re.findall(r"\d", course.ledger.note_by_id[name].page))
    for place, text in texts(exercise):
        for match in PAGES.finditer(text):
            wrong = [page for page in match.groups() if page and int(page) not in known]
            if wrong:
                shown = ", ".join(map(str, sorted(known)))
                message = f"names p. {wrong[0]}, but its statements stand on p. {shown}"
                yield place, f"{message}; mend the page, or add the statement to 'ledger'"


@item_rule("Q23", "E", "own words: no run of 8 words of the essay, in an option no run of 6")
def own_words(exercise: BaseExercise, course: Course) -> Found:
    """Find words of the essay."""
    options = {place for place, _ in exercise.choices()}
    for place, text in texts(exercise):
        size = OPTION_WORDS if place in options else OWN_WORDS
        if size == OPTION_WORDS and not isinstance(exercise, Choice):
            size = OWN_WORDS
        runs = _runs(tuple(course.essay), size)
        words = essay_words(plain(text))
        for at in range(len(words) - size + 1):
            run = " ".join(words[at : at + size])
            if run in runs:
                yield place, f"'{run}' stands in the essay; say it in your own words"
                break


@lru_cache(maxsize=4)
def _runs(words: tuple[str, ...], size: int) -> frozenset[str]:
    return frozenset(" ".join(words[at : at + size]) for at in range(len(words) - size + 1))


def essay_words(text: str) -> Sequence[str]:
    """Return the words of *text* in order, without case and marks."""
    return re.findall(r"[^\W_]+", text.casefold().replace("’", "").replace("'", ""))


@item_rule(
    "Q24", "W", "stem and options read at grade 11 or below (Flesch-Kincaid, names left out)"
)
def reading_level(exercise: BaseExercise, _course: Course) -> Found:
    """Find stems that are harder to read than the chapters."""
    try:
        import textstat  # noqa: PLC0415  (a tool of lint and tests, not of the build)
    except ImportError:
        return
    asked = [exercise.stem, *(text for _, text in exercise.choices())]
    sentences = [_without_names(plain(text)).rstrip(".?! ") + "." for text in asked]
    grade = textstat.flesch_kincaid_grade(" ".join(sentences))
    if len(" ".join(sentences).split()) >= 20 and grade > 11:
        yield ("stem",), f"reads at grade {grade:.1f}; use shorter words or split it"


def _without_names(text: str) -> str:
    words = text.split()
    kept = [
        word
        for before, word in pairwise(["", *words])
        if not (word[:1].isupper() and before and before[-1] not in ".?!:")
    ]
    return " ".join(kept)


@item_rule("S5", "E", "every self-check has a hint")
def hinted(exercise: BaseExercise, _course: Course) -> Found:
    """Find self-checks that leave a student alone."""
    on_page = exercise.audience is Audience.SELF_CHECK and not isinstance(exercise, Discussion)
    if on_page and not exercise.hints:
        yield ("id",), "expected at least one entry in 'hints'"
