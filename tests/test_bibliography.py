"""Works cited: what is wrong in the file is said with its line, and years tell works apart."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from conftest import one
from courseware.data.bibliography import bibliography_of
from courseware.data.bibliography import load_works as load_with
from courseware.data.howfar import WORDS, HowFar
from courseware.data.problems import DataError
from courseware.data.settings import BibliographySettings, Settings
from courseware.pages.bibliography import CourseStyle
from hypothesis import given, settings
from hypothesis import strategies as st
from sphinx.testing.util import SphinxTestApp
from sphinx.util.docutils import docutils_namespace

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project
    from pybtex.database import Entry
    from pybtex.style import FormattedEntry

load_works = partial(load_with, settings=Settings())

GOOD = """\
% Works.
@string{press = {Press}}

@book{smith2009count,
  author = {Smith, Ann},
  title = {{A Count of Thefts}},
  publisher = press # { and Sons},
  month = jan,
  year = 2009,
  doi = {10.1000/182},
}

@misc{office2010,
  author = {{The Office, Aville}},
  title = {Caf\\'e \\& more},
  date = {2010-12-20},
  url = {https://example.org/a_b?c=1%202}
}
"""


def told(path: Path, text: str) -> list[str]:
    """Return what is said of a file *path* with *text*, without the folder."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_works(path)
    return [f"{each.path.name}:{each.line}: {each.message}" for each in error.value.problems]


def test_good_file(tmp_path: Path) -> None:
    path = tmp_path / "works.bib"
    path.write_text(GOOD, encoding="utf-8")
    book, page = (work.entry for work in load_works(path))
    assert dict(book.fields) == {
        "title": "{A Count of Thefts}",
        "publisher": "Press and Sons",
        "month": "January",
        "year": "2009",
        "doi": "10.1000/182",
    }
    assert (page.fields["month"], page.fields["year"]) == ("20 December", "2010")
    assert str(page.persons["author"][0]) == "{The Office, Aville}"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Thefts}},", "Thefts},", "13: not valid BibTeX: '}' expected; in the entry that begins"),
        ("1%202}\n}", "1%202}\n", "4: "),
        ("{{The Office, Aville}}", "{{The Office, Aville}", "13: this entry does not end; close"),
        ("{{The Office, Aville}}", '"The {Office', "13: this entry does not end; close its"),
        ("Ann},", "Ann}", "6: not valid BibTeX: '}' expected; in the entry that begins on line 4"),
        ("month = jan", "month = ene", "8: 'ene' is no number, month (jan to dec) or @string; put"),
        ("press #", "presse #", "7: 'presse' is no number, month (jan to dec) or @string; did you"),
        ("{smith2009count,", "{,", "4: not valid BibTeX: entry key expected; in the entry that"),
        ("smith2009count", "señor", "4: the key 'señor' has the wrong form; expected letters"),
        ("smith2009count", "-", "4: the key '-' has the wrong form; expected letters"),
        ("smith2009count", "Office2010", "13: 'office2010' is already used on line 4; keys are"),
        ("@misc{", "@report{", "13: office2010: unknown type '@report'; expected one of article, "),
        ("{2010-12-20}", "{2010-13}", "16: office2010: date: expected 2010, 2010-12 or 2010-12-20"),
        ("{2010-12-20}", "{2010/2011}", "16: office2010: date: expected 2010, 2010-12 or"),
        ("{2010-12-20}", "{2010}, year = 2010", "16: office2010: has both 'date' and 'year'"),
        ("  date", "  TITLE = {A},\n  date", "16: office2010: the field 'title' already stands on"),
        ("\\& more", "\\emph{more}", "15: office2010: title: the LaTeX command '\\emph' is not"),
        ("\\& more", "% more", "15: office2010: title: '%' begins a comment in LaTeX; write '\\%'"),
        ("\\& more", "\\$5", "15: office2010: title: '\\$' would stand there with its backslash"),
        ("\\& more", "\\url{a}", "15: office2010: title: the LaTeX command '\\url' is not"),
        ("{Caf\\'e \\& more}", "{}", "15: office2010: the field 'title' is empty; give it a text"),
        ("  title = {Caf\\'e \\& more},\n", "", "13: office2010: the field 'title' is required"),
        ("https://example.org/", "javascript:x", "17: office2010: url: 'javascript:xa_b?c=1%202'"),
        ("https://", "file:///", "17: office2010: url: 'file:///example.org/a_b?c=1%202' is no"),
        (
            "https://",
            "HTTPS:\\\\",
            "17: office2010: url: 'HTTPS:\\\\example.org/a_b?c=1%202' is no",
        ),
        ("10.1000/182", "https://doi.org/10.1000/182", "10: smith2009count: doi: 'https://doi.org"),
        ("10.1000/182", "10.1000/<b>", "10: smith2009count: doi: '10.1000/<b>' has the wrong form"),
        (
            "Smith, Ann",
            "Smith, A, B, C",
            "5: smith2009count: author: 'Smith, A, B, C' has too many",
        ),
        ("  publisher", "  location", "7: smith2009count: the field 'location' is BibLaTeX's; "),
        ("  author = {Smith, Ann},\n", "", "4: smith2009count: @book needs the field 'author' or"),
        ("Aville", "A\x07ville", "14: the character U+0007 (bell) may not stand in a text; remove"),
    ],
)
def test_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in GOOD
    said = told(tmp_path / "works.bib", GOOD.replace(old, new, 1))
    if expected == "4: ":  # the last entry does not end
        expected = "13: this entry does not end; close its braces and quotation marks"
    assert [each.startswith(f"works.bib:{expected}") for each in said].count(True) == 1, said


