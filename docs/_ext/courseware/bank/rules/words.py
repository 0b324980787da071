"""Rules for the words: feedback that teaches, pages that are right, a text of our own."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from courseware.bank.model import Audience, type_of
from courseware.bank.parts import answer, choices, feedbacks, key_feedbacks, texts
from courseware.bank.texts import plain
from courseware.bank.traits import Stem, as_choice, is_talk, stem_of
from courseware.data.ledger import NOTE, STATEMENT, pages_in
from courseware.data.problems import did_you_mean

from .base import Found, RuleContext, item_rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from courseware.bank.model import Exercise

NUMBER = r"[1-9]\d{0,3}(?!\d)"
PAGES = re.compile(
    rf"\b(?:p\.|page)\s?{NUMBER}(?:[-–]{NUMBER})?"
    rf"|\b(?:pp\.|pages)\s?{NUMBER}(?:(?:[-–]|,\s|,?\sand\s|\sto\s){NUMBER})*",
    re.IGNORECASE,
)
RANGE = re.compile(r"(\d+)(?:[-–]|\sto\s)(\d+)")
ID = re.compile(rf"\b(?:{NOTE}|{STATEMENT})\b")
OWN_WORDS, OPTION_WORDS = 8, 6


@item_rule("Q17", "E", "feedback for every answer, of 8 to 40 words (parts of a list: from 5)")
def feedback(exercise: Exercise, _course: RuleContext) -> Found:
    """Find feedback that is too short to teach, too long to read, or copied."""
    low = 5 if stem_of(type_of(exercise)) is Stem.TASK else 8
    seen: set[str] = set()
    for place, text in feedbacks(exercise):
        words = len(plain(text).split())
        if not low <= words <= 40:
            yield place, f"expected {low} to 40 words, found {words}"
        same = plain(text).casefold()
        if same in seen:
            yield place, "the same feedback as before; say what is wrong with this answer"
        seen.add(same)


@item_rule("Q18", "E", "the key's feedback and the solution cite a page ('p. 6') or an id ('C19')")
def cited(exercise: Exercise, course: RuleContext) -> Found:
    """Find answers that do not say on what they rest."""
    if is_talk(exercise):
        return
    expected = f"expected a page of the {course.settings.work.noun} ('p. 6') or an id ('C19')"
    for place, text in key_feedbacks(exercise):
        if not _names_source(text, course):
            yield place, f"{expected} in the key's feedback"
    place, text = answer(exercise)
    if not _names_source(text, course):
        yield place, expected


def _names_source(text: str, course: RuleContext) -> bool:
    pages = {page for found in PAGES.finditer(text) for page in _page_numbers(found.group())}
    return bool(ID.search(text)) or any(_of_work(page, course) for page in pages)


def _of_work(page: int, course: RuleContext) -> bool:
    """Tell whether the work may have the *page*: a higher number is a page of another work."""
    last = course.settings.work.pages
    return last is None or page <= last


@item_rule("Q20", "E", "traceable: every page that is named is one of its ledger statements'")
def pages(exercise: Exercise, course: RuleContext) -> Found:
    """Find pages and ids that the ledger does not bear out."""
    known: set[int] = set()
    for name in exercise.ledger:
        known |= _page_numbers(course.ledger.by_id[name].page)
    for name in exercise.checks:
        known |= _page_numbers(course.ledger.note_by_id[name].page)
    ids = {*course.ledger.by_id, *course.ledger.note_by_id}
    for place, text in texts(exercise):
        for found in PAGES.finditer(text):
            named = {page for page in _page_numbers(found.group()) if _of_work(page, course)}
            if wrong := sorted(named - known):
                shown = ", ".join(map(str, sorted(known)))
                message = f"names p. {wrong[0]}, but its statements stand on p. {shown}"
                yield place, f"{message}; mend the page, or add the statement to 'ledger'"
        for found in ID.finditer(text):
            if found.group() not in ids:
                near = did_you_mean(found.group(), ids)
                yield place, f"names {found.group()}, which the ledger does not have{near}"


def _page_numbers(text: str) -> set[int]:
    """Return the pages in *text*: ``1, 9`` are two, ``3-5`` are three."""
    found = set(pages_in(text))
    for first, last in RANGE.findall(text):
        found.update(range(int(first), int(last) + 1))
    return found


@item_rule("Q23", "E", "own words: no run of 8 words of the work, in an option no run of 6")
def own_words(exercise: Exercise, course: RuleContext) -> Found:
    """Find words of the work."""
    chosen = as_choice(exercise)
    options = {place for place, _ in choices(exercise)} if chosen else set()
    for place, text in texts(exercise):
        size = OPTION_WORDS if place in options else OWN_WORDS
        runs = _runs(tuple(course.words), size)
        words = words_of(plain(text))
        for at in range(len(words) - size + 1):
            run = " ".join(words[at : at + size])
            if run in runs:
                yield (
                    place,
                    f"'{run}' stands in the {course.settings.work.noun}; say it in your own words",
                )
                break


@lru_cache(maxsize=4)
def _runs(words: tuple[str, ...], size: int) -> frozenset[str]:
    return frozenset(" ".join(words[at : at + size]) for at in range(len(words) - size + 1))


def words_of(text: str) -> Sequence[str]:
    """Return the words of *text* in order, without case and marks."""
    return re.findall(r"[^\W_]+", text.casefold().replace("’", "").replace("'", ""))


@item_rule(
    "Q24", "W", "stem and options read at grade 11 or below (Flesch-Kincaid, names left out)"
)
def reading_level(exercise: Exercise, _course: RuleContext) -> Found:
    """Find stems that are harder to read than the chapters."""
    try:
        import textstat  # noqa: PLC0415  (a tool of lint and tests, not of the build)
    except ImportError:
        return
    asked = [exercise.stem, *(text for _, text in choices(exercise))]
    sentences = [_without_names(plain(text)).rstrip(".?! ") + "." for text in asked]
    if len(" ".join(sentences).split()) < 20:
        return
    grade = textstat.flesch_kincaid_grade(" ".join(sentences))
    if grade > 11:
        yield ("stem",), f"reads at grade {grade:.1f}; use shorter words or split it"


def _without_names(text: str) -> str:
    """Return *text* without words in capitals that begin no sentence; where one ends, it stays."""
    kept: list[str] = []
    for before, word in pairwise(["", *text.split()]):
        bare, previous = re.sub(r"^\W+", "", word), re.sub(r"[^\w.?!:]+$", "", before)
        if not (bare[:1].isupper() and previous and previous[-1] not in ".?!:"):
            kept.append(word)
        elif kept and (stop := re.search(r"[.?!:]", word)):
            kept[-1] = kept[-1].rstrip(".?!:,;") + stop.group()
    return " ".join(kept)


@item_rule("S5", "E", "every self-check has a hint")
def hinted(exercise: Exercise, _course: RuleContext) -> Found:
    """Find self-checks that leave a student alone."""
    on_page = exercise.audience is Audience.SELF_CHECK and not is_talk(exercise)
    if on_page and not exercise.hints:
        yield ("id",), "expected at least one entry in 'hints'"
