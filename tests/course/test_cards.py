"""Cards to cut: the key terms of each chapter, and the kinds of statement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
from cardsread import ACROSS, DOWN, Place, count_pages, places_of
from coursepdfs import printed
from courseware.data.glossary import load_glossary
from courseware.data.ledger import Strength
from ours import DATA, SETTINGS, TOPICS, source
from pdftags import tags
from sheetsread import text_of, words

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Builds

GLOSSARY = load_glossary(DATA / "glossary.yml", SETTINGS)
#: The key terms of each chapter that has some.
TERMS = {
    topic: [line.strip() for line in found[1].splitlines() if line.strip()]
    for topic in TOPICS
    if (found := re.search(r"\{key-terms\}\n(.+?)```", source(f"chapters/{topic}"), re.DOTALL))
}


@pytest.fixture(scope="module")
def pdfs(shared_build: Builds) -> Path:
    """Return the folder of the course's PDFs; worksheets are among them."""
    return printed(shared_build) / "pdf"


def test_each_chapter_with_terms_has_cards(pdfs: Path) -> None:
    made = {path.stem for path in pdfs.glob("cards-*.pdf")}
    assert TERMS
    assert made == {f"cards-{topic}" for topic in TERMS} | {"cards-kinds"}


@pytest.mark.parametrize("topic", TERMS)
def test_cards_of_a_chapter_are_its_terms(pdfs: Path, topic: str) -> None:
    path, names = pdfs / f"cards-{topic}.pdf", TERMS[topic]
    report = page_validation.validate_pdf(str(path), profile="ua1")
    assert report.is_compliant, report.to_dict()
    sheets = -(-len(names) // (ACROSS * DOWN))
    assert count_pages(path) == 2 * sheets
    with pikepdf.open(path) as pdf:
        assert [tag.kind for tag in tags(pdf)].count("H2") == len(names)
    text = text_of(path)
    for name in names:
        term = GLOSSARY.by_name[name.casefold()]
        assert words(term.term) in text
        assert words(term.definition) in text
        for said in term.translations.values():
            # What both languages say is printed once.
            other = said.removesuffix(f" ({name})").removeprefix(f"{name} (").removesuffix(")")
            assert words(other) in text


def test_kinds_are_cards_of_their_own(pdfs: Path) -> None:
    names = [kind.id.capitalize() for kind in SETTINGS.kinds]
    path = pdfs / "cards-kinds.pdf"
    assert page_validation.validate_pdf(str(path), profile="ua1").is_compliant
    names += [each.value.capitalize() for each in Strength]
    fronts, backs = places_of(path, names)
    assert fronts == [Place(at % ACROSS, at // ACROSS) for at in range(len(names))]
    assert backs == [place.behind for place in fronts]
    assert text_of(path).count("For example:") == len(SETTINGS.kinds)


def test_other_languages_are_marked(pdfs: Path) -> None:
    wanted = {
        f"{each.code}-{each.region}" if each.region else each.code
        for each in SETTINGS.glossary.languages
    }
    found = set()
    with pikepdf.open(pdfs / f"cards-{next(iter(TERMS))}.pdf") as pdf:
        for sheet in pdf.pages:
            for each in pikepdf.parse_content_stream(sheet, "BDC"):
                found.add(str(each.operands[1].get("/Lang")))
        found |= {
            str(each.Lang)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and {"/Lang", "/S"} <= set(each.keys())
        }
    assert wanted <= found
