"""The bank: what is right is read, what is wrong is said; its schema and its reference."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from banks import COUNTING, SMALL, raw
from courseware.bank.command import main
from courseware.bank.load import (
    Bank,
    bank_paths,
    check_references,
    load_bank,
    load_bank_file,
    load_misconceptions,
)
from courseware.bank.model import (
    TYPES,
    Audience,
    Choice,
    Classify,
    Discussion,
    Exercise,
    Match,
    Order,
)
from courseware.bank.order import is_staircase, match_order, option_order, row_order, step_order
from courseware.bank.schema import bank_schema
from courseware.data.ledger import load_ledger
from courseware.data.outcomes import load_outcomes
from courseware.data.problems import DataError
from courseware.data.settings import Settings
from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def problems(call: Callable[[], object]) -> list[str]:
    """Return what *call* says is wrong, without the folders of files."""
    with pytest.raises(DataError) as error:
        call()
    return [f"{p.path.name}:{p.line}: {p.message}" for p in error.value.problems]


def line_of(path: Path, where: str) -> int:
    """Return the line of *path* on which *where* stands: a text, or a text after another."""
    text, end = path.read_text(encoding="utf-8"), 0
    for part in where.split(" … "):
        end = text.index(part, end) + len(part)
    return text.count("\n", 0, end) + 1


def told(path: Path, where: str, message: str) -> str:
    """Return a problem as it is told of the line of *path* that *where* names."""
    return f"{path.name}:{line_of(path, where)}: {message}"


def broken(tmp_path: Path, *edits: tuple[str, str], name: str = "counting.yml") -> Path:
    """Return a copy of the small bank file in which each first text has become the second."""
    text = COUNTING.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text, f"{old!r} is not in the small bank file"
        text = text.replace(old, new, 1)
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def small_bank() -> Bank:
    """Return the bank of the small course."""
    return load_bank(COUNTING.parent)


def small_references(path: Path) -> None:
    """Check what the bank file *path* refers to against the data of the small course."""
    check_references(
        Bank([load_bank_file(path)]),
        load_ledger(SMALL / "data" / "ledger.yml", Settings()),
        load_outcomes(SMALL / "data" / "outcomes.yml"),
        load_misconceptions(SMALL / "exercises" / "misconceptions.yml"),
    )


def exercise(tmp_path: Path, text: str) -> Exercise:
    """Return the one exercise that the lines *text* describe, without the fields of them all."""
    common = "solution: s\n  ledger: [L001]\n  outcome: o\n  level: apply\n  difficulty: easy\n"
    path = tmp_path / "topic.yml"
    path.write_text(
        f"chapter: topic\nexercises:\n- id: an-id\n  title: t\n  stem: s\n  {common}"
        f"  minutes: 1\n  audience: class\n{text}",
        encoding="utf-8",
    )
    return load_bank_file(path).exercises[0]


def test_small_bank_is_read() -> None:
    bank = small_bank()
    [file] = bank.files
    assert {type(each) for each in file.exercises} == set(TYPES.values())
    assert bank.chapter_of["counting-number"] == "counting"
    assert bank.by_id["counting-number"].title == "The rate"
    assert file.discussions[0].id == "counting-talk-what"
    assert not any(isinstance(e, Discussion) for e in file.of_audience(Audience.SELF_CHECK))
    for name in bank.by_id:
        line = COUNTING.read_text(encoding="utf-8").split("\n")[file.line_of(name) - 1]
        assert line.strip() == f"- id: {name}"


# What is changed, where the message must point (to the line of a text), and what it says.
MISTAKES = [
    pytest.param(
        ("    difficulty: easy\n", ""),
        "- id: counting-talk-what",
        "counting-talk-what: difficulty: this field is required, but is missing",
        id="field that is missing",
    ),
    pytest.param(
        ("    minutes: 5\n", "    minutes: 5\n    minuets: 5\n"),
        "minuets",
        "counting-talk-what: minuets: unknown field; did you mean 'minutes'?; remove or rename it",
        id="field that is misspelt",
    ),
    pytest.param(
        ("type: single-choice", "type: singel-choice"),
        "type: singel-choice",
        "counting-single: type: 'singel-choice' is not one of 'single-choice', "
        "'multiple-response', 'true-false', 'numeric', 'match', 'order', 'classify', "
        "'short-answer', 'open', 'discussion'; did you mean 'single-choice'?",
        id="type that is misspelt",
    ),
    pytest.param(
        ("    type: single-choice\n", ""),
        "- id: counting-single",
        "counting-single: the field 'type' is required, but is missing",
        id="type that is missing",
    ),
    pytest.param(
        ("id: counting-talk-what", "name: counting-talk-what"),
        "name: counting-talk-what",
        "exercise 1: id: this field is required, but is missing",
        id="exercise without an id",
    ),
    pytest.param(
        ("id: counting-talk-what", "id: Counting_Talk"),
        "id: Counting_Talk",
        "Counting_Talk: id: 'Counting_Talk' "
        "is no name; expected lowercase letters, figures and hyphens",
        id="id with capitals",
    ),
    pytest.param(
        ("        feedback: A rate divides by something else.\n", ""),
        "- term: Rate",
        "counting-match: pairs[2].feedback: this field is required, but is missing",
        id="field of a part",
    ),
    pytest.param(
        ("match: how many for each of something", "match: [a, b]"),
        "match: [a, b]",
        "counting-match: pairs[2].match: expected text (in quotes, if it looks like something "
        "else), found a list",
        id="field that is called as a type is",
    ),
    pytest.param(
        ("stem: What is the rate?", "stem: What is the {term}`rate`?"),
        "{term}`rate`",
        "counting-talk-rate: stem: '{term}`' is a role or directive; texts of the bank are plain "
        "CommonMark",
        id="role",
    ),
    pytest.param(
        ("text: Thieves in a year", "text: Thieves $x^2$ in *a* year"),
        "Thieves $x^2$",
        "counting-single: options[2].text: '$x^2$' would stay as it is; write the formula with "
        "signs, as x² or a/b",
        id="formula",
    ),
    pytest.param(
        ("    context: |\n", "    context: |\n      > ```{note}\n      > Look.\n      > ```\n\n"),
        "context: |",
        "counting-number: context: '```{note}' is a role or directive; texts of the bank are "
        "plain CommonMark",
        id="directive",
    ),
    pytest.param(
        ("text: Thieves in a year", "text: Thieves <br> in a year"),
        "Thieves <br>",
        "counting-single: options[2].text: '<br>' is HTML; write CommonMark, since print has no "
        "HTML",
        id="HTML in a line",
    ),
    pytest.param(
        ("    context: |\n", "    context: |\n      <div\n      class='x'>\n\n"),
        "context: |",
        "counting-number: context: '<div' is HTML; write CommonMark, since print has no HTML",
        id="HTML over two lines",
    ),
    pytest.param(
        ("    context: |\n", "    context: |\n      ![ ](map.png)\n\n"),
        "context: |",
        "counting-number: context: an image needs alternative text that tells what it shows: "
        "![text](file)",
        id="image without alternative text",
    ),
    pytest.param(
        ("stem: What is the rate?", "stem: |\n      A scene.\n\n      What is the rate?"),
        "stem: |",
        "counting-talk-rate: stem: expected one paragraph, found a blank line; put what comes "
        "before in 'context'",
        id="stem of two paragraphs",
    ),
    pytest.param(
        ("stem: What is the rate?", 'stem: "- What is the rate?"'),
        'stem: "- What',
        "counting-talk-rate: stem: expected a line of text, found a list, heading or other block; "
        "where a mark is meant as text, put a backslash before it",
        id="stem that is a list",
    ),
    pytest.param(
        ("stem: What is the rate?", "stem: |\n      Choose:\n      1. a rate"),
        "stem: |",
        "counting-talk-rate: stem: expected a line of text, found a list, heading or other block; "
        "where a mark is meant as text, put a backslash before it",
        id="stem with a list",
    ),
    pytest.param(
        ("text: A famous author", 'text: "[](x)"'),
        'text: "[](x)"',
        "counting-multiple: options[3].text: expected some text, found none",
        id="text of marks alone",
    ),
    pytest.param(
        ("text: A famous author", 'text: " "'),
        'text: " "',
        "counting-multiple: options[3].text: expected some text, found none",
        id="text of blanks alone",
    ),
    pytest.param(
        ("title: The rate", f"title: {'The rate ' * 8}"),
        "title: The rate The",
        "counting-number: title: expected at most 70 characters, found 71",
        id="title that is too long",
    ),
    pytest.param(
        ("text: Thieves in a year", "text: THEFTS  in a year"),
        "id: counting-single …     options:",
        "counting-single: options: two of the options read 'THEFTS in a year'; expected different "
        "texts",
        id="options that are twins",
    ),
    pytest.param(
        ("        correct: true\n", ""),
        "id: counting-single …     options:",
        "counting-single: options: expected one option with 'correct: true', found 0",
        id="single choice without a key",
    ),
    pytest.param(
        ("      - text: Thieves in a year\n", "      - text: Thieves\n        correct: true\n"),
        "id: counting-single …     options:",
        "counting-single: options: expected one option with 'correct: true', found 2",
        id="single choice with two keys",
    ),
    pytest.param(
        ("value: 125\n", "value: 800.4\n"),
        "    expected:",
        "counting-number: expected: the expected wrong value 800.4 lies within the tolerance of "
        "the answer 800; narrow one of the two",
        id="wrong number within the tolerance",
    ),
    pytest.param(
        ("value: 0.8\n", "value: 125.3\n"),
        "    expected:",
        "counting-number: expected: the expected wrong value 125.3 lies within the tolerance of "
        "one before it, whose feedback would be given; narrow one of the two",
        id="wrong number that an earlier one hides",
    ),
    pytest.param(
        ("    tolerance: 0.5\n", "    tolerance: 200\n"),
        "    expected:",
        "counting-number: expected: the expected wrong value 125 has the answer's tolerance of "
        "200, which reaches past 0; give it a tolerance of its own",
        id="wrong number with a tolerance beyond its size",
    ),
    pytest.param(
        ("answer: 800", "answer: .inf"),
        "answer: .inf",
        "counting-number: answer: expected a finite number, found .inf",
        id="number without end",
    ),
    pytest.param(
        ("answer: 800", "answer: true"),
        "answer: true",
        "counting-number: answer: expected a number, found true",
        id="answer of a claim in a number",
    ),
    pytest.param(
        ("answer: 800", "answer: 2010-12-20"),
        "answer: 2010-12-20",
        "counting-number: answer: expected a number, found '2010-12-20'",
        id="date for a number",
    ),
    pytest.param(
        ("tolerance: 0.5", "tolerance: -1"),
        "tolerance: -1",
        "counting-number: tolerance: input should be greater than or equal to 0, not -1",
        id="negative tolerance",
    ),
    pytest.param(
        ("minutes: 5", "minutes: 0"),
        "minutes: 0",
        "counting-talk-what: minutes: input should be greater than or equal to 1, not 0",
        id="no minutes",
    ),
    pytest.param(
        ("minutes: 5", "minutes: a few"),
        "minutes: a few",
        "counting-talk-what: minutes: expected a whole number, found 'a few'",
        id="minutes in words",
    ),
    pytest.param(
        ("match: a note that names a source", "match: How many there are"),
        "    pairs:",
        "counting-match: pairs: two of the matches read 'How many there are'; expected different "
        "texts",
        id="matches that are twins",
    ),
    pytest.param(
        ("term: Footnote", "term: count"),
        "    pairs:",
        "counting-match: pairs: two of the terms read 'count'; expected different texts",
        id="terms that are twins",
    ),
    pytest.param(
        ("text: how many there will be", "text: how many there are"),
        "    distractors:",
        "counting-match: distractors: two of the matches and distractors read 'how many there "
        "are'; expected different texts",
        id="distractor that is a match",
    ),
    pytest.param(
        ("text: Somebody reports it", "text: A theft happens"),
        "    steps:",
        "counting-order: steps: two of the steps read 'A theft happens'; expected different texts",
        id="steps that are twins",
    ),
    pytest.param(
        ("text: It will grow further.", "text: There is a count."),
        "    items:",
        "counting-classify: items: two of the items read 'There is a count.'; expected different "
        "texts",
        id="items that are twins",
    ),
    pytest.param(
        ("[fact, judgement, prediction]", "[fact, judgement, prediction, Fact]"),
        "    categories:",
        "counting-classify: categories: two of the categories read 'Fact'; expected different "
        "texts",
        id="categories that are twins",
    ),
    pytest.param(
        ("category: judgement", "category: judgment"),
        "    items:",
        "counting-classify: items: 'judgment' is none of the categories 'fact', 'judgement', "
        "'prediction'; did you mean 'judgement'?",
        id="category that is unknown",
    ),
    pytest.param(
        ("value: numerator", "value: Denominator"),
        "id: counting-word …     expected:",
        "counting-word: expected: two of the accepted and expected forms read 'Denominator'; "
        "expected different texts",
        id="wrong form that is accepted",
    ),
    pytest.param(
        ("level: understand", "level: understanding"),
        "level: understanding",
        "counting-talk-what: level: expected 'remember', 'understand', 'apply', 'analyse', "
        "'evaluate' or 'create', not 'understanding'",
        id="level that is unknown",
    ),
    pytest.param(
        ("audience: class", "audience: teacher"),
        "audience: teacher",
        "counting-class-single: audience: expected 'self-check' or 'class', not 'teacher'",
        id="audience that is unknown",
    ),
    pytest.param(
        ("ledger: [L001]", "ledger: [X1]"),
        "ledger: [X1]",
        "counting-talk-what: ledger[1]: 'X1' has the wrong form; "
        "expected text like /^L[0-9]{1,4}$/",
        id="statement that cannot be",
    ),
    pytest.param(
        ("ledger: [L001]", "ledger: []"),
        "ledger: []",
        "counting-talk-what: ledger: list should have at least 1 item after validation, not 0",
        id="no statement",
    ),
    pytest.param(
        ("chapter: counting", "chapter: counts"),
        "chapter: counts",
        "chapter: 'counts' is not the file's name; expected 'counting'",
        id="file that is named otherwise than its chapter",
    ),
    pytest.param(
        ("chapter: counting", "chapter: counting\nlanguage: es"),
        "language: es",
        "language: 'es' is not the file's; name a translation 'counting.es.yml'",
        id="translation that is named as the original",
    ),
    pytest.param(
        ("id: counting-talk-rate", "id: counting-talk-what"),
        "counting-talk-what … counting-talk-what",
        "counting-talk-what: id: this id is already used on line 3; ids are unique over the bank",
        id="id used twice in a file",
    ),
    pytest.param(
        ("minutes: 5", "minutes: 5\n    minutes: 6"),
        "minutes: 6",
        'not valid YAML: while constructing a mapping found duplicate key "minutes" with value "6" '
        '(original value: "5"); check indentation, colons and quotes',
        id="field given twice",
    ),
]


@pytest.mark.parametrize(("edit", "where", "message"), MISTAKES)
def test_mistake(tmp_path: Path, edit: tuple[str, str], where: str, message: str) -> None:
    path = broken(tmp_path, edit)
    assert told(path, where, message) in problems(lambda: load_bank_file(path))


@pytest.mark.parametrize("keys", ["0", "all"])
def test_multiple_response_needs_right_and_wrong(tmp_path: Path, keys: str) -> None:
    key = "        correct: true\n"
    text = COUNTING.read_text(encoding="utf-8")
    start = text.index("id: counting-multiple")
    end = text.index("hints:", start)
    item = text[start:end].replace(key, "")
    if keys == "all":
        item = item.replace("        feedback:", f"{key}        feedback:")
    path = tmp_path / "counting.yml"
    path.write_text(text[:start] + item + text[end:], encoding="utf-8")
    assert problems(lambda: load_bank_file(path)) == [
        (
            f"counting.yml:{line_of(path, 'id: counting-multiple …     options:')}: "
            "counting-multiple: options: expected at least one right and one wrong option; "
            "mark the right ones with 'correct: true'"
        )
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("text: Thieves in a year", "text: Thieves at <https://example.org/> a year"),
        ("text: Thieves in a year", "text: Thieves if a < b and c > d"),
        ("text: Thieves in a year", "text: Thieves in `<b>` a year"),
        ("text: Thieves in a year", 'text: "#1 of the thieves"'),
        ("text: Thieves in a year", "text: 2 thieves"),
        ("text: Thieves in a year", "text: -5 thieves"),
        ("text: Thieves in a year", "text: '**Thieves** in a year'"),
        ("text: Thieves in a year", "text: 2010"),
        ("    context: |\n", "    context: |\n      ![A map of the town](map.png)\n\n"),
        ("answer: 800", "answer: 8e2"),
        ("value: 125\n", "value: -125\n"),
        ("minutes: 5", "minutes: 90"),
        ("text: how many there will be", "text: Count"),
    ],
)
def test_what_only_looks_like_a_mistake(tmp_path: Path, old: str, new: str) -> None:
    assert len(load_bank_file(broken(tmp_path, (old, new))).exercises) == 15


def test_every_mistake_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    broken(tmp_path, ("minutes: 5", "minutes: x"), ("level: apply", "level: aply"))
    broken(tmp_path, ("chapter: counting", "chapter: other"), name="third.yml")
    broken(tmp_path, ("difficulty: hard", "difficulty: head"), name="second.yml")
    (tmp_path / "fourth.yml").write_text("exercises: [", encoding="utf-8")
    found = problems(lambda: load_bank(tmp_path))
    counting = tmp_path / "counting.yml"
    second = tmp_path / "second.yml"
    assert [message.split(" ")[0] for message in found] == [
        f"counting.yml:{line_of(counting, 'minutes: x')}:",
        f"counting.yml:{line_of(counting, 'level: aply')}:",
        "fourth.yml:1:",
        f"second.yml:{line_of(second, 'difficulty: head')}:",
        "third.yml:1:",
    ]


def test_id_used_in_two_files(tmp_path: Path) -> None:
    good = COUNTING.read_text(encoding="utf-8")
    (tmp_path / "counting.yml").write_text(good, encoding="utf-8")
    start = good.index("  - id: counting-number")
    item = good[start : good.index("  - id: counting-match")]
    later = f"chapter: later\nexercises:\n{item}"
    (tmp_path / "later.yml").write_text(later, encoding="utf-8")
    line = line_of(COUNTING, "id: counting-number")
    [message] = problems(lambda: load_bank(tmp_path))
    assert message == (
        f"later.yml:3: counting-number: id: this id is already used on {tmp_path}/counting.yml:"
        f"{line}; ids are unique over the bank"
    )


@pytest.mark.parametrize(
    ("edit", "where", "message"),
    [
        (
            ("outcome: counting-compute", "outcome: counting-computed"),
            "counting-computed",
            (
                "counting-talk-rate: outcome: outcomes.yml has no outcome 'counting-computed'; "
                "did you mean 'counting-compute'?"
            ),
        ),
        (
            ("ledger: [L003]", "ledger: [L003, L033]"),
            "L033",
            (
                "counting-talk-judge: ledger[2]: the ledger has no statement 'L033'; "
                "did you mean 'L003'?"
            ),
        ),
        (
            ("checks: [C1]", "checks: [C11]"),
            "C11",
            "counting-single: checks[1]: the ledger has no close check 'C11'; did you mean 'C1'?",
        ),
        (
            ("misconception: wrong-time", "misconception: wrong-times"),
            "misconception: wrong-times",
            (
                "counting-single: options[3].misconception: misconceptions.yml has no misreading "
                "'wrong-times'; did you mean 'wrong-time'?"
            ),
        ),
        (
            ("misconception: source-proves-all", "misconception: xyz"),
            "misconception: xyz",
            "counting-claim: misconception: misconceptions.yml has no misreading 'xyz'",
        ),
        (
            ("misconception: inverted-ratio", "misconception: inverted"),
            "misconception: inverted",
            (
                "counting-number: expected[1].misconception: misconceptions.yml has no misreading "
                "'inverted'"
            ),
        ),
    ],
)
def test_reference_to_nothing(
    tmp_path: Path, edit: tuple[str, str], where: str, message: str
) -> None:
    path = broken(tmp_path, edit)
    [found] = problems(lambda: small_references(path))
    assert found.startswith(f"counting.yml:{line_of(path, where)}: {message}")


def test_every_reference_to_nothing_is_told_at_once(tmp_path: Path) -> None:
    path = broken(
        tmp_path,
        ("ledger: [L001]", "ledger: [L901]"),
        ("outcome: counting-compute", "outcome: nothing-like-it"),
        ("misconception: wrong-time", "misconception: nothing-like-it"),
    )
    assert len(problems(lambda: small_references(path))) == 3


def test_outcome_of_another_chapter(tmp_path: Path) -> None:
    path = broken(tmp_path, ("chapter: counting", "chapter: other"), name="other.yml")
    found = problems(lambda: small_references(path))
    assert len(found) == 15
    assert found[0] == (
        f"other.yml:{line_of(path, 'outcome:')}: counting-talk-what: outcome: 'counting-explain' "
        "is an outcome of chapter 'counting'; expected one of 'other'"
    )


def test_misreading_listed_twice(tmp_path: Path) -> None:
    path = tmp_path / "misconceptions.yml"
    entry = "  - id: reversed\n    text: Turns round.\n"
    path.write_text(f"misconceptions:\n{entry}{entry}", encoding="utf-8")
    assert problems(lambda: load_misconceptions(path)) == [
        (
            "misconceptions.yml:4: misconceptions[2].id: 'reversed' is already used on line 2; "
            "ids are unique"
        )
    ]


def test_translation_is_a_bank_of_its_own(tmp_path: Path) -> None:
    broken(tmp_path)
    broken(
        tmp_path, ("chapter: counting", "chapter: counting\nlanguage: es"), name="counting.es.yml"
    )
    assert [path.name for path in bank_paths(tmp_path)] == ["counting.yml"]
    assert [path.name for path in bank_paths(tmp_path, "es")] == ["counting.es.yml"]
    assert [file.language for file in load_bank(tmp_path, language="es").files] == ["es"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_editor_ends_them(tmp_path: Path, end: str) -> None:
    path = broken(tmp_path, ("minutes: 5", "minutes: x"))
    text = path.read_text(encoding="utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", end).encode())
    [message] = problems(lambda: load_bank_file(path))
    line = line_of(path, "minutes: x")
    assert message.startswith(f"counting.yml:{line}: counting-talk-what: minutes")


@pytest.mark.parametrize("odd", ["\u2028", "é" * 40])
def test_lines_are_counted_as_editors_count_them(tmp_path: Path, odd: str) -> None:
    path = broken(tmp_path, ("title: What", f'title: "{odd} what"\n    x: What'))
    assert problems(lambda: load_bank_file(path))[0].startswith("counting.yml:6: ")
    path.write_text(f"chapter: '{odd}'\na: \x07", encoding="utf-8")
    [message] = problems(lambda: load_bank_file(path))
    assert (
        message == "counting.yml:2: the character U+0007 (bell) may not stand in a text; remove it"
    )


def test_mark_that_begins_a_file_moves_no_line(tmp_path: Path) -> None:
    path = tmp_path / "counting.yml"
    path.write_bytes(b"\xef\xbb\xbfa\n\xff")
    assert problems(lambda: load_bank_file(path)) == [
        "counting.yml:2: not UTF-8 text (byte 0xFF, 'ÿ' in Windows-1252); save the file as UTF-8"
    ]


# ---- order ---------------------------------------------------------------------------------

SINGLE = """\
  type: single-choice
  options:
    - {text: alpha, feedback: f, correct: true}
    - {text: beta, feedback: f, misconception: m}
    - {text: gamma, feedback: f, misconception: m}
    - {text: delta, feedback: f, misconception: m}
