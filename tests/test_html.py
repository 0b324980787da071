"""The checker of HTML finds what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from htmlcheck import checked

if TYPE_CHECKING:
    from pathlib import Path


def test_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    page = (
        "<!DOCTYPE html><html lang='en'><title>A</title><p><div id='a'></div><i id='a'></i></html>"
    )
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert any("Duplicate ID" in error for error in checked(tmp_path))
