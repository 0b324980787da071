"""Files for other systems: each type comes through, nothing is lost in silence, bytes repeat."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from artefacts import Text
from banks import SMALL
from conftest import Project
from courseware.bank.assignments import assignment_paths, load_assignments
from courseware.bank.model import (
    TYPES,
    Classify,
    Discussion,
    Match,
    MultipleResponse,
    Numeric,
    Open,
    Order,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)
from courseware.bank.parts import texts
from courseware.bank.select import resolve
from courseware.bank.texts import plain
from courseware.export.anki import anki
from courseware.export.course import read_course
from courseware.export.formats import FORMATS
from courseware.export.sets import ExerciseSet, Maker
from leaks import Finder
from lmsread import READERS, Question, folded, readable, seen, unpacked
from publictexts import public_texts
from ruamel.yaml import YAML

if TYPE_CHECKING:
    from courseware.bank.model import Exercise
    from courseware.export.losses import Made

KEPT = Path(__file__).parent / "exports"
#: What a report calls the parts of an exercise that some format lacks.
CALLED = {
    "hints": "hints",
    "rubric": "rubric",
    "solution": "solution",
    "model_answer": "model answer",
    "purpose": "notes",
    "listen_for": "notes",
    "follow_ups": "notes",
    "title": "title",
}


@dataclass(frozen=True)
class Note:
    """A note of a deck: its name for Anki, when it was changed, and its fields."""

    guid: str
    mod: int
    fields: dict[str, str]


def sets_of_chapters(docs: Path) -> dict[str, ExerciseSet]:
    """Return the chapters of the course in *docs*, by name."""
    course = read_course(docs)
    return {each.name: each for each in Maker(course, course.bank()).chapters()}


def sets_of(docs: Path) -> dict[str, ExerciseSet]:
    """Return the chapters and the assignments of the course in *docs*, by name."""
    course = read_course(docs)
    maker = Maker(course, course.bank())
    papers = load_assignments(assignment_paths(course.exercises / "assignments"))
    every = [*maker.chapters(), *(maker.paper(resolve(paper, maker.bank)) for paper in papers)]
    return {each.name: each for each in every}


@pytest.fixture(scope="module")
def small() -> dict[str, ExerciseSet]:
    """Return the sets of the small course, which has every type."""
    return sets_of(SMALL)


@pytest.fixture(scope="module")
def made(small: dict[str, ExerciseSet]) -> dict[str, Made]:
    """Return its chapter in every format."""
    return {name: each.make(small["counting"]) for name, each in FORMATS.items()}


def key_of(exercise: Exercise) -> set[tuple[str, str]]:
    """Return the rows of the key to *exercise*, from the bank itself."""
    said = {True: "right", False: "wrong"}
    match exercise:
        case SingleChoice() | MultipleResponse():
            return {(plain(each.text), said[each.correct]) for each in exercise.options}
        case TrueFalse():
            return {(str(each), said[each is exercise.answer]) for each in (True, False)}
        case Numeric():
            wrong = {(f"{each.value:g}", "wrong") for each in exercise.expected}
            return {(f"{exercise.answer:g}", "right"), *wrong}
        case ShortAnswer():
            wrong = {(plain(each.value), "wrong") for each in exercise.expected}
            return {*((plain(each), "right") for each in exercise.accepted), *wrong}
        case Match():
            pairs = {(plain(each.term), plain(each.match)) for each in exercise.pairs}
            return pairs | {("", plain(each.text)) for each in exercise.distractors}
        case Order():
            return {(plain(each.text), str(at)) for at, each in enumerate(exercise.steps, 1)}
        case Classify():
            return {(plain(each.text), plain(each.category)) for each in exercise.items}
        case Open() | Discussion():
            return set()


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("name", FORMATS)
def test_type_comes_through(
    small: dict[str, ExerciseSet], made: dict[str, Made], name: str, kind: str
) -> None:
    questions = READERS[name](made[name].content)
    entries = [each for each in small["counting"].entries if each.exercise.type == kind]
    assert entries, f"the small course has no exercise of the type '{kind}'"
    told = [loss for loss in made[name].losses if loss.exercise in {e.id for e in entries}]
    for entry in entries:
        if entry.id not in questions:
            assert any(loss.what == "the exercise" for loss in told), f"{entry.id} is lost"
            continue
        _assert_same(questions[entry.id], entry.exercise, entry.points)
        lost = " ".join(loss.what for loss in told if loss.exercise == entry.id)
        for place, text in texts(entry.exercise):
            words = CALLED.get(str(place[0]), "feedback")
            is_there = folded(plain(text)) in questions[entry.id].said or words in lost
            assert is_there, f"{name}: {entry.id}: {place} is lost in silence: {text}"


def _assert_same(found: Question, exercise: Exercise, points: int) -> None:
    assert folded(plain(exercise.stem)) in found.prompt
    if exercise.context:
        assert "12,500" in found.prompt
    if isinstance(exercise, Numeric):
        assert exercise.unit is not None
        assert exercise.unit in found.said
        assert found.reach.get(f"{exercise.answer:g}") == exercise.tolerance
    wanted = key_of(exercise)
    # What is wrong but foreseen has no place in some systems; its feedback is looked for apart.
    foreseen = isinstance(exercise, Numeric | ShortAnswer)
    assert found.key == wanted or (foreseen and found.key == {r for r in wanted if r[1] == "right"})
    if found.points is not None:
        assert found.points == points


@pytest.mark.parametrize("name", FORMATS)
def test_file_is_as_it_was(
    small: dict[str, ExerciseSet], name: str, request: pytest.FixtureRequest
) -> None:
    """A change of bytes is seen in the file that is kept, and made by ``--keep-pictures``."""
    text = "".join(readable(FORMATS[name].make(small["every-type"]).content))
    kept = KEPT / f"every-type-{name}.txt"
    if request.config.getoption("--keep-pictures"):
        kept.write_bytes(text.encode())
    assert kept.read_bytes().decode() == text


def test_files_have_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    written = [run("--out", str(tmp_path / seed), seed=seed)[1] for seed in ("1", "2")]
    assert written[0].splitlines()
    one, other = (files_in(tmp_path / seed) for seed in ("1", "2"))
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
    for exercises in ("counting", "every-type"):
        for each in FORMATS.values():
            assert f"instructor/lms/{exercises}/{exercises}{each.ending}" in one
        lost = one[f"instructor/lms/{exercises}/what-is-lost.md"].decode()
        assert "- hints: left out" in lost
        assert "counting-claim" in lost


def run(*arguments: str, seed: str = "0") -> tuple[int, str, str]:
    """Run the command on the small course; return its exit code and what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "courseware", "export", "--docs", str(SMALL), *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the files in *folder* by their names there."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


