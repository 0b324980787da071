"""The course reader as a PDF: whole, tagged, linked, and the same bytes each time."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
from coursepdfs import printed
from courseware.data.bibliography import load_works
from courseware.data.howfar import HowFar
from editions import built
from ours import (
    ACCENTED,
    DATA,
    DOCS,
    LEDGER,
    LIGATURE,
    SETTINGS,
    TOPICS,
    common,
    needs,
    source,
    title,
)
from pdftags import Tag, tags
from pdftexts import printed_over
from pypdf import PdfReader
from sheetsread import pages_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Builds


#: The back matter, as the landing page has it.
BACK = [title(name) for name in re.findall(r"^reference/\S+$", source("index"), re.MULTILINE)]
#: What evidence tables leave to readers.
ANSWERS = "Answers to the evidence tables"


@pytest.fixture(scope="module")
def reader_file(shared_build: Builds) -> Path:
    """Return the reader, built without a warning."""
    return printed(shared_build) / "pdf" / "course-reader.pdf"


@pytest.fixture
def reader(reader_file: Path) -> Iterator[pikepdf.Pdf]:
    """Return the reader, open."""
    with pikepdf.open(reader_file) as pdf:
        yield pdf


@pytest.fixture(scope="module")
def structure(reader_file: Path) -> list[Tag]:
    """Return the reader's structure elements in reading order."""
    with pikepdf.open(reader_file) as pdf:
        return tags(pdf)


@pytest.fixture(scope="module")
def texts(reader_file: Path) -> list[str]:
    """Return the text of each page, white space folded."""
    pages = PdfReader(reader_file).pages
    return [re.sub(r"\s+", " ", page.extract_text()) for page in pages]


def test_reader_conforms_to_pdf_ua(reader_file: Path) -> None:
    report = page_validation.validate_pdf(str(reader_file), profile="ua1")
    assert report.is_compliant, report.to_dict()


def test_reader_says_what_it_is(reader: pikepdf.Pdf) -> None:
    assert str(reader.docinfo["/Title"]) == SETTINGS.title
    assert str(reader.Root.Lang) == SETTINGS.language
    assert bool(reader.Root.ViewerPreferences.DisplayDocTitle)


def test_bookmarks_hold_every_chapter_and_the_back_matter(reader: pikepdf.Pdf) -> None:
    with reader.open_outline() as outline:
        titles = [item.title for item in outline.root]
    numbered = [title for title in titles if re.match(r"\d ", title)]
    assert len(numbered) == len(TOPICS)
    assert [title[0] for title in numbered] == [str(at) for at in range(1, len(TOPICS) + 1)]
    after = titles[titles.index(numbered[-1]) + 1 :]
    assert after == [ANSWERS, *BACK, "Index"]


def test_answers_stand_by_chapter_between_chapters_and_glossary(reader: pikepdf.Pdf) -> None:
    with reader.open_outline() as outline:
        chapters = [item.title for item in outline.root if re.match(r"\d ", item.title)]
        [answers] = [
            item for item in outline.root if item.title == "Answers to the evidence tables"
        ]
        assert [child.title for child in answers.children] == chapters


def test_tags_of_the_reader(structure: list[Tag]) -> None:
    count: dict[str, int] = {}
    for tag in structure:
        count[tag.kind] = count.get(tag.kind, 0) + 1
    # Titles of the chapters, of the back matter with answers, and of the contents.
    assert count["H1"] >= len(TOPICS) + len(BACK) + 2
    # The blocks of each chapter, and its answers at the back.
    needed = sum(block.needed for block in SETTINGS.blocks)
    assert count["H2"] >= len(TOPICS) * (needed + 1)
    assert count["Table"] >= len(TOPICS) + 1
    assert count["TOC"] >= 1
    assert count["P"] > 3 * len(LEDGER.statements)
    assert count["LI"] > len(LEDGER.statements)
    assert count["Link"] > 4 * len(LEDGER.statements)


def test_every_table_has_header_cells_with_scope(structure: list[Tag]) -> None:
    headers = [tag for tag in structure if tag.kind == "TH"]
    tables = [tag for tag in structure if tag.kind == "Table"]
    assert len(headers) >= 2 * len(tables)
    assert {"Column"} <= {tag.scope for tag in headers} <= {"Column", "Row"}


def test_every_figure_has_alternative_text(structure: list[Tag]) -> None:
    assert all(tag.alt for tag in structure if tag.kind == "Figure")


def test_whole_ledger_is_printed(texts: list[str]) -> None:
    whole = " ".join(texts)
    start = whole.rindex(f"Page 1 of the {SETTINGS.work.noun}")
    missing = [each.id for each in LEDGER.statements if each.id not in whole[start:]]
    assert missing == []


