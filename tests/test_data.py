"""The data files: what is right is read, and what is wrong is said with file and line."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from courseware.data import glossary, ledger, timeline
from courseware.data.ledger import page_label
from courseware.data.outcomes import load_outcomes
from courseware.data.problems import DataError
from courseware.data.settings import load_settings
from courseware.pages.terms import matcher

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parent / "roots" / "test-course" / "data"
SETTINGS = load_settings(DATA.parent / "course.yml")
load_ledger = partial(ledger.load_ledger, settings=SETTINGS)
load_glossary = partial(glossary.load_glossary, settings=SETTINGS)
load_timeline = partial(timeline.load_timeline, settings=SETTINGS)


def problems(load: Callable[[Path], object], path: Path) -> list[str]:
    """Return what *load* says of *path*, without the folder."""
    with pytest.raises(DataError) as error:
        load(path)
    return [str(problem).replace(f"{path.parent}/", "") for problem in error.value.problems]


def broken(tmp_path: Path, name: str, old: str, new: str) -> Path:
    """Return a copy of the data file *name* in which *old* has become *new*."""
    text = (DATA / name).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_ledger_is_read() -> None:
    read = load_ledger(DATA / "ledger.yml")
    assert [statement.id for statement in read.statements] == ["L001", "L002", "L003", "L004"]
    assert read.by_id["L003"].kind == "judgement"
    assert read.note_by_id["C1"].sources == ["smith2009count"]


@pytest.mark.parametrize(
    ("ids", "label"),
    [
        (["L001"], "p. 1, n. 1"),
        (["L002"], "p. 1"),
        (["L003", "L001"], "p. 1, n. 1; p. 2"),
        (["L003", "L004"], "p. 2"),
    ],
)
def test_page_label(ids: list[str], label: str) -> None:
    by_id = load_ledger(DATA / "ledger.yml").by_id
    assert page_label(by_id[name] for name in ids).replace("\u00a0", " ") == label


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            "kind: estimate",
            "kind: guess",
            "ledger.yml:10: statements[1].kind: 'guess' is not one of fact, estimate, judgement, "
            "prediction, recommendation, question; course.yml lists the kinds",
            id="unknown kind",
        ),
        pytest.param(
            "    tag: claim\n    text: Theft",
            "    tga: claim\n    text: Theft",
            "ledger.yml:24: statements[3].tga: unknown field; did you mean 'tag'?; "
            "remove or rename it",
            id="misspelt field",
        ),
        pytest.param(
            'page: "2"',
            'page: "page two"',
            "ledger.yml:23: statements[3].page: 'page two' has the wrong form; "
            "expected text like /^[1-9][0-9]{0,3}(-[1-9][0-9]{0,3})?$/",
            id="page that is no number",
        ),
        pytest.param(
            "- id: L002",
            "- id: L001",
            "ledger.yml:16: statements[2]: 'L001' is already used on line 9; ids are unique",
            id="id used twice",
        ),
        pytest.param(
            "check: C1",
            "check: C2",
            "ledger.yml:14: statements[1].check: no close check 'C2'",
            id="unknown close check",
        ),
        pytest.param(
            "footnote: 1\n",
            "footnote: 7\n",
            "ledger.yml:12: statements[1].footnote: no footnote 7; expected one of 1",
            id="unknown footnote",
        ),
    ],
)
def test_ledger_mistake(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert expected in problems(load_ledger, broken(tmp_path, "ledger.yml", old, new))


def test_ledger_of_a_work_without_footnotes_and_checks(tmp_path: Path) -> None:
    path = tmp_path / "ledger.yml"
    path.write_text(
        'statements: [{id: L001, kind: fact, page: "1", tag: t, text: So it is.}]\n', "utf-8"
    )
    ledger = load_ledger(path)
    assert (ledger.footnotes, ledger.notes) == ([], [])


def test_ledger_that_is_not_yaml(tmp_path: Path) -> None:
    path = broken(tmp_path, "ledger.yml", "- id: L002", "- id: [L002")
    [message] = problems(load_ledger, path)
    assert message.startswith("ledger.yml:")
    assert "not valid YAML" in message
    assert "Traceback" not in message


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    path = broken(tmp_path, "ledger.yml", "kind: estimate", "kind: guess")
    path.write_text(path.read_text().replace("kind: fact", "kind: truth"))
    assert len(problems(load_ledger, path)) == 2


def test_missing_file(tmp_path: Path) -> None:
    assert problems(load_ledger, tmp_path / "none.yml") == [
        "none.yml:1: file not found; the course needs it"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "emblem: embelm.svg",
            "emblem: there is no drawing 'embelm.svg' beside this file; did you",
        ),
        ("emblem: notes.txt", "emblem: there is no drawing 'notes.txt'"),
        ("emblem: ../above.svg", "emblem: there is no drawing '../above.svg'"),
        ("emblem: latin.svg", "emblem: latin.svg: not UTF-8 text (byte 0xE9"),
        ("emblem: half.svg", "emblem: half.svg is a broken drawing"),
        ("rights: {licence: 'javascript:alert(1)'}", "rights.licence: "),
        ("language: zz_QQ", "language: "),
    ],
)
def test_settings_mistake(tmp_path: Path, text: str, expected: str) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    for name in ("emblem.svg", "notes.txt", "../above.svg"):
        (folder / name).write_text("<svg/>", encoding="utf-8")
    (folder / "latin.svg").write_text(
        "<svg><!-- caf\N{LATIN SMALL LETTER E WITH ACUTE} --></svg>", "latin-1"
    )
    (folder / "half.svg").write_text("<svg>", encoding="utf-8")
    (folder / "course.yml").write_text(f"title: T\n{text}\n", encoding="utf-8")
    [message] = problems(load_settings, folder / "course.yml")
    assert message.startswith(f"course.yml:2: {expected}")
    (folder / "course.yml").write_text("emblem: emblem.svg\n", encoding="utf-8")
    assert load_settings(folder / "course.yml").emblem == "emblem.svg"


def test_file_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "ledger.yml"
    path.write_bytes("statements:\n  - Juárez\n".encode("latin-1"))
    assert problems(load_ledger, path) == [
        "ledger.yml:2: not UTF-8 text (byte 0xE1, 'á' in Windows-1252); save the file as UTF-8"
    ]


def test_file_that_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "ledger.yml"
    path.write_text("", encoding="utf-8")
    [message] = problems(load_ledger, path)
    assert message.startswith("ledger.yml:1: ")


def test_outcome_needs_an_observable_verb(tmp_path: Path) -> None:
    path = broken(tmp_path, "outcomes.yml", "Judge a count.", "Understand a count.")
    [message] = problems(load_outcomes, path)
    assert message.startswith("outcomes.yml:13: outcomes[3].text: begins with 'understand'")


def test_outcome_id_used_twice(tmp_path: Path) -> None:
    path = broken(tmp_path, "outcomes.yml", "counting-judge", "counting-compute")
    [message] = problems(load_outcomes, path)
    assert message == (
        "outcomes.yml:10: outcomes[3].id: 'counting-compute' is already used on line 6; "
        "ids are unique"
    )


def test_term_defined_twice(tmp_path: Path) -> None:
    path = broken(tmp_path, "glossary.yml", "term: Rate,", "term: count,")
    assert problems(load_glossary, path) == [
        "glossary.yml:6: terms[5]: 'count' is already defined on line 3"
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2010-12,", "12/2010,", "timeline.csv:3: date: '12/2010' has the wrong form"),
        (",essay", ",rumour", "timeline.csv:3: origin: 'rumour' is not one of essay, close check"),
        ("date,label", "day,label", "timeline.csv:1: expected the columns date,label,event"),
        ("essay appeared.", "essay, so", "timeline.csv:3: expected 6 columns, found 7; put"),
        (",L002,", ",", "timeline.csv:3: expected 6 columns, found 5; put"),
    ],
)
def test_timeline_mistake(tmp_path: Path, old: str, new: str, expected: str) -> None:
    [message] = problems(load_timeline, broken(tmp_path, "timeline.csv", old, new))
    assert message.startswith(expected)


def test_timeline_is_in_order_of_date(tmp_path: Path) -> None:
    path = tmp_path / "timeline.csv"
    header, first, second = (DATA / "timeline.csv").read_text().splitlines()
    path.write_text(f"{header}\n{second}\n{first}\n", encoding="utf-8")
    assert [event.label for event in load_timeline(path)] == ["2009", "December 2010"]


def test_tab_that_only_one_parser_takes(tmp_path: Path) -> None:
    path = broken(tmp_path, "ledger.yml", "kind: fact", "kind: fakt\t")
    assert problems(load_ledger, path)[0].startswith("ledger.yml:17: statements[2].kind")


def test_empty_form(tmp_path: Path) -> None:
    path = broken(tmp_path, "glossary.yml", "forms: [counted]", 'forms: [""]')
    assert problems(load_glossary, path) == [
        "glossary.yml:3: terms[2].forms[1]: expected some text, found none"
    ]


def test_timeline_from_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "timeline.csv"
    path.write_bytes(b"\xef\xbb\xbf" + (DATA / "timeline.csv").read_bytes().replace(b"\n", b"\r\n"))
    assert len(load_timeline(path)) == 2


def test_terms_are_found_inside_what_only_looks_like_a_name(tmp_path: Path) -> None:
    text = (DATA / "glossary.yml").read_text(encoding="utf-8")
    text = text.replace("term: Rate,", "term: Gulf Rate, forms: [rate],")
    path = tmp_path / "glossary.yml"
    path.write_text(
        text.replace(
            "category: concept, confidence: high}\n  - {id: source",
            "category: group, confidence: high}\n  - {id: source",
        ),
        encoding="utf-8",
    )
    found = matcher(load_glossary(path).terms, SETTINGS.glossary).find("the gulf rate")
    assert found is not None
    assert found[0][0] == "rate"


@pytest.mark.parametrize(
    ("text", "found"),
    [("Counts rose", "Counts"), ("a discount", None), ("the line of a baseline", "baseline")],
)
def test_forms_of_a_term(text: str, found: str | None) -> None:
    match = matcher(load_glossary(DATA / "glossary.yml").terms, SETTINGS.glossary).find(text)
    assert (match[0][0] if match else None) == found
