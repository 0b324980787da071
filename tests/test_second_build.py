"""A build gives the same site whatever was there before: an older one, or half of one."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from conftest import ROOTS, Project
from courseware.files.carried import RECORD, carry_over, files_in
from courseware.files.turns import alone
from folders import digests, start
from searchindex import places_of
from sphinx.builders.html import _assets
from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_colors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MENUS = '\nhtml_sidebars = {"**": ["globaltoc.html", "relations.html"]}\n'


def build(project: Project, out: Path, builder: str = "html", *, parallel: int = 1) -> list[str]:
    """Build into *out*, where an older build may be, and return the warnings."""
    # Each build is a process of its own; within one, Sphinx takes files to be as they were.
    known = getattr(_assets, "_file_checksum_inner", None)
    if known is not None:
        known.cache_clear()
    app = SphinxTestApp(
        builder, srcdir=project.folder, builddir=out, freshenv=False, parallel=parallel
    )
    try:
        app.build()
        return strip_colors(app.warning.getvalue()).splitlines()
    finally:
        app.cleanup()


@pytest.fixture
def menus(tmp_path: Path) -> Project:
    """Return the small course with menus on every page, not built yet."""
    project = Project(ROOTS / "test-course", tmp_path)
    conf = project.folder / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + MENUS, encoding="utf-8")
    (project.folder / "other.md").write_text("(mark)=\n# Another\n\n{ref}`mark`\n", "utf-8")
    return project


def retitle(project: Project) -> None:
    project.edit("chapters/counting.md", "# Counting", "# Counting once more")


def add(project: Project) -> None:
    (project.folder / "new.md").write_text("# New\n\nMore to read.\n", encoding="utf-8")
    project.edit("index.md", "other", "new\nother")


def swap(project: Project) -> None:
    project.edit("index.md", "chapters/counting", "other\nchapters/counting")
    project.edit("index.md", "reference/timeline\nother", "reference/timeline")


def delete(project: Project) -> None:
    (project.folder / "other.md").unlink()
    project.edit("index.md", "\nother", "")


def move_a_label(project: Project) -> None:
    project.edit("other.md", "(mark)=\n", "")
    project.edit("chapters/counting.md", "# Counting", "(mark)=\n# Counting")


def drop_a_word(project: Project) -> None:
    project.edit("other.md", "Another", "Nothing")


@pytest.mark.parametrize(
    ("change", "builder"),
    [(retitle, "html"), (add, "html"), (swap, "html"), (delete, "dirhtml"), (move_a_label, "html"),
     (drop_a_word, "html"), (swap, "text")],
)  # fmt: skip
def test_second_build_is_as_the_first_would_be(
    menus: Project, tmp_path: Path, change: Callable[[Project], None], builder: str
) -> None:
    assert build(menus, tmp_path / "kept", builder) == []
    before = digests(tmp_path / "kept" / builder)
    change(menus)
    assert build(menus, tmp_path / "kept", builder) == []
    assert build(menus, tmp_path / "clean", builder, parallel=2) == []
    kept, clean = (digests(tmp_path / name / builder) for name in ("kept", "clean"))
    assert kept == clean
    assert kept != before


def test_build_of_the_same_changes_nothing(menus: Project, tmp_path: Path) -> None:
    assert build(menus, tmp_path) == []
    site = tmp_path / "html"
    before, dates = digests(site), {p: p.stat().st_mtime_ns for p in site.rglob("*.*")}
    assert places_of((site / "searchindex.js").read_text("utf-8"))
    assert build(menus, tmp_path) == []
    assert digests(site) == before
    dates[site / RECORD] = (site / RECORD).stat().st_mtime_ns
    assert {p: p.stat().st_mtime_ns for p in site.rglob("*.*")} == dates


@pytest.mark.parametrize("parallel", [1, 2])
def test_warnings_are_told_until_they_are_mended(
    menus: Project, tmp_path: Path, parallel: int
) -> None:
    menus.edit("other.md", "# Another", "# Another\n\n```{nothing}\n```")
    assert build(menus, tmp_path, parallel=parallel)
    read = tmp_path / "doctrees"
    dates = {path.stem: path.stat().st_mtime_ns for path in read.rglob("*.doctree")}
    [again] = build(menus, tmp_path, parallel=parallel)
    assert "other.md:4: WARNING: Unknown directive type: 'nothing'" in again
    # Only the page that was warned of is read again.
    then = {path.stem: path.stat().st_mtime_ns for path in read.rglob("*.doctree")}
    assert {name for name, date in then.items() if date != dates[name]} == {"other"}
    menus.edit("other.md", "```{nothing}\n```", "")
    assert build(menus, tmp_path, parallel=parallel) == []
    assert build(menus, tmp_path, parallel=parallel) == []


def test_figure_that_went_takes_its_files_along(figures: Project, tmp_path: Path) -> None:
    assert build(figures, tmp_path) == []
    site = tmp_path / "html"
    (site / "_images" / "of-mine.svg").write_text("mine", encoding="utf-8")
    before = digests(site)
    (figures.folder / "thefts.md").write_text("# Thefts\n\nNo figure.\n", encoding="utf-8")
    assert build(figures, tmp_path) == []
    gone = before.keys() - digests(site).keys()
    assert {"_images/counts.svg", "_images/counts-dark.svg"} <= gone
    assert any(name.startswith("_downloads/") for name in gone)
    assert not (site / "_downloads").exists()
    # What somebody else has put there stays.
    assert (site / "_images" / "of-mine.svg").read_text("utf-8") == "mine"
    worker = (site / "sw.js").read_text("utf-8")
    assert "counts" not in worker


# -- builds that do not come to their end ----------------------------------------------------------


@pytest.fixture
def figures(tmp_path: Path) -> Project:
    """Return a small project with a figure, not built yet."""
    return Project(ROOTS / "test-figures", tmp_path)


def finished(project: Project, work: Path, *options: str) -> None:
    """Build *project* below *work* in a process of its own, which must go well."""
    process = start(project.folder, work, *options)
    _, told = process.communicate()
    assert (process.returncode, told) == (0, "")


class Turned:
    """A project whose figure's data change to and fro, and what its site is then."""

    def __init__(self, folder: Path) -> None:
        self.project = Project(ROOTS / "test-figures", folder)
        self.data = self.project.folder / "data" / "counts.csv"
        self.work = folder / "work"
        self.site = self.work / "html"
        self.clean: dict[str, dict[str, str]] = {}
        for _ in range(2):
            self.turn()
            shutil.rmtree(self.work, ignore_errors=True)
            finished(self.project, self.work)
            self.clean[self.text] = digests(self.site)

    @property
    def text(self) -> str:
        """What the data are now."""
        return self.data.read_text(encoding="utf-8")

    def turn(self) -> None:
        """Change the data."""
        text = self.text
        old, new = (",90,", ",95,") if ",90," in text else (",95,", ",90,")
        self.data.write_text(text.replace(old, new), encoding="utf-8")

    def is_whole(self) -> bool:
        """Tell whether each file of the site is as one of the two builds made it."""
        both = [set(clean.items()) for clean in self.clean.values()]
        names = {name for clean in self.clean.values() for name in clean}
        found = {item for item in digests(self.site).items() if item[0] in names - {RECORD}}
        return found <= set.union(*both)


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Turned:
    """Return a project that was built in both of its states."""
    return Turned(tmp_path_factory.mktemp("turned"))


