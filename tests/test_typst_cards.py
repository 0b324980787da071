"""Cards to cut, of the terms of a page and of the kinds of statement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
from cardsread import ACROSS, DOWN, HEIGHT, WIDTH, Place, count_pages, places_of
from courseware.data.glossary import load_glossary
from courseware.data.ledger import Strength, load_ledger
from courseware.data.settings import DEFAULT_KINDS, load_settings
from courseware.typst.words import words
from editions import LARGE, LEAST, built, coloured, least_size, letters
from pdftags import tags
from sheetsread import Shape, pages_of, shapes_of, text_of

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


def is_bare_card(shape: Shape) -> bool:
    """Tell whether *shape* is the frame of a card: somewhat smaller, on both sides."""
    width, height = shape.right - shape.left, shape.top - shape.bottom
    return 0.8 < width / WIDTH < 1 and 0.7 < height / HEIGHT < 1


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
    # The one with the long meaning, the others, and names.
    assert {8.5, 12, 17} < sizes


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
    said = [f"What one calls {name}" for name in names]
    assert places_of(path, said)[1] == [place.behind for place in fronts]
    settings = load_settings(course.folder / "course.yml")
    ledger = load_ledger(course.folder / "data/ledger.yml", settings)
    # Each kind that the ledger has is shown by a statement of it.
    text = text_of(path)
    for kind in DEFAULT_KINDS:
        of_kind = [each.text for each in ledger.statements if each.kind == kind.id]
        assert sum(each in text for each in of_kind) == min(1, len(of_kind))
    assert text.count("For example:") == len({each.kind for each in ledger.statements})


def test_strengths_stand_beside_the_kinds_where_a_page_defines_them(course: Project) -> None:
    names = [kind.id.capitalize() for kind in DEFAULT_KINDS]
    strengths = [each.value.capitalize() for each in Strength]
    course.edit("other.md", "\n", "\n\n" + "".join(f"{name}\n: Kind {name}.\n\n" for name in names))
    course.edit(CHAPTER, "\n", "\n\n" + "".join(f"{name}\n: How {name}.\n\n" for name in strengths))
    with (course.folder / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(DOCUMENTS.replace("chapters/counting", "other"))
    kinds = "".join(f"  - {{id: {each.id}}}\n" for each in DEFAULT_KINDS)
    kinds = kinds.replace("{id: fact}", "{id: fact, translations: {es: hecho}}")
    with (course.folder / "course.yml").open("a", encoding="utf-8") as file:
        file.write(f"\nkinds:\n{kinds}strengths:\n  weak: {{es: débil}}\n")
    course.build("typst")
    path = course.output("cards.pdf", "typst")
    front = pages_of(path)[0]
    assert "hecho" in front
    assert "strength of the evidence · débil" in front
    fronts = places_of(path, strengths)[0]
    assert [(place.column, place.row) for place in fronts] == [
        (at % 2, at // 2) for at in range(len(names), len(names) + len(strengths))
    ]
    backs = places_of(path, [f"How {name}" for name in strengths])[1]
    assert backs == [place.behind for place in fronts]


@pytest.mark.parametrize(
    ("said", "shown"),
    [("Count (Cuenta)", "Cuenta"), ("Cuenta larga (Count)", "Cuenta larga"), ("Count", None)],
)
def test_what_both_languages_say_is_printed_once(
    cards: Project, said: str, shown: str | None
) -> None:
    path = cards.folder / GLOSSARY
    text = path.read_text(encoding="utf-8")
    start = text.index("term: Count,")
    head, _, rest = text[start:].partition("es: ")
    end = rest.index("}")
    path.write_text(f"{text[:start]}{head}es: {said}{rest[end:]}", encoding="utf-8")
    cards.build("typst")
    front = pages_of(cards.output("cards.pdf", "typst"))[0]
    assert [line for line in front if re.search(r"\bCount\b", line)] == ["Count"]
    assert shown is None or shown in front


def test_sheet_tells_how_to_print_it_and_fills_up_with_bare_cards(cards: Project) -> None:
    assert cards.build("typst") == []
    path = cards.output("cards.pdf", "typst")
    assert text_of(path).count(words("en")["print-cards"]) == 2
    empty = ACROSS * DOWN - len(TERMS)
    for page in shapes_of(path):
        frames = [each for each in page if is_bare_card(each)]
        assert len(frames) == empty
