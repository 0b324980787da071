"""A chapter with a mistake: one clear message, with file and line, and never a traceback."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from sphinx.util.console import strip_colors

if TYPE_CHECKING:
    from conftest import Project

CHAPTER = "chapters/counting.md"
BANK = "exercises/bank/counting.yml"


def test_small_course_is_without_fault(course: Project) -> None:
    assert course.build() == []


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        pytest.param(
            "{ledger}`L001 L002`",
            "{ledger}`L001 L02`",
            "{ledger}`L001",
            "the ledger has no statement 'L02'; did you mean 'L002'?",
            id="unknown statement",
        ),
        pytest.param(
            "{ledger}`L001 L002`",
            "{ledger}`p. 2: L001 L002`",
            "{ledger}`p. 2",
            "'p. 2' is quoted, but the ledger has 'p. 1, n. 1' for L001 L002",
            id="page that is not the ledger's",
        ),
        pytest.param(
            "{ledger}`L001 L002`",
            "",
            "The author estimates",
            "cites no statement of the ledger; end it with {ledger}`L...`",
            id="paragraph without citation",
        ),
        pytest.param(
            "{check}`C1`",
            "{check}`C9`",
            "{check}`C9`",
            "there is no close check 'C9'",
            id="unknown close check",
        ),
        pytest.param(
            "statement: L003",
            "statement: L303",
            "statement: L303",
            "the ledger has no statement 'L303'",
            id="unknown statement in the evidence table",
        ),
        pytest.param(
            "strength: weak",
            "strength: feeble",
            "strength: feeble",
            "[3].strength: expected 'strong', 'moderate', 'weak' or 'none', not 'feeble'",
            id="unknown strength",
        ),
        pytest.param(
            "  because: It is an opinion.",
            "  because: It is: an opinion.",
            "because: It is: an",
            "not valid YAML",
            id="evidence table that is not YAML",
        ),
        pytest.param(
            "Denominator\nBaseline",
            "Denominatr\nBaseline",
            "Denominatr",
            "the glossary has no term 'Denominatr'; did you mean 'Denominator'?",
            id="unknown term",
        ),
        pytest.param(
            ":standpoint: there",
            ":standpoint: ther",
            "{voice} The police",
            "is not one of here, there, press; did you mean",
            id="unknown standpoint",
        ),
        pytest.param(
            "Can a count settle an argument?",
            "A count settles an argument.",
            "## Central question",
            "Central question: expected one paragraph with one question, ending in '?'",
            id="central question that asks nothing",
        ),
        pytest.param(
            "1. How many?\n",
            "",
            "## Before you read",
            "Before you read: expected 2 predictions in a numbered list, found 1",
            id="one prediction",
        ),
        pytest.param(
            "## Key points",
            "## Key pionts",
            "## Key pionts",
            "did you mean 'Key points'?; course.yml lists the blocks",
            id="misspelt block",
        ),
        pytest.param(
            "\n## Key terms",
            "\n![](map.svg)\n\n## Key terms",
            "![](map.svg)",
            "image without alternative text: map.svg; say what it shows",
            id="image without alternative text",
        ),
        pytest.param(
            ":read-minutes: 10\n",
            "",
            "{chapter-card}",
            "the chapter card needs :read-minutes:",
            id="card without minutes",
        ),
    ],
)
def test_mistake_in_a_chapter(course: Project, old: str, new: str, at: str, message: str) -> None:
    course.edit(CHAPTER, old, new)
    (course.folder / "chapters" / "map.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    warnings = course.build()
    found = [warning for warning in warnings if message in warning]
    assert found, warnings
    line = course.line(CHAPTER, at)
    assert found[0].startswith(f"{CHAPTER}:{line}: "), (found[0], line)


BLOCKS = [
    "Central question",
    "Outcomes",
    "Before you read",
    "Plain summary",
    "Reading the essay",
    "Key terms",
    "Evidence table",
    "Source check",
    "Other voices",
    "Discussion questions",
    "Check yourself",
    "Key points",
    "Further reading",
]


@pytest.mark.parametrize("block", BLOCKS)
def test_missing_block(course: Project, block: str) -> None:
    text = (course.folder / CHAPTER).read_text(encoding="utf-8")
    head, _, rest = text.partition(f"## {block}\n")
    following = rest.find("\n## ")
    rest = rest[following + 1 :] if following >= 0 else ""
    (course.folder / CHAPTER).write_text(head + rest, encoding="utf-8")
    expected = f"{CHAPTER}:1: WARNING: the chapter lacks the block '## {block}'"
    assert any(warning.startswith(expected) for warning in course.build())


def test_blocks_out_of_order(course: Project) -> None:
    course.edit(CHAPTER, "## Key points", "## SWAP")
    course.edit(CHAPTER, "## Further reading", "## Key points")
    course.edit(CHAPTER, "## SWAP", "## Further reading")
    line = course.line(CHAPTER, "## Further reading")
    expected = f"{CHAPTER}:{line}: WARNING: 'Further reading' stands where 'Key points' belongs"
    assert any(warning.startswith(expected) for warning in course.build())


FOURTH_QUESTION = """  - id: counting-talk-judge
    type: discussion
    title: Good enough
    stem: Is the count good enough?
    purpose: To judge.
    listen_for: [Teachernote for what purpose.]
    ledger: [L003]
    outcome: counting-judge
    level: evaluate
    difficulty: hard
    minutes: 5
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            "level: understand",
            "level: evaluate",
            "expected the questions in order of level, from understanding to judgement",
            id="out of order",
        ),
        pytest.param(
            "level: evaluate",
            "level: analyse",
            "expected the last question to ask for a judgement (level evaluate)",
            id="no judgement",
        ),
        pytest.param(
            FOURTH_QUESTION,
            "",
            "expected 4 or more discussion questions (in the bank, by {discussion-questions}), "
            "found 3",
            id="three",
        ),
    ],
)
def test_discussion_questions_of_the_bank(
    course: Project, old: str, new: str, message: str
) -> None:
    course.edit(BANK, old, new)
    line = course.line(CHAPTER, "## Discussion questions")
    expected = f"{CHAPTER}:{line}: WARNING: Discussion questions: {message}"
    assert any(warning.startswith(expected) for warning in course.build())


