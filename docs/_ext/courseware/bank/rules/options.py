"""Rules for options: alike in all but their truth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from courseware.bank.model import MultipleResponse, SingleChoice
from courseware.bank.order import is_staircase
from courseware.bank.parts import choices, misconceptions
from courseware.bank.texts import plain
from courseware.bank.traits import as_choice, as_grid, as_single

from .base import Found, RuleContext, item_rule

if TYPE_CHECKING:
    from courseware.bank.model import Exercise

COMBINED = re.compile(
    r"\b(?:all|none|both|neither|any) (?:of )?(?:the |these |those )?"
    r"(?:above|below|options|answers|choices)\b"
    r"|^(?:all|none|both|neither|any) (?:of )?(?:these|those|them)\W*$"
    r"|\b(?-i:[A-D]) (?:and|or|y|o) (?-i:[A-D])\b"
    r"|\b(?:options?|answers?) \d (?:and|or) \d\b"
    r"|\b(?:tod[ao]s|ningun[ao]|amb[ao]s) (?:de )?l[ao]s (?:anteriores|opciones|respuestas)\b",
    re.IGNORECASE,
)
ABSOLUTE = re.compile(
    r"\b(?:always|never|all|only|every|none|nothing|entirely|completely|certainly"
    r"|siempre|nunca|todos?|todas?|solo|sólo|nada)\b",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"\b(?:often|sometimes|usually|generally|frequently|a menudo|a veces|generalmente)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"^(?:(?:about|around|some|roughly|nearly|almost|over|in|by|since) )?(?:US)?[$€]?\s?"
    r"(?P<number>[-\u2212]?\d[\d,\u00a0 ]*(?:\.\d+)?)"
    r"(?P<unit>\s?%|(?:\s[\w'’-]+){0,4})?$",
    re.IGNORECASE,
)
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
DATE = re.compile(
    r"^(?:(?:in|on|by|since) )?(?:(?P<day>\d{1,2}) )?"
    rf"(?P<month>{'|'.join(MONTHS)}) (?P<year>\d{{4}})$",
    re.IGNORECASE,
)
TRIVIA = re.compile(r"^(?:on |in )?(?:pp?\.|pages?|nn?\.|(?:foot)?notes?)\s?\d+$", re.IGNORECASE)
BARE = re.compile(r"^\d{1,2}$")
APPARATUS = re.compile(r"\b(?:pages?|(?:foot)?notes?)\b", re.IGNORECASE)
#: Fewer rows are in order by chance too often.
FEWEST_ROWS = 4
COMMON = frozenset(
    re.findall(
        r"\w+",
        """
        about above after again against among because before being below between could
        does during from have having here into more most other over same should some
        such than that their them then there these they this those through under until
        very were what when where which while whom will with would your says
        said page figure figures statement
        """,
    )
)


def content_words(text: str) -> set[str]:
    """Return the words of *text* that carry meaning, by their first seven letters."""
    words = re.findall(r"[^\W\d_]{4,}", plain(text).casefold())
    return {word[:7] for word in words if word not in COMMON}


def numbers(texts: list[str]) -> list[float] | None:
    """Return *texts* as numbers (dates as days), or None where one of them is neither."""
    found = [_value(plain(text)) for text in texts]
    values = [value for value in found if value is not None]
    return values if len(values) == len(found) else None


def _value(text: str) -> float | None:
    if date := DATE.match(text):
        month = MONTHS.index(date["month"].casefold()) + 1
        return int(date["year"]) * 372 + month * 31 + int(date["day"] or 0)
    if not (found := NUMBER.match(text)):
        return None
    unit = (found["unit"] or "").casefold().split()
    scale = SCALES.get(unit[0], 1) if unit else 1
    return scale * float(re.sub(r"[,\u00a0 ]", "", found["number"]).replace("\u2212", "-"))


def _unit(text: str) -> str:
    """Return what stands behind the number in *text*, or an empty text where there is none."""
    found = NUMBER.match(plain(text))
    return (found["unit"] or "").strip().casefold() if found else ""


@item_rule("Q4", "E", "3 or 4 options; 4 to 6 for multiple response")
def count(exercise: Exercise, _course: RuleContext) -> Found:
    """Find too few or too many options."""
    if choice := as_choice(exercise):
        low, high = _limits(choice)
        if not low <= len(choice.options) <= high:
            yield ("options",), f"expected {low} to {high} options, found {len(choice.options)}"


def _limits(choice: SingleChoice | MultipleResponse) -> tuple[int, int]:
    match choice:
        case SingleChoice():
            return 3, 4
        case MultipleResponse():
            return 4, 6
        case _:
            assert_never(choice)


@item_rule("Q5", "E", "no 'all of the above', 'none of these', 'A and B'")
def combined(exercise: Exercise, _course: RuleContext) -> Found:
    """Find options about options."""
    if as_choice(exercise):
        for place, text in choices(exercise):
            if found := COMBINED.search(plain(text)):
                message = f"'{found.group()}' is about other options; write one that stands alone"
                yield place, message


@item_rule("Q6", "E", "options of similar length: the longest at most 1.5 times the shortest")
def similar_length(exercise: Exercise, _course: RuleContext) -> Found:
    """Find options that stick out."""
    if choice := as_choice(exercise):
        lengths = [len(plain(option.text)) for option in choice.options]
        short, long = min(lengths), max(lengths)
        if long > 1.5 * short and long - short > 15:
            yield (
                ("options",),
                f"the longest option has {long} characters, the shortest {short}; even them out",
            )


@item_rule("Q10", "W", "no absolute words in wrong options alone")
def absolute(exercise: Exercise, _course: RuleContext) -> Found:
    """Find 'always' and its kin where they give a wrong option away."""
    choice = as_choice(exercise)
    if choice is None or any(ABSOLUTE.search(key.text) for key in choice.keys):
        return
    for at, option in enumerate(choice.options):
        if found := ABSOLUTE.search(option.text):
            yield ("options", at, "text"), f"'{found.group()}' stands in wrong options only"


@item_rule("Q11", "W", "no vague words of frequency in options")
def vague(exercise: Exercise, _course: RuleContext) -> Found:
    """Find 'often' and its kin, which every reader weighs differently."""
    if as_choice(exercise):
        for place, text in choices(exercise):
            if found := VAGUE.search(text):
                yield place, f"'{found.group()}' is vague; say how often, or leave it out"


@item_rule("Q12", "W", "parallel options: same first letter case, same end, numbers in one unit")
def parallel(exercise: Exercise, _course: RuleContext) -> Found:
    """Find options that differ in form."""
    choice = as_choice(exercise)
    if choice is None:
        return
    texts = [plain(option.text) for option in choice.options]
    # Quotation marks and the like may stand in front; figures are neither great nor small.
    first = [re.sub(r"^\W+", "", text)[:1] for text in texts]
    if any(map(str.isupper, first)) and any(map(str.islower, first)):
        yield ("options",), "some options begin with a capital and some do not"
    ends = {text[-1] if text[-1] in ".;:,!?" else "" for text in texts}
    if len(ends) > 1:
        yield ("options",), "some options end with a stop and some do not"
    units = {_unit(text) for text in texts}
    if numbers(texts) and len(units) > 1:
        shown = ", ".join(f"'{unit}'" for unit in sorted(units))
        yield ("options",), f"numbers in different units: {shown}"


@item_rule("Q13", "E", "numbers and dates stand in ascending order, with 'shuffle: false'")
def ascending(exercise: Exercise, _course: RuleContext) -> Found:
    """Find numbers out of order."""
    choice = as_choice(exercise)
    if choice is None:
        return
    values = numbers([option.text for option in choice.options])
    if values is None:
        return
    if values != sorted(values):
        yield ("options",), "numbers out of order; sort them from low to high"
    if choice.shuffle:
        yield ("options",), "numbers would be shuffled; add 'shuffle: false'"


@item_rule("Q14", "E", "options are distinct: two share less than 80 percent of their words")
def distinct(exercise: Exercise, _course: RuleContext) -> Found:
    """Find options that say nearly the same."""
    choice = as_choice(exercise)
    if choice is None:
        return
    texts = [plain(option.text).casefold() for option in choice.options]
    words = [set(re.findall(r"[$€]?\w(?:[\w.,'’-]*\w)?%?", text)) or {text} for text in texts]
    for at, one in enumerate(words):
        for other, two in enumerate(words[:at]):
            if len(one & two) >= 0.8 * len(one | two):
                message = f"nearly the same words as option {other + 1}; make the difference plain"
                yield ("options", at, "text"), message


@item_rule("Q15", "W", "no word of the stem is echoed by the key alone")
def clang(exercise: Exercise, course: RuleContext) -> Found:
    """Find keys that sound like their stem."""
    choice = as_single(exercise)
    if choice is None:
        return
    work = course.settings.work
    stem = content_words(choice.stem) - content_words(" ".join([work.noun, *work.named_as]))
    key = content_words(choice.keys[0].text) & stem
    others = [content_words(o.text) for o in choice.options if not o.correct]
    alone = {word for word in key if not any(word in words for words in others)}
    if alone and not any(words & stem for words in others):
        at = next(at for at, option in enumerate(choice.options) if option.correct)
        shown = ", ".join(sorted(alone))
        yield ("options", at, "text"), f"the key alone echoes the stem ({shown})"


@item_rule("Q26", "E", "every wrong answer names the misreading that it embodies")
def plausible(exercise: Exercise, _course: RuleContext) -> Found:
    """Find wrong answers without a reason why anybody would give them."""
    for place, misreading in misconceptions(exercise):
        if misreading is None:
            yield (
                place,
                "expected the misreading, an id of misconceptions.yml; this field is missing",
            )
    if choice := as_choice(exercise):
        for at, option in enumerate(choice.options):
            if option.correct and option.misconception:
                yield ("options", at, "misconception"), "a right option embodies no misreading"


@item_rule("Q28", "W", "no trivia: options are more than numbers of pages or notes")
def trivia(exercise: Exercise, _course: RuleContext) -> Found:
    """Find questions about the book rather than about the matter."""
    choice = as_choice(exercise)
    if choice is None:
        return
    asks = APPARATUS.search(plain(choice.stem))
    texts = [plain(option.text) for option in choice.options]
    if all(TRIVIA.match(text) or (asks and BARE.match(text)) for text in texts):
        yield ("options",), "asks for the number of a page or note; ask for what stands there"


@item_rule("Q29", "W", "the rows of a grid do not run in the order of its categories")
def staircase(exercise: Exercise, _course: RuleContext) -> Found:
    """Find grids that can be filled in without being read."""
    grid = as_grid(exercise)
    if grid and len(grid.items) >= FEWEST_ROWS and is_staircase(grid, grid.items):
        yield ("items",), "rows stand in the order of the categories; mix them"
