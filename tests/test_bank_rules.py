"""The item-writing rules: for each a case that breaks it, with its line, and one that keeps it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from courseware.bank.load import Bank, load_bank_file
from courseware.bank.rules import Severity, check_bank, check_translation, rule_table
from courseware.bank.rules.words import words_of
from courseware.data.ledger import load_ledger
from courseware.data.outcomes import load_outcomes
from courseware.data.problems import DataError
from courseware.data.settings import Settings, load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from courseware.bank.rules import Finding

DATA = Path(__file__).parent / "roots" / "test-course" / "data"
SETTINGS = load_settings(DATA.parent / "course.yml")

# One exercise of each type that keeps all rules for exercises.
# L001 is an estimate on page 1, L002 a fact on page 1, L003 a judgement on page 2.
COMMON = """\
  hints: ["Who must have told the police?"]
  ledger: [L001]
  outcome: counting-explain
  level: understand
  difficulty: easy
  minutes: 2
  audience: self-check
"""
SOLVED = f"  solution: The count on p. 1 holds what was reported.\n{COMMON}"
SINGLE = f"""\
- id: counting-single
  type: single-choice
  title: What is left out
  stem: What does the essay's count of a hundred thefts leave out?
  options:
    - text: Thefts that nobody reported
      correct: true
      feedback: Right. The count on p. 1 holds what was reported, and nothing besides.
    - text: Thefts in the capital city
      feedback: The essay leaves no city out, for it counts in the whole country.
      misconception: part-for-whole
    - text: Thefts of very small amounts
      feedback: No amount is named, so a small theft is counted like any other.
      misconception: overstated
    - text: Thefts by members of gangs
      feedback: Who stole does not matter to this count, which asks for the deed.
      misconception: wrong-actor
{SOLVED}"""
MULTIPLE = f"""\
- id: counting-multiple
  type: multiple-response
  title: What a count needs
  stem: What must a reader know before the essay's count can be compared?
  options:
    - text: The period of time
      correct: true
      feedback: Right. Without a period the count on p. 1 says little.
    - text: The place that is meant
      correct: true
      feedback: Right. Without a place the count on p. 1 says little.
    - text: The name of its author
      feedback: A famous name does not make a count comparable with another one.
      misconception: authority-for-evidence
    - text: The size of its footnote
      feedback: How long a note is tells nothing about what was counted in it.
      misconception: source-proves-all
{SOLVED}"""
CLAIM = f"""\
- id: counting-claim
  type: true-false
  title: A fact or not
  stem: The essay's count of thefts is a fact that was counted.
  answer: false
  when_true: The essay says about, so it gives an estimate and no full count.
  when_false: Right. The word about on p. 1 marks the number as an estimate.
  misconception: estimate-for-fact
{SOLVED}"""
TRUE = CLAIM.replace("is a fact that was counted", "is an estimate").replace(
    "answer: false", "answer: true"
)
TRUE = TRUE.replace("The essay says about, so it gives", "Right. On p. 1 the essay gives")
NUMERIC = f"""\
- id: counting-numeric
  type: numeric
  title: The rate
  context: A town of 12,500 people has the hundred thefts of the essay.
  stem: How many thefts does the town have for every 100,000 people?
  answer: 800
  feedback: Right. A hundred over 12,500, times 100,000, makes 800 in all.
  otherwise: Divide the thefts by the people and then multiply by 100,000.
  expected:
    - value: 125
      feedback: That is people for each theft, so the ratio stands on its head.
      misconception: inverted-ratio
{SOLVED}"""
MATCH = f"""\
- id: counting-match
  type: match
  title: Three words
  stem: Match each of the essay's words with what it means.
  pairs:
    - term: Count
      match: how many there are
      feedback: A count says how many.
    - term: Rate
      match: how many for each
      feedback: A rate divides by something.
  distractors:
    - text: how many there will be
      feedback: That would be a forecast.
{SOLVED}"""
ORDER = f"""\
- id: counting-order
  type: order
  title: From theft to table
  stem: Put what leads to the essay's count in order of time.
  steps:
    - text: A theft happens
      feedback: Without it nothing can follow.
    - text: Somebody reports it
      feedback: Only what happened is reported.
    - text: A clerk counts the reports
      feedback: Counting needs something to count.
{SOLVED}"""
CLASSIFY = f"""\
- id: counting-classify
  type: classify
  title: Kinds of statement
  stem: What kind of statement is each of these, as the essay makes it?
  categories: [fact, judgement]
  items:
    - text: There is a count.
      category: fact
      feedback: Anybody can look it up.
    - text: Theft is growing worse.
      category: judgement
      feedback: Worse is what somebody judges.
{SOLVED}"""
SHORT = f"""\
- id: counting-short
  type: short-answer
  title: A word for it
  stem: What is the word for the number below the line of the essay's rate?
  accepted: [denominator]
  feedback: Right. The denominator stands below the line of the rate on p. 1.
  otherwise: It stands below the line, and the chapter says that it would help.
  expected:
    - value: numerator
      feedback: The numerator stands above the line, and it is counted first of all.
      misconception: reversed
{SOLVED}"""
OPEN = f"""\
- id: counting-open
  type: open
  title: In your own words
  stem: Say in two sentences how far the essay's count can be trusted.
  lines: 4
  model_answer: As far as its source goes, which says ninety (C1).
  rubric:
    - criterion: Evidence
      levels: [none, a number, a number and a source, a number and its limits]
{COMMON}  checks: [C1]
"""
TALK = """\
- id: counting-talk
  type: discussion
  title: What it counts
  stem: What does the number count, and what does it leave out?
  purpose: To recall what was counted.
  listen_for: [Thefts and not thieves.]
  follow_ups: ["Who was asked?"]
  ledger: [L001]
  outcome: counting-explain
  level: understand
  difficulty: easy
  minutes: 5
