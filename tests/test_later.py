"""Facts that are later than the work studied are told where they have no source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from courseware.data.glossary import load_glossary
from courseware.data.later import later_years
from courseware.data.problems import DataError
from courseware.data.settings import Settings, Work
from test_bank_rules import (
    NUMERIC,
    SETTINGS,
    SINGLE,
    STEM,
    TALK,
    changed,
    findings,
    line_of,
    lines,
)

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project

LATE = Settings(work=Work(date="2010-12-20"))


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("In 2015 killings rose, and again in 2018–2019.", [2015, 2018, 2019]),
        ("In December 2010 nobody knew.", []),
        ("From 2009 to 2014 it fell.", [2014]),
        ("The 2011-12 budget.", [2011]),
        ("A sum of $2015 and 2,015 people, 2015.5 of them, in file a2015.", []),
        ("By 2014 trucks wait a tenth less.", []),
        ("By 2014 trucks had waited a tenth less.", [2014]),
        ("Fewer than half of those bought in 2013 will be in use.", []),
        ("Addresses were last read in January 2026.", []),
        ("Up to 20 February 2026, the date of the last text that we read.", []),
        ("We looked for it until 2026. It fell in 2012.", [2012]),
        ("See *Guns in 2012* and “Numbers of 2013”.", []),
        ("She said: “It fell in 2013.”", [2013]),
        ("The year 2101 is far.", []),
    ],
)
def test_years_that_need_a_source(text: str, years: list[int]) -> None:
    assert later_years(text, 2011) == years
    assert later_years(text, None) == []


def test_first_year_follows_from_the_work() -> None:
    assert LATE.first_sourced == 2011
    assert Settings().first_sourced is None
    assert LATE.model_copy(update={"sourced_from": 2020}).first_sourced == 2020


def told(course: Project, old: str, new: str) -> list[str]:
    """Return what is said of the chapter where *old* has become *new*, without folder and rest."""
    name = "chapters/counting.md"
    path = course.folder / name
    before = path.read_text(encoding="utf-8")
    course.edit(name, old, new)
    said = [each for each in course.build() if "cannot tell of" in each]
    path.write_text(before, encoding="utf-8")
    return [each.rpartition("/")[2].partition("; cite a work")[0] for each in said]


def test_chapter_names_a_year_without_a_source(course: Project) -> None:
    course.edit("course.yml", "  noun: essay", "  noun: essay\n  date: 2010-12-20")
    text = (course.folder / "chapters/counting.md").read_text(encoding="utf-8")
    last = text.rstrip().splitlines()[-1]
    for new in (
        "In 2015 thefts fell {cite:p}`smith2009count`.",
        "In 2015 thefts fell (see {check}`C1`).",
        "In 2010 thefts fell.",
        "Thefts fell {cite:p}`smith2009count`:\n\n- in 2015\n- in 2016",
        "| a | b |\n|---|---|\n| in 2015 | {check}`C1` |",
        "```{voice} Somebody in 2015\n:standpoint: press\n\nIt fell {cite:p}`smith2009count`.\n```",
    ):
        assert told(course, last, f"{last}\n\n{new}") == [], new
    line = len(text.rstrip().splitlines()) + 2
    # Of a row, the line of its table is known.
    for new, at in {
        "In 2015 thefts fell.": 0,
        "Thefts fell {cite:p}`smith2009count`.\n\nIn 2015 too.": 2,
        "Thefts fell:\n\n- in 2015\n- in 2009 {check}`C1`": 2,
        "| a | b |\n|---|---|\n| in 2015 | c |\n| in 2009 | {check}`C1` |": 0,
    }.items():
        [said] = told(course, last, f"{last}\n\n{new}")
        assert said.startswith(f"counting.md:{line + at}: WARNING: '"), new
        assert said.endswith("names 2015, which the essay cannot tell of, and cites nothing"), new


def test_row_of_the_evidence_table_names_a_year(course: Project) -> None:
    course.edit("course.yml", "  noun: essay", "  noun: essay\n  date: 2010-12-20")
    text = (course.folder / "chapters/counting.md").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.strip().startswith("because:"))
    line = text.splitlines().index(row) + 1
    [said] = told(course, row, f"{row.rstrip('.')}, as in 2015.")
    assert said.startswith(f"counting.md:{line}: WARNING: ")
    assert told(course, row, f"{row.rstrip('.')}, as in 2015 (see {{check}}`C1`).") == []


def test_exercise_names_a_year_without_a_source(tmp_path: Path) -> None:
    late = SETTINGS.model_copy(update={"sourced_from": 2011})
    asked = changed(SINGLE, STEM, "What does the essay's count leave out, as the law of 2015 says?")
    assert lines(findings(tmp_path, asked), "Q36") == []
    assert lines(findings(tmp_path, asked, settings=late), "Q36") == [line_of(tmp_path, "stem:")]
    for source in ("sources: [smith2009count]", "checks: [C1]"):
        sourced = changed(asked, "  ledger:", f"  {source}\n  ledger:")
        assert lines(findings(tmp_path, sourced, settings=late), "Q36") == []
    heard = changed(TALK, "Thefts and not", "In 2015 thefts and not")
    assert lines(findings(tmp_path, heard, settings=late), "Q36") == [
        line_of(tmp_path, "listen_for:")
    ]


def test_invented_case_may_be_of_any_year(tmp_path: Path) -> None:
    late = SETTINGS.model_copy(update={"sourced_from": 2011})
    town = changed(NUMERIC, "A town of", "In 2015 an invented town of")
    solved = changed(town, "Right. A hundred", "Right. In 2015 it is a hundred")
    assert lines(findings(tmp_path, solved, settings=late), "Q36") == []
    real = changed(town, "In 2015 an", "The law of 2014 was real. In 2015 an")
    assert lines(findings(tmp_path, real, settings=late), "Q36") == [line_of(tmp_path, "context:")]


def test_definition_names_a_year_without_a_source(tmp_path: Path) -> None:
    path = tmp_path / "glossary.yml"
    text = "terms:\n  - id: guard\n    term: Guard\n    confidence: high\n"
    path.write_text(f"{text}    definition: A force made in 2019.\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_glossary(path, LATE)
    assert str(error.value).endswith(
        "glossary.yml:5: terms[1].definition: names 2019, which the text cannot tell of; add "
        "'sources: [key]' with a work of the bibliography"
    )
    path.write_text(
        f"{text}    definition: A force made in 2019.\n    sources: [a]\n", encoding="utf-8"
    )
    assert load_glossary(path, LATE).terms[0].sources == ("a",)
    path.write_text(f"{text}    definition: A force made in 2009.\n", encoding="utf-8")
    assert load_glossary(path, LATE).terms[0].sources == ()
