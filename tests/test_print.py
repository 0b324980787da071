"""Everything in print by one builder; and a configuration that nobody changed stays unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.testing.util import SphinxTestApp

if TYPE_CHECKING:
    from conftest import Project

DOCUMENTS = """
typst_documents = [
    {"start": "index", "target": "reader", "title": "All"},
    {"start": "chapters/counting", "target": "handout-counting", "layout": "handout"},
]
"""


def test_one_run_prints_what_two_builders_print(course: Project) -> None:
    with (course.folder / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(DOCUMENTS)
    # With several processes, that work beside one another.
    assert course.build("print", parallel=2) == []
    assert course.build("typst") == course.build("sheets") == []
    printed = course.output("", "print")
    made = {path.relative_to(printed): path.read_bytes() for path in printed.glob("*/*.pdf")}
    apart = {
        path.relative_to(folder): path.read_bytes()
        for folder in (course.output("", "sheets"), course.output("", "typst").parent)
        for path in folder.glob("*/*.pdf")
    }
    documents = {path.name: content for path, content in apart.items() if path.parts[0] == "typst"}
    assert set(documents) == {"reader.pdf", "handout-counting.pdf"}
    papers = {path: content for path, content in apart.items() if path.parts[0] != "typst"}
    assert papers
    assert made == papers | {
        printed.relative_to(printed) / "pdf" / name: content for name, content in documents.items()
    }


def test_configuration_that_nobody_changed_has_not_changed(course: Project) -> None:
    said = []
    for builder in ("html", "print", "html"):
        app = SphinxTestApp(
            buildername=builder, srcdir=course.folder, builddir=course.folder.parent / "out",
            freshenv=False,
        )  # fmt: skip
        try:
            app.build()
            said.append("configuration has changed" in app.status.getvalue())
        finally:
            app.cleanup()
    assert said == [False, False, False]
