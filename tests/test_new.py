"""``python -m courseware``: what is written, and what is refused."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOTS, Project
from courseware.__main__ import COMMANDS, main
from courseware.bank.command import main as lint
from courseware.bank.load import load_bank
from courseware.bank.model import Discussion
from courseware.commands.new import MARKUP, STARTER, TITLE, write_course
from courseware.data.ledger import load_ledger
from courseware.data.settings import load_settings
from markdown_it import MarkdownIt


def files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_starter_is_small_and_shows_what_there_is() -> None:
    docs = STARTER / "docs"
    ledger = load_ledger(docs / "data" / "ledger.yml", load_settings(docs / "course.yml"))
    assert len(ledger.statements) == 10
    assert len({statement.kind for statement in ledger.statements}) == 3
    bank = load_bank(STARTER / "exercises" / "bank")
    types = [type(e) for e in bank.by_id.values() if not isinstance(e, Discussion)]
    assert len(types) == len(set(types)) == 6


def test_readme_of_the_starter_names_what_is_there(tmp_path: Path) -> None:
    write_course(tmp_path / "course")
    text = (tmp_path / "course" / "README.md").read_text("utf-8")
    named = re.findall(r"`((?:docs|exercises)/[\w./-]+)`", text)
    assert len(named) > 6
    for name in named:
        assert (tmp_path / "course" / name).is_file(), name
    for command in re.findall(r"^- `(\w+)", text, re.MULTILINE):
        assert command in COMMANDS


def test_schemas_that_the_files_name_are_there(tmp_path: Path) -> None:
    write_course(tmp_path / "course")
    named = 0
    for path in (tmp_path / "course").rglob("*.yml"):
        if match := re.match(r"# yaml-language-server: \$schema=(\S+)", path.read_text("utf-8")):
            assert (path.parent / match[1]).is_file(), path
            named += 1
    assert named >= 3


def test_folder_with_something_in_it_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert main(["new", str(tmp_path)]) == 2
    assert main(["new", str(tmp_path / "notes.txt")]) == 2
    told = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[0] for line in told] == [str(tmp_path), str(tmp_path / "notes.txt")]
    assert all("name a new folder, or an empty one" in line for line in told)
    assert files(tmp_path) == {"notes.txt"}


def test_empty_folder_is_filled_even_where_one_stands_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert main(["new", "."]) == 0
    assert {"README.md", ".gitignore", "docs/conf.py"} < files(Path.cwd())
    assert list(tmp_path.iterdir()) == [folder]


def test_nothing_is_left_of_what_could_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write = Path.write_bytes
    written: list[Path] = []

    def full(path: Path, content: bytes) -> int:
        if len(written) == 5:
            raise OSError(28, os.strerror(28), str(path))
        written.append(path)
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    assert main(["new", str(tmp_path / "deep" / "course")]) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert files(tmp_path) == set()


@pytest.mark.parametrize("title", ["", "two\nlines", "a bell \x07"])
def test_title_is_one_line_of_text(
    title: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["new", str(tmp_path / "course"), "--title", title])
    assert "expected one line of text" in capsys.readouterr().err
    assert files(tmp_path) == set()


@pytest.mark.parametrize(
    "title", ['A "quoted" one', "C:\\temp", "<b>*bold*</b> & [link](x)", "Añ№: #1 {x} `y` ~z~"]
)
def test_title_stands_as_it_was_given(title: str, tmp_path: Path) -> None:
    write_course(tmp_path / "course", title)
    docs = tmp_path / "course" / "docs"
    assert load_settings(docs / "course.yml").title == title
    heading = (docs / "index.md").read_text("utf-8").splitlines()[0]
    inline = MarkdownIt().parse(heading)[1].children
    assert inline
    assert "".join(token.content for token in inline) == title
    assert not [token for token in inline if token.type not in {"text", "text_special"}]


def test_no_file_of_the_starter_keeps_its_title(tmp_path: Path) -> None:
    write_course(tmp_path / "course", "Mine")
    for path in (tmp_path / "course").rglob("*"):
        if path.is_file():
            assert TITLE not in path.read_text("utf-8"), path
    assert MARKUP.sub("", TITLE) == TITLE


def test_unknown_command_is_told_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["nwe"])
    assert "'new', 'build', 'assign', 'lint', 'export', 'figures'" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert "usage: " in capsys.readouterr().out


def test_lint_of_a_new_course_finds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_course(tmp_path / "course")
    monkeypatch.chdir(tmp_path / "course")
    assert lint([]) == 0
    # The rule of own words, with the text at hand.
    assert lint(["--work", "docs/text.md"]) == 0
    assert capsys.readouterr().out.count("0 errors, 0 warnings") == 2


def test_lint_of_a_course_without_exercises_finds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_course(tmp_path / "course")
    shutil.rmtree(tmp_path / "course" / "exercises")
    monkeypatch.chdir(tmp_path / "course")
    assert lint([]) == 0
    assert "there are no exercises to check" in capsys.readouterr().out
    # In another folder, what is missing is the course.
    monkeypatch.chdir(tmp_path)
    assert lint([]) == 1


@pytest.mark.parametrize("builder", ["html", "typst", "sheets", "print"])
def test_project_of_one_line_builds(tmp_path: Path, builder: str) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "conf.py").write_text('extensions = ["courseware"]\n', encoding="utf-8")
    (source / "index.md").write_text("# A page\n\nSome words.\n", encoding="utf-8")
    project = Project(source, tmp_path)
    assert project.build(builder) == []
    made = sorted(path.name for path in project.out.rglob("*.pdf"))
    assert made == (["course-reader.pdf"] if builder in {"typst", "print"} else [])


def test_build_without_a_course_says_where_to_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["build"]) == 2
    assert "go to the folder of the course" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_build_that_warns_fails_and_warns_again(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    project = Project(ROOTS / "test-course", tmp_path)
    project.edit("other.md", "This page", "{doc}`nowhere` This page")
    places = ["--docs", str(project.folder), "--out", str(tmp_path / "build")]
    for _ in range(2):
        assert main(["build", *places]) != 0
        told = capfd.readouterr()
        assert "nowhere" in told.err
        # Nothing is named as made.
        assert ".pdf" not in told.out
