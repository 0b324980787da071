"""Worksheets, keys and the guide of the course: what a teacher hands out, and marks by."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import page as page_validation
import pikepdf
import pytest
from conftest import DOCS, EXERCISES, ROOTS, Project
from courseware.bank.assignments import DrawnItem, assignment_paths, load_assignments
from courseware.bank.load import Bank, load_bank
from courseware.bank.model import (
    Choice,
    Classify,
    Discussion,
    Match,
    Numeric,
    Open,
    Order,
    ShortAnswer,
    Solved,
    TrueFalse,
)
from courseware.bank.select import Paper, resolve_all
from courseware.bank.versions import Version, versions_of
from pdftags import tags
from sheetsread import Asked, Sheet, body_of, folded, glance, pages_of, read_sheet, text_of, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from courseware.bank.model import BaseExercise

pytestmark = pytest.mark.xdist_group("sheets")

NAMES = [path.stem for path in assignment_paths(EXERCISES / "assignments")]
SHOWN = {"title", "context", "stem", "purpose"}


class Printed(NamedTuple):
    """An assignment with its papers, read back from their PDFs."""

    paper: Paper
    versions: list[Version]
    sheets: list[Sheet]
    key: str


@pytest.fixture(scope="module")
def folder(shared_build: Callable[[Path, str], Path]) -> Path:
    """Return the output folder of the course's papers."""
    return shared_build(DOCS, "sheets")


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank(EXERCISES / "bank")


@pytest.fixture(scope="module")
def papers(bank: Bank) -> dict[str, Paper]:
    assignments = load_assignments(assignment_paths(EXERCISES / "assignments"))
    return {paper.assignment.name: paper for paper in resolve_all(assignments, bank)}


def printed_of(paper: Paper, folder: Path, letters: str | None = None) -> Printed:
    """Return *paper* as it is printed in *folder*."""
    name, versions = paper.assignment.name, versions_of(paper, letters)
    ends = [f"-{version.letter}" if len(versions) > 1 else "" for version in versions]
    sheets = [read_sheet(folder / "pdf" / f"worksheet-{name}{end}.pdf") for end in ends]
    return Printed(paper, versions, sheets, body_of(folder / "instructor" / f"key-{name}.pdf"))


@pytest.fixture(scope="module", params=NAMES)
def printed(request: pytest.FixtureRequest, folder: Path, papers: dict[str, Paper]) -> Printed:
    return printed_of(papers[request.param], folder)


