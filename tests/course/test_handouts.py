"""Handouts: a chapter by itself in print, with all that it needs of other pages."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
from artefacts import Text
from conftest import one
from courseware.bank.load import load_bank
from leaks import Finder, answers_of_bank
from ours import (
    ACCENTED,
    CHAPTERS,
    DOCS,
    EXERCISES,
    HEADINGS,
    LIGATURE,
    SETTINGS,
    TOPICS,
    common,
    needs,
)
from pdftags import tags
from pdftexts import pdf_parts
from publictexts import public_texts
from sheetsread import pages_of
from test_course import page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def pdfs(shared_build: Callable[[Path, str], Path]) -> Path:
    """Return the folder of the course's PDFs."""
    return shared_build(DOCS, "typst")


def text_of(pdf: Path) -> str:
    """Return the text of all pages of *pdf*, white space folded."""
    parts = pdf_parts(pdf.read_bytes())
    texts = [part for name, part in parts if name.startswith("page ") and isinstance(part, str)]
    return re.sub(r"\s+", " ", " ".join(texts))


def links(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Return all links in *pdf*."""
    annotations = [each for sheet in pdf.pages for each in list(sheet.obj.get("/Annots", []))]
    return [each for each in annotations if each.Subtype == "/Link"]


def destinations(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """Return where each destination that has a name leads to."""
    if "/Names" not in pdf.Root or "/Dests" not in pdf.Root.Names:
        return {}
    found = pikepdf.NameTree(pdf.Root.Names.Dests).items()
    return {str(name): place.D if isinstance(place, pikepdf.Dictionary) else place
            for name, place in found}  # fmt: skip


@pytest.mark.parametrize("topic", TOPICS)
def test_handout_conforms_and_bears_the_title_of_its_chapter(
    pdfs: Path, shared_build: Callable[[Path, str], Path], topic: str
) -> None:
    file = pdfs / f"handout-{topic}.pdf"
    report = page_validation.validate_pdf(str(file), profile="ua1")
    assert report.is_compliant, report.to_dict()
    heading = one(page(shared_build(DOCS, "html"), f"chapters/{topic}"), "h1").get_text()
    with pikepdf.open(file) as pdf:
        course, _, title = str(pdf.docinfo["/Title"]).partition(": ")
    assert course == SETTINGS.title
    assert title
    assert title in heading


@pytest.mark.parametrize("topic", TOPICS)
def test_handout_defines_every_term_that_its_text_links(
    pdfs: Path, shared_build: Callable[[Path, str], Path], topic: str
) -> None:
    html = page(shared_build(DOCS, "html"), f"chapters/{topic}")
    used = {
        str(link["href"]).partition("#")[2]
        for link in html.select(".block-reading .first-use a[href*='glossary.html#term-']")
    }
    glossary = page(shared_build(DOCS, "html"), "reference/glossary")
    text = text_of(pdfs / f"handout-{topic}.pdf")
    terms = text[text.index("Terms in this handout") :]
    assert len(used) >= 4
    for term in glossary.select("dt[id]"):
        meaning = term.find_next_sibling("dd")
        assert meaning is not None
        words = " ".join(meaning.get_text().split())[:40]
        assert (words in terms) == (term["id"] in used), words


def test_numbers_of_exercises_stand_beside_the_heading_of_their_answers(pdfs: Path) -> None:
    heads = [
        match.group(1)
        for topic in TOPICS
        for lines in pages_of(pdfs / f"handout-{topic}.pdf")
        if (match := re.search(r"(?:version [\d.]+ )?(\D+?) \d\.\d+(?:–\d\.\d+)?$", lines[0]))
    ]
    assert len(heads) >= len(TOPICS)
    assert set(heads) == {"Answers to the exercises"}


@needs("docs/chapters/the-verdict.md", "docs/chapters/pillar-two-rule-of-law.md")
def test_works_cited_are_listed_once_and_no_others(pdfs: Path) -> None:
    text = text_of(pdfs / "handout-the-verdict.pdf")
    works = text[text.index("Works cited") :]
    assert works.count("GAO-10-837") == 1
    assert "City Crime Rankings" not in works
    other = text_of(pdfs / "handout-pillar-two-rule-of-law.pdf")
    assert "City Crime Rankings" in other[other.index("Works cited") :]


@pytest.mark.parametrize("topic", TOPICS)
def test_no_link_of_a_handout_dangles(pdfs: Path, topic: str) -> None:
    with pikepdf.open(pdfs / f"handout-{topic}.pdf") as pdf:
        found = links(pdf)
        sheets = {sheet.obj.objgen for sheet in pdf.pages}
        names = destinations(pdf)
        assert len(found) > 20
        for link in found:
            assert str(link.get("/Contents", "")), "a link without a description"
            if "/A" in link and link.A.S == "/URI":
                assert re.match(r"https?://", str(link.A.URI))
                continue
            target = link.Dest if "/Dest" in link else link.A.D
            if not isinstance(target, pikepdf.Array):
                target = names[str(target)]
            assert target[0].objgen in sheets


def test_handout_has_questions_room_and_answers(pdfs: Path) -> None:
    text = text_of(pdfs / f"handout-{TOPICS[-1]}.pdf")
    order = [HEADINGS[name] for name in ("reading", "evidence-table", "discussion")]
    order += [f"Exercise {len(TOPICS)}.1"]
    order += ["Terms in this handout", "Works cited", "Answers to the exercises"]
    places = [text.index(words) for words in order[4:]]
    assert places == sorted(places)
    assert all(text.index(words) < places[0] for words in order[:4])


@pytest.mark.parametrize("topic", TOPICS)
def test_tags_of_a_handout(pdfs: Path, topic: str) -> None:
    with pikepdf.open(pdfs / f"handout-{topic}.pdf") as pdf:
        found = tags(pdf)
    kinds = Counter(tag.kind for tag in found)
    levels = [int(tag.kind[1:]) for tag in found if re.fullmatch(r"H[1-6]", tag.kind)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    # One heading for each block of the chapter, and for what follows it.
    assert levels.count(2) >= sum(block.needed for block in SETTINGS.blocks)
    assert kinds["L"] >= 8
    assert kinds["LI"] > kinds["L"]
    assert kinds["Link"] > 20
    heads = [tag for tag in found if tag.kind == "TH"]
    assert kinds["Table"] >= 1
    assert len(heads) >= 2 * kinds["Table"]
    assert {tag.scope for tag in heads} <= {"Column", "Row"}
    assert any(tag.scope == "Column" for tag in heads)
    figures = [tag for tag in found if tag.kind == "Figure"]
    assert figures
    assert all(tag.alt for tag in figures)


def test_text_of_handouts_comes_out_with_accents_and_ligatures(pdfs: Path) -> None:
    texts = [text_of(path) for path in sorted(pdfs.glob("handout-*.pdf"))]
    whole = " ".join(texts)
    assert len(texts) == len(TOPICS)
    for word in (*common(ACCENTED), *common(LIGATURE), "\u201c", "\u2013"):
        assert word in whole
    assert "\ufffd" not in whole
    assert not re.search("[\ufb00-\ufb06]", whole)


@pytest.fixture(scope="module")
def finder() -> Finder:
    """Return what finds answers to exercises, but for words that the course itself says."""
    return Finder(load_bank(EXERCISES / "bank"), public_texts(DOCS), answers_of_bank)


@pytest.mark.parametrize("topic", TOPICS)
def test_no_answer_stands_before_the_answers(pdfs: Path, finder: Finder, topic: str) -> None:
    text = text_of(pdfs / f"handout-{topic}.pdf")
    asked, found, given = text.partition("Answers to the exercises")
    assert found
    assert [str(leak) for leak in finder.leaks([Text(topic, asked)])] == []
    # The search would find them.
    assert len({leak.secret.exercise for leak in finder.leaks([Text(topic, given)])}) >= 6


def test_card_offers_the_handout_on_pages_alone(
    shared_build: Callable[[Path, str], Path], pdfs: Path
) -> None:
    html = page(shared_build(DOCS, "html"), CHAPTERS[-1])
    offer = one(html, ".chapter-card .pdf-offer a")
    assert offer["href"] == f"../downloads/handout-{TOPICS[-1]}.pdf"
    assert "Handout of this chapter" not in text_of(pdfs / f"handout-{TOPICS[-1]}.pdf")