# ---- the deck


def deck_of(docs: Path) -> tuple[list[Note], set[str]]:
    """Return the notes of the deck of the course in *docs*, and the names of its parts."""
    course = read_course(docs)
    files = unpacked(anki(Maker(course, course.bank())).content)
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(files["collection.anki2"])
        [(models, decks)] = base.execute("SELECT models, decks FROM col").fetchall()
        names = {id_: [each["name"] for each in model["flds"]]
                 for id_, model in json.loads(models).items()}  # fmt: skip
        rows = base.execute("SELECT guid, mid, mod, flds FROM notes ORDER BY id").fetchall()
        [(cards,)] = base.execute("SELECT count(*) FROM cards WHERE nid IN (SELECT id FROM notes)")
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert cards == len(rows)
    notes = [
        Note(guid, mod, dict(zip(names[str(mid)], fields.split("\x1f"), strict=True)))
        for guid, mid, mod, fields in rows
    ]
    return notes, {each["name"] for each in json.loads(decks).values()} - {"Default"}


def test_deck_has_self_checks_and_terms_and_nothing_for_class(
    small: dict[str, ExerciseSet],
) -> None:
    notes, decks = deck_of(SMALL)
    assert decks == {"Small Course::Counting", "Small Course::Terms"}
    by_name = {note.fields["Name"]: note.fields for note in notes}
    checks = [each for group in small["counting"].groups for each in group.entries
              if group.title == "Self-checks"]  # fmt: skip
    assert len(checks) > 8
    terms = {name for name in by_name if name.startswith("term-")}
    assert by_name.keys() - terms == {each.id for each in checks}
    for entry in checks:
        fields = by_name[entry.id]
        assert folded(plain(entry.exercise.stem)) in seen(fields["Question"])
        back = folded(f"{seen(fields['Answer'])} {seen(fields['Explanation'])}")
        kept = {"title", "stem", "context", "hints", "pairs", "steps", "items", "categories"}
        for place, text in texts(entry.exercise):
            if place[0] not in kept or place[-1] == "feedback":
                assert folded(plain(text)) in back, f"{entry.id}: {place}: {text}"
    rate = by_name["term-rate"]
    assert rate["Definition"] == "A count over a base."
    assert '<span lang="es">Tasa</span>' in rate["Equivalents"]
    course = read_course(SMALL)
    said = [Text("the deck", value) for fields in by_name.values() for value in fields.values()]
    finder = Finder(course.bank(), public_texts(SMALL))
    assert [str(leak) for leak in finder.leaks(said)] == []
    whole = " ".join(each.text for each in said).casefold()
    assert "classonly" not in whole
    assert "teachernote" not in whole


