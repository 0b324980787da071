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
            ":standpoint: us-official",
            ":standpoint: us-offical",
            "{voice} The police",
            "is not one of mexican-official, us-official",
            id="unknown standpoint",
        ),
        pytest.param(
            ":level: apply",
            ":level: aply",
            "{discussion}\n",
            ":level: 'aply' is not one of remember, understand, apply",
            id="unknown level",
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
            "'Key pionts' is no block of a chapter; did you mean 'Key points'?",
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
    line = course.line(CHAPTER, at.rstrip("\n"))
    if at != "{discussion}\n":  # four questions begin alike
        assert found[0].startswith(f"{CHAPTER}:{line}: "), (found[0], line)
    assert found[0].startswith(f"{CHAPTER}:")


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


def test_questions_out_of_order(course: Project) -> None:
    course.edit(CHAPTER, ":level: understand", ":level: evaluate")
    warnings = course.build()
    assert any("expected the questions in order of level" in warning for warning in warnings)


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


def test_outcome_that_is_missing(course: Project) -> None:
    text = (course.folder / "data/outcomes.yml").read_text(encoding="utf-8")
    (course.folder / "data/outcomes.yml").write_text(text.replace("counting\n", "countin\n"))
    line = course.line(CHAPTER, "{outcomes}")
    expected = (
        f"{CHAPTER}:{line}: WARNING: outcomes.yml has no outcome for chapter 'counting'; "
        "did you mean 'countin'?"
    )
    assert any(warning.startswith(expected) for warning in course.build())


def test_broken_data_file_stops_the_build(course: Project) -> None:
    course.edit("data/ledger.yml", "kind: estimate", "kind: guess")
    course.edit("data/glossary.yml", "category: concept", "category: thing")
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(course.folder), "out"]
    result = subprocess.run(command, cwd=course.folder, capture_output=True, text=True, check=False)
    said = strip_colors(result.stderr).replace(f"{course.folder}/", "")
    assert result.returncode == 2
    assert "data/ledger.yml:10: WARNING: statements[1].kind: expected 'fact'" in said
    assert "data/glossary.yml:2: WARNING: terms[1].category: expected 'law'" in said
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) == 3


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
            "mexican-civic",
            "us-official",
            "expected 2 or more different standpoints among the voices, found 1",
        ),
        (
            ":level: evaluate",
            ":level: analyse",
            "expected the last question to ask for a judgement",
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
        (":purpose: To use a rate.\n", "", "a discussion question needs a :purpose:"),
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
