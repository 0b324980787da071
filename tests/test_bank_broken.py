"""Bank files broken in hundreds of ways: each ends in a message with a line, none in a traceback.

What is broken is chosen by Hypothesis, the same on every run.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from courseware.bank.load import (
    Bank,
    BankFile,
    check_references,
    load_bank_file,
    load_misconceptions,
)
from courseware.bank.rules import check_bank
from courseware.bank.texts import Line, Text, plain
from courseware.data.ledger import Ledger, load_ledger
from courseware.data.outcomes import Outcomes, load_outcomes
from courseware.data.problems import DataError
from courseware.data.settings import Settings
from courseware.data.yamlfile import Record
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pydantic import ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from courseware.data.problems import Problem

COURSE = Path(__file__).parent / "roots" / "test-course"
GOOD = (COURSE / "exercises" / "bank" / "counting.yml").read_text(encoding="utf-8")
LINES = GOOD.splitlines(keepends=True)
# Lines that hold a field with a scalar: where it begins, and its name.
SCALARS = [
    at
    for at, line in enumerate(LINES)
    if ": " in line and not line.rstrip().endswith(("]", "|", ">-"))
]
FIELDS = [at for at, line in enumerate(LINES) if line.lstrip("- ").partition(":")[1]]

SAME = settings(deadline=None, derandomize=True, database=None)
HUGE = "9" * 5000
# What YAML makes of it is a date, a number, nothing, a list, or no value at all.
ODD_VALUES = (
    *("", "~", "null", "true", "false", "yes", "no", "0", "-1", "1.5", "1e3", "1e999", "-1e999"),
    *(
        ".inf",
        "-.inf",
        ".nan",
        "0x1f",
        "0o17",
        "0x",
        "1_000",
        "12:30:45",
        "9" * 40,
        "9" * 400,
        HUGE,
    ),
    *(f"0x{'f' * 5000}", "2010-12-20", "2010-13-45", "2010-12-20T25:61:61Z", "[]", "{}", "[a, b]"),
    *(
        "{a: b}",
        "[[a]]",
        "- a",
        "? a",
        "a: b",
        "a: b: c",
        ": a",
        "a #b",
        "#",
        "&a",
        "*a",
        "!",
        "!!",
    ),
    *("!x y", "!!int a", '!!int ""', '!!float ""', "!!bool a", "!!timestamp a", "!!timestamp [a]"),
    *(
        "!!binary ä",
        "!!binary aGk=",
        "!!set {a, b}",
        "!!omap [a: b]",
        "!!pairs [a: b]",
        "!!str [a]",
    ),
    *("!!map a", "!!seq a", "!!null a", "!!python/object:os.system a", "<<", "=", "%", "@a", "`a`"),
    *('"', "'", '"\\ud800"', '"\\U00110000"', '"\\x00"', '"a\\nb"', '"a\\u2028b"', "'a\n\n  b'"),
    *(
        "|",
        ">-",
        "|\n      a\n\n      b",
        "|9\n a",
        ">\n",
        "[a",
        "{a",
        "a]",
        "[a,,b]",
        "{a: b, a: c}",
    ),
    *(
        "&x [*x]",
        "&x {a: *x}",
        "*nowhere",
        "{<<: a}",
        "{<<: [a]}",
        "{<<: {type: open}}",
        "---",
        "...",
    ),
    *("x" * 100_000, "[" * 50_000, "- " * 50_000, "{a: " * 5_000, f"{'[' * 150}{']' * 150}"),
    *(
        "{note}`x`",
        "```{note}```",
        "<b>",
        "![](x)",
        "[](x)",
        "***",
        "# a",
        "- a",
        "1. a",
        "p. 9 C99",
    ),
)
ODD_TEXT = (
    *("\t", "\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x85", "\u2028", "\ufeff", "\u200b"),
    *("\ufffe", "😀", "é", "\r", "\n", "\n\n", "---\n", "...\n", "%YAML 1.1\n", "%TAG ! x\n"),
    *(":", "- ", "? ", "#", "&a ", "*a ", "!a ", "'", '"', "[", "]", "{", "}", ",", "|", ">", "\\"),
)


@st.composite
def edits(
    draw: st.DrawFn, good: list[str], scalars: list[int], fields: list[int]
) -> Callable[[list[str]], list[str]]:
    """Return a function that breaks lines such as *good* in one way.

    *fields* are the lines that hold a field, *scalars* those of them whose value is a scalar.
    """
    line_numbers = st.integers(0, len(good) - 1)
    at, other = draw(line_numbers), draw(line_numbers)
    scalar, field = draw(st.sampled_from(scalars)), draw(st.sampled_from(fields))
    names = sorted({good[at].strip(" -").partition(":")[0] for at in fields})
    value, name = draw(st.sampled_from(ODD_VALUES)), draw(st.sampled_from(names))
    odd, shift, column = (
        draw(st.sampled_from(ODD_TEXT)),
        draw(st.integers(-4, 4)),
        draw(st.integers(0, 60)),
    )
    ways: dict[str, Callable[[list[str]], list[str]]] = {
        "delete": lambda x: x[:at] + x[at + 1 :],
        "delete many": lambda x: x[: min(at, other)] + x[max(at, other) :],
        "duplicate": lambda x: x[: at + 1] + x[at:],
        "copy elsewhere": lambda x: x[:other] + x[at : at + 1] + x[other:],
        "swap": lambda x: put(put(x, at, x[other : other + 1]), other, x[at : at + 1]),
        "indent": lambda x: put(x, at, [indented(line, shift) for line in x[at : at + 1]]),
        "indent the rest": lambda x: x[:at] + [indented(line, shift) for line in x[at:]],
        "value": lambda x: put(x, scalar, [valued(line, value) for line in x[scalar : scalar + 1]]),
        "rename": lambda x: put(x, field, [renamed(line, name) for line in x[field : field + 1]]),
        "misspell": lambda x: put(
            x, field, [line.replace(":", "x:", 1) for line in x[field : field + 1]]
        ),
        "insert": lambda x: put(
            x, at, [line[:column] + odd + line[column:] for line in x[at : at + 1]]
        ),
        "tab": lambda x: put(x, at, [line.replace("  ", "\t", 1) for line in x[at : at + 1]]),
        "anchor": lambda x: put(
            x, field, [line.replace(": ", ": &a ", 1) for line in x[field : field + 1]]
        ),
        "merge": lambda x: [*x[:at], f"{' ' * (shift + 4)}<<: {value}\n", *x[at:]],
        "truncate": lambda x: [*x[:at], *(line[:column].rstrip("\n") for line in x[at : at + 1])],
        "join": lambda x: put(x, at, [line.rstrip("\n") for line in x[at : at + 1]]),
    }
    return ways[draw(st.sampled_from(sorted(ways)))]


Ways = list[Callable[[list[str]], list[str]]]


def write_broken(path: Path, good: list[str], broken: Ways) -> None:
    """Write *good* to *path*, broken in all ways of *broken*."""
    lines = good
    for way in broken:
        lines = way(lines)
    path.write_text("".join(lines), encoding="utf-8", newline="")


def put(lines: list[str], at: int, new: list[str]) -> list[str]:
    """Return *lines* with *new* in place of the line at *at*."""
    return lines[:at] + new + lines[at + 1 :]


def indented(line: str, shift: int) -> str:
    """Return *line* moved to the right, or to the left as far as it goes."""
    return (
        " " * shift + line if shift > 0 else line[min(-shift, len(line) - len(line.lstrip(" "))) :]
    )


def valued(line: str, value: str) -> str:
    """Return *line* with another value."""
    return f"{line.partition(':')[0]}: {value}\n"


def renamed(line: str, name: str) -> str:
    """Return *line* with another name of a field."""
    bare = line.lstrip("- ")
    return line[: len(line) - len(bare)] + name + "".join(bare.partition(":")[1:])


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the broken file is written."""
    return tmp_path_factory.mktemp("broken") / "counting.yml"


