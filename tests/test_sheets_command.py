"""One command for tomorrow's class: what it prints, what it says, and what it never does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from conftest import ROOTS, Project
from courseware.sheets.__main__ import main
from sheetsread import read_sheet, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.xdist_group("sheets")

QUIZ = "exercises/assignments/every-type.yml"
BANK = "exercises/bank/counting.yml"
CHOICE = ["--chapter", "counting", "--audience", "self-check", "--count", "4", "--seed", "7"]


class Command:
    """The command, run in a copy of the small course."""

    def __init__(self, project: Project, capsys: pytest.CaptureFixture[str]) -> None:
        self.project = project
        self.capsys = capsys
        self.out = Path("build")
        self.errors = ""

    def __call__(self, *arguments: str) -> int:
        """Run it with *arguments*, and return the exit code."""
        try:
            code = main(["--docs", ".", *arguments])
        except SystemExit as error:
            code = int(error.code or 0)
        said = self.capsys.readouterr()
        self.said, self.errors = said.out.splitlines(), said.err
        assert "Traceback" not in self.errors
        return code

    @property
    def made(self) -> set[str]:
        """The files in the output folder, but for what is kept for the next run."""
        files = (path for path in self.out.rglob("*") if path.is_file())
        names = {path.relative_to(self.out).as_posix() for path in files}
        return {name for name in names if not name.startswith(("doctrees", "."))}


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the small course, read already."""
    project = Project(ROOTS / "test-course", tmp_path_factory.mktemp("command"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project.folder)
        main(["--docs", ".", "every-type"])
    return project


@pytest.fixture
def command(
    warm: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Command:  # fmt: skip
    project = Project(warm.folder, tmp_path)
    monkeypatch.chdir(project.folder)
    for path in Path("build").glob("*/*.pdf"):
        path.unlink()
    Path("build", ".made.json").unlink()
    return Command(project, capsys)


def sheets(*ends: str, name: str = "every-type", large: str = "") -> set[str]:
    """Return the names of the worksheets in the versions *ends*, and of their key."""
    names = {f"pdf/worksheet-{name}{end}{large}.pdf" for end in ends}
    return {*names, f"instructor/key-{name}{large}.pdf"}


# -- what is asked for


@pytest.mark.parametrize("name", [QUIZ, "every-type", "every-type.yml"])
def test_assignment_is_printed_by_file_and_by_name(command: Command, name: str) -> None:
    assert command(name) == 0
    assert command.made == sheets("-A", "-B", "-C")
    assert command.errors == ""


def test_command_says_what_it_wrote_and_where(command: Command) -> None:
    command("every-type", "--versions", "A,B")
    named = [line.partition(" (")[0] for line in command.said]
    assert named == [
        str(Path("build/pdf/worksheet-every-type-A.pdf")),
        str(Path("build/pdf/worksheet-every-type-B.pdf")),
        str(Path("build/instructor/key-every-type.pdf")),
    ]


@pytest.mark.parametrize(
    ("asked", "ends"),
    [
        ("A,B", ["-A", "-B"]),
        ("a, c", ["-A", "-C"]),
        ("2", ["-A", "-B"]),
        ("1", [""]),
        ("B", ["-B"]),
    ],
)
def test_versions_by_letters_and_by_number(command: Command, asked: str, ends: list[str]) -> None:
    assert command("every-type", "--versions", asked) == 0
    assert command.made == sheets(*ends)


def test_version_is_the_same_whichever_others_are_asked_for(command: Command) -> None:
    command("every-type", "--versions", "B")
    alone = (command.out / "pdf" / "worksheet-every-type-B.pdf").read_bytes()
    command("every-type")
    assert (command.out / "pdf" / "worksheet-every-type-B.pdf").read_bytes() == alone


def test_choice_from_the_bank(command: Command) -> None:
    assert command(*CHOICE, "--versions", "A,B", "--title", "Four to go") == 0
    [first, second] = sorted((command.out / "pdf").iterdir())
    sheet = read_sheet(first)
    assert sheet.before.startswith("Four to go Name Date Answer every question. ")
    assert len(sheet.questions) == 4
    assert sorted(read_sheet(second).titles) == sorted(sheet.titles)
    before = first.read_bytes()
    assert command(*CHOICE, "--versions", "A,B", "--title", "Four to go") == 0
    assert first.read_bytes() == before


def test_another_seed_chooses_others(command: Command) -> None:
    titles = set()
    for seed in range(1, 7):
        command(*CHOICE[:-1], str(seed), "--out", f"out-{seed}")
        [path] = Path(f"out-{seed}", "pdf").iterdir()
        titles.add(frozenset(read_sheet(path).titles))
    assert len(titles) > 1


@pytest.mark.parametrize(("paper", "width"), [("a4", 595), ("letter", 612)])
def test_paper(command: Command, paper: str, width: int) -> None:
    command("every-type", "--versions", "1", "--paper", paper)
    for name in command.made:
        with pikepdf.open(command.out / name) as pdf:
            assert {round(float(page.mediabox[2])) for page in pdf.pages} == {width}


def test_large_print_lies_beside_the_usual_edition(command: Command) -> None:
    command("every-type", "--versions", "1")
    command("every-type", "--versions", "1", "--large-print")
    assert command.made == sheets("") | sheets("", large="-large")


# -- what is wrong


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "expected a file such as those in exercises/assignments: every-type"),
        (["every-tipe"], "no assignment 'every-tipe'; did you mean 'every-type'?"),
        (["nothing/of/the/sort.yml"], "there is no assignment 'nothing/of/the/sort.yml'"),
        (["exercises"], "there is no assignment 'exercises'"),
        ([QUIZ, "--count", "3"], "give either a file or conditions"),
        ([QUIZ, "--versions", "X"], "'X': expected letters from A to F"),
        ([QUIZ, "--versions", "A,A"], "each once"),
        ([QUIZ, "--versions", "9"], "or a number from 1 to 6"),
        ([QUIZ, "--paper", "b5"], "invalid choice: 'b5'"),
        (["--count", "0"], "--count: "),
        (["--count", "2", "--type", "essay"], "--type: 'essay' is no type of exercise"),
        (["--count", "2", "--level", "aply"], "--level: expected 'remember'"),
        (
            ["--count", "2", "--chapter", "countin"],
            "no chapter 'countin'; did you mean 'counting'?",
        ),
        (["--count", "99", "--chapter", "counting"], "--count: asked for 99, the bank has"),
        ([QUIZ, "--docs", "nowhere"], "nowhere"),
    ],
)
def test_mistake_is_told_and_nothing_is_written(
    command: Command, arguments: Sequence[str], said: str
) -> None:
    assert command(*arguments) == 2
    assert said in command.errors
    assert command.made == set()
    assert command.said == []


