"""Assignments: read, resolved against the bank, and put in order for several versions."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from functools import cache
from itertools import chain, pairwise, permutations
from typing import TYPE_CHECKING, Any

import pytest
from courseware.bank.assignments import (
    Assignment,
    AssignmentText,
    DrawnItem,
    NamedItem,
    Pick,
    assignment_paths,
    load_assignment,
    load_assignments,
)
from courseware.bank.command import main
from courseware.bank.load import Bank, BankFile, load_bank
from courseware.bank.model import Audience, Choice, Discussion, Match, SingleChoice, TrueFalse
from courseware.bank.order import match_order, option_order
from courseware.bank.rules import sets
from courseware.bank.rules.base import Quiz, RuleContext
from courseware.bank.schema import assignment_schema
from courseware.bank.select import (
    ArgumentSource,
    Paper,
    Question,
    assignment_by_choice,
    resolve,
    resolve_all,
)
from courseware.bank.versions import letters_of, orders, versions_of
from courseware.data.ledger import load_ledger
from courseware.data.outcomes import load_outcomes
from courseware.data.problems import DataError
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from test_bank import (
    COUNTING,
    DATA,
    EXERCISES,
    SMALL,
    fields,
    problems,
    raw,
    rows,
    sections,
    told,
)
from test_bank_broken import (
    ODD_VALUES,
    SAME,
    Ways,
    are_told_well,
    edits,
    put,
    valued,
    write_broken,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from courseware.bank.model import Exercise

FOLDER = EXERCISES / "assignments"
SHIPPED = assignment_paths(FOLDER)
MODELINE = "# yaml-language-server: $schema=../assignments.schema.json\n"

GOOD = """\
title: A short paper
instructions: |
  You have *ten* minutes.

  - Use a pen.
course: Counting, spring
minutes: 25
versions: 3
as_written: true
seed: spring
items:
  - exercise: counting-single
    points: 3
    pinned: true
  - exercise: counting-multiple
  - exercise: counting-claim
    chained: true
  - choose:
      chapter: counting
      type: [numeric, match, order]
      level: [apply, remember]
      audience: self-check
      difficulty: [easy, medium]
      count: 2
      seed: 7
  - choose:
      outcome: counting-judge
      tags: [counts, rates]
      without: [counting-single]
      count: 1
    pinned: true
  - exercise: counting-class-single
"""


@cache
def small_bank() -> Bank:
    """Return the bank of the small course, in which one more exercise has a tag."""
    [file] = load_bank(COUNTING.parent).files
    more = [
        each.model_copy(update={"tags": ("rates",)}) if each.id == "counting-class-open" else each
        for each in file.exercises
    ]
    return Bank([BankFile(file.source, file.chapter, file.language, more)])


@cache
def real_bank() -> Bank:
    """Return the course's bank."""
    return load_bank(EXERCISES / "bank")


