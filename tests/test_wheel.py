"""The package by itself: the built wheel in an empty environment makes courses without this folder.

The environment takes the libraries from the one that runs the tests, so that no network is needed,
and the package from the wheel alone.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from bs4 import BeautifulSoup
from conftest import ENGINE, ROOTS, Project, one
from pdftags import tags

REPOSITORY = Path(__file__).parents[1]
PACKAGE = "docs/_ext/courseware"
#: All that a conf.py has to say.
CONF = """extensions = ["courseware"]
html_theme = "sphinx_book_theme"
courseware_exercises = "exercises"
"""


@dataclass(frozen=True)
class Installed:
    """An environment with the package in it: its Python, and the wheel that was unpacked."""

    python: Path
    wheel: Path

    def run(self, *words: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
        """Run Python with *words* in *folder*, knowing nothing of this repository."""
        own = {name: text for name, text in os.environ.items() if not name.startswith("PYTHON")}
        command = [str(self.python), *map(str, words)]
        return subprocess.run(
            command, cwd=folder, env=own, capture_output=True, encoding="utf-8", check=False
        )

    def do(self, *words: str | Path, folder: Path) -> str:
        """Run ``python -m`` with *words* in *folder*, where it must succeed; return what it says.

        Nothing may be told as an error or a warning.
        """
        done = self.run("-m", *words, folder=folder)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Return an environment that has the package from its wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    hatch = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory"]
    subprocess.run([*hatch, str(folder)], cwd=REPOSITORY, check=True, capture_output=True)
    wheel = next(folder.glob("*.whl"))
    home = folder / "environment"
    venv.create(home, symlinks=os.name != "nt")
    base = {"base": str(home), "platbase": str(home), "installed_base": str(home)}
    scheme = sysconfig.get_preferred_scheme("prefix")
    packages = Path(sysconfig.get_path("purelib", scheme, base))
    # What is pure Python is installed by being unpacked (PyPA, Binary distribution format).
    with ZipFile(wheel) as archive:
        archive.extractall(packages)
    # A folder that such a file names goes behind; what is installed for editing there is not seen.
    libraries = sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    (packages / "libraries.pth").write_text("\n".join(libraries), encoding="utf-8")
    python = Path(sysconfig.get_path("scripts", scheme, base), Path(sys.executable).name)
    return Installed(python, wheel)


def style_sheet(page: Path) -> str:
    """Return the style sheet of *page*, which names one, and see that its scripts are there."""
    parsed = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    (link,) = parsed.select('link[rel="stylesheet"]')
    named = [str(script["src"]) for script in parsed.select("script[src]")]
    assert named
    for name in named:
        assert (page.parent / name.split("?")[0]).is_file(), name
    return (page.parent / str(link["href"]).split("?")[0]).read_text(encoding="utf-8")


def check_pdf(path: Path) -> None:
    """See that *path* is a tagged PDF, set in the package's own fonts."""
    with pikepdf.open(path) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert any(tag.kind == "P" for tag in tags(pdf))
        fonts = {str(thing.BaseFont) for thing in pdf.objects if _is_font(thing)}
    assert fonts, path
    assert all("+Course" in name for name in fonts), fonts


