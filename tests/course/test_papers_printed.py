"""Worksheets, keys and the guide of the course: what a teacher hands out, and marks by."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
from coursepdfs import on_letter
from coursepdfs import printed as printed_course
from courseware.bank.assignments import assignment_paths, load_assignments
from courseware.bank.load import Bank, load_bank
from courseware.bank.model import (
    Audience,
    Choice,
    Classify,
    Discussion,
    Match,
    MultipleResponse,
    Numeric,
    Open,
    Order,
    Solved,
    TrueFalse,
)
from courseware.bank.parts import feedbacks
from courseware.bank.select import Paper, resolve_all
from courseware.bank.versions import versions_of
from courseware.pages.exercises.build import number_text
from courseware.sheets.key import BESIDE, at_a_glance
from courseware.sheets.orders import Order as PrintOrder
from courseware.sheets.questions import MARKED
from docutils import nodes
from ours import ACCENTED, DOCS, EXERCISES, LIGATURE, SETTINGS, TOPICS, needs
from papersread import Printed, assert_key_fits, blank_parts, printed_of
from pdftags import tags
from sheetsread import (
    Asked,
    body_of,
    folded,
    pages_of,
    shapes_of,
    text_of,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Builds
    from courseware.bank.model import Exercise

NAMES = [path.stem for path in assignment_paths(EXERCISES / "assignments")]
#: Pages of the key to a quiz at most, and what part of a page but the last may be blank.
# Letter is shorter than A4, and tables of a few rows stay whole.
QUIZ_KEY, BLANK = {"a4": 3, "letter": 4}, 0.33


@pytest.fixture(scope="module")
def folder(shared_build: Builds) -> Path:
    """Return the folder of the course's papers; other PDFs are among them."""
    return printed_course(shared_build)


@pytest.fixture(scope="module")
def keys_on(folder: Path, shared_build: Builds) -> dict[str, list[Path]]:
    """Return the keys on A4, and those to quizzes on US letter."""
    other = on_letter(shared_build).glob("instructor/key-quiz-*")
    return {"a4": sorted(folder.glob("instructor/key-*")), "letter": sorted(other)}


def is_quiz(path: Path) -> bool:
    """Tell whether *path* is the file of a quiz, or of a key to one."""
    return path.name.removeprefix("key-").startswith("quiz-")


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank(EXERCISES / "bank")


@pytest.fixture(scope="module")
def papers(bank: Bank) -> dict[str, Paper]:
    assignments = load_assignments(assignment_paths(EXERCISES / "assignments"))
    return {paper.assignment.name: paper for paper in resolve_all(assignments, bank)}


@pytest.fixture(scope="module", params=NAMES)
def printed(request: pytest.FixtureRequest, folder: Path, papers: dict[str, Paper]) -> Printed:
    return printed_of(papers[request.param], folder)


# -- what is there


def test_every_assignment_has_its_worksheets_and_one_key(
    folder: Path, papers: dict[str, Paper]
) -> None:
    sheets = {path.name for path in (folder / "pdf").glob("worksheet-*")}
    keys = {path.name for path in (folder / "instructor").iterdir()}
    expected = {
        f"worksheet-{name}{f'-{letter}' if count > 1 else ''}.pdf"
        for name, paper in papers.items()
        for count in [paper.assignment.text.versions]
        for letter in "ABCDEF"[:count]
    }
    assert NAMES
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
        total = f" Points / {points}" if points else ""
        assert sheet.before.endswith(" · ".join([*said, f"{minutes} minutes"]) + total)


def test_head_has_title_instructions_and_lines_for_name_and_date(printed: Printed) -> None:
    text = printed.paper.assignment.text
    for sheet in printed.sheets:
        names = "Name Class Date" + (text.names - 1) * " Name"
        assert sheet.before.startswith(f"{words(text.title)} {names} ")
        assert not sheet.before.startswith(f"{words(text.title)} {names} Name ")
        assert words(text.instructions) in sheet.before


def test_no_question_is_split_across_pages(printed: Printed) -> None:
    # Where several share a sheet, each has lines of their own, which begin with the name.
    shared = printed.paper.assignment.text.names > 1
    for sheet in printed.sheets:
        assert set(sheet.astray) <= ({"Name"} if shared else set())


def test_question_holds_its_context_stem_and_parts_in_reading_order(printed: Printed) -> None:
    for version, sheet in zip(printed.versions, printed.sheets, strict=True):
        for question in version.questions:
            asked = sheet.by_title(question.exercise.title)
            assert_reads(asked, question.exercise)


def assert_reads(asked: Asked, item: Exercise) -> None:
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


def parts_of(item: Exercise) -> list[str]:
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