def written(tmp_path: Path, text: str, name: str = "paper.yml") -> Path:
    """Return an assignment's file that holds *text*."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def changed(tmp_path: Path, *edits: tuple[str, str], name: str = "paper.yml") -> Path:
    """Return a copy of the good assignment in which each first text has become the second."""
    text = GOOD
    for old, new in edits:
        assert old in text, f"{old!r} is not in the good assignment"
        text = text.replace(old, new, 1)
    return written(tmp_path, text, name)


def small_paper(path: Path) -> Paper:
    """Return the questions of the assignment *path* in the small course."""
    return resolve(load_assignment(path), small_bank())


def ids(questions: Iterable[Question]) -> list[str]:
    """Return the ids of *questions*."""
    return [question.exercise.id for question in questions]


# ---- reading ---------------------------------------------------------------------------------


def test_good_assignment_is_read(tmp_path: Path) -> None:
    assignment = load_assignment(changed(tmp_path))
    assert (assignment.name, assignment.seed) == ("paper", "spring")
    text = assignment.text
    assert (text.title, text.course) == ("A short paper", "Counting, spring")
    assert text.instructions == "You have *ten* minutes.\n\n- Use a pen."
    assert (text.minutes, text.versions, text.as_written) == (25, 3, True)
    named, drawn = text.items[0], text.items[3]
    assert isinstance(named, NamedItem)
    assert not named.rubric
    assert assignment.text.names == 1
    assert (named.exercise, named.points, named.pinned, named.chained) == (
        "counting-single",
        3,
        True,
        False,
    )
    assert isinstance(drawn, DrawnItem)
    assert (drawn.choose.type, drawn.choose.seed) == (("numeric", "match", "order"), "7")


def test_assignment_with_the_least(tmp_path: Path) -> None:
    path = written(tmp_path, "title: t\ninstructions: i\nitems:\n- exercise: counting-claim\n")
    assignment = load_assignment(path)
    assert (assignment.seed, assignment.text.versions) == ("paper", 1)
    assert (assignment.text.course, assignment.text.minutes) == (None, None)
    paper = resolve(assignment, small_bank())
    assert ids(paper.questions) == ["counting-claim"]
    assert (paper.points, paper.minutes) == (1, 1)


@pytest.mark.parametrize(("seed", "expected"), [("7", "7"), ("'07'", "07"), ("1.5", "1.5")])
def test_seed_may_be_a_number(tmp_path: Path, seed: str, expected: str) -> None:
    assert load_assignment(changed(tmp_path, ("seed: spring", f"seed: {seed}"))).seed == expected


NO_TYPE = (
    "is no type of exercise; expected single-choice, multiple-response, true-false, numeric, "
    "match, order, classify, short-answer, open, discussion"
)
LEVELS = "expected 'remember', 'understand', 'apply', 'analyse', 'evaluate' or 'create'"

# What is changed, where the message must point (to the line of a text), and what it says.
MISTAKES = [
    pytest.param(
        ("title: A short paper\n", ""),
        "instructions",
        "title: this field is required, but is missing",
        id="no title",
    ),
    pytest.param(
        ("instructions: |\n  You have *ten* minutes.\n\n  - Use a pen.\n", ""),
        "title",
        "instructions: this field is required, but is missing",
        id="no instructions",
    ),
    pytest.param(
        ("course: Counting, spring", 'course: "Counting\\n\\nspring"'),
        "course:",
        "course: expected one paragraph, found a blank line; put what comes before in 'context'",
        id="course of two lines",
    ),
    pytest.param(
        ("  - Use a pen.", "  - Use a <b>pen</b>."),
        "instructions",
        "instructions: '<b>' is HTML; write CommonMark, since print has no HTML",
        id="HTML in the instructions",
    ),
    pytest.param(
        ("versions: 3", "versions: 7"),
        "versions: 7",
        "versions: input should be less than or equal to 6, not 7",
        id="seven versions",
    ),
    pytest.param(
        ("versions: 3", "versions: 0"),
        "versions: 0",
        "versions: input should be greater than or equal to 1, not 0",
        id="no version",
    ),
    pytest.param(
        ("versions: 3", "versoins: 3"),
        "versoins: 3",
        "versoins: unknown field; did you mean 'versions'?; remove or rename it",
        id="field that is misspelt",
    ),
    pytest.param(
        ("seed: spring", "seed: true"),
        "seed: true",
        "seed: expected text (in quotes, if it looks like something else), found true",
        id="seed that is neither text nor number",
    ),
    pytest.param(
        ("seed: spring", 'seed: "a\\nb"'),
        'seed: "a',
        "seed: expected a short text in one line, such as autumn-2027",
        id="seed of two lines",
    ),
    pytest.param(
        ("seed: spring", f"seed: {'s' * 41}"),
        "seed: sss",
        "seed: expected at most 40 characters, found 41",
        id="seed that is too long",
    ),
    pytest.param(
        ("minutes: 25", "minutes: 0"),
        "minutes: 0",
        "minutes: input should be greater than or equal to 1, not 0",
        id="no minutes",
    ),
    pytest.param(
        ("exercise: counting-multiple", "exercize: counting-multiple"),
        "exercize",
        "items[2].exercize: unknown field; did you mean 'exercise'?; remove or rename it",
        id="exercise that is misspelt",
    ),
    pytest.param(
        ("  - choose:\n      chapter", "  - chose:\n      chapter"),
        "chose:",
        "items[4].chose: unknown field; did you mean 'choose'?; remove or rename it",
        id="choose that is misspelt",
    ),
    pytest.param(
        ("  - exercise: counting-multiple", "  - counting-multiple"),
        "- counting-multiple",
        "items[2]: expected either 'exercise: <id>' or 'choose:' with its conditions, not "
        "'counting-multiple'",
        id="item without its field",
    ),
    pytest.param(
        ("  - choose:\n      chapter", "  - exercise: counting-word\n    choose:\n      chapter"),
        "- exercise: counting-word",
        "items[4]: expected either 'exercise: <id>' or 'choose:' with its conditions",
        id="exercise and choice in one item",
    ),
    pytest.param(
        ("exercise: counting-multiple", "exercise: Counting_Multiple"),
        "Counting_Multiple",
        "items[2].exercise: 'Counting_Multiple' "
        "is no name; expected lowercase letters, figures and hyphens",
        id="id with capitals",
    ),
    pytest.param(
        ("points: 3", "points: 1.5"),
        "points: 1.5",
        "items[1].points: expected a whole number, found 1.5",
        id="half a point",
    ),
    pytest.param(
        ("pinned: true", "pinned: perhaps"),
        "pinned: perhaps",
        "items[1].pinned: expected true or false, found 'perhaps'",
        id="pinned perhaps",
    ),
    pytest.param(
        ("      count: 2\n", ""),
        "- choose:",
        "items[4].choose: expected 'count', how many to choose, or 'minutes', how long they may "
        "take",
        id="choice without a count",
    ),
    pytest.param(
        ("count: 2", "count: 0"),
        "count: 0",
        "items[4].choose.count: input should be greater than or equal to 1, not 0",
        id="choice of none",
    ),
    pytest.param(
        ("count: 2", "cuont: 2"),
        "cuont: 2",
        "items[4].choose.cuont: unknown field; did you mean 'count'?; remove or rename it",
        id="condition that is misspelt",
    ),
    pytest.param(
        ("type: [numeric, match, order]", "type: [numeric, macth]"),
        "type: [",
        f"items[4].choose.type[2]: 'macth' {NO_TYPE}; did you mean 'match'?",
        id="type that is misspelt",
    ),
    pytest.param(
        ("type: [numeric, match, order]", "type: macth"),
        "type: macth",
        f"items[4].choose.type: 'macth' {NO_TYPE}; did you mean 'match'?",
        id="type that is misspelt and alone",
    ),
    pytest.param(
        ("level: [apply, remember]", "level: []"),
        "level: []",
        "items[4].choose.level: expected at least one value, found an empty list",
        id="no level",
    ),
    pytest.param(
        ("audience: self-check", "audience: teachers"),
        "audience: teachers",
        "items[4].choose.audience: expected 'self-check' or 'class', not 'teachers'",
        id="audience that is unknown",
    ),
    pytest.param(
        ("difficulty: [easy, medium]", "difficulty: [easy, middling]"),
        "difficulty: [",
        "items[4].choose.difficulty[2]: expected 'easy', 'medium' or 'hard', not 'middling'",
        id="difficulty that is unknown",
    ),
    pytest.param(
        ("exercise: counting-multiple", "exercise: counting-single"),
        "counting-single … counting-single",
        "items[2].exercise: 'counting-single' already stands on line 12; name it once",
        id="exercise named twice",
    ),
    pytest.param(
        ("    points: 3\n    pinned: true\n", "    chained: true\n"),
        "chained: true",
        "items[1].chained: the first item has none above it to stay with; move 'chained' down",
        id="chain without a beginning",
    ),
    pytest.param(
        ("counting-class-single\n", "counting-class-single\n    chained: true\n"),
        "counting-class-single … chained: true",
        "items[6].chained: the item above is a choice; name the exercise to stay with by its id",
        id="chain to a choice",
    ),
    pytest.param(
        ("    chained: true\n", "    chained: true\n    pinned: true\n"),
        "chained: true\n    pinned: true",
        "items[3].pinned: a chained item moves or stays with the item above it; put 'pinned' on "
        "the first of the chain",
        id="pinned in the middle of a chain",
    ),
]


@pytest.mark.parametrize(("edit", "where", "message"), MISTAKES)
def test_mistake(tmp_path: Path, edit: tuple[str, str], where: str, message: str) -> None:
    path = changed(tmp_path, edit)
    assert told(path, where, message) in problems(lambda: load_assignment(path))


@pytest.mark.parametrize("items", ["[]", "~", "\n", "counting-single"])
def test_assignment_without_items(tmp_path: Path, items: str) -> None:
    path = written(tmp_path, f"title: t\ninstructions: i\nitems: {items}\n")
    [message] = problems(lambda: load_assignment(path))
    assert message.startswith("paper.yml:3: items: ")


@pytest.mark.parametrize("name", ["Quiz.yml", "quiz one.yml", "quiz_1.yml", "quiz.es.yml", "é.yml"])
def test_name_that_names_no_sheet(tmp_path: Path, name: str) -> None:
    [message] = problems(lambda: load_assignment(changed(tmp_path, name=name)))
    assert message == (
        f"{name}:1: the file's name '{name[:-4]}' is part of the names of its sheets; expected "
        "lowercase letters, figures and hyphens, such as quiz-one.yml"
    )


def test_file_that_is_missing(tmp_path: Path) -> None:
    assert problems(lambda: load_assignment(tmp_path / "a.yml")) == [
        "a.yml:1: file not found; the course needs it"
    ]


def test_every_mistake_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    changed(tmp_path, ("versions: 3", "versions: x"), ("count: 2", "count: x"))
    changed(tmp_path, ("points: 3", "points: x"), name="first.yml")
    (tmp_path / "second.yml").write_text("items: [", encoding="utf-8")
    changed(tmp_path, name="third.yml")
    paths = assignment_paths(tmp_path)
    assert [path.name for path in paths] == ["first.yml", "paper.yml", "second.yml", "third.yml"]
    found = problems(lambda: load_assignments(paths))
    assert [message.split(" ")[0] for message in found] == [
        "first.yml:13:",
        "paper.yml:8:",
        "paper.yml:24:",
        "second.yml:1:",
    ]
    assert [each.name for each in load_assignments(paths[3:])] == ["third"]


def test_names_and_rubric_are_read(tmp_path: Path) -> None:
    path = changed(
        tmp_path,
        ("versions: 3", "versions: 3\nnames: 3"),
        ("exercise: counting-multiple", "exercise: counting-open\n    rubric: true"),
    )
    assert load_assignment(path).text.names == 3
    rubrics = [question.rubric for question in small_paper(path).questions]
    assert rubrics == [False, True, *[False] * (len(rubrics) - 2)]
    assert problems(lambda: load_assignment(changed(tmp_path, ("versions: 3", "names: 7"))))


# ---- finding the exercises ---------------------------------------------------------------------


def test_questions_of_the_good_assignment(tmp_path: Path) -> None:
    paper = small_paper(changed(tmp_path))
    assert ids(paper.questions) == [
        *("counting-single", "counting-multiple", "counting-claim"),
        *("counting-number", "counting-match"),
        *("counting-class-open", "counting-class-single"),
    ]
    assert [question.points for question in paper.questions] == [3, 2, 1, 2, 1, 1, 1]
    assert [question.pinned for question in paper.questions] == [True, *[False] * 4, True, False]
    assert [question.chained for question in paper.questions] == [False, False, True, *[False] * 4]
    assert paper.points == 11
    assert paper.minutes == 2 + 2 + 1 + 3 + 2 + 10 + 2


UNKNOWN = [
    pytest.param(
        ("exercise: counting-multiple", "exercise: counting-multpile"),
        "counting-multpile",
        "items[2].exercise: the bank has no exercise 'counting-multpile'; did you mean "
        "'counting-multiple'?",
        id="exercise",
    ),
    pytest.param(
        ("exercise: counting-multiple", "exercise: xyz"),
        "exercise: xyz",
        "items[2].exercise: the bank has no exercise 'xyz'",
        id="exercise that is like no other",
    ),
    pytest.param(
        ("chapter: counting", "chapter: countin"),
        "chapter: countin",
        "items[4].choose.chapter: the bank has no chapter 'countin'; did you mean 'counting'?",
        id="chapter",
    ),
    pytest.param(
        ("chapter: counting", "chapter: [counting, other]"),
        "chapter: [",
        "items[4].choose.chapter[2]: the bank has no chapter 'other'",
        id="chapter in a list",
    ),
    pytest.param(
        ("outcome: counting-judge", "outcome: counting-juge"),
        "outcome: counting-juge",
        "items[5].choose.outcome: the bank has no outcome 'counting-juge'; did you mean "
        "'counting-judge'?",
        id="outcome",
    ),
    pytest.param(
        ("tags: [counts, rates]", "tags: [count, rates]"),
        "tags: [",
        "items[5].choose.tags[1]: the bank has no tag 'count'; did you mean 'counts'?",
        id="tag",
    ),
    pytest.param(
        ("without: [counting-single]", "without: counting-singel"),
        "without:",
        "items[5].choose.without: the bank has no exercise 'counting-singel'; did you mean "
        "'counting-single'?",
        id="exercise that is not to be chosen",
    ),
    pytest.param(
        ("exercise: counting-multiple", "exercise: counting-multiple\n    rubric: true"),
        "rubric: true",
        "items[2].rubric: only an open question has a rubric; leave 'rubric' out, or name an open "
        "question",
        id="rubric of a question that has none",
    ),
    pytest.param(
        ("      count: 2", "      count: 6"),
        "count: 6",
        "items[4].choose.count: asked for 6, the bank has 2 that fit; ask for fewer, or lift a "
        "condition",
        id="more than fit",
    ),
    pytest.param(
        ("exercise: counting-multiple", "exercise: counting-match"),
        "count: 2",
        "items[4].choose.count: asked for 2, the bank has 1 that fit, not counting 1 that the "
        "assignment has already; ask for fewer, or lift a condition",
        id="fit but are named",
    ),
    pytest.param(
        ("exercise: counting-class-single\n", "exercise: counting-class-open\n"),
        "count: 1",
        "items[5].choose.count: asked for 1, the bank has 0 that fit, not counting 1 that the "
        "assignment has already; ask for fewer, or lift a condition",
        id="fits but is named further down",
    ),
    pytest.param(
        ("minutes: 25", "minutes: 17"),
        "minutes: 17",
        "minutes: the questions take 22 minutes, but 17 are allowed; leave some out, or allow more",
        id="longer than allowed",
    ),
]


@pytest.mark.parametrize(("edit", "where", "message"), UNKNOWN)
def test_what_the_bank_does_not_have(
    tmp_path: Path, edit: tuple[str, str], where: str, message: str
) -> None:
    path = changed(tmp_path, edit)
    assert problems(lambda: small_paper(path)) == [told(path, where, message)]


def test_all_that_the_bank_does_not_have_is_told_at_once(tmp_path: Path) -> None:
    first = load_assignment(
        changed(
            tmp_path,
            ("exercise: counting-multiple", "exercise: none-such"),
            ("chapter: counting", "chapter: none-such"),
            ("      count: 1", "      count: 9"),
        )
    )
    good = load_assignment(changed(tmp_path, name="good.yml"))
    late = load_assignment(changed(tmp_path, ("minutes: 25", "minutes: 1"), name="z.yml"))
    found = problems(lambda: resolve_all([first, good, late], small_bank()))
    assert [message.split(": ")[0] for message in found] == [
        "paper.yml:15",
        "paper.yml:19",
        "paper.yml:30",
        "z.yml:7",
    ]
    assert [paper.assignment.name for paper in resolve_all([good], small_bank())] == ["good"]


def test_choice_never_takes_what_is_chosen_already(tmp_path: Path) -> None:
    one = "  - choose: {type: [numeric, match, order], count: 1}\n"
    path = written(tmp_path, f"title: t\ninstructions: i\nitems:\n{one * 3}")
    assert sorted(ids(small_paper(path).questions)) == [
        "counting-match",
        "counting-number",
        "counting-order",
    ]
    path = written(tmp_path, f"title: t\ninstructions: i\nitems:\n{one * 4}")
    [message] = problems(lambda: small_paper(path))
    assert message == (
        "paper.yml:7: items[4].choose.count: asked for 1, the bank has 0 that fit, not counting 3 "
        "that the assignment has already; ask for fewer, or lift a condition"
    )


def test_talk_is_chosen_only_where_it_is_asked_for(tmp_path: Path) -> None:
    def chosen(conditions: str) -> set[str]:
        text = f"title: t\ninstructions: i\nitems:\n- choose: {{{conditions}}}\n"
        return {q.exercise.type for q in small_paper(written(tmp_path, text)).questions}

    assert "discussion" not in chosen("count: 11, chapter: counting")
    assert chosen("count: 4, type: discussion") == {"discussion"}


def exercises(*names: str) -> list[Exercise]:
    """Return claims to be judged with these ids."""
    [claim] = [each for each in small_bank().by_id.values() if isinstance(each, TrueFalse)]
    return [claim.model_copy(update={"id": name}) for name in names]


def bank_of(**chapters: Sequence[str]) -> Bank:
    """Return a bank with exercises of these ids in each of the chapters."""
    source = small_bank().files[0].source
    files = [
        BankFile(source, chapter, "en", exercises(*names)) for chapter, names in chapters.items()
    ]
    return Bank(files)


EVERYBODY = ["self-check", "class"]


def choice(count: int, bank: Bank, seed: str = "spring", **conditions: Any) -> list[str]:  # noqa: ANN401 - whatever a choice takes
    """Return the ids that a choice by *conditions* takes from *bank*."""
    asked = {"count": count, "audience": EVERYBODY, **conditions}
    assignment = assignment_by_choice(asked, seed=seed)
    return ids(resolve(assignment, bank).questions)


# Never to change: old papers are printed again by their seeds.
CHOSEN_BY_SPRING = ["item-5", "item-8", "item-18", "item-19"]
CHOSEN_BY_AUTUMN = ["item-2", "item-11", "item-16", "item-18"]


def test_choice_is_the_same_on_every_machine() -> None:
    bank = bank_of(a=[f"item-{number}" for number in range(20)])
    assert choice(4, bank) == CHOSEN_BY_SPRING
    assert choice(4, bank, seed="autumn") == CHOSEN_BY_AUTUMN
    assert len({tuple(choice(4, bank, seed=str(seed))) for seed in range(50)}) > 40


def test_choice_has_a_seed_of_its_own(tmp_path: Path) -> None:
    def chosen(seed: str, own: str) -> list[str]:
        text = f"title: t\ninstructions: i\nseed: {seed}\nitems:\n- choose: {{count: 4{own}}}\n"
        bank = bank_of(a=[f"item-{number}" for number in range(20)])
        return ids(resolve(load_assignment(written(tmp_path, text)), bank).questions)

    assert chosen("autumn", "") == CHOSEN_BY_AUTUMN
    assert chosen("autumn", ", seed: spring") == CHOSEN_BY_SPRING


def test_file_without_a_seed_is_chosen_for_by_its_name(tmp_path: Path) -> None:
    text = "title: t\ninstructions: i\nitems:\n- choose: {count: 4}\n"
    bank = bank_of(a=[f"item-{number}" for number in range(20)])
    path = written(tmp_path, text, "spring.yml")
    assert ids(resolve(load_assignment(path), bank).questions) == CHOSEN_BY_SPRING


def test_what_is_chosen_stands_in_order_of_its_chapters() -> None:
    bank = bank_of(a=["one", "two"], b=["three", "four"])
    assert choice(4, bank) == ["one", "two", "three", "four"]
    assert choice(4, bank, chapter=["b", "a"]) == ["three", "four", "one", "two"]


names = st.lists(st.from_regex(r"[a-z]{1,4}", fullmatch=True), min_size=2, max_size=20, unique=True)


@settings(SAME, max_examples=100)
@given(names=names, data=st.data(), seed=st.text("abc123", min_size=1, max_size=5))
def test_exercise_that_is_added_takes_one_place_at_most(
    names: list[str], data: st.DataObject, seed: str
) -> None:
    count = data.draw(st.integers(1, len(names) - 1))
    before = choice(count, bank_of(a=names[:-1]), seed)
    after = choice(count, bank_of(a=names), seed)
    assert len(set(before) & set(after)) >= count - 1
    assert set(after) <= {*before, names[-1]}
    assert [name for name in names if name in after] == after


CONDITIONS = st.fixed_dictionaries(
    {"count": st.integers(1, 3)},
    optional={
        "chapter": st.just("counting"),
        "type": st.lists(st.sampled_from(["single-choice", "open", "match"]), min_size=1),
        "level": st.lists(st.sampled_from(["remember", "apply", "evaluate"]), min_size=1),
        "audience": st.sampled_from(["self-check", "class"]),
        "difficulty": st.lists(st.sampled_from(["easy", "hard"]), min_size=1),
        "outcome": st.sampled_from(["counting-explain", "counting-judge"]),
        "tags": st.just(["counts", "rates"]),
        "without": st.lists(st.sampled_from(["counting-single", "counting-open"]), min_size=1),
    },
)


@settings(SAME, max_examples=200)
@given(conditions=CONDITIONS, seed=st.integers(0, 99))
def test_choice_meets_every_condition(conditions: dict[str, Any], seed: int) -> None:
    def wanted(name: str) -> list[str]:
        value = conditions.get(name, [])
        return [value] if isinstance(value, str) else value

    def fits(each: Exercise) -> bool:
        return (
            (not wanted("type") or each.type in wanted("type"))
            and (not wanted("level") or each.level.value in wanted("level"))
            # Without a word, exercises for class: students have the answers to the others.
            and each.audience.value in (wanted("audience") or ["class"])
            and (not wanted("difficulty") or each.difficulty.value in wanted("difficulty"))
            and (not wanted("outcome") or each.outcome in wanted("outcome"))
            and (not wanted("tags") or bool(set(each.tags) & set(wanted("tags"))))
            and each.id not in wanted("without")
            and not isinstance(each, Discussion)
        )

    fitting = {each.id for each in small_bank().by_id.values() if fits(each)}
    assignment = assignment_by_choice(conditions, seed=seed)
    if len(fitting) < conditions["count"]:
        with pytest.raises(DataError, match=f"the bank has {len(fitting)} that fit;"):
            resolve(assignment, small_bank())
    else:
        found = ids(resolve(assignment, small_bank()).questions)
        assert len(set(found)) == conditions["count"]
        assert set(found) <= fitting


# ---- without a file ----------------------------------------------------------------------------


def test_assignment_by_choice() -> None:
    conditions = {"chapter": "counting", "type": ["single-choice"], "count": 2, "level": None}
    conditions["audience"] = EVERYBODY
    assignment = assignment_by_choice(conditions, title="Six for Monday", seed=7)
    assert assignment.name == "counting-single-choice-2-self-check-class-seed-7"
    assert (assignment.seed, assignment.text.versions) == ("7", 1)
    assert assignment.text.title == "Six for Monday"
    paper = resolve(assignment, small_bank())
    assert ids(paper.questions) == ["counting-single", "counting-class-single"]


@settings(SAME, max_examples=60)
@given(seed=st.integers(0, 99), most=st.integers(1, 40), count=st.none() | st.integers(1, 6))
def test_choice_takes_no_longer_than_it_may(seed: int, most: int, count: int | None) -> None:
    bank = small_bank()
    conditions = {"minutes": most, "count": count, "audience": EVERYBODY}
    assignment = assignment_by_choice(conditions, seed=seed)
    free = [each for each in bank.by_id.values() if not isinstance(each, Discussion)]
    shortest = sum(sorted(each.minutes for each in free)[: count or 1])
    if shortest > most:
        with pytest.raises(DataError, match=r"--minutes: the .*shortest take"):
            resolve(assignment, bank)
        return
    paper = resolve(assignment, bank)
    assert paper.minutes <= most
    assert count is None or len(paper.questions) == count
    if count is None:
        left = [each.minutes for each in free if each.id not in ids(paper.questions)]
        assert not left or paper.minutes + min(left) > most


def test_choice_of_discussion_questions_is_everybodys() -> None:
    paper = resolve(assignment_by_choice({"type": "discussion", "count": 2}), small_bank())
    assert {each.exercise.type for each in paper.questions} == {"discussion"}


def test_assignment_by_choice_has_a_name_that_names_sheets() -> None:
    short = assignment_by_choice({"count": 2}, seed="Otoño 2027")
    assert re.fullmatch(r"2-seed-otono-2027-[0-9a-f]{8}", short.name)
    others = [assignment_by_choice({"count": 2}, seed=seed).name for seed in ("año", "aéo", "ano")]
    assert len(set(others)) == 3
    names = {
        assignment_by_choice({"chapter": [f"a-long-chapter-{n}"] * 4, "count": 2}).name
        for n in range(9)
    }
    assert len(names) == 9
    assert all(re.fullmatch(r"choice-[0-9a-f]{8}", name) for name in names)


def test_arguments_that_are_wrong_are_told_at_once() -> None:
    conditions = {"chapter": "counting", "type": "singel-choice", "count": 0, "level": ["know"]}
    with pytest.raises(DataError) as error:
        assignment_by_choice(conditions, seed="a\nb")
    assert sorted(problem.message for problem in error.value.problems) == [
        "--count: input should be greater than or equal to 1, not 0",
        f"--level: {LEVELS}, not 'know'",
        "--seed: expected a short text in one line, such as autumn-2027",
        f"--type: 'singel-choice' {NO_TYPE}; did you mean 'single-choice'?",
    ]


def test_arguments_that_the_bank_cannot_meet() -> None:
    with pytest.raises(DataError) as error:
        resolve(assignment_by_choice({"chapter": "conting", "count": 6}), small_bank())
    assert [problem.message for problem in error.value.problems] == [
        "--chapter: the bank has no chapter 'conting'; did you mean 'counting'?"
    ]
    asked = {"type": "numeric", "count": 6, "audience": EVERYBODY}
    with pytest.raises(DataError) as error:
        resolve(assignment_by_choice(asked), small_bank())
    assert [problem.message for problem in error.value.problems] == [
        "--count: asked for 6, the bank has 1 that fit; ask for fewer, or lift a condition"
    ]


def test_paper_of_too_many_questions(tmp_path: Path) -> None:
    bank = bank_of(a=[f"item-{number}" for number in range(120)])
    sixty = "- choose: {count: 60}\n"
    path = written(tmp_path, f"title: t\ninstructions: i\nitems:\n{sixty * 2}")
    assert problems(lambda: resolve(load_assignment(path), bank)) == [
        "paper.yml:3: items: 120 questions; expected 100 at most"
    ]


# ---- versions ----------------------------------------------------------------------------------


def paper_of(questions: Sequence[Question], *, seed: str, versions: int, as_written: bool) -> Paper:
    """Return a paper with these questions."""
    items = [{"exercise": question.exercise.id} for question in questions]
    text = AssignmentText.model_validate(
        {"title": "t", "instructions": "i", "seed": seed, "items": items}
        | {"versions": versions, "as_written": as_written}
    )
    return Paper(Assignment(ArgumentSource(), "paper", text), questions)


def chain_of(names: Sequence[str], *, pinned: bool) -> list[Question]:
    """Return questions of which all but the first are chained."""
    return [
        Question(exercise, 1, pinned=pinned and not at, chained=bool(at))
        for at, exercise in enumerate(exercises(*names))
    ]


@st.composite
def question_lists(draw: st.DrawFn, most: int = 6) -> list[Question]:
    """Return questions, some of them pinned, some of them in chains."""
    sizes = draw(st.lists(st.sampled_from([1, 1, 1, 2, 3]), min_size=1, max_size=most))
    pinned = draw(st.lists(st.booleans(), min_size=len(sizes), max_size=len(sizes)))
    salt = draw(st.sampled_from("abcdefgh"))
    questions: list[Question] = []
    for at, (size, stays) in enumerate(zip(sizes, pinned, strict=True)):
        names = [f"{salt}-{at}-{number}" for number in range(size)]
        questions += chain_of(names, pinned=stays)
    return questions


def chains(questions: Sequence[Question]) -> list[list[str]]:
    """Return the ids of what stays together."""
    found: list[list[str]] = []
    for question in questions:
        if question.chained:
            found[-1].append(question.exercise.id)
        else:
            found.append([question.exercise.id])
    return found


def all_orders(questions: Sequence[Question]) -> set[tuple[str, ...]]:
    """Return every order in which *questions* may stand, found by trying all of them."""
    pinned = {at: q.exercise.id for at, q in enumerate(questions) if q.pinned}
    found = {tuple(chain.from_iterable(order)) for order in permutations(chains(questions))}
    return {order for order in found if all(order[at] == name for at, name in pinned.items())}


SEEDS = st.text("abc123", min_size=1, max_size=5)


@settings(SAME, max_examples=150)
@given(questions=question_lists(), seed=SEEDS)
def test_orders_are_all_that_keep_pins_and_chains(questions: list[Question], seed: str) -> None:
    found = [tuple(ids(order)) for order in orders(questions, seed)]
    assert len(set(found)) == len(found)
    assert set(found) == all_orders(questions)


@settings(SAME, max_examples=200)
@given(questions=question_lists(), seed=SEEDS, count=st.integers(1, 6), as_written=st.booleans())
def test_versions(questions: list[Question], seed: str, count: int, as_written: bool) -> None:
    paper = paper_of(questions, seed=seed, versions=count, as_written=as_written)
    versions = versions_of(paper)
    assert [version.letter for version in versions] == list(letters_of(count))
    together = set(map(tuple, chains(questions)))
    for version in versions:
        # The same questions, worth the same, and no other.
        assert Counter(map(id, version.questions)) == Counter(map(id, questions))
        assert set(map(tuple, chains(version.questions))) == together
        for at, question in enumerate(questions):
            if question.pinned:
                assert version.questions[at] is question
    shown = [tuple(ids(version.questions)) for version in versions]
    possible = len(all_orders(questions))
    assert len(set(shown)) >= min(count, possible)
    if possible > 1:
        assert all(one != other for one, other in pairwise(shown))
    if as_written:
        assert versions[0].seed is None
        assert list(versions[0].questions) == questions
    seeds = [version.seed for version in versions[as_written:]]
    assert seeds == [f"{seed}-{letter}" for letter in letters_of(count)[as_written:]]


@settings(SAME, max_examples=50)
@given(questions=question_lists(), seed=SEEDS, letters=st.permutations("ABCDEF"))
def test_version_does_not_depend_on_which_others_are_asked_for(
    questions: list[Question], seed: str, letters: list[str]
) -> None:
    paper = paper_of(questions, seed=seed, versions=2, as_written=True)
    every = {version.letter: version for version in versions_of(paper, "ABCDEF")}
    assert versions_of(paper, letters[:2]) == [every[letter] for letter in letters[:2]]


@pytest.mark.parametrize("letters", ["G", "a", "A1", ["AB"], [""]])
def test_letter_that_names_no_version(letters: str | list[str]) -> None:
    paper = paper_of(chain_of(["a"], pinned=False), seed="s", versions=1, as_written=True)
    with pytest.raises(ValueError, match="is no version; expected letters from A to F"):
        versions_of(paper, letters)


@settings(SAME, max_examples=50)
@given(questions=question_lists(most=12), seed=SEEDS)
def test_question_that_is_added_moves_no_others_apart(questions: list[Question], seed: str) -> None:
    loose = [Question(question.exercise, 1) for question in questions]
    before = ids(next(orders(loose[:-1], seed)))
    assert [name for name in ids(next(orders(loose, seed))) if name in before] == before


# Never to change: old papers are printed again by their seeds.
FIXED = [
    "first a b pair-one pair-two c d e f last",
    "first e c pair-one pair-two a d b f last",
    "first b pair-one pair-two d a c e f last",
    "first d c e a b f pair-one pair-two last",
]
FIXED_TOO = ["first a f pair-one pair-two e d b c last", "first e c pair-one pair-two a d b f last"]


def test_versions_are_the_same_on_every_machine() -> None:
    first = chain_of(["first"], pinned=True)
    pair = chain_of(["pair-one", "pair-two"], pinned=False)
    rest = [question for name in "abcdef" for question in chain_of([name], pinned=False)]
    last = chain_of(["last"], pinned=True)
    questions = [*first, *rest[:2], *pair, *rest[2:], *last]
    paper = paper_of(questions, seed="spring", versions=4, as_written=True)
    assert [" ".join(ids(version.questions)) for version in versions_of(paper)] == FIXED
    paper = paper_of(questions, seed="spring", versions=2, as_written=False)
    assert [" ".join(ids(version.questions)) for version in versions_of(paper)] == FIXED_TOO


def test_two_questions_have_two_orders() -> None:
    questions = [*chain_of(["a"], pinned=False), *chain_of(["b"], pinned=False)]
    for seed in map(str, range(20)):
        paper = paper_of(questions, seed=seed, versions=6, as_written=True)
        shown = ["".join(ids(version.questions)) for version in versions_of(paper)]
        assert shown == ["ab", "ba", "ab", "ba", "ab", "ba"]


def test_order_is_found_without_trying_all() -> None:
    # A single question has to be left for the place at the end; who takes them all at the front
    # learns it only there, and would try every order of the chains in between.
    pairs = [chain_of([f"one-{at}", f"two-{at}"], pinned=False) for at in range(25)]
    singles = [chain_of([f"single-{at}"], pinned=False) for at in range(3)]
    pinned = chain_of(["pinned"], pinned=True)
    questions = [*chain.from_iterable([*pairs, *singles[:2], pinned, singles[2]])]
    for seed in map(str, range(20)):
        order = ids(next(orders(questions, seed)))
        assert order[-2] == "pinned"
        assert order[-1].startswith("single")


def test_seed_of_a_version_shuffles_what_is_chosen_from() -> None:
    paper = resolve(load_assignment(FOLDER / "final.yml"), real_bank())
    first, second = versions_of(paper)
    asked = [question.exercise for question in paper.questions]
    choices = [each for each in asked if isinstance(each, Choice) and each.shuffle]
    assert all(option_order(each, first.seed) == each.options for each in choices)
    moved = [each for each in choices if option_order(each, second.seed) != each.options]
    assert len(moved) >= 5
    matches = [each for each in asked if isinstance(each, Match)]
    assert any(match_order(each, first.seed) != match_order(each, second.seed) for each in matches)


# ---- what is broken ----------------------------------------------------------------------------

LINES = GOOD.splitlines(keepends=True)
FIELDS = [at for at, line in enumerate(LINES) if line.lstrip("- ").partition(":")[1]]
SCALARS = [at for at in FIELDS if ": " in LINES[at] and not LINES[at].rstrip().endswith("|")]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the broken file is written."""
    return tmp_path_factory.mktemp("broken") / "paper.yml"