def test_later_deck_updates_the_notes_of_an_earlier_one(tmp_path: Path) -> None:
    project = Project(SMALL, tmp_path)
    before, _ = deck_of(project.folder)
    project.edit("exercises/bank/counting.yml", "Thieves in a year", "Robbers in a year")
    project.edit("course.yml", "work:", 'date: "2030-05-06"\nwork:')
    after, _ = deck_of(project.folder)
    assert [note.guid for note in after] == [note.guid for note in before]
    assert len({note.guid for note in after}) == len(after)
    changed = [new.fields["Name"] for old, new in zip(before, after, strict=True)
               if old.fields != new.fields]  # fmt: skip
    assert changed == ["counting-single"]
    assert all(old.mod < new.mod for old, new in zip(before, after, strict=True))
    assert after[0].mod == datetime(2030, 5, 6, tzinfo=UTC).timestamp()


# ---- hostile texts

HOSTILE = [
    r"\<script>alert(1)\</script> & <3",
    "]]> &amp;lt; &lt; \\\\ \"quoted\" 'single'",
    r"2\*3 \~4 {5} =6 #7 %8 @9 $5 ^ | ; :",
    "9,81 = 9.81, \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \U0001f600",
    "long " + "words and words " * 650 + "end",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> ExerciseSet:
    """Return the small chapter with hostile words in every stem, option, match, step, feedback."""
    project = Project(SMALL, tmp_path_factory.mktemp("hostile"))
    path = project.folder / "exercises" / "bank" / "counting.yml"
    bank = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    for at, exercise in enumerate(bank["exercises"]):
        _spoil(exercise, HOSTILE[at % len(HOSTILE)])
    path.write_text(json.dumps(bank, ensure_ascii=False), encoding="utf-8")
    return sets_of_chapters(project.folder)["counting"]


def _spoil(exercise: dict[str, Any], words: str) -> None:
    exercise["stem"] = f"Q {words}"
    for name in ("feedback", "otherwise", "solution", "when_true", "when_false"):
        if name in exercise:
            exercise[name] = f"{name} {words}"
    for name in ("options", "pairs", "distractors", "steps", "items", "expected"):
        for at, part in enumerate(exercise.get(name, [])):
            for field in ("text", "term", "match", "feedback"):
                if field in part:
                    part[field] = f"{name} {at} {field} {words}"
    if "accepted" in exercise:
        exercise["accepted"] = [r"a\*b", "9,81 {x} ~ = #"]


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_words_are_escaped_once(hostile: ExerciseSet, name: str) -> None:
    made = FORMATS[name].make(hostile)
    questions = READERS[name](made.content)
    assert len(questions) >= len(hostile.entries) - len(
        [loss for loss in made.losses if loss.what == "the exercise"]
    )
    for entry in hostile.entries:
        if entry.id in questions:
            assert folded(plain(entry.exercise.stem)) in questions[entry.id].prompt
            key = {(folded(part), folded(said)) for part, said in questions[entry.id].key}
            wanted = {(folded(part), folded(said)) for part, said in key_of(entry.exercise)}
            assert key in ({*wanted}, {row for row in wanted if row[1] == "right"})
