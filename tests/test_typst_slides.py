"""Slides of a chapter: what is asked, then what is right, in letters for the last row."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
from conftest import ROOTS, Project
from courseware.typst.drawings import Drawing, read_drawing
from courseware.typst.layouts.slide_figures import in_runs
from courseware.typst.layouts.slides import LEAST, ROOM
from editions import built, coloured
from pdftags import tags
from sheetsread import text_of
from slidesread import Slide, read_slides
from test_types import SAMPLES

if TYPE_CHECKING:
    from pathlib import Path

DECK = {
    "start": "chapters/counting",
    "target": "slides-counting",
    "layout": "slides",
    "edition": "Small course, slides",
    "licence": "Free for all",
    "language": "en-GB",
    "date": "2026-01-01",
}
BANK = "exercises/bank/counting.yml"


def with_slides(project: Project, *more: dict[str, str]) -> Project:
    """Let *project* print slides of its chapter, and *more*."""
    with (project.folder / "conf.py").open("a", encoding="utf-8") as file:
        file.write(f"\ntypst_documents = {[DECK, *more]!r}\n")
    return project


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the slides of the small course's chapter."""
    project = with_slides(Project(ROOTS / "test-course", tmp_path_factory.mktemp("slides")))
    assert project.build("typst") == []
    return project.output("slides-counting.pdf", "typst")


@pytest.fixture(scope="module")
def slides(pdf: Path) -> list[Slide]:
    """Return those slides, read back."""
    return read_slides(pdf)


def pair(slides: list[Slide], number: int) -> tuple[Slide, Slide]:
    """Return the slides that ask and answer the exercise *number*."""
    name = f"Exercise 1.{number}: "
    asked, answered = (each for each in slides if each.title.startswith(name))
    return asked, answered


def test_slides_stand_in_the_order_of_a_lesson(slides: list[Slide]) -> None:
    titles = [each.title for each in slides]
    exercises = [name for name in titles if name.startswith("Exercise")]
    talks = [name for name in titles if name.startswith("Discussion")]
    assert titles == [
        "1 Counting",
        "Central question",
        *("Before you read (1 of 2)", "Before you read (2 of 2)"),
        "Plain summary",
        *exercises,
        *talks,
        *("What the chapter found (1 of 2)", "What the chapter found (2 of 2)"),
        "Key points",
        "Where the rest is",
    ]
    assert len(exercises) == 18
    assert [name.endswith("the answer") for name in exercises] == [False, True] * 9
    assert len(talks) == 4


def test_first_slide_says_what_this_is_and_the_last_where_the_rest_is(slides: list[Slide]) -> None:
    for words in ("Counting", DECK["edition"], DECK["licence"]):
        assert words in slides[0].text
    assert DECK["licence"] in slides[-1].text
    assert "Counting" in slides[-1].text


def test_guess_is_asked_before_and_comes_back_with_what_was_found(slides: list[Slide]) -> None:
    by_title = {each.title: each.text for each in slides}
    assert "Who counted?" in by_title["Before you read (2 of 2)"]
    assert "ninety" not in by_title["Before you read (2 of 2)"]
    found = by_title["What the chapter found (2 of 2)"]
    assert "Who counted? It does not say, and its source counted ninety." in found