@cache
def course() -> tuple[Ledger, Outcomes, frozenset[str]]:
    """Return what the good file refers to."""
    data = COURSE / "data"
    known = load_misconceptions(COURSE / "exercises" / "misconceptions.yml")
    return load_ledger(data / "ledger.yml", Settings()), load_outcomes(data / "outcomes.yml"), known


def are_told_well(problems: Iterable[Problem], path: Path) -> None:
    """Fail where a problem has no place in *path*, or no message of one line."""
    # Editors and Python's own reader of text files agree on these ends of lines.
    data = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    count = data.count(b"\n") + 1
    problems = list(problems)
    assert problems
    for problem in problems:
        assert problem.path == path
        assert 1 <= problem.line <= count + 1
        assert problem.message.strip()
        assert len(problem.message.splitlines()) == 1, problem.message
        assert len(problem.message) < 2000


def outcome(path: Path) -> BankFile | None:
    """Return what the file *path* holds, None where it is told well what is wrong with it."""
    try:
        file = load_bank_file(path)
        check_references(Bank([file]), *course())
    except DataError as error:
        are_told_well(error.problems, path)
        return None
    ledger, outcomes, _ = course()
    # A single short file breaks rules for sets, so there is always something to tell.
    are_told_well((f.problem for f in check_bank(Bank([file]), ledger, outcomes, Settings())), path)
    return file


def test_good_file_is_good(path: Path) -> None:
    path.write_text(GOOD, encoding="utf-8")
    assert outcome(path) is not None


@settings(SAME, max_examples=200)
@given(broken=st.lists(edits(LINES, SCALARS, FIELDS), min_size=1, max_size=3))
def test_broken_lines(path: Path, broken: Ways) -> None:
    write_broken(path, LINES, broken)
    outcome(path)


@pytest.mark.parametrize("value", ODD_VALUES, ids=lambda value: value[:20] or "nothing")
def test_odd_value_of_every_sort_of_field(path: Path, value: str) -> None:
    # A name, a choice of a list, a text, a number, a truth: the first field of each.
    for name in ("id", "type", "stem", "minutes", "correct"):
        at = next(at for at in FIELDS if LINES[at].strip(" -").startswith(f"{name}: "))
        path.write_text("".join(put(LINES, at, [valued(LINES[at], value)])), encoding="utf-8")
        outcome(path)


