"""The course is built wherever its folder lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import ROOTS
from courseware.commands.build import main
from folders import start

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_folder_that_cannot_be_written_to_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    docs, out = ROOTS / "test-course", tmp_path / "file" / "build"
    assert main(["--docs", str(docs), "--out", str(out)]) == 2
    told = capsys.readouterr().err
    assert told.startswith(str(tmp_path / "file"))
    assert told.endswith("; mend that, or choose another folder to build into with --out\n")


def test_folder_of_doctrees_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "doctrees").write_text("in the way", encoding="utf-8")
    process = start(ROOTS / "test-course", tmp_path)
    _, told = process.communicate()
    assert process.returncode == 2
    assert "doctrees" in told
    assert "; mend that, or build into another folder" in told
    assert "Traceback" not in told
