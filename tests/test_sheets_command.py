"""One command for tomorrow's class: what it prints, what it says, and what it never does."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pikepdf
import pytest
from conftest import ROOTS, Project
from courseware.__main__ import main
from courseware.typst import output
from courseware.typst.compile import compile_pdf
from courseware.typst.made import Made
from pdftags import pictures
from sheetsread import pages_of, read_sheet, text_of
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

if TYPE_CHECKING:
    from collections.abc import Sequence

QUIZ = "exercises/assignments/every-type.yml"
BANK = "exercises/bank/counting.yml"
CHOICE = ["--chapter", "counting", "--audience", "self-check", "--count", "4", "--seed", "7"]


DOCUMENTS = """
typst_documents = [
    {"start": "index", "target": "reader", "title": "All"},
    {"start": "chapters/counting", "target": "handout-counting", "layout": "handout"},
]
"""
CHAPTER = """    {"start": "chapters/counting", "target": "chapter-counting", "layout": "chapter"},
]"""
OWN = """chapter: counting
exercises:
  - id: my-question
    type: true-false
    title: Mine
    stem: Is this one mine?
    answer: true
    when_true: Right. It is mine.
    when_false: It is nobody else's.
    misconception: source-proves-all
    solution: By p. 1 it is mine.
    ledger: [L001]
    outcome: counting-judge
    level: remember
    difficulty: easy
    minutes: 2
    points: 1
    audience: class
