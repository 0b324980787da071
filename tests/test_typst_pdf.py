"""Print: what is in the PDFs of a small course that has every sort of node."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
from conftest import ROOTS, Project
from pdftags import Tag, tags
from pypdf import PdfReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MILLIMETRE = 72 / 25.4
# On A4, where the text begins at the right of the margin column, on pages at the left, and ends
# before it on pages at the right.
TEXT_LEFT, TEXT_RIGHT = (21 + 36 + 5) * MILLIMETRE, (20 + 128) * MILLIMETRE


@dataclass
class Sample:
    """The built sample: its project, what the build said, and where its PDFs are."""

    project: Project
    warnings: list[str]
    folder: Path

    def text(self, name: str = "reader") -> str:
        """Return the text of a PDF, with spaces for line ends."""
        pages = PdfReader(self.folder / f"{name}.pdf").pages
        return re.sub(r"\s+", " ", " ".join(each.extract_text() for each in pages))

    @property
    def source(self) -> str:
        """The Typst source of the reader."""
        path = self.project.folder.parent / "out/doctrees/typst/reader/reader.typ"
        return path.read_text(encoding="utf-8")

    def page_of(self, text: str) -> int:
        """Return the number of the last page on which *text* stands."""
        pages = PdfReader(self.folder / "reader.pdf").pages
        return [at for at, each in enumerate(pages, 1) if text in each.extract_text()][-1]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    project = Project(ROOTS / "test-typst", tmp_path_factory.mktemp("typst"))
    warnings = project.build("typst")
    return Sample(project, warnings, project.output("", "typst"))


@pytest.fixture
def reader(sample: Sample) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(sample.folder / "reader.pdf") as pdf:
        yield pdf


@pytest.fixture
def structure(reader: pikepdf.Pdf) -> list[Tag]:
    return tags(reader)


def kinds(structure: list[Tag]) -> set[str]:
    return {tag.kind for tag in structure}


# -- accessibility


@pytest.mark.parametrize("name", ["reader", "handout"])
def test_pdf_conforms_to_pdf_ua(sample: Sample, name: str) -> None:
    report = page_validation.validate_pdf(str(sample.folder / f"{name}.pdf"), profile="ua1")
    assert report.is_compliant, report.to_dict()


def test_tags_say_what_things_are(structure: list[Tag]) -> None:
    expected = {"Document", "H1", "H2", "H3", "H4", "H5", "P", "L", "LI", "LBody", "Lbl"}
    expected |= {"Table", "THead", "TBody", "TR", "TH", "TD", "Caption", "Figure", "Note", "Link"}
    expected |= {"TOC", "TOCI", "BlockQuote", "Code", "Em", "Strong"}
    assert expected - kinds(structure) == set()


def test_header_cells_have_a_scope(structure: list[Tag]) -> None:
    columns = [tag for tag in structure if tag.kind == "TH" and "THead" in tag.path]
    assert len(columns) == 6  # three tables of two columns
    assert {tag.scope for tag in columns} == {"Column"}
    rows = [tag for tag in structure if tag.kind == "TH" and "TBody" in tag.path]
    assert [tag.scope for tag in rows] == ["Row"]  # the table with a stub column


def test_last_rows_are_rows_and_marks_are_gone(structure: list[Tag]) -> None:
    assert not {"TFoot", "Quote"} & kinds(structure)


def test_objects_are_packed(sample: Sample) -> None:
    """The tags are most of such a file: they are compressed."""
    content = (sample.folder / "reader.pdf").read_bytes()
    assert b"/ObjStm" in content
    assert b"/StructElem" not in content


def test_figures_have_their_alternative_text(structure: list[Tag]) -> None:
    alts = [tag.alt for tag in structure if tag.kind == "Figure"]
    assert alts == ["A teal rectangle", "A small photograph"]


def test_footnote_is_a_note_in_its_paragraph(structure: list[Tag]) -> None:
    notes = [tag for tag in structure if tag.kind == "Note"]
    assert [tag.path[-1] for tag in notes] == ["P"]


def test_ledger_references_are_links_in_their_paragraph(structure: list[Tag]) -> None:
    links = [tag for tag in structure if tag.kind == "Link" and "P" in tag.path]
    # page and two statements, then three times page and statement: nine, besides the others
    assert len(links) >= 9


def test_file_says_language_title_author_date_and_keywords(reader: pikepdf.Pdf) -> None:
    assert str(reader.Root.Lang) == "en-GB"
    info = reader.docinfo
    assert str(info["/Title"]) == "The sample: a réader"
    assert str(info["/Author"]) == "Ana Núñez"
    assert str(info["/CreationDate"]).startswith("D:20260131")
    assert str(info["/Keywords"]) == "sample, print"


def test_file_without_date_has_none(sample: Sample) -> None:
    with pikepdf.open(sample.folder / "handout.pdf") as pdf:
        assert "/CreationDate" not in pdf.docinfo


def test_bookmarks_are_the_headings(reader: pikepdf.Pdf) -> None:
    with reader.open_outline() as outline:
        chapters = [item.title for item in outline.root]
        first = next(item for item in outline.root if "Counting" in item.title)
        assert [item.title for item in first.children] == [
            "Central question", "Reading", "Discussion",
        ]  # fmt: skip
    assert chapters == [
        "Contents", "How to read", "1 Counting in Ciudad Juárez", "2 Second chapter",
        "Other nodes", "Ledger", "Glossary", "Sources", "Index",
    ]  # fmt: skip


# -- text


def test_text_comes_in_order_with_its_accents(sample: Sample) -> None:
    text = sample.text()
    places = [
        text.index(part)
        for part in (
            "Every sort of node",
            "Front matter has no number.",
            "CHAPTER 1",
            "The mayor of Ciudad Juárez counted many things, code and H2O.",
            "Again the same note",
            "A quotation.",
            "6587",
            "CHAPTER 2",
            "See “Counting in Ciudad Juárez” (p. 5), Fig. 2.1, Table 2.1 and Núñez [2010].",
            "The caption of the drawing.",
            "The legend of the drawing.",
            "Only in print.",
            "After the transition.",
            "INEGI (statistics institute), up, a substitution and a title.",
            "A line block, indented.",
            "The first statement of the ledger.",
            "On counting",
        )
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "absent",
    [
        "This text of the start document is not printed.",
        "Only for the web.",
        "Only for screens.",
        "Only on the web.",
        "Not printed.",
    ],
)
def test_what_is_not_for_print_is_left_out(sample: Sample, absent: str) -> None:
    assert absent not in sample.text()


def test_what_the_builder_passes_on_is_printed(sample: Sample) -> None:
    text = sample.text()
    for part in ("Raw Typst.", "Stamped by its own extension.", "Card title", "Dropdown text."):
        assert part in text


def test_unknown_node_warns_once_and_keeps_its_text(sample: Sample) -> None:
    line = sample.project.line("chapters/second.md", "{mystery}")
    said = [each for each in sample.warnings if "mystery" in each]
    assert len(said) == 1
    assert said[0].startswith(f"chapters/second.md:{line}: WARNING: the typst builder does not")
    assert "The text of an unknown node is kept." in sample.text()


def test_build_says_nothing_else(sample: Sample) -> None:
    assert [
        each for each in sample.warnings if "mystery" not in each and "formula" not in each
    ] == []


def test_footnote_stands_once_and_is_referred_to_twice(sample: Sample) -> None:
    assert sample.text().count("A footnote with emphasis") == 1
    assert sample.page_of("A footnote with emphasis") == sample.page_of("The mayor of Ciudad")
    assert re.search(r"H2O\.1 ?p\. 1, n\. 2 L001 L002 The next", sample.text())
    assert "Again the same note1 and" in sample.text()


def test_numbers_are_those_of_sphinx(sample: Sample) -> None:
    text = sample.text()
    assert "Fig. 2.1 The caption of the drawing." in text
    assert "Table 2.1 Counts by year" in text


def test_handout_is_the_page_itself(sample: Sample) -> None:
    text = sample.text("handout")
    assert text.count("Counting in Ciudad Juárez") >= 1
    assert "Contents" not in text
    assert "Index" not in text


# -- links


def destination_page(pdf: pikepdf.Pdf, link: pikepdf.Object) -> int:
    """Return the number of the page that a link leads to."""
    target = link.A.D if "/A" in link else link.Dest
    if not isinstance(target, pikepdf.Array):
        target = pikepdf.NameTree(pdf.Root.Names.Dests)[str(target)]
        target = target.D if isinstance(target, pikepdf.Dictionary) else target
    return next(at for at, each in enumerate(pdf.pages, 1) if each.objgen == target[0].objgen)


def links_on(pdf: pikepdf.Pdf, number: int) -> list[pikepdf.Object]:
    return [each for each in pdf.pages[number - 1].get("/Annots", []) if each.Subtype == "/Link"]


def inner_links_on(pdf: pikepdf.Pdf, number: int) -> list[pikepdf.Object]:
    return [each for each in links_on(pdf, number) if "/A" not in each or "/URI" not in each.A]


def test_links_lead_to_their_targets(sample: Sample, reader: pikepdf.Pdf) -> None:
    page = sample.page_of("See “Counting in Ciudad")
    pages = [destination_page(reader, link) for link in inner_links_on(reader, page)]
    first = sample.page_of("The mayor of Ciudad")
    assert pages[:4] == [first, page, page, sample.page_of("On counting")]


def test_link_is_looked_up_from_its_own_page(sample: Sample, reader: pikepdf.Pdf) -> None:
    page = sample.page_of("A link that does not say where it stands")
    pages = [destination_page(reader, link) for link in inner_links_on(reader, page)]
    assert pages[-1] == sample.page_of("The mayor of Ciudad")


def test_outer_link_keeps_its_address(sample: Sample, reader: pikepdf.Pdf) -> None:
    links = links_on(reader, sample.page_of("an outer link"))
    addresses = [str(link.A.URI) for link in links if "/A" in link and "/URI" in link.A]
    assert addresses == ["https://example.org/a?b=1&c=2"]


def test_link_to_a_page_left_out_is_plain_text(sample: Sample, reader: pikepdf.Pdf) -> None:
    page = sample.page_of("Front matter has no number.")
    assert len(inner_links_on(reader, page)) == 3  # to others


def test_links_to_documents_show_the_page(sample: Sample) -> None:
    """Once a paragraph, and without brackets in brackets."""
    first, second = sample.page_of("The mayor of Ciudad"), sample.page_of("CHAPTER 2")
    assert (
        f"See “Second chapter” (p. {second}) and A page left out. It comes again as “Second "
        f"chapter” (see also “Counting in Ciudad Juárez”, p. {first})."
    ) in sample.text()


def test_pages_stand_for_the_titles_of_places_that_cite(
    sample: Sample, reader: pikepdf.Pdf
) -> None:
    first = sample.page_of("The mayor of Ciudad")
    assert f"fact, page of L001 cited on p. {first} " in sample.text()
    assert "A place with a long title" not in sample.text()
    page = sample.page_of("The first statement of the ledger.")
    assert {destination_page(reader, link) for link in inner_links_on(reader, page)} == {first}


def test_questions_are_numbered_as_on_the_web(sample: Sample) -> None:
    assert "1. How many were counted? Purpose: to count. 2. Who was not?" in sample.text()
    assert "1. A question?" in sample.text()


def test_cover_names_what_the_book_is_about(sample: Sample) -> None:
    cover = PdfReader(sample.folder / "reader.pdf").pages[0].extract_text()
    lines = [line.strip() for line in cover.splitlines() if line.strip()]
    assert lines[2:5] == ["Every sort of node", "On a text of others (2010)", "Ana Núñez"]


def test_jumps_to_letters_are_for_screens(sample: Sample) -> None:
    assert "Á H" not in sample.text()


def test_short_parts_at_the_back_share_a_page(sample: Sample) -> None:
    assert sample.page_of("A word with an accent.") == sample.page_of("On counting. Journal")


def is_in_margin(box: list[float], page: int) -> bool:
    """Tell whether *box* is in the margin column, which is at the outer edge of the page."""
    return box[0] > TEXT_RIGHT if page % 2 else box[2] < TEXT_LEFT


def test_margin_references_stand_in_the_margin_and_apart(
    sample: Sample, reader: pikepdf.Pdf
) -> None:
    page = sample.page_of("The mayor of Ciudad")
    boxes = [[float(side) for side in link.Rect] for link in inner_links_on(reader, page)]
    margin = [box for box in boxes if is_in_margin(box, page)]
    assert len(margin) == 11  # p. 1 with two statements, then four pages with one each
    ledger = {
        destination_page(reader, link)
        for link in inner_links_on(reader, page)
        if is_in_margin([float(side) for side in link.Rect], page)
    }
    assert ledger == {sample.page_of("The first statement of the ledger.")}
    rows = sorted({(box[3], box[1]) for box in margin}, reverse=True)
    for (_, bottom), (top, _) in itertools.pairwise(rows):
        assert top <= bottom + 1.5, "references overlap"


def test_contents_lead_to_the_chapters(sample: Sample, reader: pikepdf.Pdf) -> None:
    pages = [destination_page(reader, link) for link in inner_links_on(reader, 3)]
    assert sample.page_of("The mayor of Ciudad") in pages
    assert pages == sorted(pages)


def test_rule_before_the_footnotes_of_a_page_is_left_out(sample: Sample) -> None:
    assert sample.source.count("transition()") == 1


def test_margin_references_leave_no_gap_in_the_line(sample: Sample) -> None:
    text = sample.source
    assert text.count("margin-ref(") == 5
    assert not re.search(r' "\n(?:/\*.*\n)?margin-ref\(', text)


# -- the index


def test_index_is_sorted_and_leads_to_pages(sample: Sample, reader: pikepdf.Pdf) -> None:
    page = sample.page_of("Ámbito")
    text = PdfReader(sample.folder / "reader.pdf").pages[page - 1].extract_text()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    places = [
        next(at for at, line in enumerate(lines) if line.startswith(part))
        for part in ("Ámbito", "bodies", "counts", "Évian", "Homicide rate", "Juárez")
    ]
    assert places == sorted(places)
    other = sample.page_of("A line block,")
    assert f"Évian {other}" in text.replace("  ", " ")
    assert "Numbers in bold lead to the glossary." in text
    assert "see persons" in text
    assert "see also rates" in text
    targets = {destination_page(reader, link) for link in inner_links_on(reader, page)}
    assert {other, sample.page_of("The mayor of Ciudad"), sample.page_of("Killings for")} == targets


# -- choices


def test_paper_and_language_can_be_chosen(tmp_path: Path) -> None:
    project = Project(ROOTS / "test-typst", tmp_path)
    project.edit("conf.py", 'language = "en"', 'language = "en"\ntypst_paper = "us-letter"')
    project.edit("conf.py", '"language": "en-GB"', '"language": "es-MX"')
    project.build("typst")
    path = project.output("reader.pdf", "typst")
    with pikepdf.open(path) as pdf:
        assert [float(side) for side in pdf.pages[0].MediaBox] == [0, 0, 612, 792]
        assert str(pdf.Root.Lang) == "es-MX"
        right = max(float(link.Rect[2]) for page in range(3, 8) for link in links_on(pdf, page))
        assert TEXT_RIGHT < right < 612
    text = " ".join(page.extract_text() for page in PdfReader(path).pages)
    for word in ("CAPÍTULO 1", "Índice alfabético", "véase persons", "véase también rates"):
        assert word in text
    assert page_validation.validate_pdf(str(path), profile="ua1").is_compliant


# -- the files


def test_output_folder_holds_the_pdfs_and_a_hidden_list_of_them(sample: Sample) -> None:
    found = {each.name for each in sample.folder.iterdir()}
    assert found == {"handout.pdf", "reader.pdf", ".made.json", ".made.lock"}


def test_two_builds_make_the_same_bytes(sample: Sample, tmp_path: Path) -> None:
    other = Project(ROOTS / "test-typst", tmp_path / "elsewhere" / "deeper")
    other.build("typst", parallel=2)
    for name in ("reader.pdf", "handout.pdf"):
        assert other.output(name, "typst").read_bytes() == (sample.folder / name).read_bytes()


def test_source_holds_no_path_of_this_machine(sample: Sample) -> None:
    assert str(sample.project.folder) not in sample.source
