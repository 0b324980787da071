"""The workbook of the small course: every exercise once, hints apart, answers in short and long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
from conftest import ROOTS, Project
from courseware.pages.exercises.workbook import by_sums
from docutils import nodes
from editions import LARGE
from editions import built as printed
from pypdf import PdfReader
from sheetsread import folded

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS = """
typst_documents = [
    {"start": "index", "target": "book", "title": "Small", "layout": "workbook"},
]
"""
PARTS = ("Hints", "Answers in short", "Answers explained")


def built(folder: Path, more: str = "", *, documents: str = DOCUMENTS) -> Project:
    project = Project(ROOTS / "test-course", folder)
    conf = project.folder / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + documents, encoding="utf-8")
    page = project.folder / "other.md"
    page.write_text(page.read_text(encoding="utf-8") + more, encoding="utf-8")
    return project


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = built(tmp_path_factory.mktemp("work"), "\n```{exercise} counting-word\n```\n")
    assert project.build("typst") == []
    return project.output("book.pdf", "typst")


@pytest.fixture(scope="module")
def parts(file: Path) -> dict[str, str]:
    """The text of the exercises, and of each part behind them."""
    text = folded(" ".join(page.extract_text() for page in PdfReader(file).pages[2:]))
    found = {}
    for name in reversed(PARTS):
        text, _, found[name] = text.rpartition(f" {name} ")
    found["asked"] = text
    return found


def test_every_exercise_is_asked_once_and_in_order(parts: dict[str, str]) -> None:
    # The head of a page names its first exercise once more.
    asked = list(dict.fromkeys(re.findall(r"Exercise (1\.\d)\. ", parts["asked"])))
    assert asked == [f"1.{at}" for at in range(1, 10)]
    assert (
        "9 exercises, about 20 minutes in all. First read chapter 1 of the reader."
        in (parts["asked"])
    )
    # Questions for discussion belong to the reader.
    assert "Purpose" not in parts["asked"]


def test_each_has_its_hint_and_its_answers(parts: dict[str, str]) -> None:
    for name in PARTS[1:]:
        numbers = re.findall(r"(?<![\d.])(1\.\d)\. ", parts[name])
        assert numbers == [f"1.{at}" for at in range(1, 10)], name
    hinted = re.findall(r"(?<![\d.])(1\.\d)\. ", parts["Hints"])
    assert hinted == sorted(set(hinted)) != []


def test_answers_in_short_are_what_belongs_into_the_blanks(parts: dict[str, str]) -> None:
    short = parts["Answers in short"]
    for words in ("1.3. False", "1.4. 800 per 100,000", "1.8. denominator"):
        assert words in short, short
    assert "1.9. See the explained answer" in short


def test_answers_say_in_words_where_they_are_settled(parts: dict[str, str]) -> None:
    explained = parts["Answers explained"]
    assert "See: Reader, chapter 1, Source check; " in explained
    assert len(re.findall(r"See: Reader, chapter 1, [^;]+; \w+, pp?\. \d", explained)) >= 8


def test_rubrics_are_lists_by_what_is_judged(parts: dict[str, str]) -> None:
    explained = parts["Answers explained"]
    [marking] = re.findall(r"How to mark exercise.1\.9, by points: (.*?) See: ", explained)
    assert re.search(r"^\W*[A-Z][^:]+: 0 .+; 1 .+; 2 .+; 3 .+", marking), marking
    # The head of the table that pages have.
    assert "Points" not in explained


def test_each_sum_that_is_reckoned_begins_a_line() -> None:
    def said(text: str) -> list[str]:
        return [part.astext() for part in by_sums(nodes.paragraph(text, text))]

    assert said("One is 2 + 2 = 4. Two is 3 + 3 = 6. Both. And so on.") == [
        "One is 2 + 2 = 4.", "Two is 3 + 3 = 6.", "Both. And so on.",
    ]  # fmt: skip
    assert said("No sum here. None there.") == ["No sum here. None there."]


def test_exercises_say_how_they_are_marked(parts: dict[str, str]) -> None:
    asked = parts["asked"]
    sorts = {
        "Single choice, ": "Circle one letter.",
        "Multiple response, ": "Circle each letter that you choose.",
        "True or false, ": "Circle one:",
        "Match, ": "Write one letter on each line",
        "Classify, ": "Write one category on each line.",
        "Order, ": "Number the lines: 1 for the first step,",
    }
    for sort, words in sorts.items():
        assert asked.count(words) == asked.count(sort) > 0, sort


def test_hints_and_answers_begin_on_pages_of_their_own(file: Path) -> None:
    pages = [folded(page.extract_text()) for page in PdfReader(file).pages]
    begins = [
        next(at for at, page in enumerate(pages[2:]) if page.startswith(name)) for name in PARTS
    ]
    assert begins == sorted(set(begins))


def test_front_tells_how_it_is_used(file: Path) -> None:
    front = folded(PdfReader(file).pages[1].extract_text())
    assert "Contents" in front
    assert "How to cite" in front
    told = re.findall(r"page (\d+)", front.partition("How to use this workbook")[2])
    assert len(told) == len(PARTS)
    assert told == sorted(told, key=int)


def test_sums_have_room_and_the_chapter_a_score(parts: dict[str, str]) -> None:
    assert parts["asked"].count("Working") == parts["asked"].count(" Number, ") > 0
    assert "of 9" in parts["asked"].partition("Right at first:")[2][:40]


def test_workbook_in_large_print_asks_and_answers_the_same(tmp_path: Path) -> None:
    [path] = printed(built(tmp_path), "typst", **LARGE).glob("book*.pdf")
    text = folded(" ".join(page.extract_text() for page in PdfReader(path).pages))
    assert re.findall(r"Exercise (1\.\d)\. ", text) == [f"1.{at}" for at in range(1, 10)]
    assert page_validation.validate_pdf(str(path), profile="ua1").is_compliant


def test_questions_hold_no_answer(parts: dict[str, str]) -> None:
    for words in ("It is the denominator", "as far as its source goes, which says"):
        assert words in parts["Answers explained"]
        assert words not in parts["asked"] + parts["Hints"] + parts["Answers in short"]


def test_workbook_conforms_and_its_links_lead_somewhere(file: Path) -> None:
    report = page_validation.validate_pdf(str(file), profile="ua1")
    assert report.is_compliant, report.to_dict()
    with pikepdf.open(file) as pdf:
        places = pikepdf.NameTree(pdf.Root.Names.Dests) if "/Names" in pdf.Root else {}
        links = [note for page in pdf.pages for note in page.get("/Annots", [])]
        named = [str(link.Dest) for link in links if isinstance(link.get("/Dest"), pikepdf.String)]
        assert [name for name in named if name not in places] == []
        # To the hint or the answer of each, and back from three parts.
        assert len(links) >= 9 * 4


def test_same_exercises_give_the_same_bytes(file: Path, tmp_path: Path) -> None:
    project = built(tmp_path, "\n```{exercise} counting-word\n```\n")
    assert project.build("typst") == []
    assert project.output("book.pdf", "typst").read_bytes() == file.read_bytes()


def test_a_course_that_asks_nothing_has_no_workbook(tmp_path: Path) -> None:
    reader = '    {"start": "index", "target": "reader", "title": "Small"},\n]\n'
    project = built(tmp_path, documents=DOCUMENTS.rstrip().removesuffix("]") + reader)
    page = project.folder / "chapters" / "counting.md"
    text = page.read_text(encoding="utf-8")
    text = re.sub(r"```\{self-checks\}.*?```", "Nothing is asked here.", text, flags=re.DOTALL)
    page.write_text(text, encoding="utf-8")
    project.build("typst")
    assert [path.name for path in project.output("", "typst").glob("*.pdf")] == ["reader.pdf"]