def outcome(path: Path) -> Paper | None:
    """Return the questions of *path*, None where it is told well what is wrong with it."""
    try:
        paper = small_paper(path)
    except DataError as error:
        are_told_well(error.problems, path)
        return None
    versions_of(paper)
    return paper


def test_good_file_is_good(path: Path) -> None:
    path.write_text(GOOD, encoding="utf-8")
    assert outcome(path) is not None


@settings(SAME, max_examples=250)
@given(broken=st.lists(edits(LINES, SCALARS, FIELDS), min_size=1, max_size=3))
def test_broken_lines(path: Path, broken: Ways) -> None:
    write_broken(path, LINES, broken)
    outcome(path)


@pytest.mark.parametrize("value", ODD_VALUES, ids=lambda value: value[:20] or "nothing")
def test_odd_value_of_every_field(path: Path, value: str) -> None:
    for at in SCALARS:
        path.write_text("".join(put(LINES, at, [valued(LINES[at], value)])), encoding="utf-8")
        outcome(path)


@settings(SAME, max_examples=60)
@given(
    encoding=st.sampled_from(["utf-8-sig", "utf-16", "utf-32", "latin-1"]),
    at=st.integers(0, len(GOOD)),
    odd=st.binary(max_size=4),
)
def test_wrong_encoding(path: Path, encoding: str, at: int, odd: bytes) -> None:
    path.write_bytes(f"# é\n{GOOD[:at]}".encode(encoding) + odd + GOOD[at:].encode(encoding))
    outcome(path)


