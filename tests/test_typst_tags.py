"""What every PDF says to who listens: tags in all editions, links, names, what it conforms to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
from conftest import ROOTS, Project
from editions import built
from pdftags import faults, links, tags

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EDITIONS = ["", "letter", "greyscale", "large-print", "letter large-print greyscale"]
ROOMS = {"blank to write in", "lines to write on", "box to tick", "box for a number"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """Return the PDFs of two small projects, among them papers and keys, by edition."""
    projects = [
        (Project(ROOTS / name, tmp_path_factory.mktemp(name)), builder)
        for name, builder in (("test-typst", "typst"), ("test-course", "print"))
    ]
    found: dict[str, list[Path]] = {}
    for edition in EDITIONS:
        before = {path for paths in found.values() for path in paths}
        folders = [built(each, builder, typst_edition=edition) for each, builder in projects]
        pdfs = {path for folder in folders for path in folder.rglob("*.pdf")}
        found[edition] = sorted(pdfs - before)
    return found


@pytest.mark.parametrize("edition", EDITIONS)
def test_tags_are_right_in_every_pdf_of_every_edition(
    made: dict[str, list[Path]], edition: str
) -> None:
    assert len(made[edition]) >= 6
    for path in made[edition]:
        with pikepdf.open(path) as pdf:
            assert faults(pdf) == [], path.name
        report = page_validation.validate_pdf(str(path), profile="ua1")
        assert report.is_compliant, (path.name, report.to_dict())


def test_dated_file_lasts_and_undated_one_does_not_say_so(made: dict[str, list[Path]]) -> None:
    dated = set()
    for path in made[""]:
        with pikepdf.open(path) as pdf:
            is_dated = "/CreationDate" in pdf.docinfo
            said = str(pdf.open_metadata().get("pdfaid:part", ""))
        dated.add(is_dated)
        assert said == ("2" if is_dated else ""), path.name
        if is_dated:
            report = page_validation.validate_pdf(str(path), profile="2a")
            assert report.is_compliant, (path.name, report.to_dict())
    assert True in dated


def all_links(paths: list[Path]) -> Iterator[str]:
    for path in paths:
        with pikepdf.open(path) as pdf:
            yield from links(pdf)


def test_links_say_what_they_lead_to(made: dict[str, list[Path]]) -> None:
    said = {each.replace("\N{NO-BREAK SPACE}", " ") for each in all_links(made[""])}
    for name in ("Fig. 2.1", "Table 2.1", "Exercise 1.1", "Denominator", "L001"):
        assert any(re.fullmatch(rf"{name}, page \d+", each) for each in said), name
    assert any(re.fullmatch(r"Smith, Ann \(2009\), page \d+", each) for each in said)
    assert any(re.fullmatch(r".+, Chapter \d+", each) for each in said)


def test_what_a_pen_writes_on_has_a_name(made: dict[str, list[Path]]) -> None:
    named = set()
    for path in made[""]:
        with pikepdf.open(path) as pdf:
            named |= {tag.alt for tag in tags(pdf) if tag.kind == "Figure"}
    assert named >= ROOMS


def test_title_names_the_course_and_the_part_once(made: dict[str, list[Path]]) -> None:
    for path in made[""]:
        with pikepdf.open(path) as pdf:
            title, subject = str(pdf.docinfo["/Title"]), str(pdf.docinfo.get("/Subject", ""))
            assert len(re.findall("sample|small course", title.casefold())) == 1, path.name
            # That one has nothing to say of itself.
            assert subject or path.name == "handout.pdf", path.name
            # Parts of what is listed are closed: as many are seen as stand at the first level.
            outlines = pdf.Root.Outlines
            seen = 0
            first: pikepdf.Object | None = outlines.First
            while first is not None:
                assert int(first.get("/Count", 0)) <= 0
                seen, first = seen + 1, first.get("/Next")
            assert seen == outlines.Count
            assert "/PageLabels" in pdf.Root


def test_pages_are_labelled_as_they_are_numbered(made: dict[str, list[Path]]) -> None:
    with pikepdf.open(made[""][0]) as pdf:
        labels = pikepdf.NumberTree(pdf.Root.PageLabels)
        assert len(pdf.pages) > 1
        assert [str(page.label) for page in pdf.pages] == [
            str(number) for number in range(1, len(pdf.pages) + 1)
        ]
        assert labels


def test_tables_say_what_they_are_about(made: dict[str, list[Path]]) -> None:
    said = set()
    for path in made[""]:
        with pikepdf.open(path) as pdf:
            said |= {tag.summary for tag in tags(pdf) if tag.kind == "Table"}
    heads = "Statement, Kind, Source given, Strength, What would change your mind"
    assert {f"Evidence table: {heads}", "Counts by year: Year, Count"} <= said
