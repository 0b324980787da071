"""What stands behind the chapters of a book, and what they leave to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import page as page_validation
import pytest
from conftest import ROOTS, Project
from pdftexts import pages_of
from pypdfium2 import PdfDocument
from searchindex import text_of_index

if TYPE_CHECKING:
    from pathlib import Path

    from pypdfium2 import PdfPage

MILLIMETRE = 72 / 25.4


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the PDFs of a small course."""
    project = Project(ROOTS / "test-course", tmp_path_factory.mktemp("back"))
    assert project.build("typst") == []
    return project


def test_book_defines_key_terms_once(printed: Project) -> None:
    folder = printed.out / "typst"
    pages = pages_of(folder / "course-reader.pdf")
    [block] = [text for text in pages if "Key terms Count" in text]
    found = re.search(r"Key terms (Count Conteo), (\d+); (Rate Tasa), \d+;.*\.", block)
    assert found is not None, block
    meaning = "a count over a base"
    [glossary] = [text for text in pages if meaning in text.casefold()]
    assert glossary.rstrip().endswith(found[2])
    # A chapter that stands alone defines its terms itself.
    handout = pages_of(folder / "handout-counting.pdf")
    assert any(meaning in text.casefold() for text in handout)


def test_screen_and_paper_have_words_of_their_own(tmp_path: Path) -> None:
    project = Project(ROOTS / "test-course", tmp_path)
    more = """
:::{only} not typst
Press the button.
:::

:::{only} typst
Take a pencil; {ref}`net` is said elsewhere. {ledger}`L001`
:::

```{rst-class} web-only
```

(net)=
## Without a network

Load it once.

## For all

Read {doc}`reference/ledger`.
"""
    path = project.folder / "other.md"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert project.build("html") == []
    assert project.build("typst") == []
    page = project.page("other").get_text()
    assert "Press the button." in page
    assert "Load it once." in page
    assert "pencil" not in page
    # Nothing leads to what is not there.
    links = [str(a["href"]) for a in project.page("reference/ledger").select("a[href*=other]")]
    assert not any("#cite" in link for link in links), links
    # Nor does the search find it.
    index = text_of_index(project.output("searchindex.js").read_text(encoding="utf-8"))
    assert "button" in index
    assert "pencil" not in index
    printed = " ".join(pages_of(project.output("course-reader.pdf", "typst")))
    assert re.search(
        r"Take a pencil; Without a network is said elsewhere\..{0,30}For all Read", printed
    )
    assert "button" not in printed
    assert "Load it once" not in printed


def test_term_is_never_parted_from_what_it_means(tmp_path: Path) -> None:
    project = Project(ROOTS / "test-course", tmp_path)
    more = "".join(
        f"\nTerm {at}\n: Meaning {at} {'goes on and on ' * (at % 9 * 3)}to its end {at}.\n"
        for at in range(100, 160)
    )
    path = project.folder / "other.md"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert project.build("typst") == []
    pages = pages_of(project.output("course-reader.pdf", "typst"))
    shown = [text for text in pages if "Term 1" in text]
    assert len(shown) > 2
    for at in range(100, 160):
        [page] = [text for text in shown if f"Term {at} " in text]
        assert f"to its end {at}." in page


def lines_of(page: PdfPage) -> list[tuple[float, float, str]]:
    """Return left edge, right edge and text of each line of *page*, in points."""
    text = page.get_textpage()
    boxes = [text.get_rect(at) for at in range(text.count_rects())]
    return [(box[0], box[2], text.get_text_bounded(*box)) for box in boxes]


def edges_of(path: Path, begins: str, ends: str) -> tuple[float, float]:
    """Return where the paragraph from *begins* to *ends* has its edges, on its page."""
    document = PdfDocument(path)
    for page in document:
        lines = lines_of(page)
        first = [at for at, line in enumerate(lines) if begins in line[2]]
        last = [at for at, line in enumerate(lines) if ends in line[2]]
        if first and last:
            part = lines[first[0] : last[-1] + 1]
            return min(line[0] for line in part), max(line[1] for line in part)
    raise AssertionError(begins)


def test_words_before_a_list_in_columns_are_no_wider_to_read(tmp_path: Path) -> None:
    project = Project(ROOTS / "test-course", tmp_path)
    words = "Begin here, " + "and go on " * 40 + "to end there."
    project.edit("reference/glossary.md", "\n\n", f"\n\n{words}\n\n")
    assert project.build("typst") == []
    reader = project.output("course-reader.pdf", "typst")
    left, right = edges_of(reader, "Begin here", "end there")
    assert 60 < (right - left) / MILLIMETRE < 82, "half of the page"


def test_listing_in_columns_says_its_rows_in_order(tmp_path: Path) -> None:
    project = Project(ROOTS / "test-course", tmp_path)
    rows = "".join(f"| Row {at} | Told of {at}. | judged {at} |\n" for at in range(100, 180))
    table = f":::{{table}}\n:class: listing\n\n| What | Told | Judged |\n|---|---|---|\n{rows}:::\n"
    path = project.folder / "other.md"
    path.write_text(path.read_text(encoding="utf-8") + f"\n{table}", encoding="utf-8")
    assert project.build("html") == []
    assert len(project.page("other").select("table.listing tbody tr")) == 80
    assert project.build("typst") == []
    reader = project.output("course-reader.pdf", "typst")
    whole = " ".join(pages_of(reader))
    found = re.findall(r"Row (\d+) Told of (\d+)\. judged (\d+)", whole)
    assert found == [(str(at),) * 3 for at in range(100, 180)]
    assert page_validation.validate_pdf(str(reader), profile="ua1").is_compliant


def test_sections_beside_wide_tables_share_columns(tmp_path: Path) -> None:
    project = Project(ROOTS / "test-course", tmp_path)
    entries = "".join(f"Name {at}\n: Who {at} is.\n\n" for at in range(100, 160))
    people = f":::{{container}} entries\n{entries}:::\n"
    table = ":::{table}\n:class: ledger-table\n\n| A | B |\n|---|---|\n| Wide | table |\n:::\n"
    path = project.folder / "other.md"
    more = f"\n## Table\n\n{table}\n## First\n\nOnce.\n\n{people}\n## Second\n\nTwice.\n\n{people}"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert project.build("typst") == []
    document = PdfDocument(project.output("course-reader.pdf", "typst"))
    pages = [lines_of(page) for page in document]
    [lines] = [each for each in pages if any("Twice." in line[2] for line in each)]
    place = {line[2].strip(): line[0] for line in lines}
    assert place["Once."] + 60 * MILLIMETRE < place["Twice."], "in the next column"


def test_name_turned_round_is_no_translation(tmp_path: Path) -> None:
    project = Project(ROOTS / "test-course", tmp_path)
    project.edit("data/glossary.yml", "term: Rate, translations: {es: Tasa}", "TERM")
    text = (project.folder / "data/glossary.yml").read_text(encoding="utf-8")
    entry = next(line for line in text.splitlines() if "TERM" in line)
    person = entry.replace("id: rate", "id: ruiz").replace(
        "TERM", 'term: "Ruiz, Ana", translations: {es: Ana Ruiz}'
    )
    kept = entry.replace("TERM", "term: Rate, translations: {es: Tasa}")
    project.edit("data/glossary.yml", entry, f"{kept}\n{person}")
    assert project.build("html") == []
    names = [dt.get_text() for dt in project.page("reference/glossary").select("dt")]
    assert any("Tasa" in name for name in names)
    assert not any("Ana Ruiz" in name for name in names)
