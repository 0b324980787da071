"""The index of the printed book: made from the text, the glossary and index.yml."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
from conftest import ROOTS, Project
from courseware.data.bookindex import check_names, load_book_index
from courseware.data.glossary import load_glossary
from courseware.data.problems import DataError
from courseware.data.settings import load_settings
from courseware.typst.index import Index, filed_as
from pypdf import PdfReader

if TYPE_CHECKING:
    from pathlib import Path

DATA = ROOTS / "test-course/data"
DOCUMENTS = '\ntypst_documents = [{"start": "index", "target": "book", "title": "Small"}]\n'
#: Most of a page of text.
FILLER = "so and so " * 120
ENTRIES = """entries:
  - {term: The Watch, category: concept, forms: ["Night Watch"], see_also: [Theft]}
  - {term: Guard, see: [The Watch]}
  - {term: Theft, under: Count}
  - {term: Rate, see_also: [Theft]}
"""


def book(folder: Path, text: str, entries: str = "") -> Path:
    """Return the PDF of the small course with *text* in its chapter and *entries*."""
    project = Project(ROOTS / "test-course", folder)
    project.edit("chapters/counting.md", "## Other voices", f"{text}\n\n## Other voices")
    with (project.folder / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(DOCUMENTS)
    if entries:
        (project.folder / "data/index.yml").write_text(entries, encoding="utf-8")
    assert project.build("typst") == []
    return project.output("book.pdf", "typst")


def index_of(path: Path) -> tuple[str, list[str]]:
    """Return the text of the index, and that of each page before it."""
    texts = [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(path).pages]
    at = next(at for at, text in enumerate(texts) if "lead to the glossary" in text)
    return " ".join(texts[at:]).replace("\N{WORD JOINER}", ""), texts[:at]


def pages_of(entry: str, index: str) -> set[int]:
    """Return the pages behind *entry*, ranges written out."""
    found = re.search(rf"\b{entry} +((?:\d+(?:[–,] ?)*)+)", index)
    assert found, f"{entry} is not in: {index}"
    pages: set[int] = set()
    for part in re.split(r",\s*", found[1].strip(" ,")):
        first, _, last = part.strip().partition("–")
        pages |= set(range(int(first), int(last or first) + 1))
    return pages


def test_each_place_of_the_text_is_found(tmp_path: Path) -> None:
    text = "".join(
        f"A Night Watch saw more thefts; discounts are none, {FILLER}.\n\n" for _ in range(8)
    )
    path = book(tmp_path, text, ENTRIES)
    index, texts = index_of(path)
    told = {at for at, page in enumerate(texts, 1) if "Night Watch saw" in page}
    assert len(told) >= 3
    assert pages_of("Watch, the", index) == told
    assert told <= pages_of("Theft", index)
    # "discounts" is another word; the pages around this one speak of counts.
    assert sorted(told)[1] not in pages_of("Count", index)
    assert f"{min(told)}–{max(told)}" in index
    assert "Guard, see Watch, the" in index
    assert "see also Theft" in index
    order = [index.index(word) for word in ("Baseline", "Count", "Theft", "Guard", "Watch, the")]
    assert order == sorted(order)
    with pikepdf.open(path) as pdf:
        links = [link for page in pdf.pages[len(texts) :] for link in page.get("/Annots", [])]
        assert links
        assert all(str(link.Contents) for link in links)
    assert page_validation.validate_pdf(str(path), profile="ua1").is_compliant


def test_entry_of_many_places_has_them_by_chapter(tmp_path: Path) -> None:
    text = f"Baselines differ, {FILLER}.\n\n" * 44
    index, _ = index_of(book(tmp_path, text))
    assert re.search(r"Baseline \d+ 1 Counting \d+", index), index
    assert not re.search(r"Denominator [\d, ]+ 1 Counting", index)


def test_same_bytes_twice(tmp_path: Path) -> None:
    first, second = (book(tmp_path / name, "A theft.", ENTRIES) for name in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("entries", "line", "said"),
    [
        ("  - {term: A}\n  - {term: a}\n", 3, "'a' is already on line 2"),
        ("  - {term: A, see: [Cuont]}\n", 2, "neither this file nor the glossary has 'Cuont'"),
        ("  - {term: A, under: A}\n", 2, "'A' leads to itself"),
        ("  - term: A\n    forms: [b]\n    see: [Count]\n", 4, "give that to 'Count'"),
        ("  - {term: A, see: [B]}\n  - {term: B, see: [Count]}\n", 2, "itself leads to 'Count'"),
        ("  - {term: A, under: B}\n  - {term: B, under: Count}\n", 2, "cannot have subentries"),
        ("  - {term: A, colour: red}\n", 2, "colour"),
        ("  - {term: A, under: Count, aspects: [{term: b}]}\n", 2, "a subentry itself"),
    ],
)
def test_slips_are_told_with_file_and_line(
    tmp_path: Path, entries: str, line: int, said: str
) -> None:
    path = tmp_path / "index.yml"
    path.write_text(f"entries:\n{entries}", encoding="utf-8")
    settings = load_settings(DATA.parent / "course.yml")
    glossary = load_glossary(DATA / "glossary.yml", settings)
    with pytest.raises(DataError) as error:
        check_names(path, load_book_index(path, settings), glossary)
    [problem] = error.value.problems
    assert (problem.path, problem.line) == (path, line)
    assert said in problem.message


def test_aspects_divide_places_by_what_is_told(tmp_path: Path) -> None:
    """The sentence decides, or else the paragraph; where neither tells, nothing is divided."""
    entries = (
        "entries:\n  - {term: Watchman, aspects: [{term: tired, forms: [asleep]}, {term: paid}]}\n"
    )
    said = (
        "A watchman was asleep by nine. The town hall had paid for a lamp",
        "A watchman came late. The lamp was out, and the whole town asleep",
        "A watchman came from the hills",
    )
    path = book(tmp_path, "".join(f"{each}, {FILLER * 3}.\n\n" for each in said), entries)
    index, texts = index_of(path)
    pages = [next(at for at, page in enumerate(texts, 1) if each[:25] in page) for each in said]
    assert len(set(pages)) == len(said)
    assert pages_of("Watchman", index) == {pages[2]}
    assert pages_of("tired", index) == set(pages[:2])
    assert "paid" not in index


def test_articles_stand_at_the_end() -> None:
    assert filed_as("The Federation", ["the"]) == "Federation, the"
    assert filed_as("Theft", ["the"]) == "Theft"
    assert filed_as("The", ["the"]) == "The"


def test_pointer_needs_both_ends() -> None:
    index = Index({"rate": ("count", "rate")})
    index.add("single", "rate", "a")
    index.point(("share",), see=["rate", "gone"])
    index.point(("gone",), seealso=["rate"])
    entries = index.root.entries
    assert set(entries) == {"count", "share"}
    assert entries["count"].entries["rate"].places == [("a", False)]
    assert entries["share"].see == ["rate"]