"""
ALL = (TALK, SINGLE, MULTIPLE, CLAIM, NUMERIC, MATCH, ORDER, CLASSIFY, SHORT, OPEN)


class Broken(NamedTuple):
    """What breaks the rule *rule*: *old* becomes *new*, and *where* is the line to be told."""

    rule: str
    text: str
    old: str
    new: str
    where: str


def changed(text: str, old: str, new: str) -> str:
    """Return *text* in which *old*, which must be there, has become *new*."""
    assert old in text, f"{old!r} is not in the exercise"
    return text.replace(old, new, 1)


def findings(
    tmp_path: Path, *texts: str, work: str = "", settings: Settings = SETTINGS
) -> list[Finding]:
    """Return what breaks a rule in the bank of one file that holds the exercises *texts*."""
    path = tmp_path / "counting.yml"
    path.write_text("chapter: counting\nexercises:\n" + "".join(texts), encoding="utf-8")
    bank = Bank([load_bank_file(path)])
    ledger, outcomes = (
        load_ledger(DATA / "ledger.yml", SETTINGS),
        load_outcomes(DATA / "outcomes.yml"),
    )
    return check_bank(bank, ledger, outcomes, settings, words_of(work))


def lines(found: Sequence[Finding], rule: str) -> list[int]:
    """Return the lines on which *rule* is broken."""
    return [finding.problem.line for finding in found if finding.rule == rule]


def line_of(tmp_path: Path, where: str) -> int:
    """Return the line of the bank file on which *where* stands: a text, or one after another."""
    text, end = (tmp_path / "counting.yml").read_text(encoding="utf-8"), 0
    for part in where.split(" … "):
        end = text.index(part, end) + len(part)
    return text.count("\n", 0, end) + 1


def with_rows(*categories: str) -> str:
    """Return the grid with a row of each of *categories*, in this order."""
    head, rest = CLASSIFY.split("    - text:", 1)
    rows = "".join(
        f"    - {{text: Row {at}, category: {each}, feedback: Read what the row says there.}}\n"
        for at, each in enumerate(categories)
    )
    return head + rows + rest[rest.index("  solution:") :]


STEM = "What does the essay's count of a hundred thefts leave out?"
WRONG = "Thefts in the capital city"
TEXTS = (
    "Thefts that nobody reported",
    "Thefts in the capital city",
    "Thefts of very small amounts",
    "Thefts by members of gangs",
)


def with_options(*texts: str, stem: str = STEM, more: str = "") -> str:
    """Return a single choice with these options, of which the first is right."""
    text = changed(SINGLE, STEM, stem)
    for old, new in zip(TEXTS, texts, strict=True):
        text = changed(text, f"text: {old}", f'text: "{new}"')
    return text + more


def with_stem(stem: str) -> str:
    """Return a single choice that asks *stem*."""
    return changed(SINGLE, f"stem: {STEM}", f'stem: "{stem}"')


FIXED = "  shuffle: false\n"

BREAKS = [
    Broken("Q1", SINGLE, "leave out?", "leave out.", "stem:"),
    Broken("Q1", SINGLE, "What does", "Look? What does", "stem:"),
    Broken("Q1", SINGLE, "leave out?", "leave out? Think well.", "stem:"),
    Broken("Q1", NUMERIC, "people?", "people", "stem:"),
    Broken("Q1", SHORT, "rate?", "rate", "stem:"),
    Broken("Q1", CLAIM, "was counted.", "was counted?", "stem:"),
    Broken("Q1", MATCH, "Match each", "Who? What? Match each", "stem:"),
    Broken("Q2", SINGLE, STEM, "What does the essay's count leave out?", "stem:"),
    Broken("Q2", SINGLE, "leave out?", f"{'and ' * 25}leave out?", "stem:"),
    Broken("Q2", OPEN, "be trusted.", f"be trusted {'and ' * 79}so.", "stem:"),
    Broken("Q2", TALK, "leave out?", f"{'and ' * 80}leave out?", "stem:"),
    Broken("Q6", SINGLE, WRONG, "Thefts in the capital city and all its suburbs", "options:"),
    Broken("Q9", SINGLE, STEM, "Which of these does the essay not leave out?", "stem:"),
    Broken("Q9", SINGLE, STEM, "In the essay, what isn't a part of the count?", "stem:"),
    Broken("Q9", SINGLE, STEM, "Which of these is least like the essay's count?", "stem:"),
    Broken("Q9", SINGLE, STEM, "Which claims does the essay make, except about theft?", "stem:"),
    Broken("Q9", SINGLE, STEM, "Which claim cannot be drawn from the essay's count?", "stem:"),
    Broken("Q9", MULTIPLE, "What must", "What **not** must", "stem:"),
    Broken("Q10", SINGLE, WRONG, "Thefts that never come up", "Thefts that never come up"),
    Broken("Q10", SINGLE, WRONG, "Thefts of nothing at all", "Thefts of nothing at all"),
    Broken("Q11", SINGLE, WRONG, "Thefts that often come up", "Thefts that often come up"),
    Broken("Q12", SINGLE, WRONG, "thefts in the capital city", "options:"),
    Broken("Q12", SINGLE, WRONG, "“thefts” in the capital city", "options:"),
    Broken("Q12", SINGLE, WRONG, "Thefts in the capital city.", "options:"),
    Broken("Q14", SINGLE, WRONG, "Thefts that nobody else reported", "nobody else"),
    Broken("Q16", SINGLE, STEM, "What the essay calls a count is best called a?", "stem:"),
    Broken("Q16", SINGLE, STEM, "What the essay calls a count is best called an", "stem:"),
    Broken("Q17", SINGLE, "so a small theft is counted like any other", "so", "No amount"),
    Broken("Q17", SINGLE, "No amount is", f"No amount {'or sum ' * 15}is", "No amount"),
    Broken(
        "Q17", SINGLE, "No amount is named, so a small theft is counted like any other", "No", "No."
    ),
    Broken("Q17", CLAIM, "so it gives an estimate and no full count", "so", "when_true:"),
    Broken("Q17", NUMERIC, "and then multiply by 100,000.", "now.", "otherwise:"),
    Broken("Q17", MATCH, "A count says how many.", "It says how many.", "It says"),
    Broken("Q17", MATCH, "That would be a forecast.", "That is a forecast.", "That is"),
    Broken(
        "Q17", ORDER, "Only what happened is reported.", "Without *it* nothing can follow.", "*it*"
    ),
    Broken(
        "Q18",
        SINGLE,
        "The count on p. 1 holds what was reported, and",
        "It holds that, and",
        "Right.",
    ),
    Broken("Q18", SINGLE, "solution: The count on p. 1", "solution: The count", "solution:"),
    Broken("Q18", SINGLE, "solution: The count on p. 1", "solution: On p. 12 it", "solution:"),
    Broken("Q18", CLAIM, "The word about on p. 1", "The word about here", "when_false:"),
    Broken("Q18", SHORT, "of the rate on p. 1", "of the rate", "feedback:"),
    Broken("Q18", OPEN, " (C1)", "", "model_answer:"),
    Broken("Q19", SINGLE, STEM, "What follows for the essay from the previous question?", "stem:"),
    Broken(
        "Q19", SINGLE, STEM, "Which answer fits the essay and exercise above best of all?", "stem:"
    ),
    Broken(
        "Q19",
        SINGLE,
        STEM,
        "With your answer to the last question, what does the essay say?",
        "stem:",
    ),
    Broken(
        "Q20", SINGLE, "solution: The count on p. 1", "solution: The count on p. 2", "solution:"
    ),
    Broken(
        "Q20",
        SINGLE,
        "solution: The count on p. 1",
        "solution: From p. 1, on pp. 1-3,",
        "solution:",
    ),
    Broken(
        "Q20",
        SINGLE,
        "solution: The count on p. 1",
        "solution: From p. 1, on pages 1 and 2,",
        "solution:",
    ),
    Broken("Q20", SINGLE, "Who must have told", "On page 2, who told", "hints:"),
    Broken("Q20", SINGLE, "solution: The count on p. 1", "solution: On p. 1, by C9,", "solution:"),
    Broken("Q20", SINGLE, "solution: The count on p. 1", "solution: By L901 it", "solution:"),
    Broken("Q20", OPEN, "a number and a source,", "a number from p. 2,", "levels:"),
    Broken("Q20", TALK, "Who was asked?", "Who was asked on p. 2?", "follow_ups:"),
    Broken("Q21", SINGLE, "the essay's count", "a count", "stem:"),
    Broken("Q21", OPEN, "the essay's count", "the authorities' count", "stem:"),
    Broken("Q26", SINGLE, "      misconception: part-for-whole\n", "", WRONG),
    Broken(
        "Q26",
        SINGLE,
        "      correct: true\n",
        "      correct: true\n      misconception: reversed\n",
        "misconception: reversed",
    ),
    Broken("S5", SINGLE, '  hints: ["Who must have told the police?"]\n', "", "- id:"),
]


@pytest.mark.parametrize("text", ALL, ids=lambda text: text.split()[2])
def test_good_exercises_keep_every_rule(tmp_path: Path, text: str) -> None:
    found = findings(tmp_path, text)
    # One exercise makes no chapter: what is said of the set stands on its first line.
    assert [str(each) for each in found if each.problem.line > 1 and each.rule != "S3"] == []


@pytest.mark.parametrize("case", BREAKS, ids=lambda case: f"{case.rule} {case.new[:40]}")
def test_rule_is_broken(tmp_path: Path, case: Broken) -> None:
    found = findings(tmp_path, changed(case.text, case.old, case.new))
    assert lines(found, case.rule) == [line_of(tmp_path, case.where)]


# ---- rules for hedges, numbers and burdens ------------------------------------------------------

SUM = "for every 100,000 people?"
BURDEN = changed(SINGLE, "  stem:", f"  context: {'word ' * 90}\n  stem:")


@pytest.mark.parametrize(
    ("rule", "text", "where"),
    [
        ("Q31", changed(SINGLE, TEXTS[0], "Thefts that may not be told"), "may not"),
        ("Q31", changed(SINGLE, TEXTS[0], "Thefts that *perhaps* happen"), "perhaps"),
        ("Q33", changed(NUMERIC, "answer: 800", "answer: 800.5"), "stem:"),
        ("Q33", changed(NUMERIC, "answer: 800", "answer: 800\n  tolerance: 0.5"), "stem:"),
        (
            "Q33",
            changed(
                changed(NUMERIC, SUM, "for the whole 100,000 people?"),
                "answer: 800",
                "answer: 800\n  tolerance: 0.5",
            ),
            "stem:",
        ),
        (
            "Q33",
            changed(
                changed(NUMERIC, SUM, "for 100,000 people, as a whole number?"),
                "answer: 800",
                "answer: 800.5",
            ),
            "answer:",
        ),
        (
            "Q33",
            changed(
                changed(NUMERIC, SUM, "for 100,000 people, to one decimal?"),
                "answer: 800",
                "answer: 800.55",
            ),
            "answer:",
        ),
        ("Q34", with_stem("It counts; it lists; what does the essay's count leave out?"), "stem:"),
        ("Q35", BURDEN, "stem:"),
        ("Q35", changed(SINGLE, "  title:", "  long: It must be.\n  title:"), "long:"),
    ],
)
def test_newer_rule_is_broken(tmp_path: Path, rule: str, text: str, where: str) -> None:
    assert lines(findings(tmp_path, text), rule) == [line_of(tmp_path, where)]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("Q31", changed(SINGLE, WRONG, "Thefts that may not be told")),
        (
            "Q31",
            changed(
                changed(SINGLE, WRONG, "Thefts that may go unseen"), TEXTS[0], "Thefts that may be"
            ),
        ),
        ("Q31", changed(MULTIPLE, "The period of time", "The time it may take")),
        ("Q33", NUMERIC),
        (
            "Q33",
            changed(
                changed(NUMERIC, SUM, "for 100,000 people, to the nearest ten?"),
                "answer: 800",
                "answer: 800\n  tolerance: 5",
            ),
        ),
        (
            "Q33",
            changed(
                changed(NUMERIC, SUM, "for 100,000 people, to one decimal?"),
                "answer: 800",
                "answer: 800.5\n  tolerance: 0.05",
            ),
        ),
        ("Q34", with_stem("The essay counts thefts; what does its count leave out?")),
        ("Q35", changed(BURDEN, "  title:", "  long: A report has to be read.\n  title:")),
        ("Q35", changed(SINGLE, "  stem:", f"  context: {'word ' * 60}\n  stem:")),
        ("Q35", changed(TALK, "  stem:", f"  context: {'word ' * 200}\n  stem:")),
    ],
)
def test_newer_rule_is_kept(tmp_path: Path, rule: str, text: str) -> None:
    assert lines(findings(tmp_path, text), rule) == []


def test_limit_of_words_is_the_courses(tmp_path: Path) -> None:
    short = SETTINGS.model_copy(update={"bank": SETTINGS.bank.model_copy(update={"words": 20})})
    found = findings(tmp_path, SINGLE, settings=short)
    assert lines(found, "Q35") == [line_of(tmp_path, "stem:")]


def test_what_is_reckoned_needs_no_owner(tmp_path: Path) -> None:
    town = changed(NUMERIC, "the hundred thefts of the essay", "a hundred thefts")
    assert lines(findings(tmp_path, town), "Q21") == []
    stem = "How many thefts are there for every hundred people of this town?"
    amounts = with_options("2", "4", "8", "9", stem=stem, more=FIXED)
    assert lines(findings(tmp_path, amounts), "Q21") == []
    words = with_options("Two", "Four", "Eight", "Nine", stem=stem)
    assert lines(findings(tmp_path, words), "Q21") == [line_of(tmp_path, "stem:")]


# ---- rules that need more than one change ------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "text", "where"),
    [
        ("Q4", MULTIPLE[: MULTIPLE.index("    - text: The size")] + SOLVED, "options:"),
        (
            "Q4",
            SINGLE[: SINGLE.index("    - text: Thefts of")] + SOLVED,
            "options:",
        ),
        ("Q5", with_options(*TEXTS[:3], "All of the above"), "All of"),
        ("Q5", with_options(*TEXTS[:3], "None of these"), "None of"),
        ("Q5", with_options(*TEXTS[:3], "Both answers"), "Both"),
        ("Q5", with_options(*TEXTS[:3], "Any of the options"), "Any of"),
        ("Q5", with_options(*TEXTS[:3], "Both A and C"), "Both A"),
        ("Q5", with_options(*TEXTS[:3], "Options 1 and 3"), "Options 1"),
        ("Q5", with_options(*TEXTS[:3], "Todas las anteriores"), "Todas"),
        ("Q5", with_options(*TEXTS[:3], "Ninguno de los anteriores"), "Ninguno"),
        ("Q12", with_options("2 percent", "4 percent", "8 thefts", "9 thefts", more=FIXED), "opt"),
        ("Q13", with_options("2", "8", "4", "9", more=FIXED), "options:"),
        ("Q13", with_options("2", "4", "8", "9"), "options:"),
        ("Q13", with_options("about 2,000", "500", "8", "9", more=FIXED), "options:"),
        ("Q13", with_options("2010", "2008", "2011", "2012", more=FIXED), "options:"),
        ("Q13", with_options("$2 billion", "$40 million", "3", "4", more=FIXED), "options:"),
        (
            "Q13",
            with_options("May 2009", "June 2008", "4 July 2009", "In August 2009", more=FIXED),
            "options:",
        ),
        (
            "Q15",
            with_options(
                "Countless reports",
                *TEXTS[1:],
                stem="What do essayists on the countless omit in it?",
            ).replace("Thefts", "Deeds"),
            "Countless",
        ),
        ("Q28", with_options("p. 1", "p. 2", "p. 3", "p. 4"), "options:"),
        ("Q28", with_options("Note 1", "Note 2", "Note 3", "Note 4"), "options:"),
        (
            "Q28",
            with_options(
                "1", "2", "3", "4", stem="On which page does the essay give its count?", more=FIXED
            ),
            "options:",
        ),
        ("Q29", with_rows("fact", "fact", "judgement", "judgement"), "items:"),
        ("Q29", with_rows("judgement", "fact", "fact", "fact"), "items:"),
        (
            "Q22",
            changed(
                changed(SINGLE, "[L001]", "[L002]"), STEM, "What should a police force do about it?"
            ),
            "stem:",
        ),
        (
            "Q24",
            with_stem(
                "What does the essay's quantification of approximately one hundred larcenous "
                "misappropriations necessarily disregard methodologically?"
            ),
            "stem:",
        ),
    ],
)
def test_rule_for_options_or_stem_is_broken(
    tmp_path: Path, rule: str, text: str, where: str
) -> None:
    found = findings(tmp_path, text)
    assert lines(found, rule)[:1] == [line_of(tmp_path, where)]


NUMBERS = {"stem": "How many thefts does the essay count in the town?", "more": FIXED}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("Q1", changed(CLAIM, "was counted.", "was counted, and not guessed.")),
        ("Q1", changed(MATCH, "Match each of the essay's words with", "To the essay, what is")),
        ("Q2", with_stem("What does the essay's count then leave out?")),
        ("Q2", with_stem(f"What does the essay's count {'and ' * 28}leave out?")),
        ("Q2", changed(OPEN, "be trusted.", f"be trusted {'and ' * 77}so.")),
        ("Q4", SINGLE[: SINGLE.index("    - text: Thefts by")] + SOLVED),
        ("Q5", with_options(*TEXTS[:3], "Both of the two governments")),
        ("Q5", with_options(*TEXTS[:3], "None of these towns")),
        ("Q5", with_options(*TEXTS[:3], "All of the thefts below")),
        ("Q5", with_options(*TEXTS[:3], "Ways from a to b, or a and b")),
        ("Q5", with_options(*TEXTS[:3], "Plan A")),
        ("Q6", changed(SINGLE, WRONG, "Thefts in the capital")),
        ("Q6", with_options("Ten", "Some fifteen", "Twenty-one", "Thirty")),
        ("Q9", with_stem("Which of these does the essay **NOT** leave out?")),
        ("Q9", with_stem("Which town had at least ten thefts in the essay?")),
        ("Q9", with_stem("Which claim of the essay is not only a claim?")),
        ("Q9", with_stem("Why does the essay not say who counted the thefts?")),
        ("Q9", with_stem("Where thefts are not reported, what does the essay count?")),
        ("Q9", changed(CLAIM, "is a fact", "is not a fact, at least not one")),
        ("Q10", with_options("All that was seen", "Thefts never seen", "What was", "What is")),
        ("Q10", changed(CLAIM, "is a fact", "is always a fact")),
        ("Q11", with_stem("How often does the essay's count leave thefts out?")),
        ("Q12", with_options("thefts in the town", "2 towns", "“deeds” there", "a town")),
        ("Q12", with_options("About 2 percent", "4 percent", "8 percent", "9 percent", **NUMBERS)),
        ("Q13", with_options("-3", "2", "about 1,000", "2,000", **NUMBERS)),
        ("Q13", with_options("$40 million", "$2 billion", "$3 billion", "$4 billion", **NUMBERS)),
        ("Q13", with_options("June 2008", "May 2009", "4 July 2009", "July 2010", **NUMBERS)),
        ("Q13", with_options("9 or more", "2 to 4 of the many towns in it", "Two", "One")),
        ("Q14", with_options("2 percent", "4 percent", "8 percent", "9 percent", **NUMBERS)),
        ("Q14", changed(SINGLE, WRONG, "Thefts that somebody did report")),
        ("Q14", with_options("!", "?", "…", "—")),
        ("Q15", with_stem("Which thefts does the essay's count leave out in the end?")),
        ("Q16", with_stem("Which of the essay's groups would you call group A?")),
        ("Q17", changed(MATCH, "A rate divides by something.", "A rate has two parts.")),
        ("Q17", changed(SINGLE, "No amount is", f"No amount {'or sum ' * 13}is")),
        ("Q18", changed(SINGLE, "holds what was reported, and", "(C1) holds that, and")),
        ("Q18", changed(SINGLE, "solution: The count on p. 1", "solution: By L001 it")),
        ("Q18", changed(NUMERIC, "A hundred over", "That hundred over")),
        ("Q19", with_stem("What is the next question that a reader of the essay asks?")),
        ("Q19", with_stem("What does the essay hold in its last item of all?")),
        (
            "Q20",
            changed(SINGLE, "solution: The count on p. 1", "solution: On p. 1, 2 of 3 counts,"),
        ),
        ("Q20", changed(SINGLE, "solution: The count on p. 1", "solution: On p. 1 and p. 19 it")),
        ("Q20", changed(OPEN, "ledger: [L001]", "ledger: [L003]").replace("(C1)", "(p. 1)")),
        ("Q20", changed(SINGLE, "[L001]", "[L001, L003]").replace("on p. 1", "on pp. 1–2")),
        ("Q21", changed(changed(SINGLE, "the essay's", "a"), "[L001]", "[L002]")),
        ("Q21", changed(changed(SINGLE, "the essay's", "a"), "  stem", "  context: Doe\n  stem")),
        ("Q21", changed(TALK, "the number", "this")),
        ("Q22", with_stem("What should a police force do, in the essay's view?")),
        ("Q22", changed(changed(OPEN, "Say in", "Should we say in"), "the essay's", "a")),
        (
            "Q24",
            with_stem("What does the essay's count of Guadalajara and Aguascalientes leave out?"),
        ),
        ("Q28", with_options("1", "2", "3", "4", **NUMBERS)),
        ("Q28", with_options("p. 1", "p. 2", "p. 3", "A page that is not there")),
        ("Q29", with_rows("fact", "judgement", "fact", "judgement")),
        ("Q29", with_rows("fact", "judgement", "judgement")),
        ("Q29", with_rows("fact", "fact", "fact", "fact")),
        (
            "S5",
            changed(SINGLE, COMMON, COMMON.replace("self-check", "class")).replace("hints", "tags"),
        ),
        ("S5", TALK),
    ],
)
def test_rule_is_kept(tmp_path: Path, rule: str, text: str) -> None:
    # What is said of the set stands on the first line.
    found = [each for each in findings(tmp_path, text) if each.problem.line > 1]
    assert [str(each) for each in found if each.rule == rule] == []


def test_single_choice_with_two_keys_is_not_even_read(tmp_path: Path) -> None:
    assert ("Q3", "E") in [row[:2] for row in rule_table()]
    text = changed(SINGLE, f"text: {WRONG}", f"text: {WRONG}\n      correct: true")
    with pytest.raises(DataError, match="expected one option with 'correct: true', found 2"):
        findings(tmp_path, text)


ESSAY = "One two three four five six seven eight nine ten. It's Peru’s eleven!"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (with_options(*TEXTS[:3], "Three four five, six: SEVEN eight"), "Three"),
        (
            changed(
                SINGLE, "The count on p. 1 holds", "Two three four five six seven eight nine p. 1"
            ),
            "Right. Two",
        ),
        (
            changed(
                SINGLE,
                "Who must",
                "Of nine ten its perus: one two *three* four five six seven eight",
            ),
            "hints",
        ),
        (
            changed(MATCH, "term: Rate", "term: one two three four five six seven eight"),
            "term: one",
        ),
        (
            changed(MATCH, "text: how", "text: one two three four five six seven eight how"),
            "text: one",
        ),
        (changed(OPEN, "[none,", "[one two three four five six seven eight,"), "levels"),
        (changed(TALK, "Thefts and", "One two three four five six seven eight"), "listen_for"),
    ],
)
def test_words_of_the_essay(tmp_path: Path, text: str, where: str) -> None:
    text = text.replace("The count on p. 1", "On p. 1 it")
    assert lines(findings(tmp_path, text, work=ESSAY), "Q23") == [line_of(tmp_path, where)]
    assert lines(findings(tmp_path, text), "Q23") == []


@pytest.mark.parametrize(
    "text",
    [
        with_options(*TEXTS[:3], "Three four five, six: SEVEN"),
        changed(SINGLE, "The count on p. 1 holds", "Two three four five six seven eight on p. 1"),
        changed(MATCH, "match: how many for each", "match: two three four five six seven eight"),
    ],
)
def test_fewer_words_of_the_essay_are_nobodys(tmp_path: Path, text: str) -> None:
    assert lines(findings(tmp_path, text, work=ESSAY), "Q23") == []


def test_key_in_the_stem_of_another_exercise(tmp_path: Path) -> None:
    giving = changed(
        CLAIM, "The essay's count", "The count of thefts that nobody reported, the essay's"
    )
    assert lines(findings(tmp_path, SINGLE, giving), "Q19") == [
        line_of(tmp_path, "counting-claim … stem:")
    ]
    for_class = giving.replace("audience: self-check", "audience: class")
    assert lines(findings(tmp_path, SINGLE, for_class), "Q19") == []
    # The key of a multiple response; and words that only begin like a key are no key.
    giving = changed(CLAIM, "The essay's count", "With the period of time, the essay's count")
    assert lines(findings(tmp_path, MULTIPLE, giving), "Q19") == [
        line_of(tmp_path, "counting-claim … stem:")
    ]
    giving = giving.replace("period of time", "period of times")
    assert lines(findings(tmp_path, MULTIPLE, giving), "Q19") == []


# ---- a whole chapter ---------------------------------------------------------------------------


def named(text: str, name: str, *, level: str = "", outcome: str = "", key: int = 0) -> str:
    """Return the exercise *text* under another id, with its key at place *key*."""
    text = changed(text, text.partition("\n")[0], f"- id: counting-{name}")
    if level:
        text = changed(text, "level: understand", f"level: {level}")
    if outcome:
        text = changed(text, "outcome: counting-explain", f"outcome: counting-{outcome}")
    if key:
        start, end = text.index("    - text"), text.index("  solution")
        options = text[start:end].split("    - ")[1:]
        options.insert(key, options.pop(0))
        text = text[:start] + "".join(f"    - {option}" for option in options) + text[end:]
    return text


def for_class(text: str) -> str:
    """Return the exercise *text* for assigning."""
    return changed(text, "audience: self-check", "audience: class")


CHAPTER = (
    named(TALK, "talk-1"),
    named(TALK, "talk-2", level="apply"),
    named(TALK, "talk-3", level="analyse"),
    named(TALK, "talk-4", level="evaluate"),
    named(SINGLE, "check-1", key=1),
    named(SINGLE, "check-2", level="apply"),
    named(MULTIPLE, "check-3", level="remember", outcome="judge"),
    named(CLAIM, "check-4", level="remember", outcome="judge"),
    named(NUMERIC, "check-5", level="apply", outcome="compute"),
    named(MATCH, "check-6", level="remember"),
    named(ORDER, "check-7"),
    named(SHORT, "check-8"),
    for_class(named(SINGLE, "class-1", level="evaluate", outcome="judge", key=2)),
    for_class(named(MULTIPLE, "class-2")),
    for_class(named(TRUE, "class-3", level="remember")),
    for_class(named(NUMERIC, "class-4", level="create", outcome="compute")),
    for_class(named(MATCH, "class-5", level="remember")),
    for_class(named(OPEN, "class-6", level="analyse")),
)


def without(*names: str) -> tuple[str, ...]:
    """Return the chapter without the exercises *names*."""
    return tuple(text for text in CHAPTER if text.split("\n")[0][15:] not in names)


def with_changed(name: str, old: str, new: str) -> tuple[str, ...]:
    """Return the chapter in which *old* has become *new* in the exercise *name*."""
    assert any(text.startswith(f"- id: counting-{name}\n") for text in CHAPTER)
    return tuple(
        changed(text, old, new) if text.startswith(f"- id: counting-{name}\n") else text
        for text in CHAPTER
    )


def test_good_chapter_keeps_every_rule(tmp_path: Path) -> None:
    # Copies of one exercise give each other away.
    found = [each for each in findings(tmp_path, *CHAPTER) if each.rule != "Q32"]
    assert [str(each) for each in found] == []


TOP = "chapter:"
SETS = [
    ("Q25", with_changed("check-7", "level: understand", "level: remember"), TOP),
    ("Q25", with_changed("class-6", "level: analyse", "level: remember"), TOP),
    ("Q25", with_changed("check-5", "level: apply", "level: analyse"), TOP),
    ("Q25", with_changed("check-5", "counting-compute", "counting-explain"), TOP),
    ("S1", without("check-7"), TOP),
    ("S1", without("class-6"), TOP),
    (
        "S2",
        (*without("class-4", "class-6"), *(named(CHAPTER[-2], f"class-{at}") for at in (7, 8))),
        TOP,
    ),
    ("S3", without("talk-1"), TOP),
    ("S3", with_changed("talk-4", "evaluate", "analyse"), "counting-talk-4 … level:"),
    ("S3", with_changed("talk-2", "apply", "evaluate"), "counting-talk-3 … level:"),
    ("S4", (*CHAPTER[1:], CHAPTER[0]), "id: counting-talk-1"),
    ("S4", (*CHAPTER[:11], *CHAPTER[12:], CHAPTER[11]), "id: counting-check-8"),
]


@pytest.mark.parametrize(("rule", "texts", "where"), SETS)
def test_rule_for_a_chapter_is_broken(
    tmp_path: Path, rule: str, texts: tuple[str, ...], where: str
) -> None:
    found = findings(tmp_path, *texts)
    assert lines(found, rule)[:1] == [line_of(tmp_path, where)]


def test_class_discussions_do_not_count_as_the_chapters(tmp_path: Path) -> None:
    texts = with_changed("talk-1", "minutes: 5\n", "minutes: 5\n  audience: class\n")
    assert {each.rule for each in findings(tmp_path, *texts)} - {"Q32"} == {"S3"}


def test_single_choices_with_other_numbers_of_options(tmp_path: Path) -> None:
    start, end = SINGLE.index("    - text: Thefts by"), SINGLE.index("  solution:")
    three = SINGLE[:start] + SINGLE[end:]
    texts = [named(SINGLE, "a"), named(three, "b"), named(SINGLE, "c"), for_class(three)]
    assert lines(findings(tmp_path, *texts), "Q4") == [line_of(tmp_path, "counting-b … options:")]


@pytest.mark.parametrize(
    ("key", "name"),
    [("Thefts that nobody reported to them", "longest"), ("Unreported", "shortest")],
)
def test_length_betrays_the_key(tmp_path: Path, key: str, name: str) -> None:
    odd = changed(SINGLE, TEXTS[0], key)
    texts = [named(SINGLE, f"even-{at}") for at in range(3)]
    two = [named(odd, "odd-1"), named(odd, "odd-2")]
    assert lines(findings(tmp_path, *texts, *two), "Q7") == []  # two of five are 40 percent
    found = findings(tmp_path, *texts, *two, named(odd, "odd-3"))
    assert lines(found, "Q7") == [line_of(tmp_path, "counting-odd-1 … options:")]
    [message] = [each.problem.message for each in found if each.rule == "Q7"]
    assert f"the key is the {name} option in 3 of 6" in message


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ((0, 1), None),
        ((0, 0), "keys by place: 2 at 1, 0 at 2, 0 at 3, 0 at 4"),
        ((0, 1, 1, 2), None),
        ((0, 1, 1, 1), "keys by place: 1 at 1, 3 at 2"),
        ((0, 1, 2, 3, 3, 2, 1, 0), None),
        ((0, 1, 2, 3, 3, 2, 1, 1), "keys by place: 1 at 1, 3 at 2, 2 at 3, 2 at 4"),
        ((0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3), None),
        ((1, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3), "more than three keys in a row"),
    ],
)
def test_place_betrays_the_key(tmp_path: Path, places: tuple[int, ...], said: str | None) -> None:
    texts = [named(SINGLE, f"at-{at}", key=place) for at, place in enumerate(places)]
    found = [each for each in findings(tmp_path, *texts) if each.rule == "Q8"]
    assert [each.problem.line for each in found][:1] == (
        [line_of(tmp_path, "options:")] if said else []
    )
    assert said is None or found[0].problem.message.startswith(f"counting-at-0: options: {said}")


def test_place_betrays_the_key_over_the_bank(tmp_path: Path) -> None:
    # In each quiz the places are as even as they can be, but all lean the same way.
    def bank(*places: int) -> list[Finding]:
        files = []
        for at in range(8):
            path = tmp_path / f"topic-{at}.yml"
            texts = [named(SINGLE, f"{at}-{place}", key=place) for place in places]
            text = "".join(texts).replace("counting-explain", "none")
            path.write_text(f"chapter: topic-{at}\nexercises:\n{text}", encoding="utf-8")
            files.append(load_bank_file(path))
        ledger, outcomes = (
            load_ledger(DATA / "ledger.yml", SETTINGS),
            load_outcomes(DATA / "outcomes.yml"),
        )
        return [
            each
            for each in check_bank(Bank(files), ledger, outcomes, SETTINGS)
            if each.rule == "Q8"
        ]

    assert bank(0, 1, 2, 3) == []
    [found] = bank(0, 1, 2)
    assert str(found) == (
        f"{tmp_path}/topic-0.yml:1: keys by place over the whole bank: "
        "8 at 1, 8 at 2, 8 at 3, 0 at 4; balance them [Q8 E]"
    )


def test_two_negative_stems(tmp_path: Path) -> None:
    negative = with_stem("Which of these does the essay **NOT** leave out?")
    assert lines(findings(tmp_path, negative, for_class(named(negative, "b"))), "Q9") == []
    found = findings(tmp_path, negative, named(negative, "b"))
    assert lines(found, "Q9") == [line_of(tmp_path, "counting-b … stem:")]


# ---- claims, hedges and semicolons over a chapter and the bank ----------------------------------


def test_claims_of_a_chapter_have_both_answers(tmp_path: Path) -> None:
    two = [named(CLAIM, "a"), for_class(named(CLAIM, "b"))]
    assert lines(findings(tmp_path, *two), "Q30") == [line_of(tmp_path, "counting-a … answer:")]
    assert lines(findings(tmp_path, *two, TRUE), "Q30") == []
    assert lines(findings(tmp_path, two[0]), "Q30") == []


def said_of_bank(tmp_path: Path, rule: str, *texts: str) -> list[str]:
    """Return what *rule* says of the whole bank."""
    found = findings(tmp_path, *texts)
    return [each.problem.message for each in found if each.rule == rule and each.problem.line == 1]


@pytest.mark.parametrize(
    ("true", "count", "said"),
    [(4, 10, None), (6, 10, None), (3, 10, "3 of 10"), (7, 10, "7 of 10"), (1, 9, None)],
)
def test_share_of_true_claims(tmp_path: Path, true: int, count: int, said: str | None) -> None:
    texts = [
        (for_class if at % 2 else str)(named(TRUE if at < true else CLAIM, f"claim-{at}"))
        for at in range(count)
    ]
    found = said_of_bank(tmp_path, "Q30", *texts)
    assert found == (
        [f"{said} claims to be judged are true over the whole bank; expected 40 to 60 percent"]
        if said
        else []
    )


def test_claims_for_class_have_both_answers(tmp_path: Path) -> None:
    texts = [
        *(named(TRUE, f"check-{at}") for at in range(5)),
        *(for_class(named(CLAIM, f"class-{at}")) for at in range(5)),
    ]
    assert said_of_bank(tmp_path, "Q30", *texts) == [
        "over the whole bank, for class: all 5 claims to be judged are false; turn one round",
        "over the whole bank, for self-check: all 5 claims to be judged are true; turn one round",
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [(1, 3, None), (3, 3, "15 percent of the right options and in 5 percent"), (3, 6, None)],
)
def test_hedges_over_the_bank(tmp_path: Path, right: int, wrong: int, said: str | None) -> None:
    # Of 20 right options and 60 wrong ones.
    texts = []
    for at in range(20):
        text = named(SINGLE, f"single-{at}")
        if at < right:
            text = changed(text, TEXTS[0], "Thefts that may not be told")
        if at < wrong:
            text = changed(text, TEXTS[2], "Thefts that may be too small")
        texts.append(text)
    found = said_of_bank(tmp_path, "Q31", *texts)
    assert [said is not None and said in each for each in found] == ([True] if said else [])


def test_semicolons_over_the_bank(tmp_path: Path) -> None:
    joined = with_stem("The essay counts thefts; what does its count leave out?")
    texts = [named(SINGLE, f"single-{at}") for at in range(19)]
    assert said_of_bank(tmp_path, "Q34", *texts, joined) == []
    assert said_of_bank(tmp_path, "Q34", *texts, joined, named(joined, "other")) == [
        "2 of 21 stems have a semicolon over the whole bank; expected 5 percent at most"
    ]
    assert said_of_bank(tmp_path, "Q34", joined) == []


# ---- leaks --------------------------------------------------------------------------------------

OTHER = changed(
    with_stem("Which of these would be a rate, and no count as the essay gives it?"),
    "- id: counting-single",
    "- id: counting-other",
)


def with_own(*texts: str) -> str:
    """Return an exercise whose options have none of the words of `SINGLE`."""
    text = OTHER
    for old, new in zip(TEXTS, texts, strict=True):
        text = changed(text, f"text: {old}", f"text: {new}")
    return re.sub(r"feedback: .*", "feedback: It is one, as p. 1 shows to all who read.", text)


OWN = with_own("One for ten men", "Five in a town", "Ten of a gang", "Six on a day")


def leaks(tmp_path: Path, *texts: str) -> list[str]:
    """Return what is said of leaks, without the file and its line."""
    return [each.problem.message for each in findings(tmp_path, *texts) if each.rule == "Q32"]


def test_exercise_is_given_away_by_another(tmp_path: Path) -> None:
    assert leaks(tmp_path, SINGLE, OWN) == []
    key = changed(SINGLE, TEXTS[0], "Thefts hidden from police by shame")
    giving = changed(OWN, "It is one, as p. 1", "Shame keeps it hidden from the police, as p. 1")
    assert leaks(tmp_path, key, giving) == [
        (
            "counting-single: stem: counting-other gives its answer away ('options': Shame, "
            "hidden, police); change one of the two, or name it in 'answered_by' where that is "
            "meant"
        )
    ]
    # Two of its words are not enough, nor are words that its question or wrong options have.
    giving = changed(OWN, "It is one, as p. 1", "Shame keeps it hidden from the town, as p. 1")
    assert leaks(tmp_path, key, giving) == []
    assert leaks(tmp_path, changed(key, WRONG, "Thefts hidden in shame"), giving) == []
    giving = changed(OWN, "It is one, as p. 1", "Shame keeps it hidden from the police, as p. 1")
    meant = changed(key, "  level:", "  answered_by: [counting-other]\n  level:")
    assert leaks(tmp_path, meant, giving) == []


def test_few_words_give_an_answer_away_where_the_question_is_the_same(tmp_path: Path) -> None:
    key = changed(SINGLE, TEXTS[0], "Thefts hidden in shame")
    giving = changed(OWN, "It is one, as p. 1", "Shame keeps it hidden there, as p. 1")
    assert leaks(tmp_path, key, giving) == []
    told = "Of a hundred thefts the count may leave some hidden in shame, as p. 1"
    assert len(leaks(tmp_path, key, changed(OWN, "It is one, as p. 1", told))) == 1


def test_claim_is_told_again_by_another(tmp_path: Path) -> None:
    claim = changed(CLAIM, "is a fact that was counted", "holds robbery, murder and arson")
    claim = changed(claim, "The word about on p. 1 marks", "On p. 1 neither arson nor fire counts")
    again = "Murder and thefts are one to nobody, and neither is fire counted, as p. 1"
    assert leaks(tmp_path, claim, changed(OWN, "It is one, as p. 1", again)) == []
    again = "Counts of robbery, murder, thefts and arson, and neither fire counts, as p. 1"
    assert len(leaks(tmp_path, claim, changed(OWN, "It is one, as p. 1", again))) == 1


def test_order_and_pairs_are_told_in_one_text(tmp_path: Path) -> None:
    steps = changed(ORDER, "Somebody reports it", "Somebody reports matters")
    steps = changed(steps, "A clerk counts the reports", "A clerk counts")
    told = "A theft happens, somebody reports matters, a clerk counts, as p. 1"
    assert len(leaks(tmp_path, steps, changed(OWN, "It is one, as p. 1", told))) == 1
    told = "A theft happens, somebody reports matters, nobody counts, as p. 1"
    assert leaks(tmp_path, steps, changed(OWN, "It is one, as p. 1", told)) == []
    pairs = changed(MATCH, "match: how many there are", "match: number of things")
    pairs = changed(pairs, "match: how many for each", "match: share by persons")
    told = "A count is the number of things, a rate a share by persons, as p. 1"
    assert len(leaks(tmp_path, pairs, changed(OWN, "It is one, as p. 1", told))) == 1
    assert leaks(tmp_path, pairs, changed(OWN, "It is one, as p. 1", told[:34])) == []


def test_key_of_an_exercise_for_class_gives_nothing_away(tmp_path: Path) -> None:
    key = changed(SINGLE, TEXTS[0], "Thefts hidden from police by shame")
    solved = changed(OWN, "solution: The", "solution: Shame hidden from police. The")
    assert len(leaks(tmp_path, key, solved)) == 1
    assert leaks(tmp_path, key, for_class(solved)) == []


def test_meant_leak_names_an_exercise(tmp_path: Path) -> None:
    text = changed(SINGLE, "  level:", "  answered_by: [counting-othr]\n  level:")
    assert leaks(tmp_path, text, OWN) == [
        (
            "counting-single: answered_by[1]: the bank has no other exercise 'counting-othr'; "
            "did you mean 'counting-other'?"
        )
    ]


# ---- translations ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("      correct: true\n", "", "type: multiple-response"),
        ("answer: false", "answer: true", "type: true-false"),
        ("answer: 800", "answer: 80", "type: numeric"),
        ("value: 125", "value: 126", "type: numeric"),
        ("category: fact", "category: judgement", "type: classify"),
        ("ledger: [L001]", "ledger: [L002]", "type: discussion"),
        ("audience: self-check", "audience: class", "type: single-choice"),
        ("minutes: 2", "minutes: 3", "type: single-choice"),
        ("lines: 4", "lines: 5", "type: open"),
        (MATCH, "", "exercises:"),
        (f"{MATCH}{ORDER}", f"{ORDER}{MATCH}", "exercises:"),
    ],
)
def test_translation_that_is_none(tmp_path: Path, old: str, new: str, where: str) -> None:
    text = "".join(ALL)
    head = "chapter: counting\n"
    original = tmp_path / "counting.yml"
    original.write_text(f"{head}exercises:\n{text}", encoding="utf-8")
    path = tmp_path / "counting.es.yml"
    start = text.index("multiple-response") if old.strip() == "correct: true" else 0
    edited = text[:start] + changed(text[start:], old, new)
    edited = edited.replace("Thefts", "Robos").replace("how many", "cuántos")
    path.write_text(f"{head}language: es\nexercises:\n{edited}", encoding="utf-8")
    bank, translated = Bank([load_bank_file(original)]), Bank([load_bank_file(path)])
    [found] = check_translation(bank, translated)
    line = path.read_text(encoding="utf-8").partition(where)[0].count("\n") + 1
    assert (found.rule, found.severity, found.problem.line) == ("Q27", Severity.ERROR, line)


def test_translation_in_other_words_only(tmp_path: Path) -> None:
    text = "".join(ALL)
    original, path = tmp_path / "counting.yml", tmp_path / "counting.es.yml"
    original.write_text(f"chapter: counting\nexercises:\n{text}", encoding="utf-8")
    text = text.replace("Thefts", "Robos").replace("how many", "cuántos").replace("fact", "hecho")
    path.write_text(f"chapter: counting\nlanguage: es\nexercises:\n{text}", encoding="utf-8")
    bank, translated = Bank([load_bank_file(original)]), Bank([load_bank_file(path)])
    assert check_translation(bank, translated) == []


# ---- the rules themselves ------------------------------------------------------------------------


def test_rules_are_numbered_without_a_gap() -> None:
    names = {name for name, _, _ in rule_table()}
    assert names == {f"Q{at}" for at in range(1, 37)} | {f"S{at}" for at in range(1, 6)}


def test_finding_says_rule_and_severity(tmp_path: Path) -> None:
    found = findings(tmp_path, changed(SINGLE, WRONG, "Thefts that often come up"))
    line = line_of(tmp_path, "often")
    assert (
        f"{tmp_path}/counting.yml:{line}: counting-single: options[2].text: 'often' is vague; say "
        "how often, or leave it out [Q11 W]"
    ) in [str(each) for each in found]