def _is_font(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and "/BaseFont" in thing


def test_wheel_holds_every_file_of_the_package(installed: Installed) -> None:
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", PACKAGE],
        cwd=REPOSITORY, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        pytest.skip("a folder without git: nothing says which files belong to the package")
    listed = [Path(name) for name in done.stdout.split("\0") if name]
    expected = {
        path.relative_to(Path(PACKAGE).parent).as_posix()
        for path in listed
        if (REPOSITORY / path).exists()
    }
    with ZipFile(installed.wheel) as archive:
        found = {name for name in archive.namelist() if name.startswith("courseware/")}
    assert found == expected


def test_package_is_that_of_the_wheel(installed: Installed, tmp_path: Path) -> None:
    code = "import courseware, sys; print(courseware.__file__, *sys.path, sep='\\n')"
    done = installed.run("-c", code, folder=tmp_path)
    file, *path = done.stdout.splitlines()
    assert Path(file).is_relative_to(installed.python.parents[1])
    assert not [name for name in path if Path(name).is_relative_to(REPOSITORY / "docs")]


def test_project_of_three_lines_gets_the_same_pages_papers_and_pdfs(
    installed: Installed, tmp_path: Path
) -> None:
    project = Project(ROOTS / "test-course", tmp_path)
    (project.folder / "conf.py").write_text(CONF, encoding="utf-8")
    build = tmp_path / "build"
    for builder, out in (("html", "site"), ("typst", "pdf"), ("sheets", ".")):
        options = ("-b", builder, "-q", "-n", "-W", "--keep-going", "-d", build / "doctrees")
        installed.do("sphinx", *options, project.folder, build / out, folder=tmp_path)

    css = style_sheet(build / "site" / "chapters" / "counting.html")
    for name in (".site-bar", ".chapter-card", ".exercise"):
        assert name in css
    made = {path.name for path in build.glob("*/*.pdf")}
    assert {"course-reader.pdf", "handout-counting.pdf", "chapter-counting.pdf"} < made
    assert {"course-workbook.pdf", "instructor-guide.pdf"} < made
    assert {"worksheet-every-type-A.pdf", "key-every-type.pdf"} < made
    for path in build.glob("*/*.pdf"):
        check_pdf(path)

    # And what the package makes where it stands in its repository has the same bytes.
    ours, theirs = project.output(""), build / "site"
    # By a process of its own, as the other was.
    own = ("-b", "html", "-q", "-n", "-W", "-d", project.out / "doctrees")
    environment = {**os.environ, "PYTHONPATH": str(ENGINE.parent)}
    command = [sys.executable, "-m", "sphinx", *map(str, (*own, project.folder, ours))]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    names = {path.relative_to(ours) for path in ours.rglob("*") if path.is_file()}
    assert names == {path.relative_to(theirs) for path in theirs.rglob("*") if path.is_file()}
    differ = {
        str(name) for name in names if (ours / name).read_bytes() != (theirs / name).read_bytes()
    }
    assert differ <= {".buildinfo"}


def test_new_course_builds_lints_and_prints_as_it_is(installed: Installed, tmp_path: Path) -> None:
    title = 'Late "hours" & more'
    told = installed.do("courseware", "new", "my course", "--title", title, folder=tmp_path)
    assert 'cd "my course"' in told
    folder = tmp_path / "my course"
    # Nothing but the course is left beside it.
    assert list(tmp_path.iterdir()) == [folder]

    told = installed.do("courseware", "build", folder=folder)
    page = folder / "build" / "site" / "index.html"
    assert str(page) in told
    assert ".site-bar" in style_sheet(page)
    parsed = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    assert one(parsed, ".site-brand").get_text() == title
    assert one(parsed, "h1").get_text().rstrip("#") == "Late “hours” & more"
    offered = [str(link["href"]) for link in parsed.select('a[href$=".pdf"]')]
    assert offered
    for name in offered:
        assert (page.parent / name).is_file(), name
    chapter = "evening-hours"
    of_chapter = {f"{layout}-{chapter}" for layout in ("handout", "chapter", "slides", "cards")}
    students = {"course-reader", "course-workbook", "cards-kinds", *of_chapter}
    names = {
        "pdf": {*students, "worksheet-quiz-A", "worksheet-quiz-B"},
        "instructor": {"key-quiz", "instructor-guide"},
        "site/downloads": students,
    }
    for where, expected in names.items():
        made = list((folder / "build" / where).glob("*.pdf"))
        assert {path.stem for path in made} == expected
        for path in made:
            check_pdf(path)

    told = installed.do("courseware", "lint", folder=folder)
    assert re.fullmatch(r"10 exercises, 1 assignments, 0 errors, 0 warnings\n", told)

    again = installed.run("-m", "courseware", "new", folder, folder=tmp_path)
    assert again.returncode == 2
    assert "there is something in it already" in again.stderr
