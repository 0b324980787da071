"""Worksheets say what is asked, and nothing of the answers or of other questions for class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from artefacts import Text, texts_in
from conftest import DOCS, EXERCISES, ROOTS, Project
from courseware.bank.assignments import assignment_paths, load_assignment, load_assignments
from courseware.bank.load import Bank, load_bank
from courseware.bank.model import Audience, Criterion
from courseware.bank.select import resolve_all
from courseware.pages.build import paragraph
from courseware.sheets.questions import question_block
from leaks import Finder, Leak, answers_of_bank
from sheetsread import text_of, words
from test_typst_editions import built

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from courseware.bank.select import Paper, Question
    from courseware.sheets.desk import Desk
    from docutils import nodes


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


def shown_rubrics(papers: Iterable[Paper]) -> set[tuple[str, str]]:
    """Return which worksheets may show the rubric of which exercise: file and id."""
    return {
        (f"worksheet-{paper.assignment.name}{end}.pdf", question.exercise.id)
        for paper in papers
        for question in paper.questions
        for end in ("", "-A", "-B", "-C")
        if question.rubric
    }


def leaks_but(shown: set[tuple[str, str]], leaks: Iterable[Leak]) -> list[str]:
    """Return *leaks* without the rubrics that are *shown* on purpose."""
    return [
        str(leak)
        for leak in leaks
        if not leak.secret.part.startswith("rubric.")
        or (leak.where.partition(" > ")[0], leak.secret.exercise) not in shown
    ]


def test_worksheets_give_no_answer_away(finder: Finder, folder: Path, bank: Bank) -> None:
    texts = list(texts_in(folder / "pdf"))
    assert len({text.where.partition(" > ")[0] for text in texts}) >= 20
    assignments = load_assignments(assignment_paths(EXERCISES / "assignments"))
    shown = shown_rubrics(resolve_all(assignments, bank))
    assert {name for name, _ in shown} >= {"worksheet-evidence-workshop.pdf"}
    leaks = finder.leaks(texts)
    assert leaks_but(shown, leaks) == []
    # The search finds rubrics: those that are meant to stand there are no more than that.
    assert {leak.secret.exercise for leak in leaks} == {"law-open-both-readings"}


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


@pytest.fixture
def course(course: Project) -> Project:
    """Return the small course, one rubric of which has a level that is long enough to be found."""
    bank = course.folder / "exercises" / "bank" / "counting.yml"
    text = bank.read_text(encoding="utf-8")
    assert text.count("classonly three") == 1
    level = "classonly three kinds of evidence that do not depend on one another"
    bank.write_text(text.replace("classonly three", level), encoding="utf-8")
    return course


def leaky(project: Project, monkeypatch: pytest.MonkeyPatch, plant: str) -> list[Text]:
    """Return all texts of worksheets whose questions say what *plant* makes of each exercise."""

    def said(each: object) -> str:
        if isinstance(each, Criterion):
            return " ".join([each.criterion, *each.levels])
        return str(getattr(each, "feedback", each))

    def block(desk: Desk, question: Question, number: int, seed: str | None) -> nodes.Element:
        result = question_block(desk, question, number, seed)
        secret = getattr(question.exercise, plant, None)
        if isinstance(secret, str):
            result += paragraph(secret)
        elif secret:
            result += paragraph(" ".join(map(said, secret)))
        return result

    monkeypatch.setattr("courseware.sheets.worksheet.question_block", block)
    project.build("sheets")
    return list(texts_in(project.output("pdf", "sheets")))


@pytest.mark.parametrize(
    "plant", ["solution", "model_answer", "options", "steps", "listen_for", "rubric"]
)
def test_planted_answer_is_found(
    course: Project, monkeypatch: pytest.MonkeyPatch, plant: str
) -> None:
    finder = Finder(load_bank(course.folder / "exercises" / "bank"), (), answers_of_bank)
    leaks = finder.leaks(leaky(course, monkeypatch, plant))
    assert {leak.secret.part.partition(".")[0] for leak in leaks} == {plant}


def test_rubric_is_found_on_any_sheet_but_that_which_shows_it(course: Project) -> None:
    file = course.folder / "exercises" / "assignments" / "every-type.yml"
    text = file.read_text(encoding="utf-8")
    assert text.endswith("counting-class-open\n    pinned: true\n")
    file.write_text(f"{text}    rubric: true\n", encoding="utf-8")
    assert course.build("sheets") == []
    bank = load_bank(course.folder / "exercises" / "bank")
    leaks = Finder(bank, (), answers_of_bank).leaks(list(texts_in(course.output("pdf", "sheets"))))
    shown = shown_rubrics(resolve_all([load_assignment(file)], bank))
    found = {(leak.secret.exercise, leak.secret.part.partition(".")[0]) for leak in leaks}
    assert found == {("counting-class-open", "rubric")}
    assert leaks_but(shown, leaks) == []
    elsewhere = {("worksheet-another-A.pdf", name) for _, name in shown}
    assert len(leaks_but(elsewhere, leaks)) == len(leaks)
    assert len(leaks_but({(name, "counting-open") for name, _ in shown}, leaks)) == len(leaks)


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
