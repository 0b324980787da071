"""Numbers of figures: counted and looked up no more often than needed, and right all the same."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from conftest import ROOTS, Project, one
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector

if TYPE_CHECKING:
    from pathlib import Path

    from docutils import nodes

PAGE, REFERENCE = "thefts", "{numref}`figure-counts`"


@pytest.fixture
def figures(tmp_path: Path) -> Project:
    """Return a copy of the small project with figures."""
    return Project(ROOTS / "test-figures", tmp_path)


def numbers(project: Project) -> list[str]:
    """Return the words of the references by number, and of the captions they lead to."""
    page = one(project.page(PAGE), "[role=main]")
    found = [*page.select("a .std-numref"), *page.select(".caption-number")]
    return [each.get_text().strip() for each in found]


def test_figures_are_counted_where_pages_were_read(
    figures: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[TocTreeCollector] = []
    count = TocTreeCollector.assign_figure_numbers

    def noted(collector: TocTreeCollector, env: BuildEnvironment) -> list[str]:
        counted.append(collector)
        return count(collector, env)

    monkeypatch.setattr(TocTreeCollector, "assign_figure_numbers", noted)
    assert figures.build() == []
    first = numbers(figures)
    assert {each.rstrip(".: ") for each in first} == {first[0]}
    for builder in ("html", "typst"):
        counted.clear()
        assert figures.build(builder) == []
        assert (counted, numbers(figures)) == ([], first)
    figures.edit(f"{PAGE}.md", "Two offices", "The two offices")
    assert figures.build() == []
    assert counted
    assert numbers(figures) == first


def test_more_references_to_a_figure_load_its_page_no_more_often(
    figures: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: Counter[str] = Counter()
    load = BuildEnvironment.get_doctree

    def noted(env: BuildEnvironment, docname: str) -> nodes.document:
        loaded[docname] += 1
        return load(env, docname)

    monkeypatch.setattr(BuildEnvironment, "get_doctree", noted)
    assert figures.build() == []
    once, before = loaded[PAGE], numbers(figures)
    loaded.clear()
    figures.edit(f"{PAGE}.md", REFERENCE, ", ".join([REFERENCE] * 4))
    assert figures.build() == []
    assert loaded[PAGE] == once
    assert numbers(figures) == [before[0]] * 3 + before
