"""Slides of a chapter: what is asked, then what is right, in letters for the last row."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
from conftest import ROOTS, Project
from courseware.data.ledger import NO_BREAK
from courseware.typst.drawings import Drawing, read_drawing
from courseware.typst.layouts.slide_figures import ENOUGH, LEAST, ROOM, look_of
from courseware.typst.workpages import in_runs, join_pages
from docutils import nodes
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
        "The exercises",
        *exercises,
        *(f"How strong is the evidence? ({at} of 4)" for at in range(1, 5)),
        *talks,
        *("What the chapter found (1 of 2)", "What the chapter found (2 of 2)"),
        "Plain summary",  # it would give answers away before
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
    "single-choice": ("Thefts in a year", "Why: The essay says thefts on p. 1"),
    "multiple-response": ("A place that is named", "b) Without a place"),
    "true-false": ("False", "Why: The source says ninety"),
    "numeric": ("800 per 100,000", "Why: A hundred over 12,500"),
    "match": ("2. Rate: C) how many for each of something", "a rate divides"),
    "order": ("1. C) A theft happens", "Theft, report, count, quotation"),
    "classify": ("judgement 2. Theft is growing worse", "a judgement and a prediction"),
    "short-answer": ("denominator", "Why: The denominator stands below the line"),
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
    assert SAMPLES[kind].asked in answered.text, "who comes late can follow"
    assert "Right." not in answered.text, "what is right is marked"
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


@pytest.mark.parametrize("kind", ANSWERS)
def test_question_and_answer_have_one_size(slides: list[Slide], kind: str) -> None:
    asked, answered = pair(slides, list(ANSWERS).index(kind) + 1)
    sizes = asked.sizes() | answered.sizes()
    assert sizes <= {30, 24}
    # A short question is not made as small as what is written at length about it.
    assert len(sizes) == 1 or (kind == "open" and max(asked.sizes()) > max(answered.sizes()))


def test_exercises_are_listed_before_them(slides: list[Slide], pdf: Path) -> None:
    listed = next(each for each in slides if each.title == "The exercises")
    asked = [each for each in slides if each.title.startswith("Exercise 1.")]
    for each in asked[::2]:
        name = each.title.removeprefix("Exercise ").replace(": ", " ")
        assert f"{name} {slides.index(each) + 1}" in listed.text, "and on which slide it stands"
    with pikepdf.open(pdf) as opened:
        page = opened.pages[slides.index(listed)]
        links = [each for each in page.get("/Annots", []) if each.Subtype == "/Link"]
    assert len(links) == len(asked) / 2


def test_class_votes_on_the_strength_of_each_statement(slides: list[Slide]) -> None:
    votes = [each for each in slides if each.title.startswith("How strong is the evidence?")]
    assert votes
    for each in votes:
        assert each.text.count("strong · moderate · weak · none") == 1
        assert "Answer first" not in each.text
    assert "hundred thefts" in votes[0].text


def test_parts_of_a_figure_repeat_the_heads_of_its_columns() -> None:
    heads = ((4.0, 12.0), (4.0, 12.0), (15.0, 23.0))
    words = (*heads, *((float(top), top + 9.0) for top in range(40, 480, 14)))
    drawing = Drawing(270.0, 500.0, words, 8.5)
    assert drawing.head == 23.0
    parts = drawing.parts(ROOM, LEAST, ENOUGH, headed=True)
    assert len(parts) > 1
    for start, end in parts[1:]:
        assert 8.5 * ROOM[1] / ((end - start) * 500 + drawing.head) >= LEAST - 0.001
    # One word above is the heading of a panel, and shapes beside the heads are no table.
    assert Drawing(270.0, 500.0, words[1:], 8.5).head == 0
    assert Drawing(270.0, 500.0, words, 8.5, ((6.0, 60.0),)).head == 0


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Yes. ninety is its number.", "Ninety is its number."),
        ("Right: *ninety* it says.", "ninety it says."),
        ("Rightly so, says the source.", "Rightly so, says the source."),
    ],
)
def test_reason_begins_without_the_verdict(course: Project, said: str, shown: str) -> None:
    line = "Right. The source says ninety, as close check C1 tells, and not a hundred."
    course.edit(BANK, f"when_false: {line}", f"when_false: {said!r}")
    assert with_slides(course).build("typst") == []
    _, answered = pair(read_slides(course.output("slides-counting.pdf", "typst")), 3)
    assert f"Why: {shown}" in answered.text


def test_no_word_of_a_match_stands_in_the_other_column(course: Project) -> None:
    course.edit(BANK, "term: Rate", "term: Internationalisierungsprozess")
    course.edit(BANK, "match: how many there are", f"match: {'how many there are, ' * 9}and so on")
    assert with_slides(course).build("typst") == []
    asked, answered = pair(read_slides(course.output("slides-counting.pdf", "typst")), 5)
    assert "Internationalisierungsprozess" in asked.text
    assert [*asked.faults(), *answered.faults()] == []


def test_codes_are_told_at_the_end(course: Project) -> None:
    course.edit(BANK, "the author's hundred thefts.", "the author's hundred thefts (C1, C99).")
    assert with_slides(course).build("typst") == []
    last = read_slides(course.output("slides-counting.pdf", "typst"))[-1]
    assert "Named here and printed elsewhere: C1 (" in last.text
    assert "C99" not in last.text
    assert "course reader" not in last.text, "there is none"


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


def test_long_context_gets_slides_and_nothing_is_lost(course: Project) -> None:
    words = " ".join(f"word{at}" for at in range(118))
    course.edit(BANK, "A town of 12,500 people has", f"{words}. A town of 12,500 people has")
    assert with_slides(course).build("typst") == []
    slides = read_slides(course.output("slides-counting.pdf", "typst"))
    first = next(at for at, each in enumerate(slides) if each.title == "Exercise 1.4: The rate")
    last = next(at for at, each in enumerate(slides) if each.title == "Exercise 1.4: the answer")
    context, *more = slides[first:last]
    assert "word0 " in context.text
    assert "How many thefts" not in context.text, "there is no room"
    assert "word117. A town" in " ".join(each.text for each in slides[first:last])
    assert "How many thefts" in more[-1].text
    assert all(each.titles == () for each in more), "the outline has each slide once"
    assert all("Exercise 1.4: The rate" in each.text for each in more)


def test_context_by_itself_says_what_is_asked_about_it(course: Project) -> None:
    stem = "    stem: What does the author's *count* of a hundred count?\n"
    words = " ".join(f"word{at}" for at in range(100))
    course.edit(BANK, stem, f"    context: {words}.\n{stem}")
    assert with_slides(course).build("typst") == []
    slides = read_slides(course.output("slides-counting.pdf", "typst"))
    asked, _ = pair(slides, 1)
    question = slides[slides.index(asked) + 1]
    assert "word99. What does the author's count" in asked.text
    assert "a) Thefts in a year" not in asked.text
    assert "What does the author's count" in question.text
    assert "a) Thefts in a year" in question.text


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
    point = "A number[^n] {ledger}`L001`, {math}`r = \\frac{n}{N}`, has a {index}`counter`."
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
    assert "has a counter." in points.text, "and one before a word of the index"
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


@pytest.mark.parametrize("height", [100.0, 250.0, 300.0, 450.0, 900.0, 9000.0])
def test_high_figure_is_shown_in_parts_that_can_be_read(height: float) -> None:
    words = tuple((float(top), top + 9.0) for top in range(3, int(height) - 9, 14))
    parts = Drawing(270.0, height, words, 8.5).parts(ROOM, LEAST, ENOUGH)
    assert (len(parts) == 1) == (height <= 300), "it is enlarged only if it is too small whole"
    held = [
        [(top, end) for top, end in words if start * height <= top and end <= stop * height]
        for start, stop in parts
    ]
    assert [word for each in held for word in each] == list(words), "all stand whole in one part"
    assert all(len(each) >= 3 for each in held)
    for start, end in parts:
        scale = min(ROOM[0] / 270, ROOM[1] / ((end - start) * height))
        assert 8.5 * scale >= (LEAST if len(parts) > 1 else ENOUGH) - 0.001
    assert all(end <= start for (_, end), (start, _) in pairwise(parts))


def test_parts_end_where_nothing_is_drawn_if_they_can() -> None:
    tops = (10.0, 50.0, 100.0, 145.0, 220.0, 250.0, 280.0, 320.0, 380.0)
    words = tuple((top, top + 9.0) for top in tops)
    # Three panels, of which two have no room together.
    panels = ((2.0, 126.0), (135.0, 261.0), (270.0, 398.0))
    drawing = Drawing(270.0, 400.0, words, 8.5, panels)
    cuts = [start * 400 for start, _ in drawing.parts(ROOM, LEAST, ENOUGH)[1:]]
    assert len(cuts) == 2
    assert not any(top < cut < bottom for top, bottom in panels for cut in cuts)
    # So they do rather than where there is a little room within a panel.
    tight = ((2.0, 126.0), (135.0, 200.0), (201.0, 261.0), (270.0, 398.0))
    parts = Drawing(270.0, 400.0, words, 8.5, tight).parts(ROOM, LEAST, ENOUGH)
    assert parts == drawing.parts(ROOM, LEAST, ENOUGH)
    # A panel that fills the height is divided between words.
    high = Drawing(270.0, 400.0, words, 8.5, ((2.0, 340.0),))
    [cut] = [start * 400 for start, _ in high.parts(ROOM, LEAST, ENOUGH)[1:]]
    assert not any(top < cut < bottom for top, bottom in words)


def test_ground_between_parts_is_left_out_and_low_parts_join_others() -> None:
    tops = (20.0, 60.0, 110.0, 170.0, 260.0, 300.0, 340.0, 371.0, 381.0, 391.0)
    words = tuple((top, top + 9.0) for top in tops)
    parts = Drawing(270.0, 420.0, words, 8.5).parts(ROOM, LEAST, ENOUGH)
    # Not before the last three lines, though they stand apart too.
    assert [(round(a * 420), round(b * 420)) for a, b in parts] == [(16, 183), (256, 404)]


def test_part_that_is_wide_stands_below_its_title() -> None:
    drawing = Drawing(270.0, 400.0, (), 8.5)
    assert look_of(drawing, (0.0, 0.3)) == "slide-figure-wide"
    assert look_of(drawing, (0.0, 0.6)) == look_of(None, (0.0, 1.0)) == "slide-figure"


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


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        (["p. 4", "p. 5", "p. 7", "pp. 7–8"], "pp. 4–5, 7–8"),
        (["p. 1", "p. 2, n. 3", "p. 3", "p. 4"], "p. 1; p. 2, n. 3; pp. 3–4"),
        (["p. 1"], "p. 1"),
    ],
)
def test_pages_cited_one_by_one_are_joined_and_lead_to_the_first(
    labels: list[str], shown: str
) -> None:
    cited = nodes.inline()
    for at, label in enumerate(labels):
        cited += [nodes.Text("; ")] * bool(at)
        text = label.replace(". ", f".{NO_BREAK}")
        cited += nodes.reference("", "", nodes.inline(text, text), refuri=f"#{at}")
    join_pages(cited)
    assert cited.astext().replace(NO_BREAK, " ") == shown
    assert next(iter(cited.findall(nodes.reference)))["refuri"] == "#0"


def test_picture_of_others_is_shown_whole() -> None:
    assert Drawing(270.0, 900.0, (), 0.0).parts(ROOM, LEAST, ENOUGH) == [(0.0, 1.0)]


def test_slides_are_the_same_in_another_build(pdf: Path, tmp_path: Path) -> None:
    project = with_slides(Project(ROOTS / "test-course", tmp_path))
    assert project.build("typst", parallel=2) == []
    assert project.output("slides-counting.pdf", "typst").read_bytes() == pdf.read_bytes()
