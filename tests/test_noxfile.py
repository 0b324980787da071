"""The commands of the project: what they install, what they make, and what they leave alone."""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
import tomllib
import zipfile
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from courseware.commands import build as build_command
from courseware.files.turns import HANDED

ROOT = Path(__file__).parents[1]
FILE = ROOT / "noxfile.py"
# Each test reads the file anew, as each command does.
pytestmark = pytest.mark.filterwarnings("ignore:The session .* has already been registered")
PINNED = re.compile(r"^[a-z0-9][^\\\n]*", re.MULTILINE)


class Stopped(Exception):  # noqa: N818  (nox calls it so itself)
    """A session that was ended with a message."""


class Session:
    """A session that notes what it is asked to install and to run."""

    python = None
    name = "build"

    def __init__(self, folder: Path, *arguments: str, dry: bool = False) -> None:
        self.virtualenv = SimpleNamespace(location=str(folder))
        self.installed: list[tuple[str, ...]] = []
        self.ran: list[tuple[str, ...]] = []
        self.env: dict[str, str] = {}
        self.posargs = list(arguments)
        self.dry = dry

    def install(self, *arguments: str) -> None:
        """Note *arguments*."""
        self.installed.append(arguments)

    def run(self, *arguments: str) -> bool | None:
        """Note *arguments*; what does not run returns nothing, as with ``--install-only``."""
        self.ran.append(arguments)
        return None if self.dry else True

    def log(self, _message: str) -> None:
        """Say nothing."""

    def error(self, message: str) -> None:
        """End the session."""
        raise Stopped(message)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder to run commands in."""
    monkeypatch.delenv("COURSE_BUILD", raising=False)
    for name in ("constraints.txt", "constraints-build.txt"):
        (tmp_path / name).write_text("the same", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def commands() -> dict[str, Any]:
    """Return what the file of commands defines."""
    return runpy.run_path(str(FILE))


def pins(name: str) -> set[str]:
    """Return the versions that the file *name* asks for."""
    found = PINNED.findall((ROOT / name).read_text(encoding="utf-8"))
    return {line.partition(" ")[0] for line in found}


def test_packages_are_installed_once_for_a_folder_and_anew_in_its_copy(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install = commands()["install"]
    session = Session(project)
    for name, times in (("course", 1), ("course", 1), ("copy", 2), ("copy", 2)):
        folder = project / name
        folder.mkdir(exist_ok=True)
        (folder / "constraints.txt").write_text("the same", encoding="utf-8")
        monkeypatch.chdir(folder)
        install(session)
        assert len(session.installed) == times
        assert session.env["PYTHONPATH"] == str(folder / "docs" / "_ext")


def test_modules_are_kept_beside_the_packages_and_not_beside_the_course(project: Path) -> None:
    session = Session(project / "environment", dry=True)
    (project / "environment").mkdir()
    commands()["build"].func(session)
    module = project / "docs" / "_ext" / "thing.py"
    module.parent.mkdir(parents=True)
    module.write_text("", encoding="utf-8")
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **session.env}
    subprocess.run([sys.executable, "-c", "import thing"], env=env, check=True)
    assert list((project / "environment").rglob("thing.*.pyc"))
    assert list(module.parent.iterdir()) == [module]


def test_builds_install_what_they_need_with_hashes_and_ready_made(project: Path) -> None:
    for name in ("build", "assign"):
        session = Session(project / name, dry=True)
        (project / name).mkdir()
        commands()[name].func(session)
        [asked] = session.installed
        assert asked == (
            "--only-binary",
            ":all:",
            "--require-hashes",
            "-r",
            "constraints-build.txt",
        )


def test_what_builds_need_is_part_of_what_all_need() -> None:
    needed, everything = pins("constraints-build.txt"), pins("constraints.txt")
    assert needed < everything
    names = {re.split("[=<> ]", pin)[0] for pin in needed}
    assert not names & {"pytest", "playwright", "mypy", "ruff", "nox", "hypothesis", "hatchling"}
    with (ROOT / "pyproject.toml").open("rb") as file:
        asked = tomllib.load(file)["project"]["dependencies"]
    assert {re.split(r"[=<>~\[ ]", each)[0].replace(".", "-") for each in asked} <= names
    for name in ("constraints-build.txt", "constraints.txt"):
        assert "index" not in re.sub("--hash=.*", "", (ROOT / name).read_text(encoding="utf-8"))


def test_python_without_packages_is_told_which_to_use(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in ((3, 10), (3, 15)):
        monkeypatch.setattr(sys, "version_info", version)
        session = Session(project)
        with pytest.raises(Stopped, match=r"uvx --python 3\.\d+ nox -s build"):
            commands()["install"](session)
        assert session.installed == []


def test_supported_pythons_are_the_same_everywhere() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    said = [each.rpartition(" ")[2] for each in project["classifiers"] if ":: 3." in each]
    workflow = (ROOT / ".github" / "workflows" / "course.yml").read_text(encoding="utf-8")
    pythons = commands()["PYTHONS"]
    assert said == pythons
    assert f"python: {json.dumps(pythons)}" in workflow
    assert project["requires-python"] == f">={pythons[0]}"


def test_installing_alone_builds_nothing(project: Path) -> None:
    session = Session(project, dry=True)
    commands()["build"].func(session)
    assert len(session.installed) == len(session.ran) == 1
    assert not (project / "build" / "site").exists()


@pytest.mark.parametrize("said", [f"drawn{HANDED}", ""])
def test_downloads_are_the_normal_edition(
    project: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    made = {"a.pdf": "", "a-large-print.pdf": "-large-print"}
    folder = project / "build" / "pdf"
    folder.mkdir(parents=True)
    entries = {
        name: {"asked": False, "digests": [], "edition": edition} for name, edition in made.items()
    }
    (folder / ".made.json").write_text(json.dumps(entries), encoding="utf-8")
    for name in (*made, "notes-of-a-teacher.pdf"):
        (folder / name).write_bytes(b"")
    downloads = project / "build" / "site" / "downloads"
    (project / "docs").mkdir()
    (project / "docs" / "conf.py").write_text("", encoding="utf-8")
    ran: list[list[str]] = []

    class Sphinx:
        """Sphinx that makes nothing, and may have handed over what it read."""

        returncode = 0

        def __init__(self, command: list[str], **_options: object) -> None:
            # Figures are drawn by another command.
            ran.extend([command] * ("-b" in command))
            self.stdout = StringIO(said)

        def communicate(self) -> tuple[str, None]:
            return "", None

        def kill(self) -> None:
            """It has ended."""

        wait = kill

    monkeypatch.setattr(subprocess, "Popen", Sphinx)
    assert build_command.main(["--large-print", "--paper", "letter"]) == 0
    assert [path.name for path in downloads.glob("*.pdf")] == ["a.pdf"]
    assert [command[command.index("-b") + 1] for command in ran] == ["html", "print", "print"]
    assert ["typst_edition=letter large-print" in command for command in ran] == [
        False,
        False,
        True,
    ]


def test_everything_goes_where_it_is_asked_to(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_BUILD", str(project / "elsewhere"))
    session = Session(project, dry=True)
    commands()["build"].func(session)
    [command] = session.ran
    assert command[-2:] == ("--out", str(project / "elsewhere"))
    assert session.env["COURSE_BUILD"] == str(project / "elsewhere")


def test_packs_keep_keys_out_of_the_site(project: Path) -> None:
    for name in ("site/index.html", "pdf/worksheet.pdf", "instructor/key.pdf", "pdf/.made.json"):
        path = project / "build" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    commands()["pack"].func(Session(project))
    names = {}
    for name in ("site", "teaching"):
        with zipfile.ZipFile(project / "build" / f"{name}.zip") as packed:
            names[name] = packed.namelist()
    assert names == {
        "site": ["site/index.html"],
        "teaching": ["instructor/key.pdf", "pdf/worksheet.pdf"],
    }
