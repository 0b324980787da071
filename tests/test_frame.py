"""The frame around the pages: what it rests on, and what it cannot do."""

from __future__ import annotations

import re
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import courseware
import pydata_sphinx_theme
import sphinx_book_theme
from conftest import STARTER, Project

TEMPLATES = Path(courseware.__file__).parent / "site" / "templates"
#: Digests of the theme's templates that ours stand in for, as they were when ours were written.
#: Where one differs, compare the two versions of the theme's file, carry over what matters, and
#: note the new digest here.
OVERRIDDEN = {
    "sphinx_book_theme layout.html": "2cd2fbbe2caedf3a",
    "pydata_sphinx_theme layout.html": "1f98508aa73a49d0",
    "pydata_sphinx_theme components/prev-next.html": "ff77edddb02243f1",
}
THEMES = {
    "sphinx_book_theme": Path(sphinx_book_theme.__file__).parent / "theme" / "sphinx_book_theme",
    "pydata_sphinx_theme": (
        Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme"
    ),
}


def test_theme_is_the_one_that_the_overrides_were_written_for() -> None:
    assert version("sphinx-book-theme").startswith("1.4.")
    assert version("pydata-sphinx-theme") == "0.20.0"
    found = {}
    for name in OVERRIDDEN:
        theme, path = name.split(" ")
        found[name] = sha256((THEMES[theme] / path).read_bytes()).hexdigest()[:16]
    assert found == OVERRIDDEN


def test_every_override_says_what_it_stands_in_for_and_why() -> None:
    named = set()
    for path in sorted(TEMPLATES.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        match = re.search(r"Overrides: (.+)\n", text)
        theirs = [theme for theme in THEMES if (THEMES[theme] / path.name).exists()]
        theirs += [t for t in THEMES if (THEMES[t] / "components" / path.name).exists()]
        if not match:
            assert theirs == [], f"{path.name} stands in for a template, and does not say so"
            continue
        named |= set(match[1].split(", "))
        assert "Why: " in text
        assert "When the theme is upgraded: " in text
    assert named == set(OVERRIDDEN)


def test_style_sheet_that_is_not_there_is_told(course: Project) -> None:
    theme = 'html_theme = "sphinx_book_theme"\nhtml_css_files = ["lone.css"]'
    course.edit("conf.py", 'html_theme = "basic"', theme)
    assert any("the style sheet lone.css is registered" in line for line in course.build())


def test_style_sheet_for_one_page_alone_is_told(course: Project) -> None:
    course.edit("conf.py", 'html_theme = "basic"', 'html_theme = "sphinx_book_theme"')
    conf = course.folder / "conf.py"
    extra = """
def lone(app, page, template, context, doctree):
    if page == "other":
        app.add_css_file("lone.css")


def setup(app):
    app.connect("html-page-context", lone)
"""
    conf.write_text(conf.read_text("utf-8") + extra, encoding="utf-8")
    told = [line for line in course.build() if "lone.css" in line]
    assert len(told) == 1
    assert told[0].startswith("other.md: WARNING: the style sheet lone.css is registered for this")


def test_second_build_changes_no_byte_and_a_new_class_gets_its_rules(tmp_path: Path) -> None:
    project = Project(STARTER, tmp_path)
    assert project.build() == []
    before = {p: p.read_bytes() for p in project.output("").rglob("*") if p.is_file()}
    assert project.build() == []
    after = {p: p.read_bytes() for p in project.output("").rglob("*") if p.is_file()}
    assert {p.name for p in before if before[p] != after.get(p)} == set()
    css = project.output("_static/course.css")
    assert ".sd-card" not in css.read_text("utf-8")
    old = re.search(r"course\.css\?v=(\w+)", project.output("index.html").read_text("utf-8"))
    name, heading = "chapters/evening-hours.md", "## Key points\n"
    project.edit(name, heading, f":::{{card}} A card\nWords.\n:::\n\n{heading}")
    project.build()
    assert ".sd-card" in css.read_text("utf-8")
    for page in ("index", "chapters/evening-hours"):
        text = project.output(f"{page}.html").read_text("utf-8")
        new = re.search(r"course\.css\?v=(\w+)", text)
        assert new
        assert old
        assert new[1] != old[1]
        assert new[1] == sha256(css.read_bytes()).hexdigest()[:8]
