"""Words of another language are marked as such, on pages and in print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest
from bs4 import BeautifulSoup
from conftest import ROOTS, Project
from courseware.bank.load import load_bank
from courseware.bank.model import ShortAnswer
from courseware.data.bibliography import load_works
from courseware.data.problems import DataError
from courseware.data.settings import load_settings
from editions import built
from sheetsread import text_of

if TYPE_CHECKING:
    from pathlib import Path

WORDS, TITLE = "cuentas claras", "Los robos contados"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a course with words, and a work, in the language that it lists, of a region."""
    project = Project(ROOTS / "test-course", tmp_path)
    project.edit("course.yml", "name: Spanish}", "name: Spanish, region: MX}")
    path = project.folder / "other.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\nThey say *{{es}}`{WORDS}`* there.\n", encoding="utf-8")
    project.edit("data/references.bib", "{A Count of Thefts}", f"{{{TITLE}}}, langid = {{es}}")
    return project


def said_in(project: Project, name: str) -> set[tuple[str, str]]:
    """Return what is marked on the page *name*, with its language."""
    page = BeautifulSoup(project.output(name).read_text(encoding="utf-8"), "html.parser")
    return {(each.get_text(), str(each["lang"])) for each in page.select("main [lang], p [lang]")}


def languages(pdf: pikepdf.Pdf) -> list[str]:
    """Return the languages that tags and marked content of *pdf* name, as often as they do."""
    found = [
        str(each.Lang)
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and {"/Lang", "/S"} <= set(each.keys())
    ]
    for page in pdf.pages:
        for each in pikepdf.parse_content_stream(page, "BDC"):
            found += [str(each.operands[1].Lang)] if "/Lang" in each.operands[1] else []
    return found


def test_pages_name_the_language_with_its_region(project: Project) -> None:
    assert project.build() == []
    assert (WORDS, "es-MX") in said_in(project, "other.html")
    sources = said_in(project, "reference/sources.html")
    assert any(text.startswith(TITLE) and tag == "es-MX" for text, tag in sources)
    glossary = project.output("reference/glossary.html").read_text(encoding="utf-8")
    assert 'lang="es-MX"' in glossary
    assert 'lang="es"' not in glossary


def test_print_names_it_as_well(project: Project) -> None:
    project.edit("other.md", f"*{{es}}`{WORDS}`*", "so")
    project.build("typst")
    before = languages(pikepdf.open(project.output("course-reader.pdf", "typst")))
    project.edit("other.md", "They say so there.", f"They say *{{es}}`{WORDS}`* there.")
    project.build("typst")
    after = languages(pikepdf.open(project.output("course-reader.pdf", "typst")))
    assert after.count("es-MX") == before.count("es-MX") + 1
    assert {each for each in after if each.startswith("es")} == {"es-MX"}


def test_work_of_a_language_that_is_not_listed_is_told(project: Project) -> None:
    project.edit("data/references.bib", "langid = {es}", "langid = {spanish}")
    path = project.folder / "data/references.bib"
    with pytest.raises(DataError) as caught:
        load_works(path, load_settings(project.folder / "course.yml"))
    (problem,) = caught.value.problems
    assert problem.line == 1
    assert "langid: " in problem.message
    assert "course.yml lists them under glossary: languages" in problem.message


def test_language_that_the_course_does_not_list_is_told(project: Project) -> None:
    project.edit("other.md", "{es}", "{fr}")
    line = project.line("other.md", "{fr}")
    told = "\n".join(project.build())
    assert f"other.md:{line}: " in told
    assert "course.yml lists no language 'fr' under glossary: languages" in told
    assert "it has es (Spanish)" in told


def test_accepted_forms_of_another_language_count_and_are_marked_in_keys(project: Project) -> None:
    project.edit(
        "exercises/bank/counting.yml",
        "accepted: [denominator, el denominador]",
        "accepted: [denominator]\n    accepted_in: {es: [el denominador]}",
    )
    choice = {"conditions": {"type": ["short-answer"], "audience": ["self-check"], "count": 1}}
    folder = built(project, "sheets", sheets_choice=choice)
    [path] = folder.glob("instructor/key-*.pdf")
    assert "denominator, el denominador" in text_of(path)
    with pikepdf.open(path) as pdf:
        assert "es-MX" in languages(pdf)
    items = load_bank(project.folder / "exercises" / "bank").by_id.values()
    [item] = [each for each in items if isinstance(each, ShortAnswer)]
    assert item.accepted == ["denominator", "el denominador"]
    assert item.forms_by_language() == {"": ["denominator"], "es": ["el denominador"]}
