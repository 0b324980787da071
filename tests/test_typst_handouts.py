"""Handouts of a small project."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conftest import ROOTS, Project
from pdftexts import pdf_parts

if TYPE_CHECKING:
    from pathlib import Path


def text_of(pdf: Path) -> str:
    """Return the text of all pages of *pdf*, white space folded."""
    parts = pdf_parts(pdf.read_bytes())
    texts = [part for name, part in parts if name.startswith("page ") and isinstance(part, str)]
    return re.sub(r"\s+", " ", " ".join(texts))


def test_list_of_works_is_whole_however_often_it_is_printed(tmp_path: Path) -> None:
    project = Project(ROOTS / "test-figures", tmp_path)
    more = "".join(
        f"""    {{
        "start": "{name}", "target": "{name}", "layout": "handout", "language": "en-GB",
        "date": "2026-01-01",
    }},
"""
        for name in ("thefts", "sources")
    )
    project.edit("conf.py", "typst_documents = [\n", f"typst_documents = [\n{more}")
    assert project.build("typst") == []
    for name in ("thefts", "sources", "figures"):
        assert text_of(project.output(f"{name}.pdf", "typst")).count("A Count of Thefts") == 1, name
