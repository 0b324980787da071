"""Worksheets say what is asked, and nothing of the answers or of other questions for class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from artefacts import Text, texts_in
from conftest import ROOTS, Project
from courseware.bank.assignments import load_assignment
from courseware.bank.load import load_bank
from courseware.bank.model import Criterion
from courseware.bank.select import resolve_all
from courseware.pages.build import paragraph
from courseware.sheets.questions import question_block
from editions import built
from leaks import Finder, answers_of_bank
from rubrics import leaks_but, shown_rubrics

if TYPE_CHECKING:
    from courseware.bank.select import Question
    from courseware.sheets.desk import Desk
    from courseware.sheets.packing import Growth
    from courseware.sheets.questions import SheetOf
    from docutils import nodes


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

    def block(
        desk: Desk, question: Question, number: int, sheet: SheetOf, growth: Growth
    ) -> nodes.Element:
        result = question_block(desk, question, number, sheet, growth)
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
    folder = built(course, "sheets", typst_edition="large-print")
    finder = Finder(load_bank(ROOTS / "test-course" / "exercises" / "bank"), (), answers_of_bank)
    texts = list(texts_in(folder / "pdf"))
    assert {text.where.partition(" > ")[0] for text in texts} == {
        f"worksheet-every-type-{letter}-large-print.pdf" for letter in "ABC"
    }
    assert [str(leak) for leak in finder.leaks(texts)] == []
    assert finder.leaks(list(texts_in(folder / "instructor", "key-*-large-print.pdf")))