@pytest.mark.parametrize(
    "text", ["", "~", "a", "- a", "[]", "{}", "items:", "title: t", "a: [", "\t"]
)
def test_file_that_holds_no_assignment(path: Path, text: str) -> None:
    path.write_text(f"# nothing\n{text}\n", encoding="utf-8")
    assert outcome(path) is None


# ---- the schema --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    """Return what an editor checks an assignment with."""
    schema = json.loads((EXERCISES / "assignments.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_schema_is_that_of_the_model() -> None:
    text = (EXERCISES / "assignments.schema.json").read_text(encoding="utf-8")
    assert text == assignment_schema(), "the model has changed: run `uvx nox -s schema`"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("seed: spring", "seed: 7"),
        ("type: [numeric, match, order]", "type: match"),
        ("outcome: counting-judge", "outcome: [counting-judge]"),
        ("    pinned: true\n", ""),
        ("course: Counting, spring\n", ""),
    ],
)
def test_schema_takes_what_the_model_takes(
    tmp_path: Path, old: str, new: str, validator: Draft202012Validator
) -> None:
    path = changed(tmp_path, (old, new))
    assert [e.message for e in validator.iter_errors(raw(path.read_text("utf-8")))] == []
    load_assignment(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: A short paper\n", ""),
        ("versions: 3", "versions: 7"),
        ("versions: 3", "versoins: 3"),
        ("seed: spring", "seed: [spring]"),
        ("exercise: counting-multiple", "exercize: counting-multiple"),
        ("exercise: counting-multiple", "exercise: Counting"),
        ("  - exercise: counting-multiple", "  - counting-multiple"),
        ("  - choose:\n      chapter", "  - exercise: counting-word\n    choose:\n      chapter"),
        ("points: 3", "points: many"),
        ("pinned: true", "pinned: 3"),
        ("      count: 2\n", ""),
        ("count: 2", "count: 0"),
        ("type: [numeric, match, order]", "type: macth"),
        ("level: [apply, remember]", "level: []"),
        ("audience: self-check", "audience: all"),
    ],
)
def test_schema_refuses_what_the_model_refuses(
    tmp_path: Path, old: str, new: str, validator: Draft202012Validator
) -> None:
    path = changed(tmp_path, (old, new))
    assert not validator.is_valid(raw(path.read_text("utf-8")))
    assert problems(lambda: load_assignment(path))


