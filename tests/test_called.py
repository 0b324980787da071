"""Commands are named as one calls them in the folder at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courseware.files.called import called
from courseware.sheets.arguments import parser

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_commands_are_those_of_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert called("assign", tmp_path) == "python -m courseware assign"
    assert parser("Prints.").format_usage().startswith("usage: python -m courseware assign [FILE]")
    (tmp_path / "noxfile.py").touch()
    assert called("assign", tmp_path) == "uvx nox -s assign --"
    assert parser("Prints.").format_usage().startswith("usage: uvx nox -s assign -- [FILE]")