def test_how_far_a_work_was_read_is_one_of_five(tmp_path: Path) -> None:
    path = tmp_path / "works.bib"
    path.write_text(GOOD.replace("  month = jan", "  read = {part},\n  month = jan"), "utf-8")
    assert load_works(path)[0].entry.fields["read"] == "part"
    [said] = told(path, GOOD.replace("  month = jan", "  read = {hole},\n  month = jan"))
    assert said == (
        "works.bib:8: smith2009count: read: 'hole' is not one of whole, part, abstract, account, "
        "none; did you mean 'whole'?; it says how far the work was read"
    )


def test_how_far_is_asked_of_each_work_where_the_course_wants_it(tmp_path: Path) -> None:
    path = tmp_path / "works.bib"
    path.write_text(GOOD.replace("  month = jan", "  read = {part},\n  month = jan"), "utf-8")
    with pytest.raises(DataError) as error:
        load_with(path, Settings(bibliography=BibliographySettings(how_far=True)))
    assert str(error.value).endswith(
        "works.bib:14: office2010: the field 'read' is required, but is missing; it says how far "
        "the work was read: whole, part, abstract, account, none"
    )


READ = """\
@misc{a, author = {Adams, Ann}, title = {{Alpha}}, year = {2009}, read = {whole}}
@misc{b, author = {Brown, Bob}, title = {{Beta}}, year = {2009}, read = {none}}
@misc{c, author = {Clark, Cy}, title = {{Gamma}}, year = {2009}, read = {none}}
@misc{smith2009count, author = {Smith, Ann}, title = {{Count}}, year = {2009}}
@misc{jones2010rate, author = {Jones, Bob}, title = {{Rate}}, year = {2010}, read = {account}}
"""


def test_readers_are_told_how_far(course: Project) -> None:
    (course.folder / "data" / "references.bib").write_text(READ, encoding="utf-8")
    course.edit(
        "data/ledger.yml", "sources: [smith2009count]", "sources: [b, smith2009count, a, c]"
    )
    course.edit("data/ledger.yml", "    confidence:", "    next: Ask *a* library.\n    confidence:")
    for builder in ("html", "text"):
        assert course.build(builder) == []
    listed = [each.get_text() for each in course.page("reference/sources").select("li[id^=id]")]
    assert listed == [
        "Adams, Ann (2009). Alpha. Read whole.",
        "Brown, Bob (2009). Beta. Not seen.",
        "Clark, Cy (2009). Gamma. Not seen.",
        "Jones, Bob (2010). Rate. Known from another’s account.",
        "Smith, Ann (2009). Count.",
    ]
    section = one(course.page("reference/close-checks"), "section#C1").get_text(" ", strip=True)
    assert (
        "Sources Smith ( 2009 ). Read whole: Adams ( 2009 ). Not seen: Brown ( 2009 ); "
        "Clark ( 2009 ). Where to look next Ask a library." in " ".join(section.split())
    )
    text = course.output("reference/close-checks.txt", "text").read_text("utf-8")
    assert "Not seen: Brown (2009); Clark (2009)." in text
    text = course.output("reference/sources.txt", "text").read_text("utf-8")
    assert "(2009). Beta. Not seen." in " ".join(text.split())