@pytest.mark.parametrize("name", ["answer", "tolerance", "minutes", "value", "points", "lines"])
@pytest.mark.parametrize(
    "value", [".inf", "-.inf", ".nan", "1e999", "-1e999", "true", "2010-12-20", HUGE, "'1'", "[1]"]
)
def test_number_that_is_none(path: Path, name: str, value: str) -> None:
    at = max(at for at in FIELDS if LINES[at].strip(" -").startswith(f"{name}: "))
    if name in {"answer", "value"}:  # the last of these are no numbers
        at = next(
            a for a in FIELDS if LINES[a].strip(" -").rstrip() in {"answer: 800", "value: 125"}
        )
    path.write_text("".join(put(LINES, at, [valued(LINES[at], value)])), encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_bank_file(path)
    are_told_well(error.value.problems, path)
    assert at + 1 in {problem.line for problem in error.value.problems}


@settings(SAME, max_examples=60)
@given(end=st.integers(0, len(GOOD.encode())))
def test_truncated_file(path: Path, end: int) -> None:
    path.write_bytes(GOOD.encode()[:end])
    outcome(path)


@settings(SAME, max_examples=60)
@given(
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1"]),
    at=st.integers(0, len(GOOD)),
    odd=st.binary(max_size=4),
)
def test_wrong_encoding(path: Path, encoding: str, at: int, odd: bytes) -> None:
    text = f"# Juárez\n{GOOD[:at]}".encode(encoding) + odd + GOOD[at:].encode(encoding)
    path.write_bytes(text)
    outcome(path)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "~",
        "a",
        "- a",
        "[]",
        "{}",
        "exercises:",
        "exercises: []",
        "chapter: counting",
        "a: [",
        "\t",
    ],
)
def test_file_without_exercises(path: Path, text: str, end: str) -> None:
    path.write_bytes(f"# nothing{end}{text}{end}{end}".encode())
    assert outcome(path) is None


WORDS = (
    "p. 1",
    "pp. 1, 2",
    "p. 19",
    "C1",
    "C99",
    "L001",
    "all of the above",
    "A and B",
    "not",
    "NOT",
)
marks = st.sampled_from([*".,:;!?¿…-–—'’“”\"()[]{}<>#*_`~|\\/$€%&+=@^0123456789 \n\t\u00a0é"])
texts = st.lists(marks | st.sampled_from(WORDS) | st.sampled_from("aAzZ"), max_size=12).map("".join)
TEXT_FIELDS = ("title", "stem", "text", "feedback", "solution", "when_true", "category", "match")


@settings(SAME, max_examples=120)
@given(
    changes=st.lists(
        st.tuples(
            st.sampled_from([a for a in SCALARS if LINES[a].strip(" -").startswith(TEXT_FIELDS)]),
            texts,
        ),
        min_size=1,
        max_size=6,
    )
)
@example(changes=[(at, "!?"[at % 2] * (at + 1)) for at in SCALARS if "text: " in LINES[at]])
@example(changes=[(at, f"{at} in " * 9) for at in SCALARS if "text: " in LINES[at]])
def test_odd_texts(path: Path, changes: list[tuple[int, str]]) -> None:
    lines = LINES
    for at, text in changes:
        lines = put(lines, at, [valued(lines[at], json.dumps(text, ensure_ascii=False))])
    path.write_text("".join(lines), encoding="utf-8")
    outcome(path)


class Blocks(Record):
    """A text as a bank file has it."""

    text: Text


class OneLine(Record):
    """A line as a bank file has it."""

    text: Line


def tokens(text: str) -> set[str]:
    """Return what a parser of CommonMark finds in *text*."""
    blocks = MarkdownIt("commonmark").enable("table").parse(text)
    return {token.type for block in blocks for token in (block, *(block.children or ()))}


INLINE = {"paragraph_open", "em_open", "strong_open", "link_open"}


@settings(SAME, max_examples=250)
@given(text=texts)
@example("<https://example.org>")
@example("a\n- b")
@example("a\n===")
@example("[a]: b")
@example("<!-- a -->")
def test_texts_that_are_taken_are_plain_commonmark(text: str) -> None:
    for kind in (Blocks, OneLine):
        try:
            taken = kind(text=text).text
        except ValidationError:
            continue
        found = tokens(taken)
        assert not found & {"html_inline", "html_block"}
        if kind is OneLine:
            assert len(taken.splitlines()) == 1
            assert {name for name in found if name.endswith("_open")} <= INLINE
            assert found >= {"paragraph_open", "inline"}
            assert plain(taken)


def test_one_problem_hides_no_other(path: Path) -> None:
    lines = list(LINES)
    edited = [at for at in SCALARS if LINES[at].strip(" -").startswith(("minutes:", "level:"))]
    for at in edited:
        lines[at] = valued(lines[at], "{}")
    path.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_bank_file(path)
    assert [problem.line for problem in error.value.problems] == [at + 1 for at in edited]
