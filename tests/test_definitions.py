"""Which pages bring the definitions of their terms, where these stand, and where they must not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from artefacts import texts_in
from bs4 import BeautifulSoup
from conftest import ROOTS, Project, one
from searchindex import places_of

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import Tag

CHAPTER, OTHER, GLOSSARY = "chapters/counting", "other", "reference/glossary"
SAMPLE = (
    "  - {id: sample, term: Sample, translations: {es: Muestra}, category: concept,"
    " confidence: high,"
    ' definition: "A *part* that stands for zygomorphs: see {check}`C1`, {ledger}`L001`'
    ' and {term}`Rate`, as {cite:t}`smith2009count` has it."}\n'
)
CONF = """\
typst_documents = [{"start": "index", "target": "book", "title": "Small"}]
copyright, version, epub_basename = "2026, nobody", "1", "book"
"""


def with_terms(folder: Path) -> Project:
    """Return the small course with terms on a page that is no chapter, and in the glossary."""
    project = Project(ROOTS / "test-course", folder)
    project.edit("conf.py", "project =", f"{CONF}project =")
    project.edit("data/glossary.yml", "  - {id: source", f"{SAMPLE}  - {{id: source")
    project.edit(
        f"{OTHER}.md",
        "nothing to do with the data.",
        "a {term}`Sample`, {term}`another one <sample>` and a {term}`Rate`.",
    )
    project.edit(f"{GLOSSARY}.md", "# Glossary\n", "# Glossary\n\nBegin with {term}`Count`.\n")
    return project


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the small course with terms, as pages."""
    project = with_terms(tmp_path_factory.mktemp("definitions"))
    for builder in ("html", "dirhtml"):
        assert project.build(builder) == []
    return project


def definitions(page: Tag) -> dict[str, str]:
    """Return the definitions on *page*, by their ids."""
    found = page.select(".definitions dd")
    assert len({str(each["id"]) for each in found}) == len(found)
    return {str(each["id"]): each.get_text().strip() for each in found}


def described(page: Tag) -> list[tuple[str, str, str]]:
    """Return the links on *page* that a definition describes: text, address, id."""
    links = page.select("a[aria-describedby^=definition--]")
    return [(a.get_text(), str(a["href"]), str(a["aria-describedby"])) for a in links]


def test_page_brings_each_definition_once_and_hidden(course: Project) -> None:
    page = course.page(OTHER)
    holder = one(page, ".definitions")
    assert "hidden" in holder.attrs
    # After all else in the article, so that nothing is between the words of the page.
    assert holder.find_previous_sibling("section") is not None
    assert [each for each in holder.find_next_siblings() if each.get_text().strip()] == []
    assert list(definitions(page)) == ["definition--sample", "definition--rate"]
    assert definitions(page)["definition--rate"] == "A count over a base."
    glossary = f"{GLOSSARY}.html#term-"
    assert described(page) == [
        ("Sample", f"{glossary}sample", "definition--sample"),
        ("another one", f"{glossary}sample", "definition--sample"),
        ("Rate", f"{glossary}rate", "definition--rate"),
    ]


def test_definition_comes_with_the_term_in_both_languages(course: Project) -> None:
    terms = course.page(OTHER).select(".definitions dt")
    assert [each.get_text() for each in terms] == ["Sample Muestra", "Rate Tasa"]
    assert [one(each, "[lang=es]").get_text() for each in terms] == ["Muestra", "Tasa"]


def test_definition_keeps_its_markup_but_for_links_and_anchors(course: Project) -> None:
    page = course.page(OTHER)
    meaning = one(page, "#definition--sample")
    assert one(meaning, "em").get_text() == "part"
    assert meaning.get_text().strip() == (
        "A part that stands for zygomorphs: see check C1, [p. 1, n. 1] and Rate, "
        "as Smith (2009) has it."
    )
    assert meaning.select("a") == []
    assert meaning.select("[id]") == []
    # In the glossary they are links.
    assert len(one(course.page(GLOSSARY), "#term-sample + dd").select("a")) == 4


def test_chapter_brings_what_its_reading_links_and_not_its_key_terms(course: Project) -> None:
    page = course.page(CHAPTER)
    assert list(definitions(page)) == ["definition--count", "definition--denominator"]
    assert [text for text, _, _ in described(page)] == ["count", "denominator"]
    assert len(page.select(".key-terms dt a[href*=glossary]")) == 6