# ---- the reference -----------------------------------------------------------------------------


def tables() -> list[dict[str, str]]:
    """Return the fields in each table of the section, with what is said of each."""
    parts = re.split(r"^\| field \|.*$", sections()["Assignments"], flags=re.MULTILINE)
    return [rows(part) for part in parts[1:]]


def test_reference_names_every_field() -> None:
    whole = {name: not each.is_required() for name, each in AssignmentText.model_fields.items()}
    conditions = {f"choose.{name}": left_out for name, left_out in fields(Pick).items()}
    expected = [whole, fields(NamedItem), fields(DrawnItem) | conditions]
    found = [
        {name: text.startswith("optional") for name, text in table.items()} for table in tables()
    ]
    assert found == expected


def test_example_of_the_reference_is_good(tmp_path: Path, validator: Draft202012Validator) -> None:
    [text] = re.findall(r"^```yml\n(.*?)^```$", sections()["Assignments"], re.DOTALL | re.MULTILINE)
    assert text.startswith(MODELINE)
    assert validator.is_valid(raw(text))
    assignment = load_assignment(written(tmp_path, text, "quiz-law.yml"))
    paper = resolve(assignment, real_bank())
    assert len(paper.questions) == 5
    # It is a real choice: another seed gives another.
    other = written(tmp_path, text.replace("autumn-2027", "autumn-2028"))
    assert ids(resolve(load_assignment(other), real_bank()).questions) != ids(paper.questions)
    first, second = versions_of(paper)
    assert ids(first.questions)[0] == ids(second.questions)[0] == "law-one-source-or-two"
    assert ids(first.questions) != ids(second.questions)


