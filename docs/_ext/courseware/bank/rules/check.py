"""Apply the rules to a bank."""

from __future__ import annotations

from dataclasses import dataclass
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

# Importing them registers their rules.
from . import (  # noqa: F401
    claims,
    exactness,
    hedges,
    later,
    leaks,
    options,
    places,
    sets,
    stems,
    words,
)
from .base import (
    BANK_RULES,
    FILE_RULES,
    ITEM_RULES,
    PAPER_RULES,
    QUIZ_RULES,
    Quiz,
    Rule,
    RuleContext,
    Severity,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from courseware.bank.load import Bank, BankFile
    from courseware.bank.model import Exercise
    from courseware.bank.parts import Place
    from courseware.bank.select import Paper
    from courseware.data.ledger import Ledger
    from courseware.data.outcomes import Outcomes
    from courseware.data.problems import Problem
    from courseware.data.settings import Settings

ONE_KEY = Rule(
    "Q3", Severity.ERROR, "single choice has exactly one key (checked when the bank is read)"
)
SAME = Rule("Q27", Severity.ERROR, "a translation has the same ids, keys, order and numbers")


@dataclass(frozen=True, order=True)
class Finding:
    """A rule that is broken, and where."""

    problem: Problem
    rule: str
    severity: Severity

    def __str__(self) -> str:
        return f"{self.problem} [{self.rule} {self.severity.value}]"


def check_bank(
    bank: Bank,
    ledger: Ledger,
    outcomes: Outcomes,
    settings: Settings,
    own_words: Sequence[str] = (),
) -> list[Finding]:
    """Return what breaks a rule in *bank*, in order of files and lines.

    *settings* is what ``course.yml`` says. *own_words* are the work's, in order
    (`words.words_of`), for the rule of that name; without them that rule finds nothing.
    """
    course = RuleContext(ledger, outcomes, settings, own_words)
    found = [finding for file in bank.files for finding in _in_file(file, course)]
    if bank.files:
        found += [_finding(rule, each) for rule in BANK_RULES for each in rule.check(bank, course)]
    return sorted(found)


def check_papers(papers: Iterable[Paper], course: RuleContext) -> list[Finding]:
    """Return what breaks a rule among the exercises of each of *papers*, in their files."""
    return sorted(
        _finding(rule, paper.assignment.source.problem(place, message))
        for paper in papers
        for rule in PAPER_RULES
        for place, message in rule.check(paper, course)
    )


def check_items(file: BankFile, course: RuleContext) -> list[Finding]:
    """Return what breaks a rule in each exercise of *file* by itself."""
    return sorted(_in_items(file, course))


def rule_table() -> list[tuple[str, str, str]]:
    """Return name, severity and text of every rule, in order of their names."""
    rules: list[Rule] = [*ITEM_RULES, *QUIZ_RULES, *FILE_RULES, *BANK_RULES, *PAPER_RULES]
    rules += [ONE_KEY, SAME]
    rows = [(rule.name, rule.severity.value, rule.text) for rule in rules]
    return sorted(rows, key=lambda row: (row[0][0], int(row[0][1:]), row[2]))


def _in_items(file: BankFile, course: RuleContext) -> Iterator[Finding]:
    for index, exercise in enumerate(file.exercises):
        for rule in ITEM_RULES:
            for place, message in rule.check(exercise, course):
                yield _finding(rule, file.problem(index, place, message))


def _in_file(file: BankFile, course: RuleContext) -> Iterator[Finding]:
    yield from _in_items(file, course)
    index_of = {exercise.id: index for index, exercise in enumerate(file.exercises)}
    for set_rule, exercise_, place, message in _in_sets(file, course):
        if exercise_ is None:
            yield _finding(set_rule, file.source.problem(("chapter",), message))
        else:
            yield _finding(set_rule, file.problem(index_of[exercise_.id], place, message))


def _in_sets(
    file: BankFile, course: RuleContext
) -> Iterator[tuple[Rule, Exercise | None, Place, str]]:
    for audience in Audience:
        quiz = Quiz(file, audience, file.of_audience(audience))
        for quiz_rule in QUIZ_RULES:
            for found in quiz_rule.check(quiz, course):
                yield quiz_rule, *found
    for file_rule in FILE_RULES:
        for found in file_rule.check(file, course):
            yield file_rule, *found


def _finding(rule: Rule, problem: Problem) -> Finding:
    return Finding(problem, rule.name, rule.severity)


def check_translation(bank: Bank, translated: Bank) -> list[Finding]:
    """Return where *translated* differs from *bank* in more than its words."""
    originals = bank.by_id
    found: list[Finding] = []
    for file in translated.files:
        expected = [e.id for f in bank.files if f.chapter == file.chapter for e in f.exercises]
        given = [exercise.id for exercise in file.exercises]
        if given != expected:
            missing = ", ".join(name for name in expected if name not in given) or "none"
            message = f"other exercises than the original, or another order; missing: {missing}"
            found.append(_finding(SAME, file.source.problem(("exercises",), message)))
        for index, exercise in enumerate(file.exercises):
            original = originals.get(exercise.id)
            if original is not None and skeleton(original) != skeleton(exercise):
                message = "another type, key, order or number than the original"
                found.append(_finding(SAME, file.problem(index, ("type",), message)))
    return sorted(found)


def skeleton(exercise: Exercise) -> tuple[object, ...]:
    """Return what must be the same in every language."""
    common = (
        *(type(exercise), exercise.audience, exercise.outcome, exercise.level, exercise.difficulty),
        *(exercise.minutes, exercise.points, exercise.ledger, exercise.checks, exercise.sources),
    )
    match exercise:
        case SingleChoice() | MultipleResponse():
            marks = [(option.correct, option.pinned) for option in exercise.options]
            return (*common, exercise.shuffle, marks)
        case TrueFalse():
            return (*common, exercise.answer)
        case Numeric():
            values = [(wrong.value, exercise.reach(wrong)) for wrong in exercise.expected]
            return (*common, exercise.answer, exercise.tolerance, values)
        case Match():
            return (*common, len(exercise.pairs), len(exercise.distractors))
        case Order():
            return (*common, len(exercise.steps))
        case Classify():
            kinds = [exercise.categories.index(item.category) for item in exercise.items]
            return (*common, len(exercise.categories), kinds)
        case Open():
            return (*common, exercise.lines, len(exercise.rubric))
        case ShortAnswer() | Discussion():
            return common
        case _:
            assert_never(exercise)
