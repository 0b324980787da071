"""Rules for papers: what holds of exercises that stand on one sheet, whatever their chapters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courseware.bank.assignments import load_assignment
from courseware.bank.load import Bank, load_bank_file
from courseware.bank.rules import RuleContext, check_papers
from courseware.bank.select import resolve
from courseware.data.ledger import load_ledger
from courseware.data.outcomes import Outcome, Outcomes
from test_bank_rules import (
    CLAIM,
    DATA,
    OWN,
    SETTINGS,
    SINGLE,
    TEXTS,
    TRUE,
    changed,
    for_class,
    named,
)

if TYPE_CHECKING:
    from pathlib import Path

OUTCOMES = Outcomes(
    outcomes=[
        Outcome(id=f"{topic}-explain", chapter=topic, level="apply", text="Compute a rate.")
        for topic in ("counting", "weighing")
    ]
)


def told(tmp_path: Path, ours: list[str], theirs: list[str]) -> list[str]:
    """Return what is said of a paper of exercises *ours* of one chapter and *theirs* of another."""
    files = []
    for topic, texts in {"counting": ours, "weighing": theirs}.items():
        path = tmp_path / f"{topic}.yml"
        text = "".join(texts).replace("outcome: counting-", f"outcome: {topic}-")
        path.write_text(f"chapter: {topic}\nexercises:\n{text or ' []'}\n", encoding="utf-8")
        files.append(load_bank_file(path))
    bank = Bank(files)
    paper = tmp_path / "quiz.yml"
    items = "".join(f"  - exercise: {name}\n" for name in bank.by_id)
    paper.write_text(f"title: Quiz\ninstructions: Answer.\nitems:\n{items}", encoding="utf-8")
    course = RuleContext(load_ledger(DATA / "ledger.yml", SETTINGS), OUTCOMES, SETTINGS)
    found = check_papers([resolve(load_assignment(paper), bank)], course)
    return [str(each).replace(f"{tmp_path}/", "") for each in found]


def test_claims_of_a_paper_have_both_answers(tmp_path: Path) -> None:
    one, two = for_class(named(CLAIM, "one")), for_class(named(CLAIM, "two"))
    assert told(tmp_path, [one], [two])[:1] == [
        "quiz.yml:3: items: all 2 claims to be judged are false; turn one round [Q30 E]"
    ]
    assert not [each for each in told(tmp_path, [one, TRUE], [two]) if "Q30" in each]
    assert told(tmp_path, [one], []) == []


def test_exercise_is_given_away_by_another_chapter(tmp_path: Path) -> None:
    key = changed(SINGLE, TEXTS[0], "Thefts hidden from police by shame")
    giving = changed(OWN, "It is one, as p. 1", "Shame keeps it hidden from the police, as p. 1")
    assert told(tmp_path, [key], [giving]) == [
        (
            "quiz.yml:3: items: counting-single: counting-other gives its answer away ('options': "
            "Shame, hidden, police); change one of the two, or name it in 'answered_by' where "
            "that is meant [Q32 E]"
        )
    ]
    assert told(tmp_path, [key], [OWN]) == []
    # Of one chapter, its file tells them.
    assert told(tmp_path, [key, giving], []) == []