@pytest.fixture(scope="module")
def every_type(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """Return a paper of the small course in three versions, with each type of exercise."""
    project = Project(ROOTS / "test-course", tmp_path_factory.mktemp("every-type"))
    assert project.build("sheets") == []
    exercises = project.folder / "exercises"
    [assignment] = load_assignments([exercises / "assignments" / "every-type.yml"])
    [paper] = resolve_all([assignment], load_bank(exercises / "bank"))
    return printed_of(paper, project.output("", "sheets"))


# -- what is there


def test_every_assignment_has_its_worksheets_and_one_key(
    folder: Path, papers: dict[str, Paper]
) -> None:
    sheets = {path.name for path in (folder / "pdf").iterdir()}
    keys = {path.name for path in (folder / "instructor").iterdir()}
    expected = {
        f"worksheet-{name}{f'-{letter}' if count > 1 else ''}.pdf"
        for name, paper in papers.items()
        for count in [paper.assignment.text.versions]
        for letter in "ABCDEF"[:count]
    }
    assert len(NAMES) >= 12
    assert sheets == expected
    assert keys == {*(f"key-{name}.pdf" for name in NAMES), "instructor-guide.pdf"}


def test_worksheet_asks_every_question_with_its_points_and_minutes(printed: Printed) -> None:
    for version, sheet in zip(printed.versions, printed.sheets, strict=True):
        asked = [(each.title, each.points, each.minutes) for each in sheet.questions]
        assert asked == [
            (words(each.exercise.title), each.points, each.exercise.minutes)
            for each in version.questions
        ]
        assert [each.number for each in sheet.questions] == list(range(1, len(asked) + 1))


def test_points_and_minutes_add_up_to_what_the_head_says(printed: Printed) -> None:
    text = printed.paper.assignment.text
    for sheet in printed.sheets:
        points = sum(each.points for each in sheet.questions)
        minutes = text.minutes or sum(each.minutes for each in sheet.questions)
        assert minutes >= sum(each.minutes for each in sheet.questions)
        said = [f"{len(sheet.questions)} questions"]
        said += [f"{points} points"] if points else []
        assert sheet.before.endswith(" · ".join([*said, f"{minutes} minutes"]))


def test_head_has_title_instructions_and_lines_for_name_and_date(printed: Printed) -> None:
    text = printed.paper.assignment.text
    for sheet in printed.sheets:
        assert sheet.before.startswith(f"{words(text.title)} Name Date ")
        assert words(text.instructions) in sheet.before


def test_no_question_is_split_across_pages(printed: Printed) -> None:
    for sheet in printed.sheets:
        assert sheet.astray == []


def test_question_holds_its_context_stem_and_parts_in_reading_order(printed: Printed) -> None:
    for version, sheet in zip(printed.versions, printed.sheets, strict=True):
        for question in version.questions:
            asked = sheet.by_title(question.exercise.title)
            assert_reads(asked, question.exercise)


def assert_reads(asked: Asked, item: BaseExercise) -> None:
    """Assert that *asked* begins with what leads to the question, and then has all of its parts."""
    lead = words(item.stem)
    if item.context and "|" not in item.context:
        context = asked.text.index(words(item.context))
        assert context == 0
        assert context < asked.text.index(lead)
    elif not item.context:
        assert asked.text.startswith(lead)
    after = asked.text[asked.text.index(lead) + len(lead) :]
    for text in parts_of(item):
        assert words(text) in after, (item.id, text)


def parts_of(item: BaseExercise) -> list[str]:
    """Return what there is to choose from, to place or to move in *item*."""
    match item:
        case Choice():
            return [option.text for option in item.options]
        case TrueFalse():
            return ["True", "False"]
        case Match():
            texts = [text for pair in item.pairs for text in (pair.term, pair.match)]
            return [*texts, *(each.text for each in item.distractors)]
        case Order():
            return [step.text for step in item.steps]
        case Classify():
            return [*item.categories, *(each.text for each in item.items)]
        case Discussion():
            return [item.purpose]
    return []


# -- versions


def test_versions_ask_the_same_in_another_order(printed: Printed) -> None:
    first, *others = printed.sheets
    for other in others:
        assert Counter(other.titles) == Counter(first.titles)
        assert other.titles != first.titles
        for question in first.questions:
            twin = next(each for each in other.questions if each.title == question.title)
            assert sorted(twin.lettered.values()) == sorted(question.lettered.values())
            assert Counter(twin.text.split()) == Counter(question.text.split())


def test_some_question_has_its_options_in_another_order(printed: Printed) -> None:
    first, *others = printed.sheets
    for other in others:
        assert any(
            other.by_title(question.title).lettered != question.lettered
            for question in first.questions
        )


def test_seed_is_printed_on_what_was_shuffled_or_chosen(printed: Printed) -> None:
    assignment = printed.paper.assignment
    chosen = any(isinstance(item, DrawnItem) for item in assignment.text.items)
    for version, sheet in zip(printed.versions, printed.sheets, strict=True):
        count = sheet.questions[-1].page
        ends = [f"p. {number} of {count}" for number in range(1, count + 1)]
        by = version.seed or (assignment.seed if chosen else "")
        seed = f"Seed: {by} " if by else ""
        assert sheet.feet == [f"{seed}{end}" for end in ends]


def test_first_version_stands_as_written(printed: Printed) -> None:
    sheet = printed.sheets[0]
    for question in printed.paper.questions:
        item = question.exercise
        if isinstance(item, Choice):
            shown = list(sheet.by_title(item.title).lettered.values())
            stood = [words(option.text) for option in item.options]
            assert shown == stood
    titles = [words(question.exercise.title) for question in printed.paper.questions]
    assert sheet.titles == titles


# -- keys


def derived(item: BaseExercise, asked: Asked) -> str:
    """Return the answer to *item* as one reads it off the worksheet, knowing what is right."""
    match item:
        case Choice():
            right = [words(option.text) for option in item.options if option.correct]
            return ", ".join(letter for letter, text in asked.lettered.items() if text in right)
        case TrueFalse():
            return "True" if item.answer else "False"
        case Match():
            letters = {text: letter for letter, text in asked.lettered.items()}
            terms = asked.in_order(pair.term for pair in item.pairs)
            match_of = {pair.term: words(pair.match) for pair in item.pairs}
            return " ".join(letters[match_of[term]] for term in terms)
        case Order():
            right = [step.text for step in item.steps]
            return " ".join(str(right.index(text) + 1) for text in asked.in_order(right))
        case ShortAnswer():
            return words(item.accepted[0])
        case Numeric():
            return f"{item.answer:,.10g} {item.unit or ''}".strip()
        case Classify():
            return "grid below"
        case Open():
            return "rubric below"
    return "talk"


def assert_key_fits(printed: Printed) -> None:
    """Assert that every answer of the key is right on the worksheet that it speaks of."""
    titles = [words(each.exercise.title) for each in printed.paper.questions]
    table = glance(printed.key, titles, len(printed.versions))
    for question in printed.paper.questions:
        item = question.exercise
        points, cells = table[words(item.title)]
        assert points == question.points
        for sheet, cell in zip(printed.sheets, cells, strict=True):
            asked = sheet.by_title(item.title)
            assert cell == f"{asked.number}. {derived(item, asked)}", item.id


def test_key_fits_each_version(printed: Printed) -> None:
    assert_key_fits(printed)


def test_key_fits_each_version_whatever_the_type(every_type: Printed) -> None:
    types = {question.exercise.kind for question in every_type.paper.questions}
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


def test_key_says_why(printed: Printed) -> None:
    for question in printed.paper.questions:
        item = question.exercise
        for _, feedback in item.feedbacks():
            assert words(feedback) in printed.key, item.id
        if isinstance(item, Solved) and "|" not in item.solution:
            assert words(item.solution.replace("\n\n", " ")) in printed.key
        if isinstance(item, Classify):
            for each in item.items:
                assert f"{words(each.text)} {words(each.category)} " in printed.key


def test_key_has_model_answer_and_rubric(papers: dict[str, Paper], folder: Path) -> None:
    found = 0
    for name, paper in papers.items():
        text = body_of(folder / "instructor" / f"key-{name}.pdf")
        for question in paper.questions:
            if isinstance(question.exercise, Open):
                found += 1
                assert words(question.exercise.model_answer) in text
                for criterion in question.exercise.rubric:
                    assert words(criterion.criterion) in text
                    assert all(words(level) in text for level in criterion.levels)
    assert found >= 4


def test_key_names_the_essay_page_of_each_question(printed: Printed) -> None:
    for question in printed.paper.questions:
        title = words(question.exercise.title)
        after = printed.key[printed.key.index(f". {title} ", printed.key.index(" All ")) :]
        assert re.match(rf"\. {re.escape(title)} .{{0,120}}· essay pp?\. \d", after)


def test_key_has_notes_for_the_talk(every_type: Printed) -> None:
    [item] = [
        question.exercise
        for question in every_type.paper.questions
        if isinstance(question.exercise, Discussion)
    ]
    for text in (item.purpose, *item.listen_for, *item.follow_ups):
        assert words(text) in every_type.key


def test_guide_holds_all_keys_and_all_notes(
    folder: Path, bank: Bank, papers: dict[str, Paper]
) -> None:
    text = body_of(folder / "instructor" / "instructor-guide.pdf")
    whole = text_of(folder / "instructor" / "instructor-guide.pdf")
    talks = [item for item in bank.by_id.values() if isinstance(item, Discussion)]
    assert len(talks) >= 40
    for item in talks:
        for said in (item.purpose, *item.listen_for, *item.follow_ups):
            assert words(said) in text, item.id
    for paper in papers.values():
        assert f'Key to "{words(paper.assignment.text.title)}"' in whole
        assert all(words(each.exercise.answer_text.split("\n")[0])[:40] in text
                   for each in paper.questions)  # fmt: skip


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


# -- as files


def every_pdf(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/*.pdf"))


def test_papers_conform_to_pdf_ua(folder: Path) -> None:
    for path in every_pdf(folder):
        report = page_validation.validate_pdf(str(path), profile="ua1")
        assert report.is_compliant, (path.name, report.to_dict())


def test_tags_say_what_things_are(folder: Path) -> None:
    for path in every_pdf(folder):
        with pikepdf.open(path) as pdf:
            found = tags(pdf)
            assert str(pdf.Root.Lang) == "en-GB"
            assert str(pdf.docinfo["/Title"])
        kinds = Counter(tag.kind for tag in found)
        levels = [int(tag.kind[1]) for tag in found if re.fullmatch(r"H\d", tag.kind)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        headers = [tag for tag in found if tag.kind == "TH"]
        assert {tag.scope for tag in headers} <= {"Column"}
        assert len(headers) >= 2 * kinds["Table"]
        assert all(tag.alt for tag in found if tag.kind == "Figure")
        assert kinds["LI"] == kinds["LBody"]


def test_each_question_is_a_heading_of_its_own(folder: Path, papers: dict[str, Paper]) -> None:
    for name, paper in papers.items():
        for path in (folder / "pdf").glob(f"worksheet-{name}*.pdf"):
            with pikepdf.open(path) as pdf:
                heads = [tag for tag in tags(pdf) if tag.kind == "H2"]
            if path.stem.removeprefix(f"worksheet-{name}") in {"", "-A", "-B"}:
                assert len(heads) == len(paper.questions)


def test_accents_come_out_right(folder: Path) -> None:
    text = text_of(folder / "instructor" / "instructor-guide.pdf")
    assert {"Juárez", "Mérida", "Michoacán", "officials"} <= set(re.findall(r"\w+", text))
    assert not re.search("[\ufb00-\ufb06\ufffd]", text)


def test_same_sources_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = Project(DOCS, tmp_path)
    assert again.build("sheets", parallel=2) == []
    for path in every_pdf(folder):
        twin = again.output(str(path.relative_to(folder)), "sheets")
        assert twin.read_bytes() == path.read_bytes(), path.name


def test_pages_say_whose_sheet_they_are(folder: Path) -> None:
    pages = pages_of(folder / "pdf" / "worksheet-final-B.pdf")
    assert pages[0][0] == "Four Pillars Version B"
    assert {page[0] for page in pages[1:]} == {"Final paper: all chapters, version B Name"}
    assert len(pages) > 2
    assert folded("a\u00a0b") == "a b"
