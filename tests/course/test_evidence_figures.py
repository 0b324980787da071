"""The figures of the course: their data, how they are drawn, where they stand."""

from __future__ import annotations

import csv
import os
import re
import runpy
import subprocess
import sys
from io import BytesIO
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
import typst
from courseware.data.figures import check_sources, figure_files, figure_scripts, load_table
from courseware.data.ledger import load_ledger
from courseware.figures import style
from courseware.figures.compact import compact
from courseware.figures.render import Script, pictures, render
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from ours import DOCS, SETTINGS, SOURCES, needs
from PIL import Image
from pybtex.database import parse_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from matplotlib.figure import Figure

FIGURES = figure_scripts(DOCS / "figures")
NAMES = [path.stem for path in FIGURES]


def script_of(name: str) -> Script:
    return Script(DOCS / "figures" / f"{name}.py", DOCS / "data")


# -- the course's own figures ----------------------------------------------------------------------


def test_every_row_of_data_names_what_exists() -> None:
    ledger = load_ledger(DOCS / "data/ledger.yml", SETTINGS)
    works = parse_file(str(DOCS / "data/references.bib")).entries.keys()
    known = {"statements": ledger.by_id, "notes": ledger.note_by_id, "sources": set(works)}
    rows = 0
    for name in NAMES:
        for path in figure_files(DOCS / "data", name):
            table = load_table(path)
            check_sources(table, known)
            rows += len(table.rows)
    assert rows >= 2 * len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_pages_in_data_are_those_of_the_statements(name: str) -> None:
    ledger = load_ledger(DOCS / "data/ledger.yml", SETTINGS)
    for path in figure_files(DOCS / "data", name):
        for row in load_table(path).rows:
            pages = {
                page
                for each in row.ids("statements")
                for page in ledger.by_id[each].page.split("-")
            }
            given = set(re.findall(r"\d", row["page"]))
            assert given <= pages, f"{path.name}:{row.line}: page {row['page']}, statements {pages}"
            assert given or not pages, f"{path.name}:{row.line}: statements without a page"


@needs("docs/data/kinds.csv")
def test_counts_of_kinds_are_those_of_the_ledger() -> None:
    statements = load_ledger(DOCS / "data/ledger.yml", SETTINGS).statements
    table = load_table(DOCS / "data/kinds.csv")
    assert [row["page"] for row in table.rows] == [
        str(page) for page in range(1, (SETTINGS.work.pages or 0) + 1)
    ]
    for row in table.rows:
        here = [each for each in statements if str(each.first_page) == row["page"]]
        assert row.ids("statements") == [each.id for each in here]
        for kind in SETTINGS.kind_by_id:
            assert row.number(kind) == sum(each.kind == kind for each in here), (row["page"], kind)


@needs("docs/figures/kinds.py")
def test_kinds_have_the_looks_of_their_names() -> None:
    looks = runpy.run_path(str(DOCS / "figures/kinds.py"))["LOOKS"]
    assert looks == {kind.id: (kind.sign, kind.hue) for kind in SETTINGS.kinds}


def shown() -> list[str]:
    """Return the figures that pages show."""
    pages = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    return re.findall(r"^:::+\{evidence-figure\} (\S+)$", pages, re.MULTILINE)


def test_every_figure_stands_on_one_page() -> None:
    assert sorted(shown()) == NAMES


#: Dots in a point.
FINE = 10


def drawn(name: str) -> tuple[Figure, list[tuple[Text, Bbox]]]:
    """Draw the figure *name*; return it with its texts and the space that each takes."""
    from courseware.figures.render import _draw_of

    script = script_of(name)
    with style.house_style():
        figure = _draw_of(script)(*(load_table(path) for path in script.files))
        # At 72 dots an inch letters stand on whole dots, farther apart than in the SVG file.
        figure.set_dpi(72 * FINE)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()  # type: ignore[no-untyped-call]
        renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]
        texts = [
            (text, inked(text, text.get_window_extent(renderer)))
            for text in figure.findobj(Text)
            if text.get_visible() and text.get_text().strip()
        ]
    return figure, texts


