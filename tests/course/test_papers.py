"""The papers of the course: each fits its time, and betrays no answer."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pytest
from banks import ids, raw
from courseware.bank.assignments import (
    assignment_paths,
    load_assignment,
    load_assignments,
)
from courseware.bank.load import Bank, load_bank
from courseware.bank.model import Audience, Choice, Discussion, Match, SingleChoice
from courseware.bank.order import match_order, option_order
from courseware.bank.rules import check_papers, sets
from courseware.bank.rules.base import Quiz, RuleContext
from courseware.bank.schema import assignment_schema
from courseware.bank.select import (
    Paper,
    resolve,
    resolve_all,
)
from courseware.bank.versions import versions_of
from courseware.data.ledger import load_ledger
from courseware.data.outcomes import load_outcomes
from jsonschema import Draft202012Validator
from ours import DATA, EXERCISES, SETTINGS, TOPICS, needs

if TYPE_CHECKING:
    from pathlib import Path


FOLDER = EXERCISES / "assignments"
SHIPPED = assignment_paths(FOLDER)
MODELINE = "# yaml-language-server: $schema=../assignments.schema.json\n"


@cache
def real_bank() -> Bank:
    """Return the course's bank."""
    return load_bank(EXERCISES / "bank")


def test_shipped_papers_keep_the_rules_for_papers() -> None:
    papers = resolve_all(load_assignments(SHIPPED), real_bank())
    ledger = load_ledger(DATA / "ledger.yml", SETTINGS)
    course = RuleContext(ledger, load_outcomes(DATA / "outcomes.yml"), SETTINGS)
    assert [str(each) for each in check_papers(papers, course)] == []