@pytest.mark.parametrize(
    "where",
    [
        "figures/.counts-dark.svg",
        "environment.pickle",
        "unfinished/html/thefts.html",
        "unfinished/html/.searchindex.js",
        "work/html/.thefts.html",
    ],
)
def test_build_after_one_that_was_killed_is_right(turned: Turned, where: str) -> None:
    turned.turn()
    killed = start(turned.project.folder, turned.work, what="kill", where=where)
    killed.communicate()
    assert killed.returncode == -9
    assert turned.is_whole()
    finished(turned.project, turned.work)
    assert digests(turned.site) == turned.clean[turned.text]


def test_page_that_is_put_back_after_a_kill_is_read_again(turned: Turned) -> None:
    page = turned.project.folder / "other.md"
    text, dates = page.read_text(encoding="utf-8"), page.stat()
    page.write_text(f"{text}\nMore.\n", encoding="utf-8")
    start(turned.project.folder, turned.work, what="kill", where="other.doctree").communicate()
    page.write_text(text, encoding="utf-8")
    # As a backup does it: nothing but the mark of the killed build tells that it was ever changed.
    os.utime(page, ns=(dates.st_atime_ns, dates.st_mtime_ns))
    finished(turned.project, turned.work)
    assert digests(turned.site) == turned.clean[turned.text]