def inked(text: Text, box: Bbox) -> Bbox:
    """Return *box* in points, without the room that the font leaves above and below letters."""
    room = 0.35 * float(text.get_fontsize())
    x0, y0, x1, y1 = (edge / FINE for edge in box.extents)
    return Bbox.from_extents(x0, y0 + room, x1, y1 - room)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cut_and_no_words_overlap(name: str) -> None:
    figure, texts = drawn(name)
    assert texts
    width, height = (72 * float(side) for side in figure.get_size_inches())
    for text, box in texts:
        words = text.get_text()
        assert min(box.x0, width - box.x1) >= -0.5, f"cut at a side: {words}"
        assert min(box.y0, height - box.y1) >= -0.5, f"cut above or below: {words}"
        assert float(text.get_fontsize()) >= style.SMALL, f"too small: {words}"
    for (first, a), (second, b) in combinations(texts, 2):
        wide = min(a.x1, b.x1) - max(a.x0, b.x0)
        high = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert wide <= 0.5 or high <= 0.5, f"overlap: {first.get_text()!r}, {second.get_text()!r}"


@pytest.mark.parametrize("name", NAMES)
def test_figure_is_one_column_and_fits_a_printed_page(name: str) -> None:
    figure, _ = drawn(name)
    width, height = (72 * float(side) for side in figure.get_size_inches())
    assert width == pytest.approx(style.WIDTH)
    assert height <= 640


def test_pictures_are_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "courseware", "figures", "--docs", str(DOCS), "--out"]
    for name, seed in (("one", "1"), ("two", "2")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "MPLCONFIGDIR": str(tmp_path / name)}
        subprocess.run([*command, str(tmp_path / name), *NAMES[:4]], check=True, env=env)
    for name in NAMES[:4]:
        for end in (".svg", "-dark.svg"):
            file = f"{name}{end}"
            assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_dark_picture_differs_in_colours_alone(name: str, tmp_path: Path) -> None:
    render(script_of(name), tmp_path)
    light = (tmp_path / f"{name}.svg").read_text(encoding="utf-8")
    dark = (tmp_path / f"{name}-dark.svg").read_text(encoding="utf-8")
    assert light != dark
    assert re.sub(r"#[0-9a-f]{6}\b", "", light) == re.sub(r"#[0-9a-f]{6}\b", "", dark)
    # One that stays as it is in the dark would not be seen there.
    assert not {c for c in re.findall(r"#[0-9a-f]{6}\b", light) if c in dark}


def printed(picture: str, folder: Path) -> np.ndarray:
    """Return *picture* as Typst draws it: rows of grey dots from 0 to 255."""
    (folder / "picture.svg").write_text(picture, encoding="utf-8")
    source = folder / "picture.typ"
    source.write_text('#set page(width: auto, height: auto)\n#image("picture.svg")')
    png = typst.compile(str(source), format="png", ppi=144)
    assert isinstance(png, bytes)
    return np.asarray(Image.open(BytesIO(png)).convert("L"), dtype=int)


@pytest.mark.parametrize("name", NAMES)
def test_compact_picture_is_the_one_that_was_drawn(name: str, tmp_path: Path) -> None:
    drawn_as: list[str] = []

    def as_it_is(picture: str) -> str:
        drawn_as.append(picture)
        return compact(picture)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("courseware.figures.render.compact", as_it_is)
        small, _ = pictures(script_of(name))
    assert len(small) < 0.72 * len(drawn_as[0])
    difference = np.abs(printed(small, tmp_path) - printed(drawn_as[0], tmp_path))
    # A hundredth of a point may change the grey at an edge.
    assert difference.max() <= 64
    assert difference.mean() < 0.05


def test_site_has_every_figure(shared_build: Callable[[Path, str], Path]) -> None:
    site = shared_build(DOCS, "html")
    for name in shown():
        for end in (".svg", "-dark.svg"):
            assert (site / "_images" / f"{name}{end}").is_file()
        for path in figure_files(DOCS / "data", name):
            copies = list((site / "_downloads").rglob(path.name))
            assert len(copies) == 1
            with copies[0].open(newline="", encoding="utf-8") as file:
                assert len(list(csv.DictReader(file))) == len(load_table(path).rows)
