"""The course is built wherever its folder lies."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from conftest import DOCS, ROOTS, Project
from courseware.commands.build import main
from folders import start

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

#: Reads the configuration named as argument, where nothing that is installed leads to the package.
READS = """
import sys
from pathlib import Path
sys.path[:] = [path for path in sys.path if not Path(path, "courseware").is_dir()]
from sphinx.config import Config
from sphinx.util.tags import Tags
Config.read(sys.argv[1], overrides={}, tags=Tags())
import courseware
print(ascii(courseware.__file__))
"""


def test_package_is_found_beside_the_configuration(tmp_path: Path) -> None:
    folder = tmp_path / "Año de prueba"
    folder.mkdir()
    docs = Project(DOCS, folder).folder
    found = subprocess.run(
        [sys.executable, "-P", "-c", READS, str(docs)],
        capture_output=True,
        text=True,
        check=False,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
    )
    assert found.stderr == ""
    assert found.stdout.strip() == ascii(str(docs / "_ext" / "courseware" / "__init__.py"))


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
