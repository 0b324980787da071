"""Sphinx configuration; what is not set here is as courseware has it."""

from __future__ import annotations

project = "A New Course"
author = "The authors"
copyright = "2026, The authors"
release = "1"

extensions = ["courseware"]
html_theme = "sphinx_book_theme"

_print = {"author": author, "licence": "CC0", "language": "en-GB", "date": "2026-11-30"}
typst_documents = [
    {"start": "index", "target": "course-reader", "title": project, **_print},
    {
        "start": "chapters/evening-hours",
        "target": "handout-evening-hours",
        "layout": "handout",
        "edition": f"{project}, handout",
        **_print,
    },
]
sheets_document = {"title": "Instructor guide", "edition": f"{project}. Not for students", **_print}