def test_only_pages_with_terms_load_the_script(course: Project) -> None:
    loading = {}
    for path in sorted(course.output("").rglob("*.html")):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        scripts = page.select("script[src*='definitions.js'][defer]:not([type=module])")
        # The style sheet is on every page, so that it can be joined with the others; the page for
        # lost addresses stands alone.
        styles = page.select("link[rel=stylesheet][href*='definitions.css']")
        assert len(styles) == (path.name != "404.html")
        found = (len(scripts), len(page.select(".definitions")))
        if any(found):
            loading[path.relative_to(course.output("")).as_posix()] = found
    # Not the glossary, though it links a term of its own.
    assert loading == {f"{CHAPTER}.html": (1, 1), f"{OTHER}.html": (1, 1)}
    for name in ("definitions.js", "definitions.css"):
        assert course.output(f"_static/{name}").exists()


def test_pages_in_folders_of_their_own_have_definitions_too(course: Project) -> None:
    html = course.output(f"{OTHER}/index.html", "dirhtml").read_text(encoding="utf-8")
    page = BeautifulSoup(html, "html.parser")
    assert list(definitions(page)) == ["definition--sample", "definition--rate"]
    assert described(page)[0][1] == "../reference/glossary/#term-sample"


def test_search_finds_a_definition_in_the_glossary_alone(course: Project) -> None:
    script = course.output("searchindex.js").read_text(encoding="utf-8")
    found = [place.address for place in places_of(script) if "zygomorph" in place.text]
    assert [address.partition(".")[0] for address in found] == [GLOSSARY]


@pytest.mark.parametrize(
    ("builder", "places"),
    [
        ("html", {f"{GLOSSARY}.html", f"{OTHER}.html", "searchindex.js"}),
        ("singlehtml", {"index.html"}),
        ("epub", {f"book.epub > {GLOSSARY}.xhtml"}),
        ("text", {f"{GLOSSARY}.txt"}),
        ("xml", {f"{GLOSSARY}.xml"}),
        ("latex", {"smallcourse.tex"}),
        ("typst", {"book.pdf"}),
    ],
)
def test_other_outputs_have_definitions_in_the_glossary_alone(
    course: Project, builder: str, places: set[str]
) -> None:
    if builder != "html":
        assert course.build(builder) == []
    folder = course.output("", builder)
    texts = list(texts_in(folder, "*.epub" if builder == "epub" else "*"))
    found = [each.where for each in texts for _ in range(each.text.count("zygomorph"))]
    # It does not matter on which page of the PDF.
    assert sorted(each.partition(" > page")[0] for each in found) == sorted(places)
    described = [each.where for each in texts if "definition--" in each.text]
    assert [each for each in described if "_static" not in each] == (
        [f"{CHAPTER}.html", f"{OTHER}.html"] if builder == "html" else []
    )


def test_page_is_written_again_when_the_glossary_changes(tmp_path: Path) -> None:
    project = with_terms(tmp_path)
    # A page that is no chapter and has no directive which draws on the glossary.
    assert project.build() == []
    project.edit("data/glossary.yml", "A count over a base.", "So many of so many.")
    assert project.build() == []
    assert definitions(project.page(OTHER))["definition--rate"] == "So many of so many."
    project.edit("data/glossary.yml", "How many there are.", "How many **there** are.")
    assert project.build() == []
    assert one(project.page(CHAPTER), "#definition--count strong").get_text() == "there"


def test_parallel_build_has_the_same_definitions(course: Project, tmp_path: Path) -> None:
    project = with_terms(tmp_path)
    assert project.build(parallel=2) == []
    for name in (CHAPTER, OTHER, GLOSSARY):
        page = f"{name}.html"
        assert project.output(page).read_bytes() == course.output(page).read_bytes()


def test_page_without_a_glossary_to_link_to_has_no_definitions(tmp_path: Path) -> None:
    project = with_terms(tmp_path)
    project.edit(f"{GLOSSARY}.md", "```{course-glossary}\n```", "Gone.")
    warnings = project.build()
    assert any("term not in glossary: 'Sample'" in each for each in warnings)
    assert "definition" not in str(one(project.page(OTHER), "body"))
