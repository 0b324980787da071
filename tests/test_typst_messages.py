"""Print: what an author is told, and where, when something cannot be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
from conftest import ROOTS, Project
from pdftags import tags
from sphinx.errors import ConfigError
from sphinx.testing.util import SphinxTestApp

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "chapters/second.md"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a copy of the sample that a test may break."""
    return Project(ROOTS / "test-typst", tmp_path)


def told(warnings: list[str], part: str) -> list[str]:
    return [each for each in warnings if part in each]


def test_image_without_alternative_text_is_printed_and_left_to_the_course_to_warn_of(
    project: Project,
) -> None:
    project.edit(PAGE, "![A small photograph]", "![]")
    assert told(project.build("typst"), "alternative text") == []
    pdf = project.output("reader.pdf", "typst")
    assert page_validation.validate_pdf(str(pdf), profile="ua1").is_compliant
    with pikepdf.open(pdf) as opened:
        alts = [tag.alt for tag in tags(opened) if tag.kind == "Figure"]
    assert alts == ["A teal rectangle", "Picture without a description (photo.png)"]


def test_missing_image_is_told_and_the_rest_is_printed(project: Project) -> None:
    project.edit(PAGE, "../photo.png", "../nowhere.png")
    line = project.line(PAGE, "nowhere")
    assert told(project.build("typst"), f"{PAGE}:{line}: WARNING: the image cannot be printed")
    assert project.output("reader.pdf", "typst").exists()


def test_character_that_no_font_has(project: Project) -> None:
    project.edit(PAGE, "After the transition.", "A snowman \N{SNOWMAN} and\nagain \N{SNOWMAN}.")
    line = project.line(PAGE, "A snowman")
    [said] = told(project.build("typst"), "SNOWMAN")
    assert said.startswith(f"{PAGE}:{line}: WARNING: no shipped font has the character '☃'")
    assert "(U+2603 SNOWMAN)" in said
    assert "[U+2603]" in said
    pdf = project.output("reader.pdf", "typst")
    assert page_validation.validate_pdf(str(pdf), profile="ua1").is_compliant


def test_footnote_in_a_heading(project: Project) -> None:
    project.edit("chapters/first.md", "### A first section", "### A first section[^count]")
    line = project.line("chapters/first.md", "### A first section")
    assert told(
        project.build("typst"), f"chapters/first.md:{line}: WARNING: a footnote in a heading"
    )
    assert project.output("reader.pdf", "typst").exists()


def test_typst_error_names_the_line_and_makes_no_pdf(project: Project) -> None:
    project.build("typst")
    project.edit(PAGE, "#strong[Raw Typst.]", "#no-such-function()")
    line = project.line(PAGE, "{raw} typst") + 1
    [said] = told(project.build("typst"), "ERROR")
    assert said.startswith(f"ERROR: {PAGE}:")
    assert abs(int(said.split(":")[2]) - line) <= 1
    assert "unknown variable: no-such-function" in said
    assert "(reader.pdf is not made)" in said
    left = {each.name for each in project.output("", "typst").iterdir()}
    assert left == {
        "handout.pdf",
        ".made.json",
        ".made.lock",
    }  # neither the old PDF nor half of a new one


def test_typst_error_fails_the_build(project: Project) -> None:
    project.edit(PAGE, "#strong[Raw Typst.]", "#no-such-function()")
    app = SphinxTestApp("typst", srcdir=project.folder, builddir=project.folder.parent / "out")
    try:
        app.build()
        assert app.statuscode == 1
    finally:
        app.cleanup()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"target": "reader"', '"target": "reader", "titel": "x"', "unknown key 'titel'"),
        ('"target": "reader",', "", "'target' is missing"),
        ('"target": "reader"', '"target": "a/b"', "file name without folder"),
        ('"target": "reader"', '"target": "handout"', "two entries write handout.pdf"),
        ('"date": "2026-01-31"', '"date": "January"', "a day such as 2026-01-31"),
        ('"layout": "chapter"', '"layout": "poster"', "'layout' must be one of"),
        ('"keywords": ["sample", "print"]', '"keywords": "sample"', "must be a list of strings"),
        ('"start": "index"', '"start": "indx"', "there is no document 'indx'"),
        ('language = "en"', 'language = "en"\ntypst_paper = "a5"', "typst_paper: expected one of"),
    ],
)
def test_mistakes_in_the_configuration(project: Project, old: str, new: str, message: str) -> None:
    project.edit("conf.py", old, new)
    with pytest.raises(ConfigError, match=message):
        project.build("typst")
