"""Print by option: paper, large type, shades of grey."""

from __future__ import annotations

import re
import runpy
from collections import Counter
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
from conftest import ROOTS, Project
from courseware.typst.grey import greyed
from editions import END, LARGE, LEAST, built, coloured, least_size, sticks_out
from PIL import Image
from pypdfium2 import PdfDocument
from sheetsread import folded

if TYPE_CHECKING:
    from pathlib import Path


def counted(path: Path) -> Counter[str]:
    """Return how often each word stands in the PDF *path*."""
    with PdfDocument(path) as document:
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    # A word that is broken at a line's end is one word.
    return Counter(re.findall(r"[^\W\d_]{3,}", folded(re.sub("[\ufffe\x02]\\s*", "", text))))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(ROOTS / "test-typst", tmp_path_factory.mktemp("editions"))


@pytest.fixture(scope="module")
def usual(small: Project) -> dict[str, bytes]:
    return normal(built(small, "typst"))


def normal(folder: Path) -> dict[str, bytes]:
    """Return the PDFs of the normal edition in *folder*."""
    return {
        path.name: path.read_bytes() for path in folder.glob("[!-]*.pdf") if END not in path.stem
    }


@pytest.fixture(scope="module")
def large(small: Project, usual: dict[str, bytes]) -> list[Path]:
    """Return the PDFs of the small project in large print, made after the usual ones."""
    assert usual
    return sorted(built(small, "typst", **LARGE).glob(f"*{END}.pdf"))


def test_large_edition_conforms_to_pdf_ua(large: list[Path]) -> None:
    for path in large:
        report = page_validation.validate_pdf(str(path), profile="ua1")
        assert report.is_compliant, (path.name, report.to_dict())


@pytest.mark.parametrize("style", ["letter", "greyscale"])
def test_edition_with_one_option_conforms_to_pdf_ua(
    small: Project, usual: dict[str, bytes], style: str
) -> None:
    folder = built(small, "typst", typst_edition=style)
    made = [folder / name.replace(".pdf", f"-{style}.pdf") for name in usual]
    for path, name in zip(made, usual, strict=True):
        assert path.read_bytes() != usual[name]
        report = page_validation.validate_pdf(str(path), profile="ua1")
        assert report.is_compliant, (path.name, report.to_dict())


def test_large_edition_has_no_small_letters(large: list[Path]) -> None:
    for path in large:
        assert least_size(path) >= LEAST, path.name


def test_nothing_sticks_out_of_a_page(large: list[Path]) -> None:
    for path in large:
        assert sticks_out(path) <= 0, path.name


def test_large_edition_is_on_the_paper_asked_for(large: list[Path]) -> None:
    for path in large:
        with pikepdf.open(path) as pdf:
            assert {tuple(map(float, page.mediabox[2:])) for page in pdf.pages} == {(612, 792)}


def test_large_edition_says_the_same(small: Project, large: list[Path]) -> None:
    plain = Project(small.folder, small.folder.parent / "plain")
    folder = built(plain, "typst")
    for path in large:
        ours, theirs = counted(path), counted(folder / path.name.replace(END, ""))
        lacking = {word for word, count in theirs.items() if not ours[word] and count}
        # Of words set in capitals or broken in the narrow measure, either is enough.
        whole = "".join(ours).casefold()
        assert {word for word in lacking if word.casefold() not in whole} == set()


def test_editions_lie_side_by_side(
    small: Project, usual: dict[str, bytes], large: list[Path]
) -> None:
    folder = large[0].parent
    assert {path.name.replace(END, "") for path in large} == set(usual)
    before = [path.stat().st_mtime_ns for path in large]
    built(small, "typst")
    assert [path.stat().st_mtime_ns for path in large] == before
    assert {name: (folder / name).read_bytes() for name in usual} == usual


def test_what_is_no_longer_made_goes_in_every_edition(small: Project, tmp_path: Path) -> None:
    copy = Project(small.folder, tmp_path)
    built(copy, "typst", **LARGE)
    folder = built(copy, "typst")
    first, *others = small_documents(copy)
    built(copy, "typst", typst_documents=[first])
    target = first["target"]
    assert others
    assert {path.name for path in folder.glob("*.pdf")} == {f"{target}.pdf", f"{target}{END}.pdf"}


def small_documents(project: Project) -> list[dict[str, object]]:
    """Return what the configuration of *project* says is printed."""
    found: list[dict[str, object]] = runpy.run_path(str(project.folder / "conf.py"))[
        "typst_documents"
    ]
    return found


def test_normal_edition_is_the_one_that_is_configured(small: Project) -> None:
    plain = Project(small.folder, small.folder.parent / "configured")
    plain.edit("conf.py", 'language = "en"', 'language = "en"\ntypst_paper = "us-letter"')
    folder = built(plain, "typst", typst_edition="letter")
    assert not [path for path in folder.glob("*.pdf") if "letter" in path.name]
    assert not [path for path in built(plain, "typst").glob("*.pdf") if "letter" in path.name]
    built(plain, "typst", typst_edition="a4")
    assert (folder / "reader-a4.pdf").is_file()


def test_options_have_no_page_read_again(small: Project, large: list[Path]) -> None:
    assert large
    doctrees = small.folder.parent / "out" / "doctrees"
    before = {path: path.stat().st_mtime_ns for path in doctrees.rglob("*.doctree")}
    built(small, "typst", typst_edition="large-print")
    assert before == {path: path.stat().st_mtime_ns for path in doctrees.rglob("*.doctree")}


def test_grey_edition_has_no_colour(large: list[Path]) -> None:
    for path in large:
        assert coloured(path) <= 2, path.name


def test_usual_edition_has_colour(small: Project, usual: dict[str, bytes]) -> None:
    folder = small.folder.parent / "colour"
    folder.mkdir()
    (folder / "reader.pdf").write_bytes(usual["reader.pdf"])
    assert coloured(folder / "reader.pdf") > 40


@pytest.mark.parametrize(
    ("drawn", "grey"),
    [
        ('<path fill="#0f4c5c" stroke="#fff"/>', '<path fill="#464646" stroke="#ffffff"/>'),
        ('<path style="fill: teal; stroke:none"/>', '<path style="fill: #737373; stroke:none"/>'),
        ('<stop stop-color="rgb(255, 0, 0)"/>', '<stop stop-color="#7f7f7f"/>'),
        ('<use href="#abcdef" fill="url(#a)"/>', '<use href="#abcdef" fill="url(#a)"/>'),
    ],
)
def test_grey_is_as_light_as_the_colour(drawn: str, grey: str) -> None:
    assert greyed(drawn.encode(), ".svg").decode() == grey


def test_raster_becomes_grey(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (2, 2), (255, 0, 0)).save(path)
    path.write_bytes(greyed(path.read_bytes(), ".png"))
    with Image.open(path) as image:
        red, green, blue = image.convert("RGB").getpixel((0, 0))  # type: ignore[misc]
    assert red == green == blue


def test_other_files_stay_as_they_are() -> None:
    assert greyed(b"%PDF-1.7 #0f4c5c", ".pdf") == b"%PDF-1.7 #0f4c5c"


def test_unknown_paper_is_told(small: Project) -> None:
    with pytest.raises(Exception, match="typst_paper: expected one of") as caught:
        built(small, "typst", typst_paper="b5")
    assert type(caught.value).__name__ == "ConfigError"