def test_mistake_in_an_assignment_is_told_with_its_line(command: Command) -> None:
    command.project.edit(QUIZ, "counting-multiple", "counting-multipel")
    line = command.project.line(QUIZ, "counting-multipel")
    assert command("every-type") == 2
    assert f"every-type.yml:{line}" in command.errors
    assert "did you mean 'counting-multiple'?" in command.errors
    assert command.made == set()


def test_assignment_that_is_no_yaml_is_told_with_its_line(command: Command) -> None:
    command.project.edit(QUIZ, "items:", "items: [")
    assert command("every-type") == 2
    assert "every-type.yml:" in command.errors
    assert "not valid YAML" in command.errors


def test_mistake_in_the_bank_is_told_with_its_line(command: Command) -> None:
    command.project.edit(BANK, "type: numeric", "type: numerical")
    line = command.project.line(BANK, "type: numerical")
    assert command("every-type") == 2
    assert f"counting.yml:{line}" in command.errors
    assert command.made == set()


def test_folder_that_cannot_be_made_is_told(command: Command) -> None:
    Path("taken").write_text("a file", encoding="utf-8")
    assert command("every-type", "--out", "taken") == 2
    assert "taken" in command.errors


# -- what it never does


def test_file_of_a_teacher_is_left_alone_and_the_others_are_made(command: Command) -> None:
    own = command.out / "pdf" / "worksheet-every-type-A.pdf"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_bytes(b"notes of mine")
    assert command("every-type", "--versions", "A,B") == 1
    assert own.read_bytes() == b"notes of mine"
    assert "worksheet-every-type-A.pdf: this file was not made here" in command.errors
    assert not any("-A.pdf" in line for line in command.said)
    assert command.made == sheets("-A", "-B")


def test_worksheet_that_a_teacher_has_written_on_is_left_alone(command: Command) -> None:
    command("every-type", "--versions", "1")
    path = command.out / "pdf" / "worksheet-every-type.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.docinfo["/Subject"] = "My notes"
        pdf.save(path)
    changed = path.read_bytes()
    assert command("every-type", "--versions", "1") == 1
    assert path.read_bytes() == changed


def test_list_of_what_was_made_that_is_broken_stops_it(command: Command) -> None:
    command("every-type", "--versions", "1")
    before = (command.out / "pdf" / "worksheet-every-type.pdf").read_bytes()
    Path("build/.made.json").write_text("{", encoding="utf-8")
    assert command("every-type", "--versions", "1", "--paper", "letter") == 1
    assert ".made.json: cannot tell which files were made here" in command.errors
    assert (command.out / "pdf" / "worksheet-every-type.pdf").read_bytes() == before


def test_full_build_keeps_what_was_asked_for_and_removes_what_it_no_longer_makes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(ROOTS / "test-course", tmp_path)
    assert project.build("sheets") == []
    folder = project.output("", "sheets")
    monkeypatch.chdir(project.folder)
    main(["--docs", ".", "--out", str(folder), *CHOICE])
    capsys.readouterr()
    project.edit(QUIZ, "versions: 3", "versions: 2")
    assert project.build("sheets") == []
    names = {path.name for path in folder.glob("pdf/*")}
    assert {name for name in names if "every-type" in name} == {
        "worksheet-every-type-A.pdf", "worksheet-every-type-B.pdf",
    }  # fmt: skip
    assert len(names) == 3


def test_second_call_reads_no_page_again(command: Command) -> None:
    doctrees = Path("build/doctrees")
    command("every-type")
    before = {path: path.stat().st_mtime_ns for path in doctrees.rglob("*.doctree")}
    assert before
    command(*CHOICE)
    assert {path: path.stat().st_mtime_ns for path in doctrees.rglob("*.doctree")} == before


def test_text_of_a_changed_exercise_is_new_on_the_sheet(command: Command) -> None:
    command("every-type", "--versions", "1")
    command.project.edit(BANK, "title: ", "title: Quite new ")
    command("every-type", "--versions", "1")
    assert "Quite new" in text_of(command.out / "pdf" / "worksheet-every-type.pdf")