#: What the answer's slide says: what is right, and why.
ANSWERS = {
    "single-choice": ("Thefts in a year", "Right. The essay says thefts on p. 1"),
    "multiple-response": ("A place that is named", "b) Right. Without a place"),
    "true-false": ("False", "Right. The source says ninety"),
    "numeric": ("800 per 100,000", "Right. A hundred over 12,500"),
    "match": ("2. Rate: C) how many for each of something", "a rate divides"),
    "order": ("1. C) A theft happens", "Theft, report, count, quotation"),
    "classify": ("2. Theft is growing worse: judgement", "a judgement and a prediction"),
    "short-answer": ("denominator", "Right. The denominator stands below the line"),
    "open": ("A model answer: It can be trusted as far as", "its source goes"),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_each_type_is_asked_on_one_slide_and_answered_on_the_next(
    slides: list[Slide], kind: str
) -> None:
    number = list(ANSWERS).index(kind) + 1
    asked, answered = pair(slides, number)
    assert slides.index(answered) == slides.index(asked) + 1
    right, why = ANSWERS[kind]
    assert SAMPLES[kind].asked in asked.text
    assert right in answered.text
    assert why in answered.text
    assert why not in asked.text
    for ruled in ("Answer:", "____", "Answers to the exercises"):
        assert ruled not in asked.text, "there is nothing to write on"


def test_every_type_that_is_practised_has_slides() -> None:
    assert set(SAMPLES) - set(ANSWERS) == {"discussion"}


def test_right_options_are_marked_and_no_others(slides: list[Slide]) -> None:
    asked, answered = pair(slides, 2)
    assert "\u2713" not in asked.text
    assert answered.text.count("\u2713") == 2
    for words in ("A period of time", "A place that is named"):
        assert f"\u2713 {words}" in answered.text
    # All stand where they stood.
    assert "c) A famous author" in answered.text


def test_all_can_be_read_from_the_last_row(slides: list[Slide]) -> None:
    assert [fault for each in slides for fault in each.faults()] == []


def test_slides_conform_and_are_headed_one_by_one(pdf: Path) -> None:
    report = page_validation.validate_pdf(str(pdf), profile="ua1")
    assert report.is_compliant, report.to_dict()
    with pikepdf.open(pdf) as opened:
        kinds = [tag.kind for tag in tags(opened)]
        assert kinds.count("H1") == 1
        assert kinds.count("H2") == len(opened.pages) - 1
        assert "/PageLabels" in opened.Root


def test_long_context_gets_a_slide_and_nothing_is_lost(course: Project) -> None:
    words = " ".join(f"word{at}" for at in range(80))
    course.edit(BANK, "A town of 12,500 people has", f"{words}. A town of 12,500 people has")
    assert with_slides(course).build("typst") == []
    slides = read_slides(course.output("slides-counting.pdf", "typst"))
    first = next(at for at, each in enumerate(slides) if each.title == "Exercise 1.4: The rate")
    context, question = slides[first : first + 2]
    assert "word0 " in context.text
    assert "word79. A town" in context.text
    assert "How many thefts" not in context.text
    assert "How many thefts" in question.text
    assert question.titles == (), "the outline has each slide once"
    assert "Exercise 1.4: The rate" in question.text
    assert slides[first + 2].title == "Exercise 1.4: the answer"
    assert [fault for each in slides for fault in each.faults()] == []


def test_context_longer_than_a_slide_goes_on(course: Project) -> None:
    words = [f"word{at}" for at in range(400)]
    course.edit(BANK, "A town of 12,500 people", f"{' '.join(words)}. A town of 12,500 people")
    assert with_slides(course).build("typst") == []
    slides = read_slides(course.output("slides-counting.pdf", "typst"))
    first = next(at for at, each in enumerate(slides) if each.title == "Exercise 1.4: The rate")
    last = next(at for at, each in enumerate(slides) if each.title == "Exercise 1.4: the answer")
    shown = slides[first:last]
    assert all(each.text.startswith("Exercise 1.4: The rate") for each in shown)
    found = " ".join(each.text for each in shown).replace(".", "").split()
    assert [word for word in found if word.startswith("word")] == words
    faults = [fault for each in slides for fault in each.faults()]
    assert [fault for fault in faults if "0 headings" not in fault] == []


def test_what_texts_may_have_is_large_and_conforms(course: Project) -> None:
    more = "says `some code`.\n\n      > A quotation.\n\n      - one\n      - two\n"
    course.edit(BANK, "has the author's hundred thefts.\n", more)
    point = "A number[^n] {ledger}`L001`, {math}`r = \\frac{n}{N}`, has a counter."
    course.edit("chapters/counting.md", "A number has a counter.", point)
    note = "\n[^n]: The note of a number.\n\n- {cite:t}`jones2010rate`"
    course.edit("chapters/counting.md", "\n- {cite:t}`jones2010rate`", note)
    assert with_slides(course).build("typst") == []
    pdf = course.output("slides-counting.pdf", "typst")
    slides = read_slides(pdf)
    assert [fault for each in slides for fault in each.faults()] == []
    points = next(each for each in slides if each.title == "Key points")
    assert "The note of a number." in points.text
    assert "L001" not in points.text
    assert "A number1, " in points.text, "no space is left before the comma"
    assert page_validation.validate_pdf(str(pdf), profile="ua1").is_compliant


def test_page_without_exercises_and_blocks_has_a_title_and_an_end(course: Project) -> None:
    plain = {**DECK, "start": "other", "target": "plain", "title": "Other"}
    assert with_slides(course, plain).build("typst") == []
    slides = read_slides(course.output("plain.pdf", "typst"))
    assert len(slides) == 2
    assert slides[-1].title == "Where the rest is"
    assert "slides-counting.pdf" not in slides[-1].text
    assert [fault for each in slides for fault in each.faults()] == []


def test_no_exercise_for_class_is_on_slides(pdf: Path) -> None:
    text = text_of(pdf).casefold()
    assert "classonly" not in text
    assert "teachernote" not in text


def test_editions_print_no_second_copy_but_in_grey(course: Project) -> None:
    with_slides(course, {**DECK, "target": "sheet", "layout": "handout"})
    made = built(course, "typst", typst_edition="letter large-print")
    assert {path.name for path in made.glob("*.pdf")} == {"sheet-letter-large-print.pdf"}
    built(course, "typst", typst_edition="letter greyscale")
    assert {path.name for path in made.glob("slides*.pdf")} == {"slides-counting-greyscale.pdf"}
    grey = made / "slides-counting-greyscale.pdf"
    assert coloured(grey) == 0
    built(course, "typst")
    normal = made / "slides-counting.pdf"
    assert coloured(normal) > 30
    assert text_of(normal) == text_of(grey)
    # Asked for by themselves they are made, as they always are.
    before = normal.read_bytes()
    normal.unlink()
    built(course, "typst", typst_edition="large-print", typst_only=["slides-counting"])
    assert normal.read_bytes() == before


def test_name_of_a_chapter_means_the_first_of_its_pdfs(course: Project) -> None:
    with (course.folder / "conf.py").open("a", encoding="utf-8") as file:
        handout = {**DECK, "target": "sheet", "layout": "handout"}
        file.write(f"\ntypst_documents = {[handout, DECK]!r}\n")
    made = built(course, "typst", typst_only=["counting"])
    assert {path.name for path in made.glob("*.pdf")} == {"sheet.pdf"}


def test_drawn_figure_stands_large_with_its_sources(tmp_path: Path) -> None:
    project = Project(ROOTS / "test-figures", tmp_path)
    deck = {**DECK, "start": "thefts", "target": "slides"}
    with (project.folder / "conf.py").open("a", encoding="utf-8") as file:
        file.write(f"\ntypst_documents = {[deck]!r}\n")
    assert project.build("typst") == []
    pdf = project.output("slides.pdf", "typst")
    slides = read_slides(pdf)
    assert [fault for each in slides for fault in each.faults()] == []
    figure = next(each for each in slides if each.title.startswith("Figure"))
    assert "Source:" in figure.text
    assert "Smith" in figure.text
    with pikepdf.open(pdf) as opened:
        figures = [tag for tag in tags(opened) if tag.kind == "Figure"]
    assert figures
    assert all(tag.alt for tag in figures)
    report = page_validation.validate_pdf(str(pdf), profile="ua1")
    assert report.is_compliant, report.to_dict()


@pytest.mark.parametrize("height", [100.0, 220.0, 300.0, 450.0, 900.0, 9000.0])
def test_high_figure_is_shown_in_parts_that_can_be_read(height: float) -> None:
    words = tuple((float(top), top + 9.0) for top in range(3, int(height) - 9, 14))
    parts = Drawing(270.0, height, words, 8.5).parts(ROOM, LEAST)
    assert parts[0][0] == 0.0
    assert parts[-1][1] == 1.0
    assert len(parts) == 1 or height > 220
    for start, end in parts:
        scale = min(ROOM[0] / 270, ROOM[1] / ((end - start) * height))
        assert 8.5 * scale >= LEAST - 0.001
    for (_, end), (start, _) in pairwise(parts):
        assert start == end, "nothing is left out"
        assert not any(top < end * height < bottom for top, bottom in words)


def test_parts_end_where_nothing_is_drawn_if_they_can() -> None:
    words = tuple((top, top + 9.0) for top in (10.0, 100.0, 145.0, 250.0, 280.0, 380.0))
    # Three panels, of which two have no room together.
    panels = ((2.0, 126.0), (135.0, 261.0), (270.0, 398.0))
    drawing = Drawing(270.0, 400.0, words, 8.5, panels)
    cuts = [start * 400 for start, _ in drawing.parts(ROOM, LEAST)[1:]]
    assert len(cuts) == 2
    assert not any(top < cut < bottom for top, bottom in panels for cut in cuts)
    # So they do rather than where there is a little room within a panel.
    tight = ((2.0, 126.0), (135.0, 200.0), (201.0, 261.0), (270.0, 398.0))
    assert Drawing(270.0, 400.0, words, 8.5, tight).parts(ROOM, LEAST) == drawing.parts(ROOM, LEAST)
    # A panel that fills the height is divided between words.
    high = Drawing(270.0, 400.0, words, 8.5, ((2.0, 340.0),))
    [cut] = [start * 400 for start, _ in high.parts(ROOM, LEAST)[1:]]
    assert not any(top < cut < bottom for top, bottom in words)


def test_drawing_is_read_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "one.svg"
    file.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="270pt" height="300pt"><g>'
        '<path d="M0 300L270 300L270 0L0 0z"/><path d="M10 20.5L30 20.5L30 60z"/>'
        '<g transform="translate(5 100) scale(0.085 -0.085)"><path d="M0 9000L1 1"/></g>'
        "</g></svg>",
        encoding="utf-8",
    )
    drawing = read_drawing(file)
    assert drawing is not None
    assert (drawing.width, drawing.height, drawing.letters) == (270, 300, 8.5)
    assert drawing.shapes == ((20.5, 60.0),)
    [(top, bottom)] = drawing.words
    assert top < 100 < bottom
    for content in ("<svg", "<svg width='3'/>"):
        file.write_text(content, encoding="utf-8")
        assert read_drawing(file) is None
    assert read_drawing(tmp_path / "none.png") is None


@pytest.mark.parametrize(
    ("pages", "shown"),
    [(["3"], "3"), (["7", "3", "4-5", "4"], "3-5, 7"), (["1, 9", "2"], "1-2, 9"), ([], "")],
)
def test_pages_of_the_sources_are_told_in_runs(pages: list[str], shown: str) -> None:
    assert in_runs(pages) == shown


def test_picture_of_others_is_shown_whole() -> None:
    assert Drawing(270.0, 900.0, (), 0.0).parts(ROOM, LEAST) == [(0.0, 1.0)]


def test_slides_are_the_same_in_another_build(pdf: Path, tmp_path: Path) -> None:
    project = with_slides(Project(ROOTS / "test-course", tmp_path))
    assert project.build("typst", parallel=2) == []
    assert project.output("slides-counting.pdf", "typst").read_bytes() == pdf.read_bytes()