"""
SEEDS = [str(number) for number in range(40)]
GRID = [("a", "two"), ("b", "one"), ("c", "three"), ("d", "one"), ("e", "two")]


def shown(item: Exercise, seed: str | None) -> list[str]:
    """Return the texts of the options of *item* as a page shows them."""
    assert isinstance(item, Choice)
    return [option.text for option in option_order(item, seed)]


def test_order_of_options_is_that_of_the_file_or_of_a_seed(tmp_path: Path) -> None:
    item = exercise(tmp_path, SINGLE)
    assert shown(item, None) == ["alpha", "beta", "gamma", "delta"]
    assert shown(item, "spring") == ["beta", "alpha", "gamma", "delta"]
    assert {shown(item, seed)[1] for seed in SEEDS} == {"alpha", "beta", "gamma", "delta"}


def kept(item: Exercise, seed: str) -> int:
    """Return how many letters are right as written and by *seed*."""
    assert isinstance(item, Choice)
    pairs = zip(item.options, option_order(item, seed), strict=True)
    return sum(one.correct and other.correct for one, other in pairs)


def test_what_is_right_moves_to_another_letter(tmp_path: Path) -> None:
    item = exercise(tmp_path, SINGLE)
    assert [seed for seed in SEEDS if kept(item, seed)] == []
    # Of five options three are right: one of their places is right again, whatever the order.
    several = SINGLE.replace("single-choice", "multiple-response")
    for name in ("beta", "gamma"):
        several = several.replace(
            f"{name}, feedback: f, misconception: m", f"{name}, feedback: f, correct: true"
        )
    item = exercise(tmp_path, f"{several}    - {{text: omega, feedback: f, misconception: m}}\n")
    assert {kept(item, seed) for seed in SEEDS} == {1}


def test_order_differs_between_exercises(tmp_path: Path) -> None:
    item = exercise(tmp_path, SINGLE)
    others = [item.model_copy(update={"id": f"id-{seed}"}) for seed in SEEDS]
    assert len({tuple(shown(other, "spring")) for other in others}) > 10


def test_option_that_is_added_moves_no_others_apart(tmp_path: Path) -> None:
    item = exercise(tmp_path, SINGLE)
    more = exercise(tmp_path, f"{SINGLE}    - {{text: omega, feedback: f, misconception: m}}\n")
    # But for seeds by which what is right would have kept its letter, in one or in the other.
    same = [
        [text for text in shown(more, seed) if text != "omega"] == shown(item, seed)
        for seed in SEEDS
    ]
    assert sum(same) > len(SEEDS) / 2


def test_pinned_options_keep_their_places(tmp_path: Path) -> None:
    text = SINGLE.replace("beta,", "beta, pinned: true,").replace("delta,", "delta, pinned: true,")
    item = exercise(tmp_path, text)
    orders = {tuple(shown(item, seed)) for seed in SEEDS}
    assert orders == {("gamma", "beta", "alpha", "delta")}
    first = text.replace("alpha,", "alpha, pinned: true,")
    assert shown(exercise(tmp_path, first), "spring") == ["alpha", "beta", "gamma", "delta"]


def test_options_that_are_not_to_be_shuffled(tmp_path: Path) -> None:
    item = exercise(tmp_path, f"{SINGLE}  shuffle: false\n")
    for seed in SEEDS:
        assert shown(item, seed) == ["alpha", "beta", "gamma", "delta"]


@pytest.mark.parametrize("steps", [["one", "two", "three"], ["a", "b", "c", "d", "e"]])
def test_steps_are_never_shown_in_the_right_order(tmp_path: Path, steps: list[str]) -> None:
    lines = "".join(f"    - {{text: {step}, feedback: f}}\n" for step in steps)
    item = exercise(tmp_path, f"  type: order\n  steps:\n{lines}")
    assert isinstance(item, Order)
    right = list(range(len(steps)))
    for seed in [None, *SEEDS]:
        order = step_order(item, seed)
        assert sorted(order) == right
        assert order != right
        assert order == step_order(item, seed)
    assert len({tuple(step_order(item, seed)) for seed in SEEDS}) > 3


@pytest.mark.parametrize("distractors", [(), ("gamma",), ("gamma", "delta")])
@pytest.mark.parametrize("matches", [("alpha", "beta"), ("a", "b", "c")])
def test_matches_never_stand_beside_their_terms(
    tmp_path: Path, matches: tuple[str, ...], distractors: tuple[str, ...]
) -> None:
    pairs = "".join(f"    - {{term: t{m}, match: {m}, feedback: f}}\n" for m in matches)
    more = "".join(f"    - {{text: {text}, feedback: f}}\n" for text in distractors)
    more = f"  distractors:\n{more}" if more else ""
    item = exercise(tmp_path, f"  type: match\n  pairs:\n{pairs}{more}")
    assert isinstance(item, Match)
    for seed in [None, *SEEDS]:
        offered = match_order(item, seed)
        assert sorted(offered) == sorted([*matches, *distractors])
        assert tuple(offered[: len(matches)]) != matches
        assert offered == match_order(item, seed)


def test_rows_of_a_grid_are_mixed_by_a_seed_alone(tmp_path: Path) -> None:
    rows = "".join(f"    - {{text: {t}, category: {c}, feedback: f}}\n" for t, c in GRID)
    item = exercise(
        tmp_path, f"  type: classify\n  categories: [one, two, three]\n  items:\n{rows}"
    )
    assert isinstance(item, Classify)
    assert row_order(item) == item.items
    for seed in SEEDS:
        order = row_order(item, seed)
        assert sorted(row.text for row in order) == sorted(row.text for row in item.items)
        assert order != item.items
        assert not is_staircase(item, order)
        assert order == row_order(item, seed)
    assert len({tuple(row.text for row in row_order(item, seed)) for seed in SEEDS}) > 10


def test_rows_of_one_category_are_mixed_as_well(tmp_path: Path) -> None:
    rows = "".join(f"    - {{text: {t}, category: one, feedback: f}}\n" for t, _ in GRID)
    item = exercise(tmp_path, f"  type: classify\n  categories: [one, two]\n  items:\n{rows}")
    assert isinstance(item, Classify)
    assert not is_staircase(item, item.items)
    assert any(row_order(item, seed) != item.items for seed in SEEDS)


def test_identity_of_an_option_does_not_depend_on_its_place(tmp_path: Path) -> None:
    item = exercise(tmp_path, SINGLE)
    head, *options = SINGLE.split("    - ")
    turned = exercise(tmp_path, "    - ".join([head, *reversed(options)]))
    assert isinstance(item, Choice)
    assert isinstance(turned, Choice)
    names = {option.text: option.identity(item.id) for option in item.options}
    assert names == {option.text: option.identity(turned.id) for option in turned.options}
    assert len(set(names.values())) == 4
    assert [option.text for option in turned.keys] == ["alpha"]
    assert names["alpha"] != item.options[0].identity("another-exercise")


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    """Return what an editor checks a bank file with."""
    schema = json.loads(bank_schema())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("chapter: counting", "chapter: Counting up"),
        ("chapter: counting\n", ""),
        ("type: discussion", "type: talk"),
        ("    type: discussion\n", ""),
        ("    stem: What does the number count?\n", ""),
        ("minutes: 5", "minuets: 5"),
        ("minutes: 5", "minutes: five"),
        ("minutes: 5", "minutes: 91"),
        ("level: understand", "level: know"),
        ("ledger: [L001]", "ledger: L001"),
        ("ledger: [L001]", "ledger: [1]"),
        ("correct: true", "correct: maybe"),
        ("        misconception: wrong-time\n", "        misreading: wrong-time\n"),
        ("answer: 800", "answer: eight hundred"),
        ("tolerance: 0.5", "tolerance: -0.5"),
        ("        match: how many there are\n", ""),
        ("lines: 4", "lines: 1"),
        ("levels: [none, ", "levels: ["),
        ("accepted: [denominator]", "accepted: []"),
    ],
)
def test_schema_refuses_what_the_model_refuses(
    tmp_path: Path, old: str, new: str, validator: Draft202012Validator
) -> None:
    assert validator.is_valid(raw(COUNTING.read_text(encoding="utf-8")))
    path = broken(tmp_path, (old, new))
    assert not validator.is_valid(raw(path.read_text(encoding="utf-8")))
    assert problems(lambda: load_bank_file(path))


# ---- the command -----------------------------------------------------------------------------


def command(*arguments: str | Path) -> int:
    """Run the command over the small course."""
    folders = ("--exercises", SMALL / "exercises", "--data", SMALL / "data")
    return main([str(each) for each in (*folders, *arguments)])


def test_command_tells_every_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = broken(tmp_path, ("minutes: 5", "minutes: x"))
    second = broken(tmp_path, ("chapter: counting", "chapter: a"), name="b.yml")
    assert command(first, second) == 1
    line = line_of(first, "minutes: x")
    assert capsys.readouterr().out.splitlines() == [
        f"{second}:1: chapter: 'a' is not the file's name; expected 'b'",
        f"{first}:{line}: counting-talk-what: minutes: expected a whole number, found 'x'",
    ]


def test_command_tells_broken_rules_and_counts_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(COUNTING) == 1
    *lines, last = capsys.readouterr().out.splitlines()
    short = f"{COUNTING}:{line_of(COUNTING, 'stem:')}: counting-talk-what: stem: expected 8 to 90"
    assert f"{short} words, found 5 [Q2 E]" in lines
    assert re.fullmatch(r"15 exercises, [1-9]\d* errors, \d+ warnings", last)


def test_command_says_that_the_work_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("--work", tmp_path / "work.md") == 1
    assert capsys.readouterr().out.endswith("work.md:1: file not found; the course needs it\n")


def test_command_writes_the_schema(tmp_path: Path) -> None:
    assert main(["--schema", "--exercises", str(tmp_path)]) == 0
    assert (tmp_path / "schema.json").read_text(encoding="utf-8") == bank_schema()