def test_no_rule_crosses_a_box_for_points(folder: Path, printed: Printed) -> None:
    found = 0
    for path in (folder / "pdf").glob(f"worksheet-{printed.paper.assignment.name}*.pdf"):
        for page in shapes_of(path):
            boxes = [each for each in page if each.is_about(34.0, 18.1)]  # 12 by 6.4 mm
            rules = [each for each in page if each.height < 2 and each.width > 100]
            found += len(boxes)
            assert [(box, rule) for box in boxes for rule in rules if rule.crosses(box)] == []
    points = [question.points for question in printed.paper.questions]
    assert found == len(printed.versions) * sum(map(bool, points))


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_key_is_short_and_its_pages_are_full(keys_on: dict[str, list[Path]], paper: str) -> None:
    """Explanations run on; a heading goes on with what it is the head of."""
    keys = keys_on[paper]
    assert sum(map(is_quiz, keys)) == sum(name.startswith("quiz-") for name in NAMES)
    for path in keys:
        pages = pages_of(path)
        assert not is_quiz(path) or len(pages) <= QUIZ_KEY[paper], path.name
        assert [part for part in blank_parts(path) if part > BLANK] == [], path.name
        assert [lines[-2] for lines in pages if re.match(r"\d+\. .+[^.]$", lines[-2])] == []


def test_students_sheets_say_nothing_of_seeds(printed: Printed) -> None:
    """By what a paper can be made again stands on its key."""
    assignment = printed.paper.assignment
    for sheet in printed.sheets:
        count = len(sheet.feet)
        assert sheet.questions[-1].page == count or assignment.text.names > 1
        ends = [f"p. {number} of {count}" for number in range(1, count + 1)]
        assert sheet.feet == ends
    assert f"Seed: {assignment.seed}. " in printed.key


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


def test_only_the_right_number_has_a_range(printed: Printed) -> None:
    numbers = [q.exercise for q in printed.paper.questions if isinstance(q.exercise, Numeric)]
    times = len(printed.versions) + 1  # at a glance, and where it is explained
    assert printed.key.count(" (accept ") == times * sum(item.tolerance > 0 for item in numbers)
    for item in numbers:
        for wrong in item.expected:
            value = number_text(wrong.value, item.unit)
            assert f"{value}: {words(wrong.feedback)}" in printed.key


def test_key_fits_each_version(printed: Printed) -> None:
    assert_key_fits(printed)


def test_key_says_why(printed: Printed) -> None:
    for question in printed.paper.questions:
        item = question.exercise
        for _, feedback in feedbacks(item):
            assert words(feedback) in printed.key, item.id
        if isinstance(item, Solved) and "|" not in item.solution:
            assert words(item.solution.replace("\n\n", " ")) in printed.key
        if isinstance(item, Classify):
            for each in item.items:
                column = item.categories.index(each.category) + 1
                assert f"{words(each.text)} {words(each.category)} ({column}) " in printed.key


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
    open_ones = [
        q for paper in papers.values() for q in paper.questions if isinstance(q.exercise, Open)
    ]
    assert found == len(open_ones)


def test_key_names_the_essay_page_of_each_question(printed: Printed) -> None:
    for number, question in enumerate(printed.paper.questions, 1):
        title = re.escape(words(question.exercise.title))
        assert re.search(rf" {number}\. {title} .{{0,120}}· essay pp?\. \d", printed.key)


@pytest.mark.parametrize(("letters", "tables"), [("ABC", 1), ("ABCDE", 2)])
@needs("exercises/assignments/final.yml")
def test_so_many_versions_stand_beside_one_another(
    papers: dict[str, Paper], letters: str, tables: int
) -> None:
    paper = papers["final"]
    found = list(at_a_glance(PrintOrder(paper, versions_of(paper, letters))))
    assert sum(isinstance(each, nodes.table) for each in found) == tables
    heads = [head.astext() for each in found for head in each.findall(nodes.thead)]
    assert sum(head.count("Version ") for head in heads) == len(letters)
    assert max(head.count("Version ") for head in heads) == BESIDE


def test_names_and_seeds_stand_in_the_last_line_alone(printed: Printed) -> None:
    words_of_key, _, last = printed.key.rpartition(" Exercises: ")
    assert "Seed: " in last
    assert "Seed: " not in words_of_key
    for question in printed.paper.questions:
        assert question.exercise.id in last
        assert question.exercise.id not in words_of_key


@needs("exercises/assignments/entry-ticket.yml")
def test_key_has_no_points_where_nothing_is_worth_any(
    folder: Path, papers: dict[str, Paper]
) -> None:
    key = body_of(folder / "instructor" / "key-entry-ticket.pdf")
    assert papers["entry-ticket"].points == 0
    assert "oints" not in key
    assert "Partly right" not in key


