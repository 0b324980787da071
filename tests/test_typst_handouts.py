"""Handouts and chapters by themselves, of small projects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import page as page_validation
import pytest
from conftest import ROOTS, Project
from courseware.typst.layouts.handout import shared
from pdftexts import pdf_parts
from pypdfium2 import PdfDocument

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "chapters/counting.md"
DOCUMENTS = """
typst_paper = "{paper}"
{more}
typst_documents = [
    {{"start": "index", "target": "reader", "title": "All"}},
    {{"start": "chapters/counting", "target": "handout", "layout": "handout",
      "licence": "Free for all."}},
    {{"start": "chapters/counting", "target": "chapter", "layout": "chapter",
      "licence": "Free for all."}},
]
typst_only = ["handout", "chapter"]
"""
FIGURE = """
```{figure} bar.svg
:name: figure-one
:alt: A bar.

The first picture
```

```{figure} bar.svg
:name: figure-two
:alt: A bar, too.

The second picture
```
"""
BAR = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40">'
    '<rect width="80" height="40"/></svg>'
)


def texts_of(pdf: Path) -> list[str]:
    """Return the text of each page of *pdf*, white space folded."""
    parts = pdf_parts(pdf.read_bytes())
    texts = [part for name, part in parts if name.startswith("page ") and isinstance(part, str)]
    return [re.sub(r"\s+", " ", text) for text in texts]


def text_of(pdf: Path) -> str:
    """Return the text of all pages of *pdf*, white space folded."""
    return " ".join(texts_of(pdf))


@pytest.fixture
def printed(course: Project) -> Project:
    """Return a course that prints a handout and a chapter."""
    configure(course)
    return course


def configure(course: Project, paper: str = "a4", more: str = "") -> None:
    """Have *course* print a handout and a chapter."""
    with (course.folder / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(DOCUMENTS.format(paper=paper, more=more))


def test_list_of_works_is_whole_however_often_it_is_printed(tmp_path: Path) -> None:
    project = Project(ROOTS / "test-figures", tmp_path)
    more = "".join(
        f"""    {{
        "start": "{name}", "target": "{name}", "layout": "chapter", "language": "en-GB",
        "date": "2026-01-01",
    }},
