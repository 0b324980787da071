"""Worksheets say what is asked, and nothing of the answers or of other questions for class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from artefacts import Text, texts_in
from conftest import DOCS, EXERCISES, ROOTS, Project
from courseware.bank.assignments import assignment_paths, load_assignments
from courseware.bank.load import Bank, load_bank
from courseware.bank.model import Audience
from courseware.bank.select import resolve_all
from courseware.pages.build import paragraph
from courseware.sheets.questions import question_block
from leaks import Finder, answers_of_bank
from sheetsread import text_of, words
from test_typst_editions import built

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from courseware.bank.select import Question
    from courseware.sheets.desk import Desk
    from docutils import nodes

pytestmark = pytest.mark.xdist_group("sheets")


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank(EXERCISES / "bank")


@pytest.fixture(scope="module")
def finder(bank: Bank) -> Finder:
    """Return what finds answers, reasons, solutions, rubrics and notes; nothing else is public."""
    return Finder(bank, (), answers_of_bank)


@pytest.fixture(scope="module")
def folder(shared_build: Callable[[Path, str], Path]) -> Path:
    return shared_build(DOCS, "sheets")


def test_worksheets_give_no_answer_away(finder: Finder, folder: Path) -> None:
    texts = list(texts_in(folder / "pdf"))
    assert len({text.where.partition(" > ")[0] for text in texts}) >= 20
    assert [str(leak) for leak in finder.leaks(texts)] == []


def test_search_would_find_the_answers_that_the_keys_give(finder: Finder, folder: Path) -> None:
    leaks = finder.leaks(list(texts_in(folder / "instructor", "key-*.pdf")))
    parts = {leak.secret.part.split(".")[-1] for leak in leaks}
    assert {"solution", "model_answer", "feedback"} <= parts
    assert len({leak.secret.exercise for leak in leaks}) > 60


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


# -- the search finds what is planted


def leaky(project: Project, monkeypatch: pytest.MonkeyPatch, plant: str) -> list[Text]:
    """Return all texts of worksheets whose questions say what *plant* makes of each exercise."""

    def block(desk: Desk, question: Question, number: int, seed: str | None) -> nodes.Element:
        result = question_block(desk, question, number, seed)
        secret = getattr(question.exercise, plant, None)
        if isinstance(secret, str):
            result += paragraph(secret)
        elif secret:
            result += paragraph(" ".join(str(getattr(each, "feedback", each)) for each in secret))
        return result

    monkeypatch.setattr("courseware.sheets.worksheet.question_block", block)
    project.build("sheets")
    return list(texts_in(project.output("pdf", "sheets")))


@pytest.mark.parametrize("plant", ["solution", "model_answer", "options", "steps", "listen_for"])
def test_planted_answer_is_found(
    course: Project, monkeypatch: pytest.MonkeyPatch, plant: str
) -> None:
    finder = Finder(load_bank(course.folder / "exercises" / "bank"), (), answers_of_bank)
    leaks = finder.leaks(leaky(course, monkeypatch, plant))
    assert {leak.secret.part.partition(".")[0] for leak in leaks} == {plant}


def test_small_course_gives_no_answer_away(course: Project) -> None:
    assert course.build("sheets") == []
    finder = Finder(load_bank(ROOTS / "test-course" / "exercises" / "bank"), (), answers_of_bank)
    texts = list(texts_in(course.output("pdf", "sheets")))
    assert texts
    assert [str(leak) for leak in finder.leaks(texts)] == []


def test_large_print_gives_no_answer_away(course: Project) -> None:
    folder = built(course, "sheets", typst_large_print=True)
    finder = Finder(load_bank(ROOTS / "test-course" / "exercises" / "bank"), (), answers_of_bank)
    texts = list(texts_in(folder / "pdf"))
    assert {text.where.partition(" > ")[0] for text in texts} == {
        f"worksheet-every-type-{letter}-large.pdf" for letter in "ABC"
    }
    assert [str(leak) for leak in finder.leaks(texts)] == []
    assert finder.leaks(list(texts_in(folder / "instructor", "key-*-large.pdf")))
