"""The course in large print: chapter, handout, workbook, cards, all papers, a key; in grey, too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
from courseware.bank.assignments import assignment_paths, load_assignments
from courseware.figures.style import TEXT
from courseware.figures.style import WIDTH as DRAWN
from courseware.files.places import picture_folder
from courseware.typst.drawings import read_drawing
from courseware.typst.enlarged import ROOM, for_large_print
from editions import END, LARGE, LEAST, built, coloured, least_size, sticks_out
from ours import DOCS, EXERCISES, TOPICS
from sheetsread import folded, pages_of, shapes_of

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Builds, Project

TOPIC = TOPICS[len(TOPICS) // 2]
DOCUMENTS = [
    {"start": f"chapters/{TOPIC}", "target": "chapter", "layout": "chapter"},
    {"start": f"chapters/{TOPIC}", "target": "handout", "layout": "handout"},
    {"start": f"chapters/{TOPIC}", "target": "cards", "layout": "cards"},
    {"start": "index", "target": "workbook", "layout": "workbook", "title": "Workbook"},
]
PAPERS = load_assignments(assignment_paths(EXERCISES / "assignments"))
#: The paper with most questions of those in two versions.
PAPER = max(
    (paper for paper in PAPERS if paper.text.versions == 2),
    key=lambda paper: len(paper.text.items),
)


@pytest.fixture(scope="module")
def project(shared_build: Builds, tmp_path_factory: pytest.TempPathFactory) -> Project:
    return shared_build.read(DOCS, tmp_path_factory.mktemp("large"))


@pytest.fixture(scope="module")
def figures(project: Project) -> Path:
    """Return the folder of the drawn figures."""
    return picture_folder(project.out / "doctrees")


@pytest.fixture(scope="module")
def made(project: Project) -> dict[str, Path]:
    """Return the PDFs by their names, without what tells the edition."""
    path = str(EXERCISES / "assignments" / f"{PAPER.name}.yml")
    folders = [
        built(project, "sheets", sheets_files=[path], **LARGE),
        built(project, "typst", typst_documents=DOCUMENTS, **LARGE),
    ]
    paths = [path for folder in folders for path in folder.rglob("*.pdf")]
    return {path.stem.removesuffix(END): path for path in paths if path.stem.endswith(END)}


def test_large_print_conforms_to_pdf_ua(made: dict[str, Path]) -> None:
    for path in made.values():
        report = page_validation.validate_pdf(str(path), profile="ua1")
        assert report.is_compliant, (path.name, report.to_dict())


def test_large_print_has_no_small_letters(made: dict[str, Path]) -> None:
    sheets = {f"worksheet-{PAPER.name}-{letter}" for letter in "AB"}
    texts = {str(document["target"]) for document in DOCUMENTS}
    assert set(made) == {*texts, f"key-{PAPER.name}", *sheets}
    for name, path in made.items():
        # What is for teachers keeps the normal layout.
        assert (least_size(path) >= LEAST) is not name.startswith("key-"), path.name


def test_letters_of_figures_have_the_least_size_too(made: dict[str, Path], figures: Path) -> None:
    shown = 0
    with pikepdf.open(made["chapter"]) as pdf:
        for node in pdf.objects:
            if not isinstance(node, pikepdf.Dictionary) or node.get("/S") != "/Figure":
                continue
            left, _, right, _ = map(float, node["/A"][0]["/BBox"])
            # Blanks and lines to write on are figures, too.
            if right - left > DRAWN:
                shown += 1
                assert (right - left) / DRAWN * TEXT >= LEAST
    assert shown
    drawings = [read_drawing(path) for path in figures.glob("*-large.svg")]
    assert drawings
    for drawing in drawings:
        assert drawing is not None
        assert drawing.width == DRAWN
        assert drawing.letters >= TEXT


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_parts_of_figures_have_room_on_a_page(figures: Path, paper: str) -> None:
    counts = []
    for path in figures.glob("*-dark.svg"):
        name = f"{path.name.removesuffix('-dark.svg')}.svg"
        shown, parts = for_large_print(figures, name, paper)
        drawing = read_drawing(figures / shown)
        assert drawing is not None
        scale = ROOM[paper][0] / drawing.width
        assert drawing.letters * scale >= LEAST, name
        heights = [(end - begin) * drawing.height * scale for begin, end in parts]
        assert max(heights) <= ROOM[paper][1] + 0.5, name
        counts.append(len(parts))
    assert min(counts) == 1 < max(counts)


@pytest.mark.parametrize("edition", ["large-print", "letter large-print"])
def test_papers_have_three_times_their_pages_at_most(
    project: Project, made: dict[str, Path], edition: str
) -> None:
    assert made
    folder = built(project, "sheets", typst_edition=edition)
    end = "-" + edition.replace(" ", "-")
    seen = 0
    for paper in PAPERS:
        name = re.compile(rf"worksheet-{re.escape(paper.name)}(-[A-Z])?{end}")
        sheets = [path for path in (folder / "pdf").iterdir() if name.fullmatch(path.stem)]
        assert sheets, paper.name
        for path in sheets:
            assert paper.text.pages is not None
            assert len(pages_of(path)) <= 3 * paper.text.pages, path.name
            assert least_size(path) >= LEAST, path.name
            seen += 1
    assert seen >= len(PAPERS)


def test_every_large_page_of_a_worksheet_says_what_it_is(made: dict[str, Path]) -> None:
    for letter in "AB":
        feet = [lines[-1] for lines in pages_of(made[f"worksheet-{PAPER.name}-{letter}"])]
        title = f"{PAPER.text.title}, version {letter} "
        assert len(feet) > 1
        assert [foot for foot in feet if not foot.startswith(title)] == []


def test_key_keeps_its_grid_in_large_print(made: dict[str, Path]) -> None:
    first = folded(" ".join(pages_of(made[f"key-{PAPER.name}"])[0]))
    assert " No. Version A Points Version B Points See 1 " in first


def test_tables_of_a_key_have_no_rules_between_columns(made: dict[str, Path]) -> None:
    shapes = [shape for page in shapes_of(made[f"key-{PAPER.name}"]) for shape in page]
    assert any(shape.height < 2 and shape.width > 100 for shape in shapes)
    assert [shape for shape in shapes if shape.width < 2 and shape.height > 10] == []


def test_nothing_sticks_out_of_a_large_page(made: dict[str, Path]) -> None:
    for path in made.values():
        # Every side that a paper saves counts, so its margins are narrow.
        margin = 15.9 if path.name.startswith("worksheet-") else 17.9
        assert sticks_out(path, margin) <= 0, path.name


def test_grey_print_has_no_colour(made: dict[str, Path]) -> None:
    for path in made.values():
        assert coloured(path) <= 2, path.name