@pytest.mark.parametrize(
    ("where", "jobs"),
    [
        ("figures/.counts.svg", "1"),
        ("environment.pickle", "1"),
        ("unfinished/html/thefts.html", "2"),
        ("work/html/.thefts.html", "1"),
    ],
)
def test_full_disk_is_said_and_leaves_the_site_whole(turned: Turned, where: str, jobs: str) -> None:
    turned.turn()
    process = start(turned.project.folder, turned.work, "-j", jobs, what="full", where=where)
    _, told = process.communicate()
    assert process.returncode == 2
    assert "there is no room left on the disk; make room, and build again" in told
    assert "Traceback" not in told
    assert "Exception" not in told
    assert turned.is_whole()
    finished(turned.project, turned.work)
    assert digests(turned.site) == turned.clean[turned.text]


def test_builds_at_the_same_time_take_turns(turned: Turned) -> None:
    turned.turn()
    with alone(turned.work / "doctrees"):
        running = [start(turned.project.folder, turned.work, "-j", "2") for _ in range(2)]
        for process in running:
            assert process.stderr is not None
            assert "another build is at work in" in process.stderr.readline()
    assert [process.communicate()[1] for process in running] == ["", ""]
    assert [process.returncode for process in running] == [0, 0]
    assert digests(turned.site) == turned.clean[turned.text]


def test_pages_built_by_themselves_change_no_site(turned: Turned) -> None:
    before = digests(turned.site)
    page = str(turned.project.folder / "thefts.md")
    process = start(turned.project.folder, turned.work, pages=[page])
    _, told = process.communicate()
    assert process.returncode == 2
    assert "not written: other, sources; nothing in" in told
    assert digests(turned.site) == before


# -- carrying over ---------------------------------------------------------------------------------


def test_list_of_what_was_carried_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    made, folder, mine = tmp_path / "made", tmp_path / "site", tmp_path / "mine.txt"
    for path in (made / "a.html", folder / "b.html", mine):
        path.parent.mkdir(exist_ok=True)
        path.write_text(path.name, encoding="utf-8")
    names = ["../mine.txt", str(mine), "b.html", 7, ""]
    (folder / RECORD).write_text(json.dumps(names), encoding="utf-8")
    carry_over(files_in(made), folder)
    assert mine.exists()
    assert set(digests(folder)) == {"a.html", RECORD}


def test_page_takes_the_place_of_a_folder(tmp_path: Path) -> None:
    made, folder = tmp_path / "made", tmp_path / "site"
    (made / "a").mkdir(parents=True)
    (made / "a" / "index.html").write_text("one", encoding="utf-8")
    carry_over(files_in(made), folder)
    shutil.rmtree(made / "a")
    (made / "a").write_text("two", encoding="utf-8")
    carry_over(files_in(made), folder)
    assert (folder / "a").read_text(encoding="utf-8") == "two"


# -- what a build leaves alone ---------------------------------------------------------------------


def test_nothing_is_written_beside_the_sources(figures: Project, tmp_path: Path) -> None:
    before = digests(figures.folder)
    finished(figures, tmp_path)
    assert digests(figures.folder) == before


# -- a figure in two places ------------------------------------------------------------------------


SLOW = """
import time

def setup(app):
    app.connect("source-read", lambda _, page, text: time.sleep(page == "{page}"))
"""


@pytest.mark.parametrize(("parallel", "slow"), [(1, ""), (2, "other"), (2, "thefts")])
def test_figure_in_two_chapters_is_told_with_both_places(
    figures: Project, tmp_path: Path, parallel: int, slow: str
) -> None:
    # Which of two processes ends first must not matter.
    conf = figures.folder / "conf.py"
    conf.write_text(conf.read_text("utf-8") + SLOW.replace("{page}", slow), "utf-8")
    text = (figures.folder / "thefts.md").read_text(encoding="utf-8")
    (figures.folder / "other.md").write_text(f"{text}\n{text[text.index(':::') :]}", "utf-8")
    warnings = build(figures, tmp_path, parallel=parallel)
    ours = [each for each in warnings if "stands in" in each]
    first = figures.line("other.md", ":::{evidence-figure}")
    assert len(ours) == 2
    place = f"{figures.folder / 'thefts.md'}:{figures.line('thefts.md', ':::{evidence-figure}')}"
    assert ours[1].startswith(f"{place}: WARNING: the figure 'counts' stands in ")
    assert f"other.md:{first} already, and a figure stands once in a course" in ours[1]
    assert "refer to it: {numref}`figure-counts`" in ours[1]
    (figures.folder / "other.md").write_text("# Other\n\nNothing to see.\n", "utf-8")
    assert build(figures, tmp_path, parallel=parallel) == []
    assert build(figures, tmp_path / "clean") == []
    assert digests(tmp_path / "html") == digests(tmp_path / "clean" / "html")