def test_statement_that_no_chapter_cites(course: Project) -> None:
    course.edit("data/ledger.yml", "\nnotes:", UNCITED + "\nnotes:")
    line = course.line("data/ledger.yml", "id: L005")
    [warning] = course.build()
    assert warning.startswith(
        f"data/ledger.yml:{line}: WARNING: no chapter cites statement L005 (Nobody tells this.)"
    )


UNCITED = """  - id: L005
    kind: fact
    page: "2"
    tag: claim
    text: Nobody tells this.
"""


def rename_chapter_of_outcomes(course: Project) -> None:
    """Have the outcomes belong to a chapter that does not exist."""
    path = course.folder / "data/outcomes.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("chapter: counting\n", "chapter: countin\n"), encoding="utf-8")


def test_outcome_that_is_missing(course: Project) -> None:
    (course.folder / "data" / "outcomes.yml").write_text("outcomes: []\n", encoding="utf-8")
    # Exercises that train outcomes which are not there would stop the build before.
    (course.folder / BANK).unlink()
    line = course.line(CHAPTER, "{outcomes}")
    expected = f"{CHAPTER}:{line}: WARNING: outcomes.yml has no outcome for chapter 'counting'"
    assert any(warning.startswith(expected) for warning in course.build())


def test_outcomes_of_a_chapter_that_is_called_otherwise(course: Project) -> None:
    rename_chapter_of_outcomes(course)
    (course.folder / BANK).unlink()
    [problem] = stopped(course)
    assert problem.startswith("data/outcomes.yml:2: WARNING: outcomes of a chapter 'countin' on ")
    assert "did you mean 'counting'?" in problem


def stopped(course: Project) -> list[str]:
    """Build in a process of its own, which must stop at the data; return what it says."""
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(course.folder), "out"]
    result = subprocess.run(command, cwd=course.folder, capture_output=True, text=True, check=False)
    said = strip_colors(result.stderr).replace(f"{course.folder}/", "")
    assert result.returncode == 2, said
    assert "Traceback" not in said
    *problems, last = said.strip().splitlines()
    assert last == "ERROR: nothing was built: mend the files named above"
    assert not list(course.folder.rglob("*.html"))
    return problems


def assert_begins(problems: list[str], *expected: str) -> None:
    """Assert that there is one problem for each of *expected*, which are their beginnings."""
    assert len(problems) == len(expected), problems
    for problem, beginning in zip(problems, expected, strict=True):
        assert problem.startswith(beginning)


def test_broken_data_file_stops_the_build(course: Project) -> None:
    course.edit("data/ledger.yml", "kind: estimate", "kind: guess")
    course.edit("data/glossary.yml", "category: concept", "category: thing")
    assert_begins(
        stopped(course),
        "data/ledger.yml:10: WARNING: statements[1].kind: 'guess' is not one of fact",
        "data/glossary.yml:2: WARNING: terms[1].category: 'thing' is not one of concept, group",
    )


def test_broken_bank_stops_the_build(course: Project) -> None:
    lines = [
        course.line(BANK, "id: counting-talk-rate"),
        course.line(BANK, "level: apply"),
        course.line(BANK, "steps:"),
    ]
    course.edit(BANK, "    purpose: To use a rate.\n", "")
    course.edit(BANK, "level: apply", "level: aply")
    course.edit(BANK, "steps:", "stpes:")
    assert_begins(
        stopped(course),
        f"{BANK}:{lines[0]}: WARNING: counting-talk-rate: purpose: this field is required",
        f"{BANK}:{lines[1] - 1}: WARNING: counting-talk-rate: level: expected 'remember', "
        "'understand', 'apply', 'analyse', 'evaluate' or 'create', not 'aply'",
        f"{BANK}:{course.line(BANK, 'id: counting-order')}: WARNING: counting-order: steps: "
        "this field is required",
        f"{BANK}:{lines[2] - 1}: WARNING: counting-order: stpes: unknown field; "
        "did you mean 'steps'?",
    )


