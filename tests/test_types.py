"""Every type of exercise goes through every output, and a new one is led there by mypy."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from bs4 import BeautifulSoup
from conftest import ROOTS
from courseware.bank.model import TYPES, Practised
from lmsread import moodle
from newtype import EXERCISE, MODEL, PLACES, SCRIPT, add
from sheetsread import folded, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

PACKAGE = Path(__file__).parents[1] / "docs" / "_ext" / "courseware"
CHAPTER, PAPER = "chapters/counting", "types"
DOCUMENTS = """
typst_documents = [
    {"start": "index", "target": "book", "title": "Small"},
    {"start": "chapters/counting", "target": "slides", "layout": "slides"},
]
"""
BUILDERS = ("html", "text", "typst", "sheets")
BUILD = """
import sys
from sphinx.cmd.build import main
*builders, folder = sys.argv[1:]
options = ["-q", "-n", "-W", "--keep-going", "-d", f"{folder}/doctrees"]
done = [main([*options, "-b", name, f"{folder}/docs", f"{folder}/{name}"]) for name in builders]
sys.exit(any(done))
"""
CHECKER = """
[mypy]
follow_imports = skip
ignore_missing_imports = True
[mypy-pydantic.*,pydantic_core.*,annotated_types.*]
follow_imports = silent
"""


@dataclass(frozen=True)
class Sample:
    """An exercise of the small course that stands for its type.

    ``control`` is what one answers with on a page, ``asked`` words of the question, ``right`` how
    an answer in print says what is right, ``key`` how a key does at a glance, before the title.
    """

    exercise: str
    control: str
    asked: str
    right: str
    key: str


#: A sample of each type: what has none here has not been seen in any output.
SAMPLES = {
    "single-choice": Sample(
        *("counting-single", "input[type=radio]", "Thefts in a month"),
        *("a) Thefts in a year", "a What is counted"),
    ),
    "multiple-response": Sample(
        *("counting-multiple", "input[type=checkbox]", "A famous author"),
        *("a) A period of time; b) A place that is named", "a, b What a count needs"),
    ),
    "true-false": Sample(
        *("counting-claim", "input[type=radio]", "The close check finds the same number"),
        *("False", "False A hundred or ninety"),
    ),
    "numeric": Sample(
        *("counting-number", "input[inputmode=decimal]", "100,000 people"),
        *("800 per 100,000", "800 per 100,000 (accept 799.5 to 800.5) The rate"),
    ),
    "match": Sample(
        *("counting-match", "select", "a note that names a source"),
        *("Rate: C) how many", "A C B Terms"),
    ),
    "order": Sample(
        *("counting-order", "select", "A clerk counts the reports"),
        *("In this order: 1. A theft", "2 3 1 4 From theft to table"),
    ),
    "classify": Sample(
        *("counting-classify", "select", "Theft is growing worse"),
        *("growing worse: judgement", "1 2 3 Kinds"),
    ),
    "short-answer": Sample(
        *("counting-word", "input[type=text]", "below the line"),
        *("denominator", "denominator + Below the line"),
    ),
    "open": Sample(
        *("counting-open", "textarea", "trust"),
        *("as far as its source goes", "rubric below In your words"),
    ),
    "discussion": Sample(
        "counting-talk-what", "", "What does the number count?", "", "talk What it counts"
    ),
}
#: That of the type that is added below.
YEAR = Sample(
    *("counting-year", "input[inputmode=decimal]", "In which year did somebody count"),
    *("2009", "2009 The year of the count"),
)


class Outputs:
    """The small course with a paper of *samples*, built by the package in the folder *packages*."""

    def __init__(self, folder: Path, samples: Iterable[Sample], packages: Path, more: str) -> None:
        self.folder = folder
        docs = folder / "docs"
        shutil.copytree(ROOTS / "test-course", docs)
        with (docs / "conf.py").open("a", encoding="utf-8") as file:
            file.write(DOCUMENTS)
        with (docs / "exercises" / "bank" / "counting.yml").open("a", encoding="utf-8") as file:
            file.write(more)
        items = "".join(f"  - exercise: {sample.exercise}\n" for sample in samples)
        paper = f"title: Types\ninstructions: Answer all.\nitems:\n{items}"
        assignments = docs / "exercises" / "assignments"
        (assignments / f"{PAPER}.yml").write_text(paper, encoding="utf-8")
        export = ["export", PAPER, "--docs", str(docs), "--out", str(folder)]
        for command in (
            ["-c", BUILD, *BUILDERS, str(folder)],
            ["-m", "courseware", *export, "--format", "moodle"],
        ):
            done = subprocess.run(
                [sys.executable, *command],
                env={**os.environ, "PYTHONPATH": str(packages)},
                capture_output=True,
                text=True,
                check=False,
            )
            assert (done.returncode, done.stderr) == (0, "")
        html = (folder / "html" / f"{CHAPTER}.html").read_text(encoding="utf-8")
        self.page = BeautifulSoup(html, "html.parser")
        self.plain = folded((folder / "text" / f"{CHAPTER}.txt").read_text(encoding="utf-8"))
        self.book = text_of(folder / "typst" / "book.pdf")
        self.slides = text_of(folder / "typst" / "slides.pdf")
        self.paper = text_of(folder / "sheets" / "pdf" / f"worksheet-{PAPER}.pdf")
        self.key = text_of(folder / "sheets" / "instructor" / f"key-{PAPER}.pdf")
        exported = folder / "instructor" / "lms" / "assignments" / PAPER / f"{PAPER}-moodle.xml"
        self.exported = moodle(exported.read_bytes())

    def assert_has(self, sample: Sample) -> None:
        """Assert that *sample* is asked and answered in every output."""
        [root] = self.page.select(f"#exercise-{sample.exercise}")
        if sample.control:
            assert root.select(f"fieldset {sample.control}"), "no input on the page"
            [answer] = root.select("details.exercise-answer")
            assert len(answer.get_text()) > 40, "no answer on the page"
        for name in ("plain", "book"):
            text = getattr(self, name).replace("*", "")
            question, _, answers = text.rpartition("Answers to the exercises")
            assert sample.asked in question, f"not asked in {name}"
            assert sample.right in answers, f"not answered in {name}"
        before, _, after = self.slides.partition(sample.asked)
        assert before, "not asked on slides"
        assert after, "not asked on slides"
        assert " ".join(sample.right.split()[-1:]) in after, "not answered on slides"
        assert sample.asked in self.paper, "not asked on paper"
        exported = self.exported[sample.exercise]
        assert sample.asked in exported.said, "not asked in the file for Moodle"
        by_hand = {"essay", "description"}
        assert exported.key or exported.kind in by_hand, "not answered in the file for Moodle"
        glance, _, reasons = self.key.partition("Partly right")
        assert sample.key in glance, "not answered in the key at a glance"
        assert sample.asked in reasons or sample.right in reasons, "not explained in the key"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    """Return the small course in every output, by the package as it is."""
    folder = tmp_path_factory.mktemp("types")
    return Outputs(folder, SAMPLES.values(), PACKAGE.parent, "")


@pytest.mark.parametrize("name", TYPES)
def test_type_goes_through_every_output(outputs: Outputs, name: str) -> None:
    assert name in SAMPLES, f"no sample of '{name}': add one to SAMPLES, and to the small course"
    outputs.assert_has(SAMPLES[name])


def script_types(package: Path) -> list[str]:
    """Return the types that the script of *package* marks."""
    script = (package / "pages" / "static" / "exercises.js").read_text(encoding="utf-8")
    found = re.search(r"\n  var TYPES = \{\n(.*?)\n  \};", script, re.DOTALL)
    assert found is not None
    return re.findall(r'^    "([a-z-]+)": \{', found[1], re.MULTILINE)


def test_script_marks_the_types_of_the_model() -> None:
    practised = {name for name, each in TYPES.items() if each in get_args(Practised)}
    assert set(script_types(PACKAGE)) == practised


# ---- a type is added ----


def checked(packages: Path) -> set[str]:
    """Return the files in which mypy finds a type that is not dealt with; there is nothing else."""
    (packages / "mypy.ini").write_text(CHECKER, encoding="utf-8")
    done = subprocess.run(
        [*(sys.executable, "-m", "mypy", "--config-file", "mypy.ini"), "-p", "courseware"],
        cwd=packages,
        env={**os.environ, "PYTHONPATH": "", "MYPY_CACHE_DIR": str(packages / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    errors = [line for line in done.stdout.splitlines() if ": error: " in line]
    assert done.returncode == bool(errors), done.stdout + done.stderr
    others = [line for line in errors if '"assert_never"' not in line or "Year" not in line]
    assert [line for line in others if 'Literal["year"]' not in line.replace("'", '"')] == []
    return {line.partition(":")[0].removeprefix("courseware/") for line in errors}


def test_mypy_leads_whoever_adds_a_type_to_the_end(tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    package = packages / "courseware"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    assert checked(packages) == set()

    add(package, MODEL)
    places = {
        *("bank/parts.py", "bank/traits.py", "bank/rules/check.py", "bank/rules/leaks.py"),
        *("pages/exercises/build.py", "pages/exercises/html.py", "pages/exercises/words.py"),
        *(
            "pages/exercises/printed.py",
            "pages/exercises/workbook.py",
            "pages/exercises/chapters.py",
            "pages/exercises/pen.py",
        ),
        "typst/layouts/slide_exercises.py",
        "export/items.py",
        *("sheets/questions.py", "sheets/answers.py", "sheets/marking.py"),
    }
    assert checked(packages) == places
    assert {each.file for each in PLACES} == places

    add(package, [*PLACES, SCRIPT])
    assert checked(packages) == set()
    assert "year" in script_types(package)
    Outputs(tmp_path / "course", [YEAR, *SAMPLES.values()], packages, EXERCISE).assert_has(YEAR)
