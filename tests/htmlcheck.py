"""The Nu Html Checker (vnu), which tells whether pages are valid HTML.

The checker is a Java program. Where ``VNU_JAR`` in the environment names its file, and there is a
Java to run it, pages are checked; elsewhere tests say what is missing. Get it as the npm
package ``vnu-jar``, whose ``build/dist/vnu.jar`` it is.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest


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
