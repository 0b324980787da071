"""What a course gets without asking, and the frame where it cannot be had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.testing.util import SphinxTestApp

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import BeautifulSoup
    from conftest import Project

BOOK = 'html_theme = "sphinx_book_theme"'


def configure(course: Project, *lines: str) -> None:
    """Give the small course a conf.py that says next to nothing, and then *lines*."""
    few = ['project = "Small"', 'extensions = ["courseware"]', 'courseware_exercises = "exercises"']
    (course.folder / "conf.py").write_text("\n".join([*few, *lines]) + "\n", encoding="utf-8")


def style_sheets(page: BeautifulSoup) -> list[str]:
    return [str(link["href"]).split("?")[0] for link in page.select('link[rel="stylesheet"]')]


def test_three_lines_of_configuration_give_the_frame(course: Project) -> None:
    configure(course)
    assert course.build() == []
    page = course.page("chapters/counting")
    assert style_sheets(page) == ["../_static/course.css"]
    assert page.select(".site-bar")
    # The settings for soundness hold as well.
    course.edit("other.md", "This page", "{ref}`nowhere` This page")
    assert any("nowhere" in line for line in course.build())


def test_settings_of_the_author_go_before_ours(course: Project, tmp_path: Path) -> None:
    own = ["nitpicky = False", 'html_theme_options = {"show_toc_level": 4}', "numfig = False"]
    configure(course, *own, 'exclude_patterns = ["other.md"]')
    app = SphinxTestApp(srcdir=course.folder, builddir=tmp_path / "out")
    try:
        config = app.config
        assert (config.nitpicky, config.numfig) == (False, False)
        assert config.html_theme_options["show_toc_level"] == 4
        # Options that were not set are ours all the same.
        assert config.html_theme_options["navbar_persistent"] == []
        assert config.exclude_patterns[:3] == ["other.md", "_build", "figures"]
        assert config.html_copy_source is False
    finally:
        app.cleanup()


def test_layout_of_the_project_keeps_the_theme_and_is_told(course: Project) -> None:
    configure(course, BOOK, 'templates_path = ["_templates"]')
    layout = course.folder / "_templates" / "layout.html"
    layout.parent.mkdir()
    layout.write_text('{% extends "!layout.html" %}', encoding="utf-8")
    told = [line for line in course.build() if "layout.html" in line]
    assert len(told) == 1
    assert "leads to no frame of courseware" in told[0]
    assert '{% extends "frame.html" %}' in told[0]
    page = course.page("index")
    linked = [name for name in style_sheets(page) if name.startswith("_static/")]
    assert "_static/styles/pydata-sphinx-theme.css" in linked
    for name in linked:
        assert course.output(name).is_file(), name
    for script in page.select('script[src^="_static/"]'):
        assert course.output(str(script["src"]).split("?")[0]).is_file()


def test_layout_of_the_project_may_extend_the_frame(course: Project) -> None:
    configure(course, BOOK, 'templates_path = ["_templates"]')
    layout = course.folder / "_templates" / "layout.html"
    layout.parent.mkdir()
    added = '{% extends "frame.html" %}{% block extrahead %}<meta name="own">{% endblock %}'
    layout.write_text(added, encoding="utf-8")
    assert course.build() == []
    page = course.page("index")
    assert page.select('meta[name="own"]')
    assert style_sheets(page) == ["_static/course.css"]


def test_another_theme_keeps_its_style_sheets_and_pages_their_own(course: Project) -> None:
    configure(course, 'html_theme = "alabaster"')
    assert course.build() == []
    for name in ("index", "search", "chapters/counting"):
        page = course.page(name)
        linked = [link.removeprefix("../") for link in style_sheets(page)]
        assert {"_static/basic.css", "_static/courseware.css"} < set(linked)
        for sheet in linked:
            assert course.output(sheet).is_file(), sheet
        assert not page.select(".site-bar")
    assert course.page("search").select("#search-results")


def test_theme_below_the_book_theme_keeps_its_own_layout(course: Project) -> None:
    configure(course, 'html_theme = "pydata_sphinx_theme"')
    assert course.build() == []
    linked = style_sheets(course.page("index"))
    assert "_static/styles/pydata-sphinx-theme.css" in linked
    assert "_static/course.css" not in linked


def test_epub_keeps_its_style(course: Project) -> None:
    configure(course, BOOK, 'version = "1"', 'epub_copyright = "nobody"')
    assert course.build("epub") == []
    page = course.output("index.xhtml", "epub").read_text("utf-8")
    assert "_static/epub.css" in page
    assert course.output("_static/epub.css", "epub").is_file()
    assert course.output("_static/courseware.css", "epub").is_file()
