"""Handouts for class, and chapters by themselves with all that they need of other pages."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import page as page_validation
import pikepdf
import pytest
from artefacts import Text
from conftest import one
from coursepdfs import pdf_named, printed
from courseware.bank.load import load_bank
from editions import built
from leaks import Finder, answers_of_bank
from ours import (
    ACCENTED,
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
from pypdfium2 import PdfDocument
from test_course import page

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Builds
    from pypdfium2 import PdfPage

LAYOUTS = ("handout", "chapter")


@pytest.fixture(scope="module")
def pdfs(shared_build: Builds) -> Path:
    """Return the folder of the course's PDFs; worksheets are among them."""
    return printed(shared_build) / "pdf"


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


def blank_below(sheet: PdfPage) -> float:
    """Return what part of *sheet*, between its last mark and its foot, is blank."""
    picture = sheet.render(scale=0.5).to_numpy().min(axis=2)
    body = picture[: int(len(picture) * 0.93)]
    marked = np.flatnonzero((body < 200).any(axis=1))
    return float(1 - (marked[-1] + 1) / len(body))


@pytest.mark.parametrize("name", [f"{layout}-{topic}" for layout in LAYOUTS for topic in TOPICS])
def test_document_conforms_and_bears_the_title_of_its_chapter(
    pdfs: Path, shared_build: Builds, name: str
) -> None:
    file = pdfs / f"{name}.pdf"
    report = page_validation.validate_pdf(str(file), profile="ua1")
    assert report.is_compliant, report.to_dict()
    topic = name.partition("-")[2]
    heading = one(page(shared_build(DOCS, "html"), f"chapters/{topic}"), "h1").get_text()
    with pikepdf.open(file) as pdf:
        course, _, title = str(pdf.docinfo["/Title"]).partition(": ")
    assert course == SETTINGS.title
    assert title
    assert title in heading


@pytest.mark.parametrize("topic", TOPICS)
def test_handout_fills_four_pages_on_both_papers(shared_build: Builds, topic: str) -> None:
    for name in (f"handout-{topic}", f"handout-{topic}-letter"):
        file = pdf_named(shared_build, name)
        pdf = PdfDocument(file)
        assert len(pdf) == 4, file.name
        for number, sheet in enumerate(pdf, 1):
            assert blank_below(sheet) < 1 / 4, (file.name, number)
        pdf.close()


@pytest.mark.parametrize("topic", TOPICS)
def test_handout_has_the_parts_of_a_lesson(pdfs: Path, shared_build: Builds, topic: str) -> None:
    text = text_of(pdfs / f"handout-{topic}.pdf")
    names = (
        # The summary is overleaf: it gives away what is guessed.
        *("central-question", "before-you-read", "key-terms", "plain-summary"),
        *("evidence-table", "source-check", "discussion"),
    )
    places = [text.index(HEADINGS[name]) for name in names]
    assert places == sorted(places)
    html = page(shared_build(DOCS, "html"), f"chapters/{topic}")
    for part in html.select(".block-before-you-read ol > li > p, .block-central-question > p"):
        words = re.sub(r"\s+", "", part.get_text())[:60]
        assert words in re.sub(r"\s+", "", text), words
    terms = [each.get_text().partition(" (")[0] for each in html.select(".key-terms dt a")]
    assert len(terms) >= 6
    assert [term for term in terms if term.split()[0] not in text] == []
    assert len(html.select("figure")) == 0 or re.search(r"Figure \d\.\d", text)


