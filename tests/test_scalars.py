"""A plain value of YAML is what its field wants: a number, or a text with these very signs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from courseware.bank.load import load_bank_file
from courseware.bank.model import Numeric, ShortAnswer
from courseware.data.problems import DataError

if TYPE_CHECKING:
    from courseware.bank.load import BankFile

GOOD = Path(__file__).parent / "roots/test-course/exercises/bank/counting.yml"


def changed(folder: Path, old: str, new: str) -> BankFile:
    """Return the exercises of the small course, *old* in their file replaced by *new*."""
    text = GOOD.read_text(encoding="utf-8")
    assert old in text
    path = folder / "counting.yml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return load_bank_file(path)


@pytest.mark.parametrize(
    "written",
    [
        *("2.50", "007", "1e3", "0x1F", "0o17", "1_000", "-0", "+5", ".5", "6.02E23", "1.0"),
        *("2010-01-01", "2010-12-20T10:00:00Z", "12:30:45", "yes", "no", "on", "off", "y", ".inf"),
    ],
)
def test_text_is_kept_as_it_is_written(tmp_path: Path, written: str) -> None:
    file = changed(tmp_path, "title: What it counts", f"title: {written}")
    assert file.exercises[0].title == written


@pytest.mark.parametrize("code", [r"\0", r"\x01", r"\e", r"\x7F", r"\u0085", r"\uFEFF"])
def test_control_character_by_its_code_is_told(tmp_path: Path, code: str) -> None:
    with pytest.raises(DataError) as error:
        changed(tmp_path, "title: What it counts", f'title: "What{code} counts"')
    [problem] = error.value.problems
    assert problem.line == 5
    assert problem.message.startswith("the character U+")
    assert problem.message.endswith("may not stand in a text; remove its backslash code")


@pytest.mark.parametrize(
    ("written", "found"), [("true", "true"), ("~", "nothing"), ("", "nothing")]
)
def test_truth_and_nothing_are_told_where_text_is_meant(
    tmp_path: Path, written: str, found: str
) -> None:
    with pytest.raises(DataError) as error:
        changed(tmp_path, "title: What it counts", f"title: {written}")
    [problem] = error.value.problems
    assert problem.line == 5
    assert problem.message.startswith("counting-talk-what: title: expected text (in quotes, ")
    assert problem.message.endswith(f"found {found}")


@pytest.mark.parametrize(("written", "number"), [("0x320", 800), ("8e2", 800), ("0800", 800)])
def test_number_is_a_number_where_one_is_meant(tmp_path: Path, written: str, number: float) -> None:
    file = changed(tmp_path, "answer: 800", f"answer: {written}")
    [item] = [each for each in file.exercises if isinstance(each, Numeric)]
    assert item.answer == number
    # What is made of it must not depend on how it was written.
    assert type(item.answer) is float


def test_texts_in_lists_are_kept_too(tmp_path: Path) -> None:
    text = GOOD.read_text(encoding="utf-8")
    line = next(each for each in text.splitlines() if each.strip().startswith("accepted:"))
    margin = line.partition("accepted")[0]
    file = changed(tmp_path, line, f"{margin}accepted: [1.50, 007, 2010-01-01]")
    [item] = [each for each in file.exercises if isinstance(each, ShortAnswer)]
    assert item.accepted == ["1.50", "007", "2010-01-01"]
