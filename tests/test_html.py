"""The pages are valid HTML, as the Nu Html Checker (vnu) reads them.

The checker is a Java program. Where ``VNU_JAR`` in the environment names its file, and there is a
Java to run it, every page is checked; elsewhere the test says what is missing. Get it as the npm
package ``vnu-jar``, whose ``build/dist/vnu.jar`` it is.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import DOCS

if TYPE_CHECKING:
    from collections.abc import Callable


def checked(folder: Path) -> list[str]:
    """Return the errors in the pages of *folder*; skip the test where there is no checker."""
    jar = os.environ.get("VNU_JAR")
    if not jar or not Path(jar).is_file() or not shutil.which("java"):
        pytest.skip("no HTML checker: have VNU_JAR name the vnu.jar of the npm package vnu-jar")
    command = ["java", "-jar", jar, "--format", "json", "--errors-only", "--skip-non-html"]
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=False)
    return [
        f"{Path(each['url']).name}:{each.get('lastLine')}: {each['message']}"
        for each in json.loads(done.stderr)["messages"]
        if each["type"] == "error"
    ]


def test_every_page_is_valid(shared_build: Callable[[Path, str], Path]) -> None:
    assert checked(shared_build(DOCS, "html")) == []


def test_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    page = (
        "<!DOCTYPE html><html lang='en'><title>A</title><p><div id='a'></div><i id='a'></i></html>"
    )
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert any("Duplicate ID" in error for error in checked(tmp_path))
