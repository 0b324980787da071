"""Sphinx configuration of Four Pillars; what the course says of itself stands in `course.yml`."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

# Where the package is not to be found, take that beside this file: up to 3.12, Python on Windows
# reads where an editable installation lies in a code page, and misses a path with an accent.
if find_spec("courseware") is None:
    sys.path.append(str(Path(__file__).with_name("_ext")))

copyright = "2026, The Four Pillars contributors. Text CC BY 4.0, code MIT"
release = "0.1.0"
version = "0.1"
language = "en"

# It brings templates, looks and settings; what is set here goes before its defaults.
extensions = ["courseware"]
exclude_patterns = ["_ext"]
html_theme = "sphinx_book_theme"
# Where the pages will be published, such as "https://example.org/four-pillars/"; empty if nobody
# has said. What needs an absolute address (canonical links, cards, sitemap) is left out then.
html_baseurl = os.environ.get("COURSE_URL", "")