def test_work_that_nothing_cites_is_told_where_the_course_wants_it(course: Project) -> None:
    works = course.folder / "data" / "references.bib"
    text = works.read_text("utf-8")
    works.write_text(text + "@misc{x, title = {{Xylophones}}, year = {2001}}\n", "utf-8")
    assert course.build() == []
    course.edit("course.yml", "bank:", "bibliography: {cite_all: true}\nbank:")
    [said] = course.build()
    assert said.endswith(
        "references.bib:3: WARNING: nothing cites 'x'; cite the work on a page or in an exercise, "
        "or remove it [courseware.coverage]"
    )
    bank = "exercises/bank/counting.yml"
    line = next(
        line for line in (course.folder / bank).read_text().splitlines() if "ledger:" in line
    )
    course.edit(bank, line, f"{line}\n{line[: line.index('ledger')]}sources: [x]")
    assert course.build() == []
    more = "".join(
        f"@misc{{y{at}, title = {{{{Yet}}}}, year = {{{at + 2000}}}}}\n" for at in range(4)
    )
    works.write_text(works.read_text("utf-8") + more, "utf-8")
    [said] = course.build()
    assert "references.bib:4: WARNING: nothing cites 4 works (y0, y1, y2, y3); cite or rem" in said


def test_every_way_of_reading_has_words() -> None:
    assert set(WORDS) == set(HowFar)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("month = jan", "month = ene").replace("https:", "data:")
    said = told(tmp_path / "works.bib", text.replace("@misc", "@mics"))
    assert [each.split(":")[1] for each in said] == ["8", "13", "17"]


def test_file_in_windows_1252(tmp_path: Path) -> None:
    path = tmp_path / "works.bib"
    path.write_bytes("% Café\n@misc{a, title = {Café}}\n".encode("cp1252"))
    with pytest.raises(DataError) as error:
        load_works(path)
    assert str(error.value).endswith(
        "works.bib:1: not UTF-8 text (byte 0xE9, 'é' in Windows-1252); save the file as UTF-8"
    )


LINES = GOOD.splitlines(keepends=True)
cuts = st.tuples(st.integers(0, len(GOOD)), st.integers(0, 6), st.sampled_from(
    ["", "{", "}", '"', ",", "=", "#", "@", "(", ")", "\\", "$", "%", "@misc{", "and", "\n", "~"]
))  # fmt: skip


@settings(deadline=None, derandomize=True, database=None, max_examples=200)
@given(st.lists(cuts, min_size=1, max_size=3))
def test_broken_file_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, broken: list[tuple[int, int, str]]
) -> None:
    text = GOOD
    for at, length, new in broken:
        text = text[:at] + new + text[at + length :]
    path = tmp_path_factory.getbasetemp() / "broken.bib"
    path.write_text(text, encoding="utf-8")
    try:
        bibliography_of(load_works(path))
    except DataError as error:
        for problem in error.problems:
            assert 1 <= problem.line <= text.count("\n") + 1
            assert "\n" not in problem.message


SAME_YEAR = """\
@misc{b, author = {Smith, Ann}, title = {{Beta}}, year = {2009}}
@misc{a, author = {Smith, Ann}, title = {{Alpha}}, year = {2009}}
@misc{c, author = {Smith, Ann}, title = {{Gamma}}, year = {2010}}
@misc{d, author = {Smith, Bob}, title = {{Delta}}, date = {2010-05}}
@misc{smith2009count, author = {Jones, Eve}, title = {{Count}}, year = {2009}}
@misc{jones2010rate, author = {Jones, Eve}, title = {{Rate}}, year = {2010}}
"""


def test_works_of_one_author_and_year_get_letters_everywhere(course: Project) -> None:
    (course.folder / "data" / "references.bib").write_text(SAME_YEAR, encoding="utf-8")
    cited = "{cite:t}`b`, {cite:p}`a`, {cite:t}`smith2009count` say."
    course.edit("other.md", "This page", f"{cited} This page")
    for _ in range(2):  # from nothing, and from what the first build has kept
        assert course.build() == []
        works = course.page("reference/sources").select("ul.bibliography li")
        listed = [each.get_text() for each in works]
        assert [each for each in listed if each.startswith("Smith, Ann")] == [
            "Smith, Ann (2009a). Alpha.",
            "Smith, Ann (2009b). Beta.",
            "Smith, Ann (2010a). Gamma.",
        ]
        assert "Smith, Bob (2010b, May). Delta." in listed
        assert "Jones, Eve (2009). Count." in listed
        said = " ".join(one(course.page("other"), "p").get_text().split())
        assert said.startswith("Smith (2009b), (Smith, 2009a), Jones (2009) say.")
        course.edit("other.md", "nothing", "now nothing")