@pytest.mark.parametrize("topic", TOPICS)
def test_handout_names_no_table_or_figure_that_is_not_there(pdfs: Path, topic: str) -> None:
    with pikepdf.open(pdfs / f"handout-{topic}.pdf") as pdf:
        found = tags(pdf)
        tables = [tag for tag in found if tag.kind == "Table"]
    pages = [
        re.sub(r"\s+", " ", part)
        for name, part in pdf_parts((pdfs / f"handout-{topic}.pdf").read_bytes())
        if name.startswith("page ") and isinstance(part, str)
    ]
    # The second table is that of the check.
    check, _, discussion = pages[3].partition(HEADINGS["discussion"])
    said = check.partition("More of this:")[0]
    named = re.findall(r"\b(?:tables?|rows?|columns?)\b", said, re.IGNORECASE)
    assert not named or len(tables) == 2, named
    shown = re.findall(r"Figure (\d\.\d)\. ", " ".join(pages))
    assert len(shown) == 1
    assert set(re.findall(r"Figure (\d\.\d)", check)) <= set(shown)
    asked = discussion.partition("Where the rest is")[0]
    assert not re.search(r"\b(?:voices?|figures? \d|tables?|rows?)\b", asked, re.IGNORECASE)
    away = {HEADINGS[name] for name in ("key-points", "other-voices", "check-yourself")}
    assert [name for name in away if name in pages[0]] == []
    assert "(Evidence ledger)" not in discussion


@pytest.mark.parametrize("topic", TOPICS)
def test_handout_leaves_ratings_to_the_class(pdfs: Path, shared_build: Builds, topic: str) -> None:
    text = text_of(pdfs / f"handout-{topic}.pdf")
    html = page(shared_build(DOCS, "html"), f"chapters/{topic}")
    # What stands beside each statement of the table: why this strength, and what would change it.
    rows = [row.select("td") for row in html.select(".evidence-table tbody tr")]
    said = [cell.get_text() for cells in rows if len(cells) > 3 for cell in cells[3:]]
    needles = [re.sub(r"\s+", " ", each.partition(": ")[2]).strip()[:40] for each in said]
    assert any(needles)
    assert [needle for needle in needles if len(needle) > 20 and needle in text] == []
    assert not re.search(r"\bL\d{3}\b", text)


@pytest.mark.parametrize("topic", TOPICS)
def test_codes_lead_somewhere_or_are_told(pdfs: Path, topic: str) -> None:
    text = text_of(pdfs / f"handout-{topic}.pdf")
    body, _, rest = text.rpartition("Where the rest is")
    for check in set(re.findall(r"check (C\d+)", body)):
        assert re.search(rf"\b{check}\b.*\(Close checks\)", rest), check
    for figure in set(re.findall(r"Figure (\d\.\d)(?! ?\.)", body)):
        here = re.search(rf"Figure {figure}\. ", body)
        assert here or f"Figure {figure}" in rest, figure
    chapter = text_of(pdfs / f"chapter-{topic}.pdf")
    excerpts = chapter[chapter.index("Statements cited") :]
    codes = set(re.findall(r"\b(?:L\d{3}|C\d+)\b", chapter))
    assert len(codes) > 10
    assert [code for code in codes if not re.search(rf"\b{code}\b", excerpts)] == []


@pytest.mark.parametrize("topic", TOPICS)
def test_chapter_defines_every_term_that_its_text_links_once(
    pdfs: Path, shared_build: Builds, topic: str
) -> None:
    html = page(shared_build(DOCS, "html"), f"chapters/{topic}")

    def linked(selector: str) -> set[str]:
        links = html.select(f"{selector} a[href*='glossary.html#term-']")
        return {str(link["href"]).partition("#")[2] for link in links}

    taught = linked(".key-terms dt")
    used = linked(".block-reading .first-use") - taught
    glossary = page(shared_build(DOCS, "html"), "reference/glossary")
    text = text_of(pdfs / f"chapter-{topic}.pdf")
    terms = text.partition("Terms used here")[2].partition("Works cited")[0]
    for term in glossary.select("dt[id]"):
        meaning = term.find_next_sibling("dd")
        assert meaning is not None
        words = " ".join(meaning.get_text().split())[:40]
        if term["id"] in used:
            assert words in terms, words
        elif term["id"] in taught:
            assert words not in terms, words


@needs("docs/chapters/the-verdict.md", "docs/chapters/pillar-two-rule-of-law.md")
def test_works_cited_are_listed_once_and_no_others(pdfs: Path) -> None:
    text = text_of(pdfs / "chapter-the-verdict.pdf")
    works = text[text.index("Works cited") :]
    assert works.count("GAO-10-837") == 1
    assert "City Crime Rankings" not in works
    other = text_of(pdfs / "chapter-pillar-two-rule-of-law.pdf")
    assert "City Crime Rankings" in other[other.index("Works cited") :]


