"""The course in large print and in grey, on US letter: a chapter, worksheets, a key."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import page as page_validation
import pytest
from courseware.bank.assignments import assignment_paths, load_assignments
from editions import END, LARGE, LOOKED_UP, READ, built, coloured, least_size, letters, sticks_out
from ours import DOCS, EXERCISES, TOPICS
from sheetsread import pages_of, shapes_of

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Builds

TOPIC = TOPICS[len(TOPICS) // 2]
CHAPTER = {"start": f"chapters/{TOPIC}", "target": "chapter", "layout": "chapter"}
#: The paper with most questions of those in two versions.
PAPER = max(
    (
        paper
        for paper in load_assignments(assignment_paths(EXERCISES / "assignments"))
        if paper.text.versions == 2
    ),
    key=lambda paper: len(paper.text.items),
)


@pytest.fixture(scope="module")
def made(shared_build: Builds, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the PDFs by their names, without what tells the edition."""
    project = shared_build.read(DOCS, tmp_path_factory.mktemp("large"))
    path = str(EXERCISES / "assignments" / f"{PAPER.name}.yml")
    folders = [
        built(project, "sheets", sheets_files=[path], **LARGE),
        built(project, "typst", typst_documents=[CHAPTER], **LARGE),
    ]
    paths = [path for folder in folders for path in folder.rglob("*.pdf")]
    return {path.stem.removesuffix(END): path for path in paths if path.stem.endswith(END)}


def test_large_print_conforms_to_pdf_ua(made: dict[str, Path]) -> None:
    for path in made.values():
        report = page_validation.validate_pdf(str(path), profile="ua1")
        assert report.is_compliant, (path.name, report.to_dict())


def test_large_print_has_no_small_letters(made: dict[str, Path]) -> None:
    sheets = {f"worksheet-{PAPER.name}-{letter}" for letter in "AB"}
    assert set(made) == {"chapter", f"key-{PAPER.name}", *sheets}
    for path in made.values():
        assert least_size(path) >= LOOKED_UP, path.name
    text = Counter(letter.size for letter in letters(made["chapter"]))
    assert text[READ] > sum(text.values()) / 2


def test_every_large_page_of_a_worksheet_says_what_it_is(made: dict[str, Path]) -> None:
    for letter in "AB":
        feet = [lines[-1] for lines in pages_of(made[f"worksheet-{PAPER.name}-{letter}"])]
        title = f"{PAPER.text.title}, version {letter} "
        assert len(feet) > 1
        assert [foot for foot in feet if not foot.startswith(title)] == []


def test_large_tables_have_no_rules_between_columns(made: dict[str, Path]) -> None:
    shapes = [shape for page in shapes_of(made[f"key-{PAPER.name}"]) for shape in page]
    assert any(shape.height < 2 and shape.width > 100 for shape in shapes)
    assert [shape for shape in shapes if shape.width < 2 and shape.height > 10] == []


def test_nothing_sticks_out_of_a_large_page(made: dict[str, Path]) -> None:
    for path in made.values():
        assert sticks_out(path) <= 0, path.name


def test_grey_print_has_no_colour(made: dict[str, Path]) -> None:
    for path in made.values():
        assert coloured(path) <= 2, path.name