UNDATED = """\
@misc{b, author = {Smith, Ann}, title = {{Beta}}}
@misc{a, author = {Smith, Ann}, title = {{Alpha}}}
@misc{c, author = {Smith, Ann}, title = {{Gamma}}, year = {2010}}
@misc{d, author = {Adams, Bob}, title = {{Delta}}}
@misc{e, title = {{Epsilon}}, month = {May}, year = {2001}}
@book{f, editor = {Young, Eve}, title = {{Zeta}}, publisher = {Press}, year = {2002}}
@article{g, author = {Zorn, Ida}, title = {{Eta}}, journal = {Journal}, year = {2003}}
@misc{smith2009count, author = {Jones, Eve}, title = {{Count}}, year = {2009}}
@misc{jones2010rate, author = {Jones, Eve}, title = {{Rate}}, year = {2010}}
"""


def test_a_work_begins_as_it_is_cited_with_letters_where_no_year_tells(course: Project) -> None:
    (course.folder / "data" / "references.bib").write_text(UNDATED, encoding="utf-8")
    course.edit("other.md", "This page", "{cite:t}`b`, {cite:p}`a`, {cite:t}`d` say. This page")
    assert course.build() == []
    works = course.page("reference/sources").select("ul.bibliography li")
    assert [each.get_text() for each in works] == [
        "Epsilon. May 2001.",
        "Adams, Bob (n.d.). Delta.",
        "Jones, Eve (2009). Count.",
        "Jones, Eve (2010). Rate.",
        "Smith, Ann (2010). Gamma.",
        "Smith, Ann (n.d.a). Alpha.",
        "Smith, Ann (n.d.b). Beta.",
        "Young, Eve, editor (2002). Zeta. Press.",
        "Zorn, Ida (2003). Eta. Journal.",
    ]
    said = " ".join(one(course.page("other"), "p").get_text().split())
    assert said.startswith("Smith (n.d.b), (Smith, n.d.a), Adams (n.d.) say.")


def test_letters_do_not_hide_that_a_year_is_missing(tmp_path: Path) -> None:
    work = "@article{%s, author = {Smith, Ann}, title = {%s}, journal = {J}}\n"
    said = told(tmp_path / "works.bib", work % ("a", "A") + work % ("b", "B"))
    assert [each.partition("; ")[0] for each in said] == [
        "works.bib:1: a: @article needs the field 'year'",
        "works.bib:2: b: @article needs the field 'year'",
    ]


def test_broken_file_stops_the_build_before_anything_reads_it(course: Project) -> None:
    course.edit("data/references.bib", "2009}", "2009")
    with pytest.raises(SystemExit), docutils_namespace():
        SphinxTestApp(srcdir=course.folder, builddir=course.folder.parent / "out")


def test_works_are_formatted_again_only_when_they_have_changed(
    course: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    formatted: list[str] = []

    format_entry = CourseStyle.format_entry

    def counted(style: CourseStyle, label: str, entry: Entry) -> FormattedEntry:
        formatted.append(entry.key)
        return format_entry(style, label, entry)

    monkeypatch.setattr(CourseStyle, "format_entry", counted)

    def built() -> tuple[bool, str]:
        formatted.clear()
        assert course.build() == []
        listed = one(course.page("reference/sources"), "ul.bibliography")
        return bool(formatted), listed.get_text()

    assert built()[0]
    again, before = built()
    assert (again, "Count" in before) == (False, True)
    course.edit("other.md", "This page", "This very page")
    assert built() == (False, before)
    # Where it is cited matters to lists that are filtered by that.
    course.edit("other.md", "This very page", "{cite:t}`jones2010rate` say. This very page")
    assert built() == (True, before)
    course.edit("data/references.bib", "Count", "Tally")
    assert built() == (True, before.replace("Count", "Tally"))
    assert built() == (False, before.replace("Count", "Tally"))
