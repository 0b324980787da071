"""The course is built wherever its folder lies."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from conftest import Project
from ours import DOCS

if TYPE_CHECKING:
    from pathlib import Path


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
