"""How a few printed pages look, against reference pictures in ``tests/pictures``.

The pages are those of the small courses in ``tests/roots``, so that whoever edits a chapter changes
none of them. After a change of looks that is meant: look at them, then
``uvx nox -s tests -- tests/test_looks.py --keep-pictures``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import ROOTS, Project
from pictures import MANY, PICTURES, assert_looks_like, count, differing, keep, page_picture
from PIL import Image, ImageChops, ImageDraw

if TYPE_CHECKING:
    from pathlib import Path

#: Reference pictures: the project, its builder, the PDF below the output folder, the page.
PAGES = {
    "reader-cover": ("test-typst", "typst", "reader.pdf", 1),
    "reader-contents": ("test-typst", "typst", "reader.pdf", 3),
    "reader-chapter": ("test-typst", "typst", "reader.pdf", 5),
    "reader-figure-table-notes": ("test-typst", "typst", "reader.pdf", 6),
    "chapter": ("test-typst", "typst", "handout.pdf", 1),
    "worksheet-first": ("test-course", "sheets", "pdf/worksheet-every-type-B.pdf", 1),
    "worksheet-second": ("test-course", "sheets", "pdf/worksheet-every-type-B.pdf", 2),
    "key": ("test-course", "sheets", "instructor/key-every-type.pdf", 1),
    "workbook": ("test-course", "print", "pdf/course-workbook.pdf", 3),
    "handout": ("test-course", "print", "pdf/handout-counting.pdf", 1),
    "slide-answer": ("test-course", "print", "pdf/slides-counting.pdf", 9),
    "cards": ("test-course", "print", "pdf/cards-counting.pdf", 1),
}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """Return the output folder of each project and builder."""
    found = {}
    for root, builder in {page[:2] for page in PAGES.values()}:
        project = Project(ROOTS / root, tmp_path_factory.mktemp(builder))
        project.build(builder)  # what the sample warns of has tests of its own
        found[root, builder] = project.output("", builder)
    return found


@pytest.mark.parametrize("name", PAGES)
def test_page_looks_as_it_did(
    name: str,
    outputs: dict[tuple[str, str], Path],
    tmp_path: Path,
    pytestconfig: pytest.Config,
) -> None:
    root, builder, path, number = PAGES[name]
    page = page_picture(outputs[root, builder] / path, number)
    if pytestconfig.getoption("keep_pictures"):
        keep(page, name)
    assert_looks_like(page, name, tmp_path)


def test_every_picture_is_of_a_page() -> None:
    assert {path.stem for path in PICTURES.glob("*")} == set(PAGES)


# -- what the comparison notices, and what it lets pass


@pytest.fixture
def page() -> Image.Image:
    with Image.open(PICTURES / "worksheet-first.png") as picture:
        return picture.convert("L")


def shifted(page: Image.Image) -> Image.Image:
    """Move the lower half of the page one point down."""
    lower = page.crop((0, page.height // 2, page.width, page.height - 1))
    result = page.copy()
    result.paste(lower, (0, page.height // 2 + 1))
    return result


def boxed(page: Image.Image) -> Image.Image:
    """Draw a box of five millimetres, as thin as those to tick."""
    result = page.copy()
    ImageDraw.Draw(result).rectangle((400, 700, 414, 714), outline=60)
    return result


def larger(page: Image.Image) -> Image.Image:
    """Make everything one in a hundred larger."""
    width, height = page.size
    return page.resize((round(width * 1.01), round(height * 1.01))).crop((0, 0, width, height))


def without_name(page: Image.Image) -> Image.Image:
    """Take out the lines for name and date."""
    result = page.copy()
    result.paste(255, (0, 100, page.width, 125))
    return result


@pytest.mark.parametrize("change", [shifted, boxed, larger, without_name])
def test_change_of_looks_is_noticed(page: Image.Image, change: object) -> None:
    assert callable(change)
    assert count(differing(page, change(page))) > MANY


def test_other_paper_is_noticed(page: Image.Image) -> None:
    letter = Image.new("L", (612, 792), 255)
    letter.paste(page)
    assert count(differing(letter, page)) > MANY


def test_change_leaves_pictures_to_look_at(page: Image.Image, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="dots are not as in"):
        assert_looks_like(shifted(page), "worksheet-first", tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        "worksheet-first.png",
        "worksheet-first-differs.png",
    }


@pytest.mark.parametrize("by", [-20, 12])
def test_shade_of_edges_is_let_pass(page: Image.Image, by: int) -> None:
    # Another program's letters: all that is grey is lighter or darker; ground and ink stay.
    other = page.point(lambda value: value if value in {0, 255} else max(0, min(255, value + by)))
    assert ImageChops.difference(page, other).getbbox()
    assert count(differing(page, other)) <= MANY
