"""The bank of the course: it keeps the rules, and each chapter has its exercises."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from banks import raw
from courseware.bank.load import (
    Bank,
    bank_paths,
    check_references,
    load_bank,
    load_misconceptions,
)
from courseware.bank.model import (
    Audience,
    Choice,
    Discussion,
)
from courseware.bank.parts import misconceptions
from courseware.bank.rules import Severity, check_bank
from courseware.bank.schema import bank_schema
from courseware.bank.texts import plain
from courseware.data.ledger import load_ledger
from courseware.data.outcomes import Level, load_outcomes
from jsonschema import Draft202012Validator
from ours import DATA, EXERCISES, SETTINGS, TOPICS

if TYPE_CHECKING:
    from pathlib import Path


REAL = bank_paths(EXERCISES / "bank")


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    """Return what an editor checks a bank file with."""
    schema = json.loads((EXERCISES / "schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_schema_is_that_of_the_model() -> None:
    written = (EXERCISES / "schema.json").read_text(encoding="utf-8")
    assert written == bank_schema(), "the model has changed: run `uvx nox -s schema`"


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_schema_takes_the_bank(path: Path, validator: Draft202012Validator) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../schema.json\n")
    assert [error.message for error in validator.iter_errors(raw(text))] == []


# ---- the course's own bank ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def bank() -> Bank:
    """Return the course's bank."""
    return load_bank(EXERCISES / "bank")


def test_bank_refers_to_what_there_is_and_keeps_the_rules(bank: Bank) -> None:
    ledger, outcomes = (
        load_ledger(DATA / "ledger.yml", SETTINGS),
        load_outcomes(DATA / "outcomes.yml"),
    )
    check_references(bank, ledger, outcomes, load_misconceptions(EXERCISES / "misconceptions.yml"))
    found = check_bank(bank, ledger, outcomes, SETTINGS)
    assert [str(each) for each in found if each.severity is Severity.ERROR] == []


def test_every_chapter_has_its_exercises(bank: Bank) -> None:
    assert {file.chapter for file in bank.files} == set(TOPICS)
    asked = SETTINGS.bank
    least = {Audience.SELF_CHECK: asked.self_checks, Audience.CLASS: asked.in_class}
    for file in bank.files:
        assert len(file.discussions) >= asked.discussions
        assert all(each.listen_for and each.follow_ups for each in file.discussions)
        for audience, count in least.items():
            quiz = file.of_audience(audience)
            levels = Counter(each.level for each in quiz)
            higher = levels[Level.APPLY] + levels[Level.EVALUATE] + levels[Level.CREATE]
            assert len(quiz) >= count, file.chapter
            assert len({type(each) for each in quiz}) >= asked.types, file.chapter
            assert levels[Level.REMEMBER] <= 0.4 * len(quiz), file.chapter
            assert higher >= 0.25 * len(quiz), file.chapter


def test_every_outcome_is_practised_twice(bank: Bank) -> None:
    counts = Counter(
        each.outcome
        for file in bank.files
        for each in file.exercises
        if not isinstance(each, Discussion)
    )
    for outcome in load_outcomes(DATA / "outcomes.yml").outcomes:
        assert counts[outcome.id] >= 2, outcome.id


def test_every_outcome_is_tried_on_a_case_that_the_chapter_does_not_tell(bank: Bank) -> None:
    tried = {each.outcome for each in bank.by_id.values() if "new case" in each.tags}
    outcomes = load_outcomes(DATA / "outcomes.yml").outcomes
    assert {each.id for each in outcomes} - tried == set()


def test_every_distractor_embodies_a_known_misreading(bank: Bank) -> None:
    known = load_misconceptions(EXERCISES / "misconceptions.yml")
    for item in bank.by_id.values():
        for place, misreading in misconceptions(item):
            assert misreading in known, (item.id, place)


def test_every_work_is_in_the_bibliography(bank: Bank) -> None:
    text = (DATA / "references.bib").read_text(encoding="utf-8")
    keys = set(re.findall(r"^@\w+\{([^,\s]+),", text, re.MULTILINE))
    assert keys
    named = {(item.id, work) for item in bank.by_id.values() for work in item.sources}
    assert [each for each in sorted(named) if each[1] not in keys] == []


def test_no_title_gives_its_key_away(bank: Bank) -> None:
    for item in bank.by_id.values():
        if isinstance(item, Choice):
            for key in item.keys:
                assert plain(key.text).casefold() not in plain(item.title).casefold(), item.id
