"""Cards to cut, of the terms of a page and of the kinds of statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
from cardsread import Place, count_pages, places_of
from courseware.data.glossary import load_glossary
from courseware.data.settings import DEFAULT_KINDS, load_settings
from editions import LARGE, LEAST, built, coloured, least_size, letters
from pdftags import tags
from sheetsread import text_of

if TYPE_CHECKING:
    from conftest import Project

DOCUMENTS = """
typst_documents = [
    {"start": "chapters/counting", "target": "cards", "layout": "cards", "licence": "Free"},
]
"""
TERMS = ["Count", "Rate", "Denominator", "Baseline", "Source", "Footnote"]
CHAPTER = "chapters/counting.md"
GLOSSARY = "data/glossary.yml"


@pytest.fixture
def cards(course: Project) -> Project:
    """Return the small course, of which the cards of its chapter are to be printed."""
    with (course.folder / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(DOCUMENTS)
    return course


def meanings(project: Project) -> dict[str, str]:
    """Return what the terms of *project* mean."""
    settings = load_settings(project.folder / "course.yml")
    terms = load_glossary(project.folder / GLOSSARY, settings).terms
    return {term.term: term.definition for term in terms}


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_each_back_lies_behind_its_front(cards: Project, paper: str) -> None:
    folder = built(cards, "typst", typst_edition=paper)
    [path] = folder.glob("cards*.pdf")
    said = meanings(cards)
    fronts, backs = places_of(path, TERMS)[0], places_of(path, [said[term] for term in TERMS])[1]
    assert fronts == [Place(at % 2, at // 2) for at in range(len(TERMS))]
    assert backs == [place.behind for place in fronts]
    assert count_pages(path) == 2


def test_more_cards_go_on_to_another_sheet(cards: Project) -> None:
    terms = [f"Term {letter}" for letter in "ABCDEFGHIJK"]
    lines = [
        f"  - {{id: t{at}, term: {term}, translations: {{es: T{at}}}, definition: Meaning {at},"
        " category: concept, confidence: high}\n"
        for at, term in enumerate(terms)
    ]
    path = cards.folder / GLOSSARY
    path.write_text(path.read_text(encoding="utf-8") + "".join(lines), encoding="utf-8")
    cards.edit(CHAPTER, "\nFootnote\n```", "\nFootnote\n" + "\n".join(terms) + "\n```")
    cards.edit("course.yml", "Key terms, least: 6, most: 10", "Key terms, least: 6")
    assert cards.build("typst") == []
    pdf = cards.output("cards.pdf", "typst")
    names, said = TERMS + terms, meanings(cards)
    pages = places_of(pdf, names)
    assert [len(page) for page in pages] == [10, 10, 7, 7]
    meant = [places_of(pdf, [said[name] for name in part])[at] for part, at in
             ((names[:10], 1), (names[10:], 3))]  # fmt: skip
    assert meant == [[place.behind for place in page] for page in (pages[0], pages[2])]


def test_cards_conform_to_pdf_ua_and_each_has_a_heading(cards: Project) -> None:
    assert cards.build("typst") == []
    path = cards.output("cards.pdf", "typst")
    report = page_validation.validate_pdf(str(path), profile="ua1")
    assert report.is_compliant, report.to_dict()
    with pikepdf.open(path) as pdf:
        kinds = [tag.kind for tag in tags(pdf)]
    assert kinds.count("H1") == 1
    assert kinds.count("H2") == len(TERMS)
    text = text_of(path)
    assert "Línea base" in text
    assert text.count("Free") == 2


def test_cards_in_large_print_and_grey(cards: Project) -> None:
    [path] = built(cards, "typst", **LARGE).glob("cards*.pdf")
    assert least_size(path) >= LEAST
    assert coloured(path) <= 2
    assert page_validation.validate_pdf(str(path), profile="ua1").is_compliant
    # Three below one another.
    assert count_pages(path) == 4


def test_course_of_one_language_has_cards(cards: Project) -> None:
    cards.edit("course.yml", "  languages:\n    - {code: es, name: Spanish}\n", "")
    path = cards.folder / GLOSSARY
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(
        "".join(line.partition("translations")[0] + line.partition("}, ")[2] for line in lines[1:]),
        encoding="utf-8",
    )
    path.write_text(lines[0] + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert cards.build("typst") == []
    text = text_of(cards.output("cards.pdf", "typst"))
    assert all(term in text for term in TERMS)
    assert "Línea base" not in text


def test_meaning_that_no_card_has_room_for_is_told(cards: Project) -> None:
    cards.edit(GLOSSARY, "How many there are.", "How many there are of them. " * 13)
    [told] = cards.build("typst")
    assert "the meaning of 'Count' has 363 characters" in told
    assert "room for 360" in told
    assert told.startswith(f"{CHAPTER}:")


def test_long_meaning_is_set_smaller_and_stays_on_its_card(cards: Project) -> None:
    long = "How many there are of them. " * 12 + "Final end."
    cards.edit(GLOSSARY, "How many there are.", long)
    assert cards.build("typst") == []
    path = cards.output("cards.pdf", "typst")
    assert places_of(path, ["Final end"])[1] == [places_of(path, ["Count"])[0][0].behind]
    sizes = {letter.size for letter in letters(path)}
    assert {11.5, 8.5} < sizes


def test_page_without_terms_is_told(course: Project) -> None:
    with (course.folder / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(DOCUMENTS.replace("chapters/counting", "other"))
    told = course.build("typst")
    assert any("'other' has neither key terms nor kinds to make cards of" in each for each in told)


def test_kinds_are_cards_where_a_page_defines_them(course: Project) -> None:
    names = [kind.id.capitalize() for kind in DEFAULT_KINDS]
    listing = "".join(f"{name}\n: What one calls {name}.\n\n" for name in names)
    course.edit("other.md", "\n", f"\n\n{listing}")
    with (course.folder / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(DOCUMENTS.replace("chapters/counting", "other"))
    assert course.build("typst") == []
    path = course.output("cards.pdf", "typst")
    fronts = places_of(path, names)[0]
    assert len(fronts) == len(names)
    backs = places_of(path, [f"What one calls {name}" for name in names])[1]
    assert backs == [place.behind for place in fronts]