"""


class Command:
    """The command, run in a copy of the small course."""

    def __init__(self, project: Project, capsys: pytest.CaptureFixture[str]) -> None:
        self.project = project
        self.capsys = capsys
        self.out = Path("build")
        self.errors = ""
        self.notes: list[str] = []

    def __call__(self, *arguments: str) -> int:
        """Run it with *arguments*, and return the exit code."""
        try:
            code = main(["assign", "--docs", ".", *arguments])
        except SystemExit as error:
            code = int(error.code or 0)
        said = self.capsys.readouterr()
        lines = said.out.splitlines()
        #: What is said of the questions, apart from the files that were written.
        self.notes = [line for line in lines if line.startswith(("note: ", "advice: "))]
        self.said, self.errors = [line for line in lines if line not in self.notes], said.err
        assert "Traceback" not in self.errors
        return code

    @property
    def made(self) -> set[str]:
        """The files in the output folder, but for what is kept for the next run."""
        files = (path for path in self.out.rglob("*") if path.is_file())
        names = {path.relative_to(self.out).as_posix() for path in files}
        return {name for name in names if name.endswith(".pdf")}


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the small course, read already."""
    project = Project(ROOTS / "test-course", tmp_path_factory.mktemp("command"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project.folder)
        main(["assign", "--docs", ".", "every-type"])
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
    """Return the names of the worksheets in the versions *ends*, and of their key.

    The assignment's file asks for A, B and C; the key to others has their letters in its name.
    """
    names = {f"pdf/worksheet-{name}{end}{large}.pdf" for end in ends}
    part = "" if ends == ("-A", "-B", "-C") else "-" + "".join(end[-1] for end in ends)
    return {*names, f"instructor/key-{name}{part}{large}.pdf"}


def alone(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, with *settings* in its environment."""
    paths = os.pathsep.join(filter(None, sys.path))
    command = [sys.executable, "-m", "courseware", "assign", "--docs", ".", *arguments]
    environment = {**os.environ, "PYTHONPATH": paths, **settings}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


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
        str(Path("build/instructor/key-every-type-AB.pdf")),
    ]


def test_paper_that_is_longer_than_it_may_be_is_printed_with_a_warning(command: Command) -> None:
    quiz = Path(QUIZ)
    text = quiz.read_text(encoding="utf-8")
    quiz.write_text(text.replace("items:\n", "pages: 1\nitems:\n", 1), encoding="utf-8")
    line = quiz.read_text(encoding="utf-8").splitlines().index("pages: 1") + 1
    command("every-type", "--versions", "A")
    assert command.made == sheets("-A")
    told = " ".join(command.errors.split())
    assert f"every-type.yml:{line}: WARNING: version A takes " in told
    assert re.search(
        r"takes \d pages, and 'pages: 1' allows 1: [a-z, -]+ are too much by \d+ mm", told
    )
    quiz.write_text(text.replace("items:\n", "pages: 20\nitems:\n", 1), encoding="utf-8")
    command("every-type", "--versions", "A")
    assert command.errors == ""
    quiz.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("asked", "ends"),
    [
        ("A,B", ["-A", "-B"]),
        ("a, c", ["-A", "-C"]),
        ("2", ["-A", "-B"]),
        ("1", ["-A"]),
        ("B", ["-B"]),
        ("C,B,A", ["-A", "-B", "-C"]),
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
    assert sheet.before.startswith("Four to go Name Class Date Answer every question. ")
    assert len(sheet.questions) == 4
    assert sorted(read_sheet(second).titles) == sorted(sheet.titles)
    before = first.read_bytes()
    assert command(*CHOICE, "--versions", "A,B", "--title", "Four to go") == 0
    assert first.read_bytes() == before


def test_every_process_makes_the_same_bytes(command: Command) -> None:
    made = []
    for seed, zone in (("0", "UTC"), ("77", "Asia/Tokyo")):
        folder = Path(f"out-{seed}")
        places = ("--out", str(folder), "--doctrees", str(folder / "doctrees"))
        done = alone("every-type", "--versions", "B", *places, PYTHONHASHSEED=seed, TZ=zone)
        assert (done.returncode, done.stderr) == (0, "")
        made.append({path.name: path.read_bytes() for path in folder.glob("*/*.pdf")})
    assert set(made[0]) == {"worksheet-every-type-B.pdf", "key-every-type-B.pdf"}
    assert made[0] == made[1]
    assert command("every-type", "--versions", "B") == 0
    here = {path.name: path.read_bytes() for path in command.out.glob("*/*.pdf")}
    assert here == made[0]


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
    assert command.made == sheets("-A") | sheets("-A", large="-large-print")
    # What is for the teacher keeps the normal layout.
    usual, large = map(pages_of, (command.out / "instructor").glob("key-*.pdf"))
    assert usual == large
    command("every-type", "--versions", "1", "--greyscale", "--large-print", "--paper", "letter")
    assert sheets("-A", large="-letter-large-print-greyscale") <= command.made


def test_key_says_that_an_answer_is_right_where_its_feedback_does_not(command: Command) -> None:
    command.project.edit(BANK, "feedback: Right. The essay says thefts", "feedback: Rightly thefts")
    command("every-type", "--versions", "A")
    text = text_of(command.out / "instructor" / "key-every-type-A.pdf")
    assert "Right. Rightly thefts" in text
    assert "Right. Right. " not in text


# -- what is wrong


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "expected a file such as those in exercises/assignments: every-type"),
        (["every-tipe"], "no assignment 'every-tipe'; did you mean 'every-type'?"),
        (["nothing/of/the/sort.yml"], "there is no assignment 'nothing/of/the/sort.yml'"),
        (["exercises"], "there is no assignment 'exercises'"),
        ([QUIZ, "--count", "3"], "--count: a file says this itself; give either a file or"),
        ([QUIZ, "--seed", "3", "--title", "Mine"], "--seed, --title: a file says this itself"),
        ([QUIZ, "--instructions", "Write."], "--instructions: a file says this itself"),
        (["exercises/every-type.yml"], "there is no assignment 'exercises/every-type.yml'; did"),
        (["every-type.txt"], "there is no assignment 'every-type.txt'"),
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


def test_assignment_that_is_named_is_told_of_where_it_is(command: Command) -> None:
    command.project.edit(QUIZ, "title: ", "titel: ")
    line = command.project.line(QUIZ, "titel: ")
    assert command("every-type") == 2
    [said] = [each for each in command.errors.splitlines() if "titel" in each]
    assert f"{command.project.folder / QUIZ}:{line}: " in said


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


def test_picture_that_is_not_there_is_told_and_its_words_are_printed(command: Command) -> None:
    course = command.project
    course.edit(BANK, "    stem: Which classonly", "    context: See\n    stem: Which classonly")
    course.edit(BANK, "    context: See\n", "    context: See ![A map](nowhere.png) first.\n")
    course.edit(QUIZ, "Answer *all* questions.", "'Use ![A plan](plan.png).'")
    item, top = course.line(BANK, "id: counting-class-single"), course.line(QUIZ, "instructions:")
    assert command("every-type", "--versions", "A,B") == 0
    bank, quiz = course.folder / BANK, course.folder / QUIZ
    beside = course.folder / "chapters" / "nowhere.png"
    lost = "; its alternative text is printed in its place [courseware.sheets]"
    missing = "is not there; expected a file"
    assert command.errors.splitlines() == [
        f"{quiz}:{top}: WARNING: the picture 'plan.png' {missing} {quiz.parent / 'plan.png'}{lost}",
        f"{bank}:{item}: WARNING: the picture 'nowhere.png' {missing} {beside}{lost}",
    ]
    text = text_of(command.out / "pdf" / "worksheet-every-type-A.pdf")
    assert "Use A plan." in text
    assert "See A map first." in text


def test_picture_of_an_assignment_lies_beside_it(command: Command) -> None:
    command.project.edit(QUIZ, "Answer *all* questions.", '"![A photograph](photo.png)"')
    shutil.copy(ROOTS / "test-typst" / "photo.png", Path(QUIZ).with_name("photo.png"))
    assert command("every-type", "--versions", "A") == 0
    assert command.errors == ""
    with pikepdf.open(command.out / "pdf" / "worksheet-every-type-A.pdf") as pdf:
        assert pictures(pdf) == ["A photograph"]


def test_file_that_is_no_picture_is_told_and_its_words_are_printed(command: Command) -> None:
    Path(QUIZ).with_name("photo.png").write_bytes(b"not a picture")
    command.project.edit(QUIZ, "Answer *all* questions.", '"![A photograph](photo.png)"')
    top = command.project.line(QUIZ, "instructions:")
    assert command("every-type", "--versions", "A", "--greyscale") == 0
    [said] = command.errors.splitlines()
    assert said.startswith(f"{command.project.folder / QUIZ}:{top}: WARNING: photo.png is no pict")
    assert "expected PNG, JPEG, GIF, WebP or SVG" in said
    assert "A photograph" in text_of(command.out / "pdf" / "worksheet-every-type-A-greyscale.pdf")


def test_picture_with_accents_and_spaces_in_its_name(command: Command) -> None:
    course = command.project
    course.edit(BANK, "    stem: Which classonly", "    context: See\n    stem: Which classonly")
    course.edit(
        BANK, "    context: See\n", "    context: See ![A map](<una caf\u00e9.png>) first.\n"
    )
    shutil.copy(
        ROOTS / "test-typst" / "photo.png", course.folder / "chapters" / "una caf\u00e9.png"
    )
    assert command("every-type", "--versions", "A") == 0
    assert command.errors == ""
    with pikepdf.open(command.out / "pdf" / "worksheet-every-type-A.pdf") as pdf:
        assert pictures(pdf) == ["A map"]


def test_picture_is_looked_for_in_the_course_alone(command: Command) -> None:
    outside = command.project.folder.parent / "secret.png"
    shutil.copy(ROOTS / "test-typst" / "photo.png", outside)
    command.project.edit(QUIZ, "Answer *all* questions.", f'"![A secret]({outside})"')
    assert command("every-type", "--versions", "A") == 0
    [said] = command.errors.splitlines()
    assert f"is not there; expected a file {command.project.folder}{outside}" in said


def test_character_of_a_title_that_no_font_has(command: Command) -> None:
    command.project.edit(QUIZ, "title: Every type", "title: Every *snowman* \N{SNOWMAN}")
    line = command.project.line(QUIZ, "title: ")
    assert command("every-type", "--versions", "A") == 0
    [said] = command.errors.splitlines()
    assert said.startswith(f"{command.project.folder / QUIZ}:{line}: WARNING: no shipped font has")
    for name in command.made:
        text = text_of(command.out / name)
        assert "Every snowman [U+2603]" in text
        assert "*" not in text.split("Version", 1)[0]
    pages = pages_of(command.out / "pdf" / "worksheet-every-type-A.pdf")
    assert len(pages) > 1
    assert "Every snowman [U+2603]" in pages[1][0]


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
    path = command.out / "pdf" / "worksheet-every-type-A.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.docinfo["/Subject"] = "My notes"
        pdf.save(path)
    changed = path.read_bytes()
    assert command("every-type", "--versions", "1") == 1
    assert path.read_bytes() == changed


def test_list_of_what_was_made_that_is_broken_stops_it(command: Command) -> None:
    command("every-type", "--versions", "1")
    before = (command.out / "pdf" / "worksheet-every-type-A.pdf").read_bytes()
    Path("build/.made.json").write_text("{", encoding="utf-8")
    assert command("every-type", "--versions", "1") == 1
    assert ".made.json: cannot tell which files were made here" in command.errors
    assert (command.out / "pdf" / "worksheet-every-type-A.pdf").read_bytes() == before


def test_full_build_keeps_what_was_asked_for_and_removes_what_it_no_longer_makes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(ROOTS / "test-course", tmp_path)
    assert project.build("sheets") == []
    folder = project.output("", "sheets")
    monkeypatch.chdir(project.folder)
    main(["assign", "--docs", ".", "--out", str(folder), *CHOICE])
    main(["assign", "--docs", ".", "--out", str(folder), "every-type", "--versions", "C"])
    capsys.readouterr()
    project.edit(QUIZ, "versions: 3", "versions: 2")
    assert project.build("sheets") == []
    names = {path.name for path in folder.glob("pdf/*")}
    assert {name for name in names if "every-type" in name} == {
        "worksheet-every-type-A.pdf", "worksheet-every-type-B.pdf", "worksheet-every-type-C.pdf",
    }  # fmt: skip
    assert len(names) == 4
    keys = {path.name for path in folder.glob("instructor/key-every-type*")}
    assert keys == {"key-every-type.pdf", "key-every-type-C.pdf"}


def test_second_call_reads_no_page_again(command: Command) -> None:
    doctrees = Path("build/doctrees")
    command("every-type")
    before = {path: path.stat().st_mtime_ns for path in doctrees.rglob("*.doctree")}
    assert before
    command(*CHOICE)
    assert {path: path.stat().st_mtime_ns for path in doctrees.rglob("*.doctree")} == before


def test_page_that_is_warned_of_is_warned_of_again_by_the_next_build(command: Command) -> None:
    command("every-type", "--versions", "A")
    command.project.edit("chapters/counting.md", "`L001 L002`", "`L099 L002`")
    for _ in range(2):
        assert command("every-type", "--versions", "A") == 0
        assert "counting.md:" in command.errors
        assert "the ledger has no statement 'L099'" in command.errors
    warnings = StringIO()
    with docutils_namespace():
        Sphinx(
            ".", ".", "build/html", "build/doctrees", "html", status=None, warning=warnings
        ).build()
    assert "the ledger has no statement 'L099'" in warnings.getvalue()


def test_warning_of_print_has_no_page_read_again(command: Command) -> None:
    command.project.edit(QUIZ, "title: Every type", "title: Every \N{SNOWMAN}")
    command("every-type", "--versions", "A")
    assert "SNOWMAN" in command.errors
    assert Path("build/doctrees/environment.pickle").exists()


def test_messages_that_go_to_a_file_have_no_colours(command: Command) -> None:
    command.project.edit(QUIZ, "title: Every type", "title: Every \N{SNOWMAN}")
    done = alone("every-type", "--versions", "A")
    assert done.returncode == 0
    assert "WARNING: no shipped font has" in done.stderr
    assert "\x1b" not in done.stderr


def test_keys_to_other_versions_lie_side_by_side(command: Command) -> None:
    command("every-type", "--versions", "A,B")
    command("every-type", "--versions", "C")
    command("every-type")
    assert command.made == sheets("-A", "-B", "-C") | sheets("-A", "-B") | sheets("-C")
    command(*CHOICE, "--out", "one")
    command(*CHOICE, "--versions", "A,B", "--out", "two")
    names = [{path.name for path in Path(out).rglob("key-*.pdf")} for out in ("one", "two")]
    paper = "counting-self-check-4-seed-7"
    assert names == [{f"key-{paper}.pdf"}, {f"key-{paper}-AB.pdf"}]


def test_good_worksheet_outlives_what_goes_wrong(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("every-type", "--versions", "A")
    path = command.out / "pdf" / "worksheet-every-type-A.pdf"
    before, made = path.read_bytes(), command.made

    def interrupted(*_args: object) -> NoReturn:
        raise KeyboardInterrupt

    def full(_made: Made, name: str, _content: bytes, **_options: object) -> None:
        raise OSError(errno.EFBIG, "File too large", name)

    command.project.edit(QUIZ, "title: Every type", "title: Each type")
    monkeypatch.setattr(output, "compile_pdf", interrupted)
    assert command("every-type", "--versions", "A") == 130
    assert command.errors == "interrupted\n"
    assert path.read_bytes() == before
    assert command.made == made
    monkeypatch.setattr(output, "compile_pdf", compile_pdf)
    monkeypatch.setattr(Made, "write", full)
    assert command("every-type", "--versions", "A") == 1
    first, second = command.errors.splitlines()
    where = command.project.folder / path
    assert "File too large" in first
    assert f"{where} is not made; the one that is there is from before" in first
    assert "key-every-type-A.pdf is not made" in second
    assert path.read_bytes() == before


def test_error_without_a_file_is_told_in_words(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_options: object) -> NoReturn:
        raise OSError

    monkeypatch.setattr(Made, "write", full)
    assert command("every-type", "--versions", "A") == 1
    assert "None" not in command.errors
    assert "worksheet-every-type-A.pdf is not made" in command.errors


def test_style_that_is_not_asked_for_is_as_configured(command: Command) -> None:
    with Path("conf.py").open("a", encoding="utf-8") as conf:
        conf.write("\ntypst_large_print = True\n")
    assert command("every-type", "--versions", "A", "--large-print") == 0
    assert command.made == sheets("-A")


def test_key_says_by_which_seed_questions_were_chosen_and_no_sheet_does(command: Command) -> None:
    command(*CHOICE)
    [path] = (command.out / "pdf").iterdir()
    assert "Seed" not in text_of(path)
    [path] = (command.out / "instructor").iterdir()
    assert "Seed: 7. " in " ".join(text_of(path).split())


def test_sheet_that_takes_the_place_of_another_is_said_to(command: Command) -> None:
    command(*CHOICE)
    command(*CHOICE)
    assert not any("replaced" in line for line in command.said)
    command(*CHOICE, "--title", "Another")
    assert [line.endswith("KiB, replaced)") for line in command.said] == [True, True]


def test_text_of_a_changed_exercise_is_new_on_the_sheet(command: Command) -> None:
    command("every-type", "--versions", "1")
    command.project.edit(BANK, "title: ", "title: Quite new ")
    command("every-type", "--versions", "1")
    assert "Quite new" in text_of(command.out / "pdf" / "worksheet-every-type-A.pdf")


# -- what is unchanged, and what is asked for by itself


def test_what_is_unchanged_is_not_printed_again(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("every-type", "--versions", "A")

    def refused(*_args: object) -> NoReturn:
        pytest.fail("nothing has changed, and it is compiled")

    monkeypatch.setattr(output, "compile_pdf", refused)
    assert command("every-type", "--versions", "A") == 0
    assert [line.endswith("KiB, as it was)") for line in command.said] == [True, True]


def test_one_handout_by_itself_in_another_edition(command: Command) -> None:
    with Path("conf.py").open("a", encoding="utf-8") as conf:
        conf.write(DOCUMENTS)
    for name in ("counting", "handout-counting"):
        assert command("--handout", name, "--large-print") == 0
        assert command.made == {"pdf/handout-counting-large-print.pdf"}
    assert command("--handout", "count") == 2
    assert "no PDF 'count' is made; did you mean 'counting'?" in command.errors
    assert command("--handout", "counting", "every-type", "--notes", "counting") == 2
    assert "one thing at a time" in command.errors


def test_chapter_with_its_answers_lies_beside_the_one_without(command: Command) -> None:
    with Path("conf.py").open("a", encoding="utf-8") as conf:
        conf.write(DOCUMENTS.replace("]", CHAPTER))
    assert command("--chapter", "counting") == 0
    without = command.made
    assert without == {"pdf/chapter-counting.pdf"}
    assert command("--chapter", "counting", "--answers") == 0
    assert command.made == without | {"pdf/chapter-counting-answers.pdf"}
    assert command("--handout", "counting") == 0
    assert command.made >= {"pdf/handout-counting.pdf"}
    assert command("--answers") == 2
    assert "--answers: name the chapters" in command.errors
    assert command("--chapter", "counting", "--answers", "--handout", "counting") == 2
    assert "one thing at a time" in command.errors


def test_notes_on_the_discussion_of_a_chapter(command: Command) -> None:
    assert command("--notes", "counting") == 0
    assert command.made == {"instructor/notes-counting.pdf"}
    assert "Discussion notes" in text_of(command.out / "instructor" / "notes-counting.pdf")
    assert command("--notes", "count") == 2
    assert "no discussion notes on 'count'; did you mean 'counting'?" in command.errors


# -- what is chosen without a file


def test_choice_takes_exercises_for_class_unless_asked(command: Command) -> None:
    assert command("--chapter", "counting", "--count", "1") == 0
    assert command.notes == [line for line in command.notes if not line.startswith("note: ")]
    command(*CHOICE)
    [note] = [line for line in command.notes if line.startswith("note: ")]
    assert note.startswith("note: 4 of 4 are self-checks too, with answers on the pages")


def test_paper_from_a_file_says_which_answers_are_known(command: Command) -> None:
    command("every-type", "--versions", "A")
    [note] = [line for line in command.notes if line.startswith("note: ")]
    assert "counting-multiple" in note


def test_minutes_cap_the_time(command: Command) -> None:
    for count in ((), ("--count", "2")):
        assert command(*CHOICE[:4], *count, "--minutes", "5") == 0
        name = Path(command.said[0].partition(" (")[0]).name
        sheet = read_sheet(command.out / "pdf" / name)
        minutes = int(sheet.before.rpartition(" minutes")[0].rpartition(" ")[2])
        assert 0 < minutes <= 5
        assert not count or len(sheet.questions) == 2
    assert command("--minutes", "1", "--count", "4", *CHOICE[:4]) == 2
    assert "--minutes: the 4 shortest take" in command.errors


def test_seeds_that_differ_in_a_sign_give_other_files(command: Command) -> None:
    for seed in ("a\N{LATIN SMALL LETTER N WITH TILDE}o", "ano", "a\N{LATIN SMALL LETTER E}o", "A"):
        assert command(*CHOICE[:-1], seed, "--versions", "1") == 0
    assert len(list((command.out / "pdf").iterdir())) == 4


def test_chapter_by_its_title(command: Command) -> None:
    title = Path("chapters/counting.md").read_text(encoding="utf-8").partition("# ")[2]
    assert command("--chapter", title.splitlines()[0], *CHOICE[2:]) == 0
    assert command("--chapter", "No Such Thing", "--count", "2") == 2
    assert "'No Such Thing' is no one chapter; expected one of counting" in command.errors
    assert "[a-z" not in command.errors


def test_list_shows_the_bank_and_where_it_is_used(command: Command) -> None:
    assert command("--list") == 0
    head, *lines, sum_ = command.said
    assert head.split() == [
        "id", "title", "type", "outcome", "min", "audience", "used", "in",
    ]  # fmt: skip
    assert sum_ == f"{len(lines)} exercises"
    [multiple] = [line for line in lines if line.startswith("counting-multiple ")]
    assert multiple.endswith("its chapter, every-type")
    assert command("--list", "--type", "numeric", "--audience", "self-check") == 0
    _, *fewer, _ = command.said
    assert 0 < len(fewer) < len(lines)
    assert all(" numeric " in line and " self-check " in line for line in fewer)
    assert command("--list", "--type", "essay") == 2
    assert "--type: 'essay' is no type of exercise" in command.errors
    assert command("--list", "--outcome", "count-sheep") == 2
    assert "--outcome: the bank has no outcome 'count-sheep'" in command.errors
    assert command.made == set()


# -- exercises of a teacher's own


def own(command: Command, text: str) -> Path:
    """Write *text* as exercises of a teacher's own, and a paper that asks one of them."""
    folder = Path("exercises", "private")
    folder.mkdir()
    (folder / "mine.yml").write_text(text, encoding="utf-8")
    paper = Path("my-paper.yml")
    items = "items:\n- exercise: my-question\n- exercise: counting-multiple\n"
    paper.write_text(f"title: Mine\ninstructions: Answer.\n{items}", encoding="utf-8")
    assert command.project.folder.is_dir()
    return folder / "mine.yml"


def test_paper_takes_a_question_of_a_teacher(command: Command) -> None:
    own(command, OWN)
    assert command("my-paper.yml") == 0
    assert command.errors == ""
    assert "Is this one mine?" in text_of(command.out / "pdf" / "worksheet-my-paper.pdf")
    assert "It is mine." in text_of(command.out / "instructor" / "key-my-paper.pdf")
    # Nobody but a paper that names it gets it.
    command("--list")
    assert not any("my-question" in line for line in command.said)
    assert command("--chapter", "counting", "--count", "99") == 2
    assert command("my-paper.yml", "--versions", "2") == 0


def test_all_that_is_wrong_in_a_question_is_told_at_once(command: Command) -> None:
    wrong = OWN.replace("minutes: 2", "minutes: two") + OWN.partition("exercises:\n")[2].replace(
        "my-question", "second"
    ).replace("[L001]", "[L001, L999]").replace("audience: class", "audience: self-check")
    path = own(command, wrong)
    assert command("my-paper.yml") == 2
    assert f"{path.resolve()}:" in command.errors
    assert "my-question: minutes: expected a whole number" in command.errors
    assert "second: ledger[2]: the ledger has no statement 'L999'" in command.errors
    assert "[Q" in command.errors
    path.write_text(wrong.replace("minutes: two", "minutes: 2"), encoding="utf-8")
    command("my-paper.yml")
    assert "second: audience: no page shows an exercise of your own" in command.errors


def test_mistakes_in_the_bank_are_told_with_those_of_the_next_stage(command: Command) -> None:
    command.project.edit(BANK, "type: numeric", "type: numerical")
    command.project.edit(BANK, "ledger: [L001]", "ledger: [L999]")
    assert command("every-type") == 2
    assert "'numerical' is not one of" in command.errors
    assert "the ledger has no statement 'L999'" in command.errors


def test_advice_knows_the_words_of_the_course(command: Command) -> None:
    assert command("every-type", "--versions", "A") == 0
    # The small course calls its work an essay, which stands in its stems.
    assert [note for note in command.notes if note.endswith("[Q21]")] == []