# ---- the course's own assignments ----------------------------------------------------------------

# How long the questions take, in minutes, and how many there are.
QUIZ = (15, 20, 7, 8)
RANGES = {
    "entry-ticket": (4, 6, 3, 4),
    "mid-term": (40, 45, 9, 12),
    "final": (70, 75, 13, 18),
    "evidence-workshop": (18, 20, 3, 4),
}
CHAPTERS = [path.stem for path in (EXERCISES / "bank").glob("*.yml")]
# Found by reading: of each pair, one gives away an answer of the other.
TELL_TALES = [
    {"violence-twelve-and-nine-point-eight", "violence-student-verdict"},
    {"merida-share-down-number-up", "merida-lowest-share-of-guns"},
    {"law-order-rates", "law-headline-of-results"},
    {"law-who-dropped-it", "law-better-police-same-prosecutors"},
    {"border-more-finds-safer-border", "border-judge-las-lomas"},
    {"border-more-finds-safer-border", "border-yearbook-of-waits"},
    {"communities-name-chain", "communities-order-workshop"},
    {"verdict-class-order-what-was-known", "verdict-class-blogger"},
    {"verdict-class-nine-percent-of-what", "verdict-class-quarter-of-what"},
    {"verdict-class-match-overturn", "verdict-class-open-robberies"},
]


