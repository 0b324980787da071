"""The kinds of statement in print: each word in the frame that its kind has on pages."""

from __future__ import annotations

import ctypes
import re
from typing import TYPE_CHECKING, NamedTuple

import page as page_validation
import pikepdf
import pypdfium2.raw as pdfium
import pytest
from conftest import ROOTS, Project
from courseware.data.palette import HUES, Hue
from courseware.data.settings import DEFAULT_KINDS, Sign
from editions import LARGE, built, coloured
from pdftags import tags
from pypdf import PdfReader
from pypdfium2 import PdfDocument

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS = """
typst_documents = [
    {"start": "reference/ledger", "target": "ledger", "title": "Kinds", "layout": "chapter"},
]
"""
MORE = """
  - {id: L005, kind: recommendation, page: "2", tag: claim, text: Lock the doors.}
  - {id: L006, kind: question, page: "2", tag: claim, text: "Who counts them?"}

notes:
"""
SIGNS = {kind.id: kind.sign for kind in DEFAULT_KINDS}


class Stroke(NamedTuple):
    """A line round a word: how thick (points), its dashes, whether it bends, and its colour."""

    width: float
    dashes: tuple[float, ...]
    bends: bool
    colour: str


class Word(NamedTuple):
    """A word, the strokes round it from the outermost inwards, and its size (points)."""

    text: str
    strokes: list[Stroke]
    size: float


def words(path: Path) -> dict[str, Word]:
    """Return the kinds in the facts of the ledger that is the PDF *path*."""
    found = {}
    with PdfDocument(path) as document:
        for page in document:
            text = page.get_textpage()
            said = text.get_text_range()
            for match in re.finditer(rf"\b({'|'.join(SIGNS)})(?=\s+p\.)", said):
                corners = [text.get_charbox(at) for at in range(*match.span())]
                box = (corners[0][0], corners[0][1], corners[-1][2], corners[0][3])
                size = pdfium.FPDFText_GetFontSize(text.raw, match.start())
                around = [
                    (each.get_bounds(), stroke(each.raw))
                    for each in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])
                    if is_round(each.get_bounds(), box, size)
                ]
                strokes = [each for _, each in sorted(around)]
                found[match[0]] = Word(match[0], strokes, size)
    return found


def is_round(
    outer: tuple[float, float, float, float], word: tuple[float, float, float, float], size: float
) -> bool:
    """Tell whether *outer* goes round *word* (left, foot, right, top), and not round more."""
    inside = outer[0] < word[0] and outer[1] < word[1] and outer[2] > word[2] and outer[3] > word[3]
    return inside and outer[2] - outer[0] < word[2] - word[0] + 2 * size


def stroke(path: pdfium.FPDF_PAGEOBJECT) -> Stroke:
    """Return how the line of *path* is drawn."""
    width = ctypes.c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(path, width)
    dashes = (ctypes.c_float * pdfium.FPDFPageObj_GetDashCount(path))()
    pdfium.FPDFPageObj_GetDashArray(path, dashes, len(dashes))
    segments = range(pdfium.FPDFPath_CountSegments(path))
    kinds = {
        pdfium.FPDFPathSegment_GetType(pdfium.FPDFPath_GetPathSegment(path, at)) for at in segments
    }
    parts = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetStrokeColor(path, *parts)
    colour = "#" + bytes(part.value for part in parts[:3]).hex()
    return Stroke(width.value, tuple(dashes), pdfium.FPDF_SEGMENT_BEZIERTO in kinds, colour)


def sign(word: Word) -> Sign:
    """Return the sign that the strokes round *word* are, as a reader would tell it."""
    first = word.strokes[0]
    if len(word.strokes) > 1:
        return Sign.DOUBLE
    if first.dashes:
        return Sign.DASHED if first.dashes[0] else Sign.DOTTED
    if first.bends:
        return Sign.ROUND
    return Sign.STRONG if first.width > 0.12 * word.size else Sign.SOLID


@pytest.fixture(scope="module", params=["usual", "large and grey"])
def ledger(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the ledger of the small course with statements of all kinds, as a PDF."""
    project = Project(ROOTS / "test-course", tmp_path_factory.mktemp("kinds"))
    project.edit("data/ledger.yml", "\nnotes:\n", MORE)
    project.edit("chapters/counting.md", "`L003 L004`", "`L003 L004 L005 L006`")
    project.edit("conf.py", 'html_theme = "basic"', f'html_theme = "basic"{DOCUMENTS}')
    large = request.param != "usual"
    [path] = built(project, "typst", **LARGE if large else {}).glob("*.pdf")
    assert bool(coloured(path)) is not large
    return path


def test_every_sign_and_every_hue_is_of_a_kind() -> None:
    assert set(SIGNS.values()) == set(Sign)
    assert {kind.hue for kind in DEFAULT_KINDS} == set(Hue)


def test_each_kind_has_the_frame_of_its_sign(ledger: Path) -> None:
    found = words(ledger)
    assert all(word.strokes for word in found.values()), found
    assert {name: sign(word) for name, word in found.items()} == SIGNS


def test_frames_can_be_told_apart_in_print(ledger: Path) -> None:
    for word in words(ledger).values():
        for each in word.strokes:
            assert each.width >= 0.5, word  # half a point is seen on every printer
            assert all(gap >= 1.2 for gap in each.dashes[1::2]), word


def test_frames_are_of_the_look_alone(ledger: Path) -> None:
    """Words are read where they stand; lines are no content (ISO 14289-1, 7.1: artifacts)."""
    assert page_validation.validate_pdf(str(ledger), profile="ua1").is_compliant
    text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(ledger).pages)
    assert "The count is called a fact. fact p. 1" in text.replace("\u00a0", " ")
    assert "Lock the doors. recommendation p. 2" in text.replace("\u00a0", " ")
    with pikepdf.open(ledger) as pdf:
        assert {"Figure", "Formula", "Span"}.isdisjoint(tag.kind for tag in tags(pdf))


def test_frame_of_a_kind_is_that_of_the_page(tmp_path: Path) -> None:
    """A course that gives a kind another sign and hue gets them, on pages as in print."""
    project = Project(ROOTS / "test-course", tmp_path)
    said = "kinds: [{id: fact, sign: double, hue: plum}]\nstandpoints:"
    project.edit("course.yml", "standpoints:", said)
    project.edit("conf.py", 'html_theme = "basic"', f'html_theme = "basic"{DOCUMENTS}')
    ledger = project.folder / "data/ledger.yml"
    kinds = re.compile("kind: (estimate|judgement|prediction)")
    ledger.write_text(kinds.sub("kind: fact", ledger.read_text(encoding="utf-8")), encoding="utf-8")
    project.build()
    badges = project.page("reference/ledger").select(".statement-facts .kind")
    assert {name for each in badges for name in each["class"]} == {
        "kind",
        "kind-fact",
        "sign-double",
        "hue-plum",
    }
    project.build("typst")
    [path] = project.output("", "typst").glob("*.pdf")
    word = words(path)["fact"]
    assert sign(word) is Sign.DOUBLE
    assert {each.colour for each in word.strokes} == {HUES[Hue.PLUM].light}
