"""Find in what a build made the texts of the bank that students must not get.

Needles are runs of eight words, or whole texts of five to seven. They are compared letter by
letter, without case, accents, spaces, quotation marks, dashes and line ends, so that neither
Sphinx's curled quotes nor the hyphens and ligatures of a PDF hide anything; and since each run is
looked for, a part of a text is found as well as the whole.

- A text of fewer than five words (an option "In 2009") may stand anywhere, and so may a run of
  fewer than fifteen letters ("1 in 5 is 20 of 100"): these are no needles. Such a text is looked
  for as a value: all of an attribute, an element or a string of a script, or all of what stands
  between two marks there ("Title: Course"). A number is looked for where its name says that it is
  an answer, and beside its tolerance.
- What the course itself says in public (in a chapter, the ledger, a self-check) gives nothing
  away, even where an item quotes it. So a run is no needle if the course says it, or says six of
  its words in a row: the rest may be a page number beside a quotation. All other runs of the
  item are still needles, and `Finder.given_away` names questions that hardly keep any.

Besides, ids of class items and of their options and rows, by which a script marks answers, are
looked for as whole names.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING
from unicodedata import normalize

from artefacts import Text, readings
from courseware.bank.model import Audience, Discussion, Exercise, Numeric, Part
from courseware.bank.texts import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from courseware.bank.load import Bank

    TextsOf = Callable[[Bank], Iterable[tuple["Secret", bool]]]

FEWEST, CORE, MOST = 5, 6, 8
BLOCK = 8
VALUE = 6  # the fewest letters of a short text that is looked for as a value
LETTERS = 2 * BLOCK - 1  # the fewest that hold a whole block wherever they stand

# What says nothing of a question: words that all exercises share, and names of the course's own.
COMMON = frozenset({
    "id", "type", "audience", "level", "difficulty", "outcome", "ledger", "checks", "sources",
    "passage", "tags", "misconception",
})  # fmt: skip
# What a page shows of a discussion question.
SHOWN = frozenset({"title", "context", "stem", "purpose"})
# What must never be said in public, though it may quote what is.
CENTRAL = frozenset({"stem", "solution", "model_answer"})


@dataclass(frozen=True)
class Secret:
    """A text of the bank: of which exercise, which part of it (``options.2.feedback``)."""

    exercise: str
    part: str
    text: str


@dataclass(frozen=True)
class Leak:
    """A secret that was found: where, on which line of the text there, and the words found."""

    secret: Secret
    where: str
    line: int
    words: str

    def __str__(self) -> str:
        """Return a message with place and line."""
        secret = f"{self.secret.exercise}: {self.secret.part}"
        return f"{self.where}:{self.line}: {secret}: {self.words}"


def texts_of_bank(bank: Bank) -> Iterator[tuple[Secret, bool]]:
    """Yield every text of *bank*, and whether it has to be kept from students.

    That is all of the items for class, and the notes of discussion questions.
    """
    for exercise in bank.by_id.values():
        for part, text in _leaves(exercise.model_dump(exclude=set(COMMON))):
            notes = isinstance(exercise, Discussion) and part.partition(".")[0] not in SHOWN
            kept = notes or exercise.audience is Audience.CLASS
            yield Secret(exercise.id, part, text), kept


# What is a value, whole: what stands in quotation marks of either sort, or between two tags.
VALUES = (
    re.compile(r'(?="([^"]{2,300})")'),
    re.compile(r"(?='([^']{2,300})')"),
    re.compile(r"(?=>([^<>]{2,300})<)"),
)
PARTED = re.compile(r"[,:;|·–—()\[\]]|\.\s|\s-\s")
NUMBER = r"(-?\d+(?:\.\d+)?)(?![\w.])"
# A number whose name says that it is an answer; a number and its tolerance.
ANSWER = re.compile(
    r"(?:[\"']|data-|\.)\w*(?:answer|key|right|correct|solution|number)\w*[\"']?\s*[:=]"
    rf"[\"'\[{{\s]*{NUMBER}",
    re.IGNORECASE,
)
WITH_TOLERANCE = re.compile(rf"\[\s*{NUMBER}\s*,\s*{NUMBER}\s*\]")

# What a worksheet shows of an exercise.
ASKED = re.compile(
    r"title|context|stem|purpose|unit|categories\.\d+|pairs\.\d+\.(?:term|match)"
    r"|(?:options|distractors|steps|items)\.\d+\.text"
)


def answers_of_bank(bank: Bank) -> Iterator[tuple[Secret, bool]]:
    """Yield every text of *bank*, and whether no worksheet may say it: all but what is asked."""
    for secret, _ in texts_of_bank(bank):
        yield secret, not ASKED.fullmatch(secret.part)


class Runs:
    """Runs of words to be found in a text, all in one pass.

    A text is looked up block by block, in blocks of eight letters. Wherever a run stands in it,
    one of its blocks begins at one of the run's first eight letters and lies in the run. So a run
    is filed under the eight blocks that begin there, and compared only where one of them turns up.
    """

    def __init__(self, runs: Iterable[str]) -> None:
        self.by_block: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for key in {letters(run) for run in runs}:
            for offset in range(BLOCK):
                self.by_block[key[offset : offset + BLOCK]].append((offset, key))

    def hits(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield the place of each run in *text*, which is letters alone, and the run's letters."""
        by_block = self.by_block
        for at in range(0, len(text), BLOCK):
            block = text[at : at + BLOCK]
            if block in by_block:
                for offset, run in by_block[block]:
                    if at >= offset and text.startswith(run, at - offset):
                        yield at - offset, run


