"""Rules for options: alike in all but their truth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from courseware.bank.model import Choice, MultipleResponse, SingleChoice
from courseware.bank.texts import plain

from .base import Course, Found, item_rule

if TYPE_CHECKING:
    from courseware.bank.model import BaseExercise

COMBINED = re.compile(
    r"\b(?:all|none|both|neither|any) of (?:the|these) (?:above|options|answers|below)\b"
    r"|\b[A-D] (?:and|or|y|o) [A-D]\b"
    r"|\b(?:todas|ninguna|ambas) (?:de )?las (?:anteriores|opciones|respuestas)\b",
    re.IGNORECASE,
)
ABSOLUTE = re.compile(
    r"\b(?:always|never|all|only|every|none|siempre|nunca|todos?|todas?|solo|sólo)\b", re.IGNORECASE
)
VAGUE = re.compile(
    r"\b(?:often|sometimes|usually|generally|frequently|a menudo|a veces|generalmente)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"^(?:about |around |some |roughly |US)?[$€]?\s?(-?\d[\d,\u00a0 ]*(?:\.\d+)?)"
    r"(?:\s?%|(?:\s[\w'’-]+){0,4})?$",
    re.IGNORECASE,
)
TRIVIA = re.compile(r"^(?:p\.|page|n\.|note|footnote)\s?\d+$|^\d{1,2}$", re.IGNORECASE)
COMMON = frozenset(
    re.findall(
        r"\w+",
        """
        about above after again against among because before being below between could
        does during from have having here into more most other over same should some
        such than that their them then there these they this those through under until
        very were what when where which while whom will with would your essay selee says
        said page figure figures statement
        """,
    )
)


def content_words(text: str) -> set[str]:
    """Return the words of *text* that carry meaning, by their first seven letters."""
    words = re.findall(r"[^\W\d_]{4,}", plain(text).casefold())
    return {word[:7] for word in words if word not in COMMON}


def numbers(texts: list[str]) -> list[float] | None:
    """Return *texts* as numbers, or None where one of them is no number."""
    found = [NUMBER.match(plain(text)) for text in texts]
    if not all(found):
        return None
    return [float(re.sub(r"[,\u00a0 ]", "", match[1])) for match in found if match]


@item_rule("Q3", "E", "single choice has exactly one key (checked when the bank is read)")
def one_key(exercise: BaseExercise, _course: Course) -> Found:
    """Find single choices without a single key."""
    if isinstance(exercise, SingleChoice) and len(exercise.keys) != 1:
        yield ("options",), f"expected one key, found {len(exercise.keys)}"


@item_rule("Q4", "E", "3 or 4 options, 4 to 6 for multiple response, as many all through a chapter")
def count(exercise: BaseExercise, _course: Course) -> Found:
    """Find too few or too many options."""
    if isinstance(exercise, Choice):
        low, high = (3, 4) if isinstance(exercise, SingleChoice) else (4, 6)
        if not low <= len(exercise.options) <= high:
            yield ("options",), f"expected {low} to {high} options, found {len(exercise.options)}"


@item_rule("Q5", "E", "no 'all of the above', 'none of these', 'A and B'")
def combined(exercise: BaseExercise, _course: Course) -> Found:
    """Find options about options."""
    if isinstance(exercise, Choice):
        for place, text in exercise.choices():
            if found := COMBINED.search(text):
                yield (
                    place,
                    f"'{found.group()}' is about other options; write one that stands alone",
                )


@item_rule("Q6", "E", "options of similar length: the longest at most 1.5 times the shortest")
def similar_length(exercise: BaseExercise, _course: Course) -> Found:
    """Find options that stick out."""
    if isinstance(exercise, Choice):
        lengths = [len(plain(option.text)) for option in exercise.options]
        short, long = min(lengths), max(lengths)
        if long > 1.5 * short and long - short > 15:
            yield (
                ("options",),
                f"the longest option has {long} characters, the shortest {short}; even them out",
            )


@item_rule("Q10", "W", "no absolute words in wrong options alone")
def absolute(exercise: BaseExercise, _course: Course) -> Found:
    """Find 'always' and its kin where they give a wrong option away."""
    if not isinstance(exercise, Choice) or any(ABSOLUTE.search(k.text) for k in exercise.keys):
        return
    for at, option in enumerate(exercise.options):
        if found := ABSOLUTE.search(option.text):
            yield ("options", at, "text"), f"'{found.group()}' stands in wrong options only"


@item_rule("Q11", "W", "no vague words of frequency in options")
def vague(exercise: BaseExercise, _course: Course) -> Found:
    """Find 'often' and its kin, which every reader weighs differently."""
    if isinstance(exercise, Choice):
        for place, text in exercise.choices():
            if found := VAGUE.search(text):
                yield place, f"'{found.group()}' is vague; say how often, or leave it out"


@item_rule("Q12", "W", "parallel options: same first letter case, same end, numbers in one unit")
def parallel(exercise: BaseExercise, _course: Course) -> Found:
    """Find options that differ in form."""
    if not isinstance(exercise, Choice):
        return
    texts = [plain(option.text) for option in exercise.options]
    starts = {
        "digit" if t[0].isdigit() else "capital" if t[0].isupper() else "small" for t in texts
    }
    if {"capital", "small"} <= starts:
        yield ("options",), "some options begin with a capital and some do not"
    ends = {text[-1] if text[-1] in ".;:,!?" else "" for text in texts}
    if len(ends) > 1:
        yield ("options",), "some options end with a stop and some do not"
    units = {re.sub(r"^[\d.,\s$€-]+", "", text).casefold() for text in texts}
    if numbers(texts) and len(units) > 1:
        shown = ", ".join(f"'{unit}'" for unit in sorted(units))
        yield ("options",), f"numbers in different units: {shown}"


@item_rule("Q13", "E", "numbers and dates stand in ascending order, with 'shuffle: false'")
def ascending(exercise: BaseExercise, _course: Course) -> Found:
    """Find numbers out of order."""
    if not isinstance(exercise, Choice):
        return
    values = numbers([option.text for option in exercise.options])
    if values is None:
        return
    if values != sorted(values):
        yield ("options",), "numbers out of order; sort them from low to high"
    if exercise.shuffle:
        yield ("options",), "numbers would be shuffled; add 'shuffle: false'"


@item_rule("Q14", "E", "options are distinct: two share less than 80 percent of their words")
def distinct(exercise: BaseExercise, _course: Course) -> Found:
    """Find options that say nearly the same."""
    if not isinstance(exercise, Choice):
        return
    words = [set(re.findall(r"[\w$%.,-]+", plain(o.text).casefold())) for o in exercise.options]
    for at, one in enumerate(words):
        for other, two in enumerate(words[:at]):
            if len(one & two) / len(one | two) >= 0.8:
                message = f"nearly the same words as option {other + 1}; make the difference plain"
                yield ("options", at, "text"), message


@item_rule("Q15", "W", "no word of the stem is echoed by the key alone")
def clang(exercise: BaseExercise, _course: Course) -> Found:
    """Find keys that sound like their stem."""
    if not isinstance(exercise, SingleChoice):
        return
    stem = content_words(exercise.stem)
    key = content_words(exercise.keys[0].text) & stem
    others = [content_words(o.text) for o in exercise.options if not o.correct]
    alone = {word for word in key if not any(word in words for words in others)}
    if alone and not any(words & stem for words in others):
        at = next(at for at, option in enumerate(exercise.options) if option.correct)
        shown = ", ".join(sorted(alone))
        yield ("options", at, "text"), f"the key alone echoes the stem ({shown})"


@item_rule("Q26", "E", "every wrong answer names the misreading that it embodies")
def plausible(exercise: BaseExercise, _course: Course) -> Found:
    """Find wrong answers without a reason why anybody would give them."""
    for place, misreading in exercise.misconceptions():
        if misreading is None:
            yield place, "expected 'misconception', an id of misconceptions.yml"
    if isinstance(exercise, MultipleResponse | SingleChoice):
        for at, option in enumerate(exercise.options):
            if option.correct and option.misconception:
                yield ("options", at, "misconception"), "a right option embodies no misreading"


@item_rule("Q28", "W", "no trivia: options are more than numbers of pages or notes")
def trivia(exercise: BaseExercise, _course: Course) -> Found:
    """Find questions about the book rather than about the matter."""
    if isinstance(exercise, Choice) and all(TRIVIA.match(plain(o.text)) for o in exercise.options):
        yield ("options",), "asks for the number of a page or note; ask for what stands there"