def test_rubric_is_on_a_worksheet_that_asks_for_it(printed: Printed) -> None:
    for sheet in printed.sheets:
        for question in printed.paper.questions:
            item = question.exercise
            if isinstance(item, Open):
                text = sheet.by_title(item.title).text
                heads = " ".join(words(each.criterion) for each in item.rubric)
                assert (f"{MARKED} Points {heads} " in text) is question.rubric
                for level in (words(level) for each in item.rubric for level in each.levels):
                    assert (level in text) is question.rubric or len(level.split()) < 4


@needs("exercises/assignments/evidence-workshop.yml")
def test_workshop_shows_students_the_rubric_and_has_room_for_notes(
    papers: dict[str, Paper], folder: Path
) -> None:
    paper = papers["evidence-workshop"]
    assert [question.rubric for question in paper.questions] == [False, False, True]
    [sheet] = printed_of(paper, folder).sheets
    assert " Notes" in sheet.questions[1].text


def test_quizzes_ask_nothing_that_pages_answer(papers: dict[str, Paper]) -> None:
    for name, paper in papers.items():
        if name.startswith("quiz-"):
            audiences = {question.exercise.audience for question in paper.questions}
            assert audiences == {Audience.CLASS}, name


def test_papers_without_course_pages_ask_nothing_that_stands_there_alone(
    papers: dict[str, Paper],
) -> None:
    closed = [
        p for p in papers.values() if "not the course pages" in p.assignment.text.instructions
    ]
    assert closed
    for paper in closed:
        for item in (question.exercise for question in paper.questions):
            asked = " ".join([item.context or "", item.stem, *parts_of(item)])
            assert not re.search(r"the (chapter|course)\b|this (chapter|page)\b", asked), item.id


# -- how partly right answers are marked


SLIPS = {
    MultipleResponse: "(multiple response)",
    Match: "(match)",
    Order: "(order)",
    Classify: "(classify)",
}


def test_key_and_worksheet_say_how_partly_right_answers_are_marked(printed: Printed) -> None:
    questions = printed.paper.questions
    if not printed.paper.points:
        return
    [rules] = re.findall(r"Partly right\. (.+?) 1\. ", printed.key)
    for kind, said in SLIPS.items():
        several = any(isinstance(q.exercise, kind) and q.points > 1 for q in questions)
        assert (said in rules) is several, kind
    working = any(isinstance(q.exercise, Numeric) and q.points > 1 for q in questions)
    single = any(q.points == 1 for q in questions)
    assert ("half the points" in rules) is working
    assert ("rubric" in rules) is any(isinstance(q.exercise, Open) for q in questions)
    assert ("worth 1 point" in rules) is single
    for sheet in printed.sheets:
        assert ("half the points" in sheet.before) is working
        assert ("each slip costs 1 point" in sheet.before) is ("each slip costs 1 point" in rules)
        assert ("A question of 1 point" in sheet.before) is single
        assert ("A right number earns all points" in sheet.before) is working


def test_several_parts_and_reckoning_are_worth_more_than_a_tick(printed: Printed) -> None:
    several = (MultipleResponse, Match, Order, Classify, Numeric)
    for question in printed.paper.questions:
        item = question.exercise
        if printed.paper.points and isinstance(item, several) and item.minutes >= 3:
            assert question.points >= 2, item.id


# -- how the pen is used


def test_questions_say_how_the_pen_is_used(printed: Printed) -> None:
    said = {
        Order: "Number the boxes: 1 for the first step, 2 for the next, up to ",
        Classify: "Tick one box in each row.",
        Match: "Write one letter on each line",
    }
    for sheet in printed.sheets:
        for question in printed.paper.questions:
            item = question.exercise
            text = sheet.by_title(item.title).text
            for kind, how in said.items():
                assert (f"{words(item.stem)} {how}" in text) is isinstance(item, kind), item.id
            if isinstance(item, Match):
                assert ("left over" in text) is bool(item.distractors)


def test_guide_holds_all_notes_and_leaves_keys_to_their_files(folder: Path, bank: Bank) -> None:
    text = body_of(folder / "instructor" / "instructor-guide.pdf")
    talks = [item for item in bank.by_id.values() if isinstance(item, Discussion)]
    assert len(talks) >= SETTINGS.bank.discussions * len(TOPICS)
    for item in talks:
        for said in (item.purpose, *item.listen_for, *item.follow_ups):
            assert words(said) in text, item.id
    assert "Key to " not in text


def in_class(paper: Paper, bank: Bank) -> tuple[int, list[int]]:
    """Return by what papers are sorted in the order in which a class meets them."""
    chapters = sorted(
        {TOPICS.index(bank.chapter_of[question.exercise.id]) for question in paper.questions}
    )
    if not paper.points:
        return 0, chapters
    if paper.assignment.text.names > 1:
        return 2, chapters
    return (1, chapters) if len(chapters) == 1 else (3, [len(chapters)])