class Finder:
    """Finds what students must not get of a bank; *public* is what the course says in public.

    *of* yields the texts of the bank, and whether each has to be kept.
    """

    def __init__(
        self,
        bank: Bank,
        public: Iterable[str],
        of: Callable[..., Iterable[tuple[Secret, bool]]] = texts_of_bank,
    ) -> None:
        texts = list(of(bank))
        public = list(public)
        self.kept = [secret for secret, kept in texts if kept]
        runs = {run: secret for secret in self.kept for run in runs_of(secret.text)}
        said = _said(runs, [*public, *(plain(secret.text) for secret, kept in texts if not kept)])
        self.runs = {
            letters(run): (secret, run)
            for run, secret in runs.items()
            if said.isdisjoint(map(letters, cores_of(run)))
        }
        self.needles = Runs(self.runs)
        said_whole = [
            letters(text)
            for text in (*public, *(plain(secret.text) for secret, kept in texts if not kept))
        ]
        self.values = {
            key: secret
            for secret in self.kept
            if not runs_of(secret.text)
            and len(key := letters(plain(secret.text))) >= VALUE
            and not any(key in text for text in said_whole)
        }
        self.numbers = dict(_numbers(bank, Audience.CLASS))
        for number in _open_numbers(bank):
            self.numbers.pop(number, None)
        self.names = dict(_names(bank, Audience.CLASS))
        self.open_names = frozenset(name for name, _ in _names(bank, Audience.SELF_CHECK))

    def given_away(self) -> list[Secret]:
        """Return the questions and answers that the course says itself, nearly word for word.

        What is said in public is no needle (see above); so if somebody wrote a question for class
        into a chapter, or gave it to a self-check as well, it would be found here alone.
        """
        return [
            secret
            for secret in self.kept
            if secret.part in CENTRAL
            and (runs := runs_of(secret.text))
            and sum(letters(run) in self.runs for run in runs) < len(runs) / 3
        ]

    def leaks(self, texts: Iterable[Text]) -> list[Leak]:
        """Return what leaks in *texts*: for each text and each secret the first place."""
        found: dict[tuple[str, Secret], Leak] = {}
        for text in texts:
            for leak in self.names_in(text):
                found.setdefault((leak.where, leak.secret), leak)
            for reading in readings(text.text):
                found_here = (
                    *self.runs_in(text.where, reading),
                    *self.values_in(text.where, reading),
                    *self.numbers_in(text.where, reading),
                )
                for leak in found_here:
                    found.setdefault((leak.where, leak.secret), leak)
        return list(found.values())

    def runs_in(self, where: str, text: str) -> Iterator[Leak]:
        """Yield a leak for each needle in *text*."""
        ends: list[int] = []
        for at, run in self.needles.hits(letters(text)):
            ends = ends or list(accumulate(len(letters(line)) for line in text.split("\n")))
            yield Leak(self.runs[run][0], where, bisect(ends, at) + 1, self.runs[run][1])

    def values_in(self, where: str, text: str) -> Iterator[Leak]:
        """Yield a leak for each short text that is a whole value in *text*."""
        for form in VALUES:
            for value in form.finditer(text):
                for part in {value[1], *PARTED.split(value[1])}:
                    if secret := self.values.get(letters(part)):
                        line = text.count("\n", 0, value.start(1)) + 1
                        yield Leak(secret, where, line, part.strip())

    def numbers_in(self, where: str, text: str) -> Iterator[Leak]:
        """Yield a leak for each number that *text* has as an answer."""
        for form in (ANSWER, WITH_TOLERANCE):
            for value in form.finditer(text):
                if secret := self.numbers.get(tuple(map(float, value.groups()))):
                    line = text.count("\n", 0, value.start(1)) + 1
                    yield Leak(secret, where, line, value[0])

    def names_in(self, text: Text) -> Iterator[Leak]:
        """Yield a leak for each name of a class item, alone or in an anchor made of it."""
        whole = text.text.lower()
        for token in sorted(set(re.findall(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", whole))):
            if len(token) >= 8 and (name := self.name_in(token.replace("_", "-"))):
                line = whole.count("\n", 0, whole.index(token)) + 1
                yield Leak(self.names[name], text.where, line, token)

    @cache  # noqa: B019 (a finder lives as long as the tests)
    def name_in(self, token: str) -> str | None:
        """Return the name of a class item that *token* holds, if no longer name is meant."""
        words = token.split("-")
        spans = [(a, b) for a in range(len(words)) for b in range(a + 1, len(words) + 1)]
        for a, b in sorted(spans, key=lambda span: span[0] - span[1]):
            name = "-".join(words[a:b])
            if name in self.open_names:
                return None
            if name in self.names:
                return name
        return None


def letters(text: str) -> str:
    """Return the letters and digits of *text*, without case, accents and ligatures."""
    return re.sub(r"[\W_]+", "", normalize("NFKD", text.casefold()))


def runs_of(text: str) -> list[str]:
    """Return the needles in *text*: its runs of eight words, or a shorter text as a whole."""
    words = re.findall(r"[^\W_]+", plain(text))
    if len(words) < FEWEST:
        return []
    return _long_enough(_slices(words, MOST))


def cores_of(run: str) -> list[str]:
    """Return those parts of a needle that make it no needle where the course says them."""
    words = run.split()
    return [run, *_long_enough(_slices(words, CORE if len(words) == MOST else MOST))]


def _slices(words: list[str], length: int) -> Iterator[str]:
    for at in range(max(1, len(words) - length + 1)):
        yield " ".join(words[at : at + length])


def _long_enough(runs: Iterable[str]) -> list[str]:
    return [run for run in runs if len(letters(run)) >= LETTERS]


def _said(runs: Iterable[str], public: Iterable[str]) -> set[str]:
    """Return the cores of *runs* that stand in the texts *public*."""
    cores = Runs(core for run in runs for core in cores_of(run))
    return {core for text in public for _, core in cores.hits(letters(text))}


def _leaves(value: object, part: str = "") -> Iterator[tuple[str, str]]:
    """Yield the place and the text of every string in *value*."""
    if isinstance(value, str):
        yield part, value
    elif isinstance(value, dict):
        for name, child in value.items():
            if name not in COMMON:
                yield from _leaves(child, f"{part}.{name}".strip("."))
    elif isinstance(value, list | tuple):
        for number, child in enumerate(value, 1):
            yield from _leaves(child, f"{part}.{number}")


def _names(bank: Bank, audience: Audience) -> Iterator[tuple[str, Secret]]:
    """Yield the names of the exercises for *audience*, and those of what one chooses in them."""
    for exercise in bank.by_id.values():
        if exercise.audience is audience:
            yield exercise.id, Secret(exercise.id, "id", exercise.id)
            for part in _parts(exercise):
                name = part.identity(exercise.id)
                yield name, Secret(exercise.id, "key", part.wording)


def _numbers(bank: Bank, audience: Audience) -> Iterator[tuple[tuple[float, ...], Secret]]:
    """Yield the numbers to be found in exercises for *audience*, alone and with tolerances."""
    for exercise in bank.by_id.values():
        if exercise.audience is audience and isinstance(exercise, Numeric):
            secret = Secret(exercise.id, "answer", f"{exercise.answer:g}")
            # One or two figures stand everywhere, in the index of words most of all.
            if len(re.sub(r"\D", "", secret.text)) >= 3:
                yield (exercise.answer,), secret
            yield (exercise.answer, exercise.tolerance), secret


def _open_numbers(bank: Bank) -> Iterator[tuple[float, ...]]:
    """Yield the numbers that pages have in self-checks, wrong ones that are foreseen included."""
    for number, _ in _numbers(bank, Audience.SELF_CHECK):
        yield number
    for exercise in bank.by_id.values():
        if exercise.audience is Audience.SELF_CHECK and isinstance(exercise, Numeric):
            for wrong in exercise.expected:
                yield wrong.value, exercise.reach(wrong)


def _parts(exercise: Exercise) -> Iterator[Part]:
    for name in type(exercise).model_fields:
        value = getattr(exercise, name)
        if isinstance(value, list | tuple):
            yield from (each for each in value if isinstance(each, Part))
