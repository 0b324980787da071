"""Worksheets and keys of a paper that has every type of exercise, in three versions."""

from __future__ import annotations

import re

import pytest
from conftest import ROOTS, Project
from courseware.bank.assignments import load_assignments
from courseware.bank.load import load_bank
from courseware.bank.model import (
    Choice,
    Discussion,
)
from courseware.bank.select import resolve_all
from courseware.pages.exercises.build import number_text
from courseware.sheets.questions import pen_words
from papersread import Printed, assert_key_fits, printed_of
from sheetsread import (
    text_of,
    words,
)


@pytest.fixture(scope="module")
def every_type(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """Return a paper of the small course in three versions, with each type of exercise."""
    project = Project(ROOTS / "test-course", tmp_path_factory.mktemp("every-type"))
    assert project.build("sheets") == []
    exercises = project.folder / "exercises"
    [assignment] = load_assignments([exercises / "assignments" / "every-type.yml"])
    [paper] = resolve_all([assignment], load_bank(exercises / "bank"))
    return printed_of(paper, project.output("", "sheets"))


def test_numbers_have_a_comma_between_thousands_and_years_have_none() -> None:
    values = [(4954, "days"), (600000, "people"), (-1200.5, None), (62.5, "percent"), (1994, None)]
    assert [number_text(value, unit) for value, unit in values] == [
        "4,954 days", "600,000 people", "-1,200.5", "62.5 percent", "1994",
    ]  # fmt: skip
    assert number_text(1994, "people") == "1,994 people"
    assert number_text(1994, "people", shown=False) == "1,994"


def test_key_fits_each_version_whatever_the_type(every_type: Printed) -> None:
    types = {question.exercise.type for question in every_type.paper.questions}
    assert len(types) == 10
    assert len(every_type.sheets) == 3
    assert_key_fits(every_type)


def test_letters_of_the_versions_stand_beside_each_option(every_type: Printed) -> None:
    for question in every_type.paper.questions:
        if isinstance(question.exercise, Choice):
            for option in question.exercise.options:
                letters = [
                    next(k for k, text in sheet.by_title(question.exercise.title).lettered.items()
                         if text == words(option.text))
                    for sheet in every_type.sheets
                ]  # fmt: skip
                row = f"{' '.join(letters)} {words(option.text)}"
                assert row in every_type.key


def test_explanation_is_headed_by_its_numbers(every_type: Printed) -> None:
    for question in every_type.paper.questions:
        title = words(question.exercise.title)
        numbers = [
            f"{version.letter}{sheet.by_title(question.exercise.title).number}"
            for version, sheet in zip(every_type.versions, every_type.sheets, strict=True)
        ]
        assert f". {title} {', '.join(numbers)} · " in every_type.key


def test_pen_words_count_what_is_left_over() -> None:
    ends = [pen_words("match", rows=3, offered=count).partition("line")[2] for count in (3, 4, 5)]
    assert ends == [".", "; one letter is left over.", "; some letters are left over."]


def test_key_has_notes_for_the_talk(every_type: Printed) -> None:
    [item] = [
        question.exercise
        for question in every_type.paper.questions
        if isinstance(question.exercise, Discussion)
    ]
    for text in (item.purpose, *item.listen_for, *item.follow_ups):
        assert words(text) in every_type.key


# -- pinned and chained


def test_pinned_and_chained_questions_keep_their_places(every_type: Printed) -> None:
    questions = every_type.paper.questions
    pinned = [at for at, question in enumerate(questions) if question.pinned]
    chained = [at for at, question in enumerate(questions) if question.chained]
    assert pinned
    assert chained
    for sheet in every_type.sheets:
        for at in pinned:
            assert sheet.titles[at] == words(questions[at].exercise.title)
        for at in chained:
            before, after = (words(questions[k].exercise.title) for k in (at - 1, at))
            assert sheet.titles.index(after) == sheet.titles.index(before) + 1


def test_guide_tells_the_lesson_and_the_ratings_that_handouts_ask_for(course: Project) -> None:
    handout = {"start": "chapters/counting", "target": "handout", "layout": "handout"}
    with (course.folder / "conf.py").open("a", encoding="utf-8") as file:
        file.write(f"\ntypst_documents = {[handout]!r}\n")
    assert course.build("sheets") == []
    guide = words(text_of(course.output("instructor/instructor-guide.pdf", "sheets")))
    assert re.search(r"The handout in \d+ minutes: Before you read \d+, Key terms \d+", guide)
    assert "Statement Strength Why" in guide
    for said in ("moderate It has a source", "none Nothing is given", "growing worse"):
        assert said in guide
    # Two questions stand on the handout, and the guide says which.
    assert guide.count("on the handout") == 2
    assert "Exercises: " not in guide, "ids are for keys"