@cache
def shipped(name: str) -> Paper:
    """Return the questions of one of the course's assignments."""
    return resolve(load_assignment(FOLDER / f"{name}.yml"), real_bank())


def test_what_is_shipped() -> None:
    assert {path.stem for path in SHIPPED} == {*RANGES, *(f"quiz-{topic}" for topic in CHAPTERS)}
    assert len(CHAPTERS) == 8
    text = "".join(path.read_text(encoding="utf-8") for path in SHIPPED)
    assert text.count("choose:") >= 2


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_assignment_is_good(path: Path, validator: Draft202012Validator) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(MODELINE)
    assert [error.message for error in validator.iter_errors(raw(text))] == []
    paper = shipped(path.stem)
    least, most, fewest, many = RANGES.get(path.stem, QUIZ)
    assert least <= paper.minutes <= most
    assert fewest <= len(paper.questions) <= many
    assert paper.assignment.text.minutes is not None
    assert paper.minutes <= paper.assignment.text.minutes <= most
    names = set(ids(paper.questions))
    assert len(names) == len(paper.questions)
    assert not any(isinstance(question.exercise, Discussion) for question in paper.questions)
    assert [pair for pair in TELL_TALES if pair <= names] == []
    shown = [tuple(ids(version.questions)) for version in versions_of(paper)]
    assert len(set(shown)) == paper.assignment.text.versions