def test_print_says_how_far_each_work_was_read_and_where_to_look(texts: list[str]) -> None:
    text = " ".join(texts)
    read = Counter(
        work.entry.fields["read"] for work in load_works(DATA / "references.bib", SETTINGS)
    )
    most, _ = read.most_common(1)[0]
    said = HowFar(most).words
    # What most works would say stands once, before the list; a check may begin a line with it.
    assert text.count(f"where nothing does: {said[0].lower()}{said[1:]}.") == 1
    assert f"{said}." not in re.sub(r"^.*where nothing does", "", text)
    for how, count in read.items():
        # Each other work says it once; a work may name the words in its title, too.
        assert how == most or text.count(f"{HowFar(how).words}.") >= count, how
    nexts = sum(note.next is not None for note in LEDGER.notes)
    assert text.count("Where to look next") == nexts > 0


def test_text_comes_out_with_accents_and_ligatures(texts: list[str]) -> None:
    whole = " ".join(texts)
    for word in (*common(ACCENTED), *common(LIGATURE), "“", "–"):
        assert word in whole
    assert "\ufffd" not in whole
    assert not re.search("[ﬀ-ﬆ]", whole)


def test_number_of_a_page_stands_on_the_line_of_its_word(reader_file: Path) -> None:
    lines = [line for page in pages_of(reader_file) for line in page]
    assert sum(bool(re.search(r"\bpp?\.\s\d", line)) for line in lines) > 12 * len(TOPICS)
    assert [line for line in lines if re.search(r"(^|[ (])(pp?|nn?)\.$", line)] == []


@needs("docs/chapters/violence-and-its-numbers.md")
def test_margin_references_stand_with_their_paragraph(texts: list[str]) -> None:
    bodies = (text for text in texts if not text.startswith("Contents"))
    opening = next(text for text in bodies if "Two figures on one page" in text)
    assert re.search(r"p\.\s1", opening)
    assert "L005" in opening or "L001" in opening


def test_links_lead_to_pages_of_the_reader_or_to_addresses(reader: pikepdf.Pdf) -> None:
    names = set()
    if "/Names" in reader.Root and "/Dests" in reader.Root.Names:
        tree = pikepdf.NameTree(reader.Root.Names.Dests)
        names = set(tree.keys())
    pages = {page.objgen for page in (p.obj for p in reader.pages)}
    inside = outside = 0
    for sheet in reader.pages:
        for annotation in sheet.get("/Annots", []):
            assert str(annotation.get("/Contents", "")), "a link without a description"
            if "/A" in annotation and "/URI" in annotation.A:
                assert str(annotation.A.URI).startswith("http")
                outside += 1
                continue
            target = annotation.Dest if "/Dest" in annotation else annotation.A.D
            if isinstance(target, pikepdf.Array):
                assert target[0].objgen in pages
            else:
                assert str(target) in names
            inside += 1
    assert inside > 4 * len(LEDGER.statements)
    assert outside > len(TOPICS)


def test_same_sources_give_the_same_bytes(
    reader_file: Path, shared_rebuild: Builds, tmp_path: Path
) -> None:
    project = shared_rebuild.read(DOCS, tmp_path)
    again = built(project, "typst", typst_only=[reader_file.stem]) / reader_file.name
    assert again.read_bytes() == reader_file.read_bytes()


def test_front_and_back_take_no_more_pages_than_they_need(reader_file: Path) -> None:
    """The limits are those that a designer set for this course, on A4."""
    reader = PdfReader(reader_file)
    top = [item for item in reader.outline if not isinstance(item, list)]
    items = [
        (str(item.title), number)
        for item in top
        if (number := reader.get_destination_page_number(item)) is not None
    ]
    ends = [*(page for _, page in items[1:]), len(reader.pages) + 1]
    taken = {name: end - begin for (name, begin), end in zip(items, ends, strict=True)}
    most = {
        "Contents": 1,
        title("about-the-essay"): 4,
        title("reference/timeline"): 4,
        title("reference/what-came-after"): 5,
        title("reference/close-checks"): 10,
        title("reference/sources"): 10,
        "Index": 3,
    }
    assert {name: taken[name] for name in most if taken[name] > most[name]} == {}


def test_reader_has_no_words_of_the_web(texts: list[str]) -> None:
    """Nobody can press or open anything on paper; works may have such words in their titles."""
    sources = next(
        at for at, text in enumerate(texts) if text.startswith(title("reference/sources"))
    )
    web = re.compile(
        r"\b(click|button|browser|offline|download|JavaScript|home screen|scripts?)\b", re.I
    )
    assert {
        at + 1: web.findall(text) for at, text in enumerate(texts[:sources]) if web.search(text)
    } == {}


def test_no_letters_are_printed_over_others(reader_file: Path) -> None:
    """Columns in columns would be: in the books, and in chapters by themselves with their lists."""
    files = sorted(
        {*reader_file.parent.glob("c*-*.pdf")} - {*reader_file.parent.glob("cards-*.pdf")}
    )
    assert len(files) > len(TOPICS)
    assert {path.name: printed_over(path) for path in files if printed_over(path)} == {}
