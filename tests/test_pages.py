"""What the directives, roles and transforms put on the pages, and when a page is made again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pybtex.plugin
import pytest
from conftest import one

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project

CHAPTER = "chapters/counting"


@pytest.fixture
def built(course: Project) -> Project:
    """Return the small course, built to HTML without a warning."""
    assert course.build() == []
    return course


def test_citation_links_to_the_statement(built: Project) -> None:
    cite = one(built.page(CHAPTER), "#cite-1")
    assert cite.get_text() == "[p. 1, n. 1]"
    assert cite.a is not None
    assert cite.a["href"] == "../reference/ledger.html#L001"
    assert one(built.page("reference/ledger"), "#L001") is not None


def test_statement_links_back_to_all_that_cite_it(built: Project) -> None:
    item = one(built.page("reference/ledger"), "#L001")
    back = one(item, ".cited-in")
    assert back.get_text() == "Cited in: chapter 1, The number; chapter 1, Evidence table"
    chapter = built.page(CHAPTER)
    for link in back.select("a"):
        page, _, anchor = str(link["href"]).partition("#")
        assert page == "../chapters/counting.html"
        assert chapter.select_one(f"#{anchor}") is not None


def test_ledger_names_each_kind_in_words(built: Project) -> None:
    page = built.page("reference/ledger")
    kinds = {i["id"]: one(i, ".kind").get_text() for i in page.select(".ledger-list > li")}
    assert kinds == {
        "L001": "estimate",
        "L002": "fact",
        "L003": "judgement",
        "L004": "prediction",
    }
    assert "2 statements: 1 fact, 1 estimate." in one(page, "#essay-page-1").get_text()


def test_first_use_of_a_term_is_linked_once(built: Project) -> None:
    page = built.page(CHAPTER)
    links = page.select(".block-reading .first-use a")
    assert [link.get_text() for link in links] == ["count", "denominator"]
    assert [str(link["href"]) for link in links] == [
        "../reference/glossary.html#term-count",
        "../reference/glossary.html#term-denominator",
    ]


def test_key_terms_mark_the_translation_as_of_its_language(built: Project) -> None:
    word = one(built.page(CHAPTER), ".key-terms .translation")
    assert (word.get_text(), word["lang"]) == ("Conteo", "es")


def test_evidence_table(built: Project) -> None:
    table = one(built.page(CHAPTER), "table.evidence-table")
    assert [cell.get_text() for cell in table.select("thead th")] == [
        "Statement",
        "Kind",
        "Source given",
        "Strength",
        "What would change your mind",
    ]
    first, worked, second = (
        [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in table.select("tbody tr")[:3]
    )
    assert first == [
        "About a hundred thefts a year. (p. 1, L001 )",
        "estimate",
        "note 1 : Smith 2009",
        "moderate : It has a source.",
        "Another count.",
    ]
    told = "The author gives a round number and one note, which we could follow to its source."
    assert worked == [f"How we rated it: {told}"]
    assert second[2] == "none given"
    assert [word.get_text() for word in table.select("tbody em")] == ["author", "different"]


def test_blocks_are_marked_for_the_style_sheets(built: Project) -> None:
    page = built.page(CHAPTER)
    assert one(page, "section.block-plain-summary h2") is not None
    assert len(page.select("section[class*=block-]")) == 13


def test_landing_page_lists_the_chapters(built: Project) -> None:
    item = one(built.page("index"), ".chapter-list > li")
    assert one(item, "a")["href"] == "chapters/counting.html"
    assert item.get_text(" ", strip=True) == (
        "1 Counting Can a count settle an argument? 10 minutes to read, 50 in class · essay pp. 1–2"
    )


def test_sources_say_which_statements_rest_on_them(built: Project) -> None:
    page = built.page("reference/sources")
    body = one(page, "#essay-note-1 + dd").get_text(" ", strip=True)
    assert "Statements that rest on it: L001 ." in body
    works = [item["id"] for item in page.select(".bibliography > li")]
    assert len(works) == 2
    cited = str(one(built.page(CHAPTER), ".block-source-check a[href*=sources]")["href"])
    assert cited.partition("#")[2] in works


def test_close_check_names_its_statements(built: Project) -> None:
    section = one(built.page("reference/close-checks"), "section#C1")
    assert one(section, "h2").get_text().startswith("C1 A hundred of what?")
    assert one(section, "dt").get_text() == "The essay, p. 1, n. 1"
    assert one(section, "a[href='ledger.html#L001']") is not None


def test_timeline_links_its_sources(built: Project) -> None:
    rows = built.page("reference/timeline").select("table.timeline tbody tr")
    assert [row.get_text(" ", strip=True) for row in rows] == [
        "2009 A count was published. close check, p. 1, n. 1 ; check C1",
        "December 2010 The essay appeared. essay, p. 1",
    ]


@pytest.mark.parametrize(
    "builder", ["text", "xml", "man", "latex", "epub", "singlehtml", "gettext"]
)
def test_every_builder_of_sphinx_takes_the_course(course: Project, builder: str) -> None:
    course.edit("conf.py", 'html_theme = "basic"', 'html_theme = "basic"\nversion = "1"')
    ours = [warning for warning in course.build(builder) if "courseware" in warning]
    assert ours == []


def test_text_builder_keeps_the_citations(course: Project) -> None:
    assert course.build("text") == []
    text = course.output("chapters/counting.txt", "text").read_text(encoding="utf-8")
    assert "a fact. [p. 1, n. 1]" in " ".join(text.split())


def stamps(course: Project) -> dict[str, int]:
    """Return when each page was last written."""
    folder = course.output("")
    return {
        str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*.html")
    }


def written(course: Project) -> set[str]:
    """Build again, and return the pages that were written."""
    before = stamps(course)
    assert course.build() == []
    return {name for name, stamp in stamps(course).items() if before.get(name) != stamp}


def test_nothing_is_written_when_nothing_changed(built: Project) -> None:
    assert written(built) == set()


def test_words_of_a_chapter_touch_only_its_page(built: Project) -> None:
    built.edit(f"{CHAPTER}.md", "Read it row by row.", "Read it slowly.")
    assert written(built) == {f"{CHAPTER}.html"}


def test_new_citation_touches_the_ledger_too(built: Project) -> None:
    built.edit(f"{CHAPTER}.md", "{ledger}`L003 L004`", "{ledger}`L003 L004 L001`")
    assert written(built) == {f"{CHAPTER}.html", "reference/ledger.html"}
    item = one(built.page("reference/ledger"), "#L001 .cited-in")
    assert "chapter 1, The number (2)" in item.get_text()


def test_new_central_question_touches_the_landing_page_too(built: Project) -> None:
    built.edit(f"{CHAPTER}.md", "settle an argument?", "end an argument?")
    assert written(built) >= {f"{CHAPTER}.html", "index.html"}
    assert "end an argument?" in built.page("index").get_text()


def test_edited_statement_touches_the_pages_that_show_it(built: Project) -> None:
    built.edit("data/ledger.yml", "About a hundred thefts a year.", "A hundred thefts.")
    pages = written(built)
    assert {f"{CHAPTER}.html", "reference/ledger.html"} <= pages
    assert "other.html" not in pages
    assert "A hundred thefts." in built.page(CHAPTER).get_text()


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file that a reader gets, by name."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in {".buildinfo", "environment.pickle"}
    }


def test_parallel_build_is_the_same(course: Project, tmp_path: Path) -> None:
    assert course.build() == []
    serial = contents(course.output(""))
    course.folder.parent.joinpath("out").rename(tmp_path / "serial")
    # Sphinx reads in parallel from six pages on.
    assert len(list(course.folder.rglob("*.md"))) > 5
    assert course.build(parallel=2) == []
    assert contents(course.output("")) == serial


def test_glossary_entry_has_the_translation_and_the_page(built: Project) -> None:
    page = built.page("reference/glossary")
    term = one(page, "#term-count")
    assert term.get_text(" ", strip=True).startswith("Count Conteo")
    assert one(page, "#term-count + dd .term-facts").get_text() == "Essay: p. 1"
    letters = {str(a["href"]): a.get_text() for a in page.select(".letters a")}
    assert letters["#term-baseline"] == "B"
    assert list(letters.values()) == ["B", "C", "D", "F", "R", "S"]


def test_citations_do_not_look_through_the_installed_packages(
    course: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    look = pybtex.plugin.entry_points

    def counted(**wanted: str) -> object:
        asked.append(wanted["group"])
        return look(**wanted)

    monkeypatch.setattr(pybtex.plugin, "_RUNTIME_PLUGINS", {})
    monkeypatch.setattr(pybtex.plugin, "entry_points", counted)
    assert course.build() == []
    assert "pybtex.style.names" in asked
    assert asked.count("pybtex.backends") <= 4  # found once, and registered, for each of two


def test_bibliography_is_sorted_by_author_with_surnames_first(course: Project) -> None:
    course.edit(
        "data/references.bib",
        "@book{jones",
        "@misc{audit, author = {{Ábaco Office}}, title = {Audit}, year = {2001}}\n@book{jones",
    )
    assert course.build() == []
    works = course.page("reference/sources").select(".bibliography > li")
    assert [work.get_text().strip().split(" (")[0] for work in works] == [
        "Ábaco Office",
        "Jones, Bob",
        "Smith, Ann",
    ]


PERSON = 'term: Ann Smith, index: "Smith, Ann", forms: [Ann Smith],'


def test_index_files_a_person_under_the_surname(course: Project) -> None:
    course.edit("data/glossary.yml", "term: Rate,", PERSON)
    course.edit("chapters/counting.md", "\nRate\n", "\nAnn Smith\n")
    course.edit("chapters/counting.md", "He judges", "Ann Smith judges")
    assert course.build() == []
    entry = next(li for li in course.page("genindex").select("td li") if "Smith" in li.get_text())
    assert [str(link["href"]) for link in entry.select("a")] == [
        "reference/glossary.html#term-rate",
        "chapters/counting.html#use-rate",
    ]
    assert "Smith, Ann" in entry.get_text()


@pytest.mark.parametrize(
    ("file", "old", "new", "page"),
    [
        ("data/outcomes.yml", "Compute a rate.", "Compute a share.", CHAPTER),
        ("data/glossary.yml", "Línea base", "Punto de partida", CHAPTER),
        ("data/glossary.yml", "How many there are.", "The number.", "reference/glossary"),
        ("data/timeline.csv", "The essay appeared.", "The essay came out.", "reference/timeline"),
        ("data/ledger.yml", "text: A count of thefts.", "text: A tally.", "reference/sources"),
    ],
)
def test_edited_data_touches_the_page(
    built: Project, file: str, old: str, new: str, page: str
) -> None:
    built.edit(file, old, new)
    pages = written(built)
    assert f"{page}.html" in pages
    assert "other.html" not in pages


def test_page_that_only_cites_depends_on_the_ledger(course: Project) -> None:
    course.edit("other.md", "This page", "Told. {ledger}`L002`\n\nThis page")
    assert course.build() == []
    course.edit("data/ledger.yml", 'kind: fact\n    page: "1"', 'kind: fact\n    page: "3"')
    assert "other.html" in written(course)


def add_second_chapter(course: Project) -> None:
    """Write a second chapter that is like the first, with its own outcomes and exercises."""
    for file in (f"{CHAPTER}.md", "exercises/bank/counting.yml"):
        path = course.folder / file
        text = path.read_text(encoding="utf-8").replace("# Counting", "# Second", 1)
        path.with_stem("second").write_text(text.replace("counting", "second"), encoding="utf-8")
    outcomes = course.folder / "data/outcomes.yml"
    text = outcomes.read_text(encoding="utf-8")
    more = text.removeprefix("outcomes:\n").replace("counting", "second")
    outcomes.write_text(text + more, encoding="utf-8")
    course.edit("index.md", "chapters/counting", "chapters/counting\nchapters/second")


def test_removed_chapter_is_forgotten(course: Project) -> None:
    outcomes = course.folder / "data/outcomes.yml"
    before = outcomes.read_text(encoding="utf-8")
    add_second_chapter(course)
    assert course.build() == []
    assert "Second" in course.page("index").get_text()
    (course.folder / "chapters/second.md").unlink()
    outcomes.write_text(before, encoding="utf-8")
    (course.folder / "exercises/bank/second.yml").unlink()
    course.edit("index.md", "\nchapters/second", "")
    assert course.build() == []
    assert "Second" not in course.page("index").text
    assert "chapter 2" not in course.page("reference/ledger").get_text()


def test_removed_ledger_page_leaves_no_targets(course: Project) -> None:
    assert course.build() == []
    course.edit("index.md", "reference/ledger\n", "")
    (course.folder / "reference/ledger.md").unlink()
    course.edit(f"{CHAPTER}.md", "Guess first.", "Guess now.")
    assert any("target not found: L001" in warning for warning in course.build())