@pytest.mark.parametrize("topic", CHAPTERS)
def test_quiz_of_a_chapter(topic: str) -> None:
    paper = shipped(f"quiz-{topic}")
    assert {real_bank().chapter_of[name] for name in ids(paper.questions)} == {topic}
    audiences = Counter(question.exercise.audience for question in paper.questions)
    assert audiences[Audience.CLASS] > 2 * audiences[Audience.SELF_CHECK]
    assert len({question.exercise.type for question in paper.questions}) >= 5
    assert paper.assignment.text.versions == 2


def test_papers_and_workshop() -> None:
    for name, chapters in (("mid-term", 4), ("final", 8)):
        paper = shipped(name)
        exercises = [question.exercise for question in paper.questions]
        assert {each.audience for each in exercises} == {Audience.CLASS}
        assert len({real_bank().chapter_of[each.id] for each in exercises}) == chapters
        assert paper.questions[-1].exercise.type == "open"
        assert paper.questions[-1].pinned
    kinds = {question.exercise.type for question in shipped("evidence-workshop").questions}
    assert kinds == {"classify", "open"}
    ticket = [question.exercise for question in shipped("entry-ticket").questions]
    assert {each.difficulty.value for each in ticket} == {"easy"}
    assert shipped("entry-ticket").points == 0
    # Whoever met an item in the ticket would be marked for memory.
    assert not {each.id for each in ticket} & {
        name for topic in CHAPTERS for name in ids(shipped(f"quiz-{topic}").questions)
    }


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_no_shipped_sheet_betrays_its_keys(path: Path) -> None:
    asked = [question.exercise for question in shipped(path.stem).questions]
    quiz = Quiz(real_bank().files[0], Audience.CLASS, asked)
    course = RuleContext(load_ledger(DATA / "ledger.yml"), load_outcomes(DATA / "outcomes.yml"))
    rules = [sets.same_count, sets.one_negative, sets.independent]
    if sum(isinstance(each, SingleChoice) for each in asked) >= 4:  # fewer have no balance
        rules += [sets.key_lengths, sets.key_balance]
    assert [found for rule in rules for found in rule(quiz, course)] == []


# ---- the command -------------------------------------------------------------------------------


@pytest.fixture
def small_course(tmp_path: Path) -> Path:
    """Return a copy of the small course's exercises, with one assignment."""
    folder = tmp_path / "exercises"
    shutil.copytree(SMALL / "exercises", folder, ignore=shutil.ignore_patterns("assignments"))
    (folder / "assignments").mkdir()
    written(folder / "assignments", GOOD.replace("tags: [counts, rates]\n", "level: evaluate\n"))
    return folder


def test_command_checks_the_assignments(
    small_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--exercises", str(small_course), "--data", str(SMALL / "data")]
    main(arguments)
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("15 exercises, 1 assignments, ")
    path = small_course / "assignments" / "paper.yml"
    path.write_text(GOOD.replace("counting-multiple", "counting-multpile"), encoding="utf-8")
    assert main(arguments) == 1
    assert capsys.readouterr().out.startswith(
        f"{path}:15: items[2].exercise: the bank has no exercise 'counting-multpile'; did you mean"
    )
    path.write_text(GOOD.replace("versions: 3", "versions: x"), encoding="utf-8")
    assert main(arguments) == 1
    found = capsys.readouterr().out
    assert found == f"{path}:8: versions: expected a whole number, found 'x'\n"


def test_command_leaves_assignments_alone_where_files_are_named(
    small_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small_course / "assignments" / "paper.yml").write_text("items: [", encoding="utf-8")
    main([str(COUNTING), "--exercises", str(small_course), "--data", str(SMALL / "data")])
    assert "paper.yml" not in capsys.readouterr().out


def test_command_writes_both_schemas(tmp_path: Path) -> None:
    assert main(["--schema", "--exercises", str(tmp_path)]) == 0
    assert (tmp_path / "assignments.schema.json").read_text("utf-8") == assignment_schema()
    assert (tmp_path / "schema.json").is_file()
