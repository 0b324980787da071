"""Worksheets of the course give away no answer and no question of another paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from artefacts import texts_in
from coursepdfs import printed
from courseware.bank.assignments import assignment_paths, load_assignments
from courseware.bank.load import Bank, load_bank
from courseware.bank.model import Audience
from courseware.bank.select import resolve_all
from leaks import Finder, answers_of_bank
from ours import EXERCISES, needs
from rubrics import leaks_but, shown_rubrics
from sheetsread import text_of, words

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Builds


WORKSHEETS = "worksheet-*.pdf"


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank(EXERCISES / "bank")


@pytest.fixture(scope="module")
def finder(bank: Bank) -> Finder:
    """Return what finds answers, reasons, solutions, rubrics and notes; nothing else is public."""
    return Finder(bank, (), answers_of_bank)


@pytest.fixture(scope="module")
def folder(shared_build: Builds) -> Path:
    return printed(shared_build)


def test_worksheets_give_no_answer_away(finder: Finder, folder: Path, bank: Bank) -> None:
    texts = list(texts_in(folder / "pdf", WORKSHEETS))
    assert len({text.where.partition(" > ")[0] for text in texts}) >= len(
        list((folder / "pdf").glob(WORKSHEETS))
    )
    assignments = load_assignments(assignment_paths(EXERCISES / "assignments"))
    shown = shown_rubrics(resolve_all(assignments, bank))
    leaks = finder.leaks(texts)
    assert leaks_but(shown, leaks) == []
    # The search finds rubrics: those that are meant to stand there are no more than that.
    sheets = {path.name for path in (folder / "pdf").glob(WORKSHEETS)}
    meant = {name for sheet, name in shown if sheet in sheets}
    assert {leak.secret.exercise for leak in leaks} == meant


@needs("exercises/assignments/evidence-workshop.yml")
def test_workshop_shows_its_rubric(bank: Bank) -> None:
    assignments = load_assignments(assignment_paths(EXERCISES / "assignments"))
    shown = shown_rubrics(resolve_all(assignments, bank))
    assert "worksheet-evidence-workshop.pdf" in {name for name, _ in shown}


def test_search_would_find_the_answers_that_the_keys_give(
    finder: Finder, folder: Path, bank: Bank
) -> None:
    leaks = finder.leaks(list(texts_in(folder / "instructor", "key-*.pdf")))
    parts = {leak.secret.part.split(".")[-1] for leak in leaks}
    assert {"solution", "model_answer", "feedback"} <= parts
    assignments = load_assignments(assignment_paths(EXERCISES / "assignments"))
    asked = {q.exercise.id for paper in resolve_all(assignments, bank) for q in paper.questions}
    assert len({leak.secret.exercise for leak in leaks}) > 0.6 * len(asked)


def test_worksheet_has_no_question_of_another_paper(folder: Path, bank: Bank) -> None:
    assignments = load_assignments(assignment_paths(EXERCISES / "assignments"))
    kept = [each for each in bank.by_id.values() if each.audience is Audience.CLASS]
    for paper in resolve_all(assignments, bank):
        own = {question.exercise.id for question in paper.questions}
        for path in (folder / "pdf").glob(f"worksheet-{paper.assignment.name}*.pdf"):
            text = text_of(path)
            others = [each for each in kept if each.id not in own and words(each.stem) in text]
            if path.stem.rstrip("-AB").endswith(paper.assignment.name):
                assert [each.id for each in others] == []
                assert all(words(bank.by_id[name].stem) in text for name in own)