@pytest.mark.parametrize("topic", TOPICS)
def test_no_link_of_a_chapter_dangles(pdfs: Path, topic: str) -> None:
    with pikepdf.open(pdfs / f"chapter-{topic}.pdf") as pdf:
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


@pytest.mark.parametrize("name", [f"{layout}-{topic}" for layout in LAYOUTS for topic in TOPICS])
def test_tags(pdfs: Path, name: str) -> None:
    with pikepdf.open(pdfs / f"{name}.pdf") as pdf:
        found = tags(pdf)
    kinds = Counter(tag.kind for tag in found)
    levels = [int(tag.kind[1:]) for tag in found if re.fullmatch(r"H[1-6]", tag.kind)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert levels.count(2) >= 7
    heads = [tag for tag in found if tag.kind == "TH"]
    assert kinds["Table"] >= 1
    assert len(heads) >= 2 * kinds["Table"]
    assert {tag.scope for tag in heads} <= {"Column", "Row"}
    assert any(tag.scope == "Column" for tag in heads)
    figures = [tag for tag in found if tag.kind == "Figure"]
    assert figures
    assert all(tag.alt for tag in figures)


def test_text_comes_out_with_accents_and_ligatures(pdfs: Path) -> None:
    for layout in LAYOUTS:
        texts = [text_of(path) for path in sorted(pdfs.glob(f"{layout}-*.pdf"))]
        whole = " ".join(texts)
        assert len(texts) == len(TOPICS)
        assert "\ufffd" not in whole
        assert not re.search("[\ufb00-\ufb06]", whole)
    for word in (*common(ACCENTED), *common(LIGATURE), "\u201c", "\u2013"):
        assert word in whole


@pytest.fixture(scope="module")
def finder() -> Finder:
    """Return what finds answers to exercises, but for words that the course itself says."""
    return Finder(load_bank(EXERCISES / "bank"), public_texts(DOCS), answers_of_bank)


@pytest.mark.parametrize("name", [f"{layout}-{topic}" for layout in LAYOUTS for topic in TOPICS])
def test_no_answer_is_printed(pdfs: Path, finder: Finder, name: str) -> None:
    text = text_of(pdfs / f"{name}.pdf")
    assert "Answers to the exercises" not in text
    assert "Answer, p." not in text
    assert [str(leak) for leak in finder.leaks([Text(name, text)])] == []


def test_answers_that_are_asked_for_are_printed(
    shared_build: Builds, tmp_path_factory: pytest.TempPathFactory, finder: Finder
) -> None:
    project = shared_build.read(DOCS, tmp_path_factory.mktemp("answers"))
    target = f"chapter-{TOPICS[-1]}"
    folder = built(project, "typst", typst_only=[target], typst_answers=True)
    assert [path.name for path in folder.glob("*.pdf")] == [f"{target}-answers.pdf"]
    text = text_of(folder / f"{target}-answers.pdf")
    asked, found, given = text.partition("Answers to the exercises")
    assert found
    assert [str(leak) for leak in finder.leaks([Text(target, asked)])] == []
    # The search would find them.
    assert len({leak.secret.exercise for leak in finder.leaks([Text(target, given)])}) >= 6


@pytest.mark.parametrize("topic", TOPICS)
def test_card_offers_the_documents_of_the_page_alone(
    shared_build: Builds, pdfs: Path, topic: str
) -> None:
    html = page(shared_build(DOCS, "html"), f"chapters/{topic}")
    offers = [str(link["href"]) for link in html.select(".chapter-card .pdf-offer a")]
    names = {path.name for path in pdfs.glob(f"*-{topic}.pdf")}
    made = {f"../downloads/{name}" for name in names if not name.startswith("worksheet-")}
    assert set(offers) == made
    assert len(offers) == len(made)
    assert "PDF: Handout" not in text_of(pdfs / f"chapter-{topic}.pdf")
