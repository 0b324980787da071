"""Characters that no text of a course may hold."""

from __future__ import annotations

import pytest
from courseware.data.characters import forbidden


@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("\x00", "U+0000 (null)"),
        ("\x01", "U+0001"),
        ("\x07", "U+0007 (bell)"),
        ("\x0c", "U+000C (form feed)"),
        ("\x1b", "U+001B (escape)"),
        ("\x7f", "U+007F (delete)"),
        ("\x85", "U+0085 ('…' in Windows-1252)"),
        ("\x96", "U+0096 ('–' in Windows-1252)"),
        ("\x81", "U+0081"),
        ("\ufeff", "U+FEFF (byte order mark, inside the text)"),
        ("\ufffe", "U+FFFE"),
    ],
)
def test_characters_are_named_with_their_line(char: str, name: str) -> None:
    text = f"One\nTwo\r\nThree{char}\rFour\n{char}"
    assert list(forbidden(text)) == [(3, name), (5, name)]


@pytest.mark.parametrize(
    "char", ["\t", "\u00a0", "\u00ad", "\u200b", "\u200d", "\u2011", "\u202f", "\u2028", "é", "😀"]
)
def test_what_is_invisible_but_common_is_no_fault(char: str) -> None:
    assert list(forbidden(f"One\nTwo{char}Three")) == []


def test_byte_order_mark_at_the_start_is_no_fault() -> None:
    assert list(forbidden("\ufeffOne\ufeff")) == [(1, "U+FEFF (byte order mark, inside the text)")]