"""
        for name in ("thefts", "sources")
    )
    project.edit("conf.py", "typst_documents = [\n", f"typst_documents = [\n{more}")
    project.edit(
        "thefts.md", "Two offices counted,", "Two offices counted {cite:p}`smith2009count`,"
    )
    assert project.build("typst") == []
    for name in ("thefts", "sources", "figures"):
        assert text_of(project.output(f"{name}.pdf", "typst")).count("A Count of Thefts") == 1, name


# -- the handout


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_handout_is_four_pages_with_room_and_without_answers(course: Project, paper: str) -> None:
    configure(course, paper)
    assert course.build("typst") == []
    pdf = course.output("handout.pdf", "typst")
    assert page_validation.validate_pdf(str(pdf), profile="ua1").is_compliant
    pages = texts_of(pdf)
    assert len(pages) == 4
    assert [f"p. {at} of 4" in text for at, text in enumerate(pages, 1)] == [True] * 4
    first, second, third, last = pages
    asked = ("Name", "Can a count settle", "How many?", "Who counted?", "Denominator")
    assert all(words in first for words in asked)
    # What may give the guesses away is overleaf. Without a figure there is room for notes.
    assert "Plain summary" not in first
    assert "Plain summary" in second
    assert "Notes" in second
    assert "Strength" in third
    assert third.count("S M W N") > third.count("Source:") > 0
    assert third.count("Where no source is named, the author gives none.") == 1
    # The reasons and the ratings are for the class to find.
    assert not re.search(r"strong:|It has a source|Another count|Answer first", " ".join(pages))
    assert "Follow the footnote" in last
    assert "check C1 (Close checks)" in last
    assert "Free for all." in last
    assert not re.search(r"\bL\d{3}\b|Exercise 1|Key points .*A number has", " ".join(pages))


def test_parts_take_the_minutes_of_the_lesson_together(printed: Project) -> None:
    handout = printed.output("handout.pdf", "typst")
    assert printed.build("typst") == []
    pages = texts_of(handout)
    source = (printed.folder / PAGE).read_text(encoding="utf-8")
    [lesson] = re.findall(r"^:class-minutes: (\d+)", source, re.MULTILINE)
    assert f"{lesson} minutes in class".casefold() in pages[0].casefold()
    given = re.findall(r"(\d+) min\b", " ".join(pages))
    assert len(given) >= 5
    assert sum(map(int, given)) == int(lesson)
    # A second sheet has a line for the name, too.
    assert [len(re.findall(r"\bName\b", text)) for text in pages] == [1, 0, 1, 0]
    # A lesson that is too short for what is on it says no more than how long it is discussed.
    printed.edit(PAGE, f":class-minutes: {lesson}", ":class-minutes: 9")
    assert printed.build("typst") == []
    assert len(re.findall(r"(\d+) min\b", " ".join(texts_of(handout)))) == 1


@pytest.mark.parametrize(("minutes", "given"), [(12, [4, 8]), (10, [3, 7]), (5, []), (-3, [])])
def test_minutes_are_shared_whole(minutes: int, given: list[int]) -> None:
    assert list(shared(minutes, {"a": 4, "b": 8}).values()) == given


def test_what_has_no_room_is_left_out_and_said(printed: Project) -> None:
    more = "\n\n".join(f"Paragraph {at}: {'words of a check ' * 30}" for at in range(1, 16))
    printed.edit(PAGE, "## Other voices", f"{more}\n\n## Other voices")
    assert printed.build("typst") == []
    pages = texts_of(printed.output("handout.pdf", "typst"))
    assert len(pages) == 4
    assert "Paragraph 1:" in pages[3]
    assert "Paragraph 15:" not in pages[3]
    told = re.search(r"More of this: (\d+) paragraphs in chapter 1, (.*?)\.", pages[3])
    assert told
    assert told[2] == "Source check"
    shown = len(re.findall(r"Paragraph \d+:", pages[3]))
    assert int(told[1]) == 15 - shown


TABLE = """
| Who counted | How many |
|---|---|
| one office | ten |
| another | twelve |
"""


@pytest.mark.parametrize("words", [10, 400])
def test_table_is_there_with_its_paragraphs_or_not_at_all(printed: Project, words: int) -> None:
    parts = (
        "The rows tell more.",
        TABLE,
        f"The last row differs. {'Why so? ' * words}",
        "The end.",
    )
    more = "\n\n".join((*parts, "Much more. " * words))
    printed.edit(PAGE, "## Other voices", f"{more}\n\n## Other voices")
    assert printed.build("typst") == []
    pages = texts_of(printed.output("handout.pdf", "typst"))
    assert len(pages) == 4
    shown = [part in pages[3] for part in ("The rows tell more", "twelve", "The last row differs")]
    assert shown == [words == 10] * 3
    assert ("a table and" in pages[3]) == (words != 10)


def test_sentences_that_lead_to_what_is_not_there_are_left_out(printed: Project) -> None:
    (printed.folder / "chapters" / "bar.svg").write_text(BAR, encoding="utf-8")
    printed.edit(PAGE, "## Key terms", f"{FIGURE}\n## Key terms")
    said = "First it is told.\n{numref}`figure-two` shows it,\nin two lines.\nThen it ends."
    printed.edit(PAGE, "## Other voices", f"{said}\n\n## Other voices")
    lead = "Say what you think.\nKey points comes back to it."
    printed.edit(PAGE, "## Before you read\n", f"## Before you read\n\n{lead}\n")
    assert printed.build("typst") == []
    first, _, _, last = texts_of(printed.output("handout.pdf", "typst"))
    assert "First it is told. Then it ends." in last
    assert "Figure 1.2" not in last
    assert "Say what you think. Guess first. Guess before you read on" in first
    assert "Key points" not in first
    # The chapter by itself has all that they lead to.
    chapter = text_of(printed.output("chapter.pdf", "typst"))
    assert "Figure 1.2 shows it, in two lines." in chapter
    assert "Key points comes back" in chapter


def test_letters_of_the_figure_are_no_larger_than_those_of_the_text(printed: Project) -> None:
    (printed.folder / "chapters" / "bar.svg").write_text(BAR, encoding="utf-8")
    printed.edit(PAGE, "## Key terms", f"{FIGURE}\n## Key terms")
    assert printed.build("typst") == []
    pdf = PdfDocument(printed.output("handout.pdf", "typst"))
    black = pdf[1].render(scale=4).to_numpy().max(axis=2) < 10
    pdf.close()
    # It is drawn 60 points wide (80 pixels), for letters of 8.5 points.
    assert 60 < black.sum(axis=1).max() / 4 < 60 * 10.5 / 8.5 + 1


def test_what_cannot_fit_is_told_with_what_is_too_much(printed: Project) -> None:
    printed.edit(PAGE, "Follow the footnote", f"{'Much to be said. ' * 600} Follow the footnote")
    [warning] = printed.build("typst")
    assert f"{PAGE}:1: this handout takes more than four pages" in warning
    assert "Source check" in warning
    assert len(texts_of(printed.output("handout.pdf", "typst"))) > 4


def test_card_names_the_figure_of_the_handout(printed: Project) -> None:
    (printed.folder / "chapters" / "bar.svg").write_text(BAR, encoding="utf-8")
    printed.edit(PAGE, "## Key terms", f"{FIGURE}\n## Key terms")
    handout = printed.output("handout.pdf", "typst")
    assert printed.build("typst") == []
    assert "The first picture" in text_of(handout)
    assert "The second picture" not in text_of(handout)
    printed.edit(PAGE, ":pages: 1-2\n", ":pages: 1-2\n:figure: two\n")
    assert printed.build("typst") == []
    assert "The second picture" in text_of(handout)
    assert "The first picture" not in text_of(handout)
    printed.edit(PAGE, ":figure: two", ":figure: twe")
    [warning] = printed.build("typst")
    assert "figure 'twe', which is not on this page; did you mean 'two'?" in warning


def test_discussion_questions_are_those_with_the_tag_or_the_first(printed: Project) -> None:
    handout = printed.output("handout.pdf", "typst")
    assert printed.build("typst") == []
    asked = texts_of(handout)[3].partition("Discussion questions")[2]
    assert "1.1 What does the number count? 1.2 What is the rate?" in asked
    assert "Purpose" not in asked
    bank = "exercises/bank/counting.yml"
    for title in ("Who counted", "Good enough"):
        printed.edit(bank, f"    title: {title}\n", f"    title: {title}\n    tags: [handout]\n")
    assert printed.build("typst") == []
    asked = texts_of(handout)[3].partition("Discussion questions")[2]
    assert re.search(r"1\.\d Who counted what\? 1\.\d Is the count good enough\?", asked)


# -- the chapter


def test_chapter_has_what_it_refers_to_and_no_answers(printed: Project) -> None:
    assert printed.build("typst") == []
    pdf = printed.output("chapter.pdf", "typst")
    assert page_validation.validate_pdf(str(pdf), profile="ua1").is_compliant
    pages = texts_of(pdf)
    text = " ".join(pages)
    assert f"1 of {len(pages)}" in pages[0]
    assert "Exercise 1.1" in text
    assert not re.search(r"Answers to the exercises|Answer, p\.|Ours, p\.", text)
    excerpts = text[text.index("Statements cited") :]
    for code in set(re.findall(r"\b[LC]\d+\b", text)):
        assert re.search(rf"\b{code}\b", excerpts), code
    # A key term is defined where it is taught, and not again.
    assert "Terms used here" not in text or "Denominator" not in text.partition("Terms used")[2]
    chapter, _, lists = text.partition("From the rest of the course")
    assert "Free for all." in chapter.partition("Where the rest is")[2]
    assert "Where the rest is" not in lists
    # A cell says nothing of answers that are nowhere.
    assert "Answer first" not in text
    assert text.count("Your answer:") == 2


def test_checks_that_a_printed_check_names_are_told(printed: Project) -> None:
    ledger = printed.folder / "data" / "ledger.yml"
    source = ledger.read_text(encoding="utf-8")
    [note] = re.findall(r"  - id: C1\n(?:    .*\n)+", source)
    more = note.replace("finding: ", "finding: See check C2. ") + note.replace("C1", "C2")
    ledger.write_text(source.replace(note, more), encoding="utf-8")
    assert printed.build("typst") == []
    text = text_of(printed.output("chapter.pdf", "typst"))
    assert "See check C2." in text
    assert re.search(r"printed elsewhere:[^.]*\bC2\b", text)


def test_chapter_has_answers_if_asked_for(printed: Project) -> None:
    printed.edit("conf.py", '"layout": "chapter",', '"layout": "chapter", "answers": True,')
    assert printed.build("typst") == []
    assert "Answers to the exercises" in text_of(printed.output("chapter.pdf", "typst"))


def test_addresses_lead_to_the_pages_where_there_are_any(course: Project) -> None:
    configure(course, more='html_baseurl = "https://example.org/course/"')
    assert course.build("typst") == []
    for name in ("handout", "chapter"):
        # A long address goes on to another line.
        text = text_of(course.output(f"{name}.pdf", "typst")).replace(" ", "")
        assert "https://example.org/course/chapters/counting.html" in text, name