def test_seed_of_a_version_shuffles_what_is_chosen_from() -> None:
    papers = [resolve(load_assignment(path), real_bank()) for path in SHIPPED]
    several = [paper for paper in papers if paper.assignment.text.versions > 1]
    paper = max(several, key=lambda paper: len(paper.questions))
    first, second, *_ = versions_of(paper)
    asked = [question.exercise for question in paper.questions]
    choices = [each for each in asked if isinstance(each, Choice) and each.shuffle]
    assert all(option_order(each, first.seed) == each.options for each in choices)
    moved = [each for each in choices if option_order(each, second.seed) != each.options]
    assert len(moved) > len(choices) / 2
    matches = [each for each in asked if isinstance(each, Match)]
    orders = [(match_order(each, first.seed), match_order(each, second.seed)) for each in matches]
    assert not matches or any(one != other for one, other in orders)


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    """Return what an editor checks an assignment with."""
    schema = json.loads((EXERCISES / "assignments.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_schema_is_that_of_the_model() -> None:
    text = (EXERCISES / "assignments.schema.json").read_text(encoding="utf-8")
    assert text == assignment_schema(), "the model has changed: run `uvx nox -s schema`"


# ---- the course's own assignments ----------------------------------------------------------------

# How long the questions take, in minutes, and how many there are: of the quiz of a chapter, and of
# papers that go by these names.
QUIZ = (15, 20, 7, 8)
RANGES = {
    "entry-ticket": (4, 6, 3, 4),
    "mid-term": (40, 50, 9, 12),
    "final": (70, 75, 13, 18),
    "evidence-workshop": (18, 30, 3, 4),
}
QUIZZED = [topic for topic in TOPICS if FOLDER / f"quiz-{topic}.yml" in SHIPPED]
# Found by reading: of each pair, one gives away an answer of the other.
TELL_TALES = [
    {"violence-twelve-and-nine-point-eight", "violence-student-verdict"},
    {"merida-share-down-number-up", "merida-lowest-share-of-guns"},
    {"law-order-rates", "law-headline-of-results"},
    {"law-who-dropped-it", "law-better-police-same-prosecutors"},
    {"border-more-finds-safer-border", "border-judge-las-lomas"},
    {"border-more-finds-safer-border", "border-yearbook-of-waits"},
    {"communities-name-chain", "communities-order-workshop"},
    {"verdict-class-order-what-was-known", "verdict-class-blogger"},
    {"verdict-class-nine-percent-of-what", "verdict-class-quarter-of-what"},
    {"verdict-class-match-overturn", "verdict-class-open-robberies"},
]


@cache
def shipped(name: str) -> Paper:
    """Return the questions of one of the course's assignments."""
    return resolve(load_assignment(FOLDER / f"{name}.yml"), real_bank())


def test_what_is_shipped() -> None:
    assert SHIPPED
    # Every chapter has its quiz, or none has.
    assert QUIZZED in ([], TOPICS)
    asked = {name for path in SHIPPED for name in ids(shipped(path.stem).questions)}
    assert {real_bank().chapter_of[name] for name in asked} == set(TOPICS)


@needs("exercises/assignments/final.yml")
def test_some_questions_are_chosen_by_the_bank() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in SHIPPED)
    assert text.count("choose:") >= 2


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_assignment_is_good(path: Path, validator: Draft202012Validator) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(MODELINE)
    assert [error.message for error in validator.iter_errors(raw(text))] == []
    paper = shipped(path.stem)
    minutes = paper.assignment.text.minutes
    assert minutes is not None
    assert paper.minutes <= minutes
    quiz = QUIZ if path.stem.removeprefix("quiz-") in QUIZZED else None
    if limits := RANGES.get(path.stem, quiz):
        least, most, fewest, many = limits
        assert least <= paper.minutes <= minutes <= most
        assert fewest <= len(paper.questions) <= many
    names = set(ids(paper.questions))
    assert len(names) == len(paper.questions)
    assert not any(isinstance(question.exercise, Discussion) for question in paper.questions)
    assert [pair for pair in TELL_TALES if pair <= names] == []
    shown = [tuple(ids(version.questions)) for version in versions_of(paper)]
    assert len(set(shown)) == paper.assignment.text.versions


@pytest.mark.parametrize("topic", QUIZZED)
def test_quiz_of_a_chapter(topic: str) -> None:
    paper = shipped(f"quiz-{topic}")
    assert {real_bank().chapter_of[name] for name in ids(paper.questions)} == {topic}
    audiences = Counter(question.exercise.audience for question in paper.questions)
    assert audiences[Audience.CLASS] > 2 * audiences[Audience.SELF_CHECK]
    assert len({question.exercise.type for question in paper.questions}) >= 5
    assert paper.assignment.text.versions == 2


@pytest.mark.parametrize(
    ("name", "chapters"),
    [
        pytest.param("mid-term", TOPICS[:4], marks=needs("exercises/assignments/mid-term.yml")),
        pytest.param("final", TOPICS, marks=needs("exercises/assignments/final.yml")),
    ],
)
def test_paper_asks_of_all_its_chapters(name: str, chapters: list[str]) -> None:
    paper = shipped(name)
    exercises = [question.exercise for question in paper.questions]
    assert {each.audience for each in exercises} == {Audience.CLASS}
    assert {real_bank().chapter_of[each.id] for each in exercises} == set(chapters)
    assert paper.questions[-1].exercise.type == "open"
    assert paper.questions[-1].pinned


@needs("exercises/assignments/evidence-workshop.yml")
def test_workshop_has_statements_sorted_and_a_question() -> None:
    kinds = {question.exercise.type for question in shipped("evidence-workshop").questions}
    assert kinds == {"classify", "open"}


@needs("exercises/assignments/entry-ticket.yml")
def test_entry_ticket_is_easy_and_asks_nothing_that_is_marked_later() -> None:
    ticket = [question.exercise for question in shipped("entry-ticket").questions]
    assert {each.difficulty.value for each in ticket} == {"easy"}
    assert shipped("entry-ticket").points == 0
    # Whoever met an item in the ticket would be marked for memory.
    assert not {each.id for each in ticket} & {
        name for topic in QUIZZED for name in ids(shipped(f"quiz-{topic}").questions)
    }


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_no_shipped_sheet_betrays_its_keys(path: Path) -> None:
    asked = [question.exercise for question in shipped(path.stem).questions]
    quiz = Quiz(real_bank().files[0], Audience.CLASS, asked)
    course = RuleContext(
        load_ledger(DATA / "ledger.yml", SETTINGS), load_outcomes(DATA / "outcomes.yml"), SETTINGS
    )
    rules = [sets.same_count, sets.one_negative, sets.independent]
    if sum(isinstance(each, SingleChoice) for each in asked) >= 4:  # fewer have no balance
        rules += [sets.key_lengths, sets.key_balance]
    assert [found for rule in rules for found in rule(quiz, course)] == []
