"""A PDF may leave exercises to a workbook, or their answers out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
from conftest import ROOTS, Project
from pypdf import PdfReader
from sheetsread import folded

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS = """
typst_documents = [
    {"start": "index", "target": "reader", "title": "Small", "exercises": False},
    {"start": "index", "target": "asked", "title": "Small", "answers": False},
]
"""
SOLUTIONS = ("It is the denominator", "It can be trusted as far as its source goes")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project(ROOTS / "test-course", tmp_path_factory.mktemp("elsewhere"))
    conf = project.folder / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + DOCUMENTS, encoding="utf-8")
    page = project.folder / "other.md"
    more = "\nSee {exercise}`counting-number`.\n\n```{exercise} counting-word\n```\n"
    page.write_text(page.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert project.build("typst") == []
    return project.output("", "typst")


def text_of(file: Path) -> str:
    return folded(" ".join(page.extract_text() for page in PdfReader(file).pages))


def test_without_exercises_a_line_says_which_ones_are_in_the_workbook(folder: Path) -> None:
    text = text_of(folder / "reader.pdf")
    assert "Exercises 1.1 to 1.9 (about 20 minutes) stand in the workbook" in text
    assert "See exercise 1.4 in the workbook. Exercise 1.8 (about 1 minute) stands in" in text
    for words in ("Circle one", "exercises, about", "Answers to the exercises", *SOLUTIONS):
        assert words not in text, words


def test_without_exercises_tables_of_evidence_are_answered(folder: Path) -> None:
    text = text_of(folder / "reader.pdf")
    assert "Answers to the evidence tables" in text


def test_without_answers_exercises_are_asked_alone(folder: Path) -> None:
    text = text_of(folder / "asked.pdf")
    for words in ("Exercise 1.1. What is counted", "Circle one", "See Exercise 1.4 (p. "):
        assert words in text, words
    for words in ("Answer,", "Ours,", "Answers to the", *SOLUTIONS):
        assert words not in text, words


@pytest.mark.parametrize("name", ["reader", "asked"])
def test_links_and_tags_hold(folder: Path, name: str) -> None:
    report = page_validation.validate_pdf(str(folder / f"{name}.pdf"), profile="ua1")
    assert report.is_compliant, report.to_dict()
    with pikepdf.open(folder / f"{name}.pdf") as pdf:
        assert len(pdf.pages) > 3
