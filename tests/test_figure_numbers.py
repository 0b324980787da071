"""One rule numbers all figures: those outside of chapters have a number in two parts as well."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conftest import ROOTS, Project

if TYPE_CHECKING:
    from pathlib import Path

PICTURE = "\n:::{figure} /emblem.svg\n:alt: A square.\n:name: figure-square\n\nA square.\n:::\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>'


def test_figure_outside_of_chapters_has_a_letter(tmp_path: Path) -> None:
    """The same on its page, in references and in a second build."""
    project = Project(ROOTS / "test-course", tmp_path)
    (project.folder / "emblem.svg").write_text(SVG, encoding="utf-8")
    for name, picture in (
        ("chapters/counting", PICTURE.replace("figure-square", "figure-in")),
        ("other", f"\n{{numref}}`figure-square` is a square.\n{PICTURE}"),
    ):
        path = project.folder / f"{name}.md"
        path.write_text(path.read_text(encoding="utf-8") + picture, encoding="utf-8")
    assert project.build() == []
    page = project.output("other.html")
    numbers = re.findall(r"Figure [\w.]+\w", page.read_text(encoding="utf-8"))
    assert set(numbers) == {"Figure A.1"}
    assert len(numbers) >= 2
    assert "Figure 1.1" in project.output("chapters/counting.html").read_text(encoding="utf-8")
    written = page.stat().st_mtime_ns
    assert project.build() == []
    assert page.stat().st_mtime_ns == written