def test_guide_begins_with_how_it_is_used_and_goes_on_as_a_class_does(
    folder: Path, papers: dict[str, Paper], bank: Bank
) -> None:
    pages = pages_of(folder / "instructor" / "instructor-guide.pdf")
    front = folded(" ".join(line for page in pages[2:6] for line in page))
    first = front[front.index("How to use this guide Plan a lesson ") :]
    # What costs nothing, then what is on one chapter, then what is done in groups, then the rest.
    met = sorted(papers, key=lambda name: in_class(papers[name], bank))
    # A line may break at any hyphen; a copy of the course has no noxfile to name nox for.
    together = first.replace(" ", "")
    table = together[together.index("NameTitle") :]
    titles = {name: words(papers[name].assignment.text.title).replace(" ", "") for name in met}
    places = [table.index(f"{name}{titles[name]}") for name in met]
    assert places == sorted(places)
    assert any(f"assign{name}--versionsA,B" in together for name in NAMES)
    assert "Bold is right." in first
    assert all(said in first for said in SLIPS.values())
    text = body_of(folder / "instructor" / "instructor-guide.pdf")
    files = sorted(bank.files, key=lambda file: TOPICS.index(file.chapter))
    for number, file in enumerate(files, 1):
        for at, item in enumerate(file.discussions, 1):
            assert f" {number}.{at} {words(item.title)} " in text


def test_every_key_says_that_bold_is_right(printed: Printed) -> None:
    assert printed.key.index("Bold is right.") < printed.key.index(" No. ")


def test_key_says_what_is_also_a_self_check(printed: Printed, bank: Bank) -> None:
    checks = [q for q in printed.paper.questions if q.exercise.audience is Audience.SELF_CHECK]
    found = re.findall(
        r"· also a self-check, (\d)\.\d+, with its answer in the workbook", printed.key
    )
    assert found == [str(TOPICS.index(bank.chapter_of[q.exercise.id]) + 1) for q in checks]


@needs("exercises/assignments/final.yml")
def test_foot_of_a_key_does_not_take_the_course_for_a_version(folder: Path) -> None:
    for page in pages_of(folder / "instructor" / "key-final.pdf"):
        assert re.match(r"Course \d\S* Not for students p\. \d+ of \d+$", page[-1])


# -- as files


def every_pdf(folder: Path) -> list[Path]:
    return sorted([*folder.glob("pdf/worksheet-*.pdf"), *folder.glob("instructor/*.pdf")])


def test_papers_conform_to_pdf_ua(folder: Path) -> None:
    for path in every_pdf(folder):
        report = page_validation.validate_pdf(str(path), profile="ua1")
        assert report.is_compliant, (path.name, report.to_dict())


def test_tags_say_what_things_are(folder: Path) -> None:
    for path in every_pdf(folder):
        with pikepdf.open(path) as pdf:
            found = tags(pdf)
            assert str(pdf.Root.Lang) == SETTINGS.language
            assert str(pdf.docinfo["/Title"])
        kinds = Counter(tag.kind for tag in found)
        levels = [int(tag.kind[1]) for tag in found if re.fullmatch(r"H\d", tag.kind)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        headers = [tag for tag in found if tag.kind == "TH"]
        assert {tag.scope for tag in headers} <= {"Column", "Row"}
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


def test_accents_come_out_right(folder: Path, bank: Bank) -> None:
    talks = [item for item in bank.by_id.values() if isinstance(item, Discussion)]
    notes = [words(note) for item in talks for note in (item.purpose, *item.listen_for)]
    spoilt = re.findall(rf"\b(?:{ACCENTED}|{LIGATURE})\b", " ".join(notes))
    assert spoilt
    text = text_of(folder / "instructor" / "instructor-guide.pdf")
    assert set(spoilt) <= set(re.findall(r"\w+", text))
    assert not re.search("[\ufb00-\ufb06\ufffd]", text)


def test_same_sources_give_the_same_bytes(
    folder: Path, shared_rebuild: Callable[[Path, str], Path]
) -> None:
    again = shared_rebuild(DOCS, "sheets")
    for path in every_pdf(folder):
        twin = again / path.relative_to(folder)
        assert twin.read_bytes() == path.read_bytes(), path.name


@needs("exercises/assignments/final.yml")
def test_pages_say_whose_sheet_they_are(folder: Path) -> None:
    pages = pages_of(folder / "pdf" / "worksheet-final-B.pdf")
    assert pages[0][0] == f"{SETTINGS.title} Version B"
    assert {page[0] for page in pages[1:]} == {"Final paper: all chapters, version B Name"}
    assert len(pages) > 2
    assert folded("a\u00a0b") == "a b"
