"""What is too large, or grows without end, is told at once, with file and line."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from courseware.data import limits
from courseware.data.figures import load_table
from courseware.data.glossary import load_glossary
from courseware.data.outcomes import load_outcomes
from courseware.data.problems import DataError
from courseware.data.settings import Settings
from courseware.data.textfile import read_text
from courseware.data.timeline import load_timeline

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def told(load: Callable[[Path], object], path: Path, text: str) -> list[str]:
    """Return what *load* says of *path* with *text*, without the folder."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as error:
        load(path)
    return [f"{each.path.name}:{each.line}: {each.message}" for each in error.value.problems]


def bomb(line: Callable[[str], str]) -> str:
    """Return YAML in which each of many lines holds the one before many times."""
    names = "abcdefghi"
    lines = ["x: &a {p: 1, q: 2}"]
    lines += [f"x{new}: &{new} {line(old)}" for old, new in pairwise(names)]
    return "\n".join([*lines, "outcomes: []", ""])


@pytest.mark.parametrize(
    "text",
    [
        bomb(lambda old: f"[{', '.join([f'*{old}'] * 9)}]"),
        bomb(lambda old: f"{{<<: [{', '.join([f'*{old}'] * 9)}]}}"),
        bomb(lambda old: f"{{k: *{old}, l: *{old}, m: *{old}, n: *{old}, o: *{old}, r: *{old}}}"),
    ],
    ids=["lists", "merges", "fields"],
)
def test_aliases_that_multiply(tmp_path: Path, text: str) -> None:
    [message] = told(load_outcomes, tmp_path / "outcomes.yml", text)
    assert f"aliases add more than {limits.ALIASED_VALUES:,} values; write out what is" in message
    assert int(message.split(":")[1]) < len(text.splitlines()) - 1


def test_alias_of_an_honest_author(tmp_path: Path) -> None:
    path = tmp_path / "outcomes.yml"
    path.write_text(
        "outcomes:\n"
        "  - &first {id: one, chapter: a, level: apply, text: Compute a rate.}\n"
        "  - {<<: *first, id: two}\n",
        encoding="utf-8",
    )
    assert [outcome.text for outcome in load_outcomes(path).outcomes] == ["Compute a rate."] * 2


def test_text_that_is_too_long(tmp_path: Path) -> None:
    long = "word " * (limits.TEXT_CHARACTERS // 5 + 1)
    text = f"terms:\n  - {{id: a,\n     term: A, definition: {long}}}\n"
    [message] = told(partial(load_glossary, settings=Settings()), tmp_path / "glossary.yml", text)
    assert message == (
        f"glossary.yml:3: a text of {len(long) - 1:,} characters; expected at most "
        f"{limits.TEXT_CHARACTERS:,}"
    )


def test_file_that_is_too_large(tmp_path: Path) -> None:
    text = "# nothing\n" * (limits.FILE_BYTES // 10 + 1)
    [message] = told(read_text, tmp_path / "a.yml", text)
    assert message.startswith(f"a.yml:1: the file has {len(text):,} bytes; expected at most ")


@pytest.mark.parametrize(
    ("load", "head", "row"),
    [
        (load_table, "id,label,statements,notes,sources", "r{},A row,L001,,"),
        (
            partial(load_timeline, settings=Settings()),
            "date,label,event,statements,notes,origin",
            "2{:03},A,B,L001,,essay",
        ),
    ],
)
def test_more_rows_than_anybody_reads(
    tmp_path: Path, load: Callable[[Path], object], head: str, row: str
) -> None:
    rows = [row.format(at) for at in range(10 * limits.ROWS)]
    [message] = told(load, tmp_path / "a.csv", "\n".join([head, *rows]))
    assert message.startswith(f"a.csv:{limits.ROWS + 2}: more than {limits.ROWS:,} rows")


def test_long_text_in_a_row(tmp_path: Path) -> None:
    long = "x" * (limits.TEXT_CHARACTERS + 1)
    text = f"id,label,statements,notes,sources\na,A,L001,,\nb,{long},L001,,\n"
    [message] = told(load_table, tmp_path / "a.csv", text)
    assert message.startswith(f"a.csv:3: label: a text of {len(long):,} characters; expected at")
    [message] = told(load_table, tmp_path / "a.csv", text.replace("x", "x" * 10))
    assert message.startswith("a.csv:3: not valid CSV: a text of more than")