def test_bank_that_refers_to_nothing_stops_the_build(course: Project) -> None:
    course.edit(BANK, "outcome: counting-compute", "outcome: counting-compte")
    course.edit(BANK, "ledger: [L003]", "ledger: [L033]")
    course.edit(BANK, "checks: [C1]", "checks: [C9]")
    course.edit(BANK, "misconception: scale-slip", "misconception: scale-slp")
    assert_begins(
        stopped(course),
        f"{BANK}:{course.line(BANK, 'counting-compte')}: WARNING: counting-talk-rate: outcome: "
        "outcomes.yml has no outcome 'counting-compte'; did you mean 'counting-compute'?",
        f"{BANK}:{course.line(BANK, 'L033')}: WARNING: counting-talk-judge: ledger[1]: "
        "the ledger has no statement 'L033'; did you mean 'L003'?",
        f"{BANK}:{course.line(BANK, 'C9')}: WARNING: counting-single: checks[1]: "
        "the ledger has no close check 'C9'",
        f"{BANK}:{course.line(BANK, 'scale-slp')}: WARNING: counting-number: "
        "expected[2].misconception: misconceptions.yml has no misreading 'scale-slp'; "
        "did you mean 'scale-slip'?",
    )


def test_bank_that_trains_outcomes_of_another_chapter_stops_the_build(course: Project) -> None:
    rename_chapter_of_outcomes(course)
    problems = stopped(course)
    assert len(problems) == 15
    assert problems[0].startswith(
        f"{BANK}:{course.line(BANK, 'outcome: counting-explain')}: WARNING: counting-talk-what: "
        "outcome: 'counting-explain' is an outcome of chapter 'countin'"
    )


def test_missing_data_file(course: Project) -> None:
    (course.folder / "data/timeline.csv").unlink()
    [warning] = course.build()
    assert warning.startswith("data/timeline.csv:1: WARNING: file not found")


def test_page_without_card_in_the_chapters(course: Project) -> None:
    (course.folder / "chapters/empty.md").write_text("---\norphan: true\n---\n# Empty\n")
    warnings = course.build()
    assert any("a chapter needs a {chapter-card} below its title" in w for w in warnings)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Footnote\n```", "```", "expected 6 to 10 key terms, found 5"),
        (
            (
                "- statement: L004\n  strength: none\n"
                "  because: Nothing is given.\n  change: Any source.\n"
            ),
            "",
            "expected 4 to 8 rows in the evidence table, found 3",
        ),
        ("{check}`C1`", "the note", "expected a close check to follow"),
        (
            ":standpoint: here",
            ":standpoint: there",
            "expected 2 or more different standpoints among the voices, found 1",
        ),
        (
            "- A rate has a denominator.\n",
            "",
            "expected 3 to 5 key points in a bullet list, found 2",
        ),
        (
            "- {cite:t}`jones2010rate`: on rates.",
            "",
            "expected 2 to 4 works in a bullet list, found 1",
        ),
        ("```{outcomes}\n```", "None.", "expected 3 to 5 outcomes"),
        ("### The number\n", "", "expected the text under third-level headings"),
        (
            "It does not say who counted them, or how, or on which day of the year.\n",
            "",
            "expected 30 to 150 words",
        ),
        (
            "```{self-checks}\n```",
            "None.",
            "expected 1 or more self-checks (in the bank, by {self-checks}), found 0",
        ),
    ],
)
def test_block_with_too_little(course: Project, old: str, new: str, message: str) -> None:
    course.edit(CHAPTER, old, new)
    assert any(message in w and w.startswith(f"{CHAPTER}:") for w in course.build())


def test_evidence_of_too_few_kinds(course: Project) -> None:
    path = course.folder / "data/ledger.yml"
    text = path.read_text(encoding="utf-8").replace("judgement", "fact")
    path.write_text(text.replace("prediction", "fact"), encoding="utf-8")
    assert any("at least 3 kinds, found 2" in w for w in course.build())


def test_citation_outside_the_chapters_does_not_count(course: Project) -> None:
    course.edit(CHAPTER, "{ledger}`L003 L004`", "{ledger}`L003`")
    course.edit(CHAPTER, "- statement: L004", "- statement: L003")
    course.edit("other.md", "This page", "Told. {ledger}`L004`\n\nThis page")
    assert any("no chapter cites statement L004" in w for w in course.build())


def test_unknown_statement_in_the_timeline(course: Project) -> None:
    course.edit("data/timeline.csv", "L002", "C1")
    assert any(
        w.startswith("data/timeline.csv:3: WARNING: the ledger has no statement 'C1'")
        for w in course.build()
    )
