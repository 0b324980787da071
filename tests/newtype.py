"""A type of exercise that the course does not have, "year", and what each file needs to take it.

`test_types.py` adds it to a copy of the package as a contributor would: first to the model, then
wherever the type checker points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

#: A self-check of the new type, for the bank of the small course.
EXERCISE = """
  - id: counting-year
    type: year
    title: The year of the count
    stem: In which year did somebody count the thefts, as the author tells it?
    answer: 2009
    feedback: Right. The note on p. 1 leads to a work of that year.
    otherwise: Follow the note on p. 1 to the work, whose year it gives.
    hints: [Follow the note.]
    solution: The work that the note on p. 1 names is of 2009.
    ledger: [L001]
    outcome: counting-explain
    level: understand
    difficulty: easy
    minutes: 1
    audience: self-check
"""


class Addition(NamedTuple):
    """What a file needs: *new* in place of *old*, wherever that stands."""

    file: str
    old: str
    new: str


MODEL = [
    Addition(
        "bank/model.py",
        "class Open(BaseExercise):",
        '''class Year(Solved):
    """A year to tell."""

    label = "Year"
    type: Literal["year"]
    answer: Whole
    feedback: Line
    otherwise: Line


class Open(BaseExercise):''',
    ),
    Addition("bank/model.py", "    | ShortAnswer\n", "    | ShortAnswer\n    | Year\n"),
    Addition("bank/model.py", '    "short-answer",\n', '    "short-answer",\n    "year",\n'),
]


def goes_with(file: str, pattern: str, new: str) -> Addition:
    """Return the addition of *new* to each alternative of *file* that has *pattern*."""
    return Addition(file, f"{pattern} | ", f"{pattern} | {new} | ")


NAME, CLASS = ('"numeric"', '"year"'), ("Numeric()", "Year()")
IMPORT = ("    TrueFalse,\n", "    TrueFalse,\n    Year,\n")
IMPORT_NAMED = ("    TrueFalse,\n    identity", "    TrueFalse,\n    Year,\n    identity")
PLACES = [
    # what it is made of
    Addition("bank/parts.py", *IMPORT),
    Addition(
        "bank/parts.py",
        '        case Numeric() | ShortAnswer():\n            yield ("feedback",)',
        """        case Year():
            yield ("feedback",), exercise.feedback
            yield ("otherwise",), exercise.otherwise
        case Numeric() | ShortAnswer():
            yield ("feedback",)""",
    ),
    Addition(
        "bank/parts.py",
        "        case ShortAnswer():\n",
        "        case ShortAnswer() | Year():\n",
    ),
    Addition(
        "bank/parts.py",
        "case Match() | Order() | Cl",
        "case Year() | Match() | Order() | Cl",
    ),
    Addition(
        "bank/parts.py",
        "            | ShortAnswer()\n",
        "            | ShortAnswer() | Year()\n",
    ),
    Addition("bank/parts.py", "case Order() | Classify():", "case Order() | Classify() | Year():"),
    Addition("bank/parts.py", "case Order() | Open()", "case Order() | Year() | Open()"),
    Addition("bank/parts.py", "case TrueFalse() | Num", "case TrueFalse() | Year() | Num"),
    # what follows from it
    Addition("bank/traits.py", *IMPORT),
    Addition(
        "bank/traits.py",
        '"true-false" | "short-answer":',
        '"true-false" | "year" | "short-answer":',
    ),
    goes_with("bank/traits.py", *NAME),
    goes_with("bank/traits.py", "TrueFalse()", CLASS[1]),
    Addition(
        "bank/traits.py",
        "MultipleResponse() | Numeric()",
        "MultipleResponse() | Year() | Numeric()",
    ),
    Addition("bank/rules/leaks.py", *IMPORT),
    Addition("bank/rules/leaks.py", "case Numeric() | Cl", "case Numeric() | Year() | Cl"),
    Addition("bank/rules/check.py", *IMPORT),
    Addition(
        "bank/rules/check.py",
        "        case TrueFalse():",
        "        case TrueFalse() | Year():",
    ),
    # pages
    Addition("pages/exercises/build.py", *IMPORT_NAMED),
    Addition(
        "pages/exercises/build.py",
        "            case ShortAnswer():\n",
        "            case Year():\n                self.year(item)\n"
        "            case ShortAnswer():\n",
    ),
    Addition(
        "pages/exercises/build.py",
        "    def short_answer(self",
        '''    def year(self, item: Year) -> None:
        """Add a field for a year."""
        self.controls.append(exercise_field(sort="number", unit="", lines=1))
        self.script_key["number"] = [item.answer, 0]
        self.script_key["expected"] = []
        self.in_words(str(item.answer))
        self.say("right", RIGHT, str(item.answer), item.feedback)
        self.say("otherwise", OTHER, "Any other year", item.otherwise)

    def short_answer(self''',
    ),
    goes_with("pages/exercises/html.py", *NAME),
    goes_with("pages/exercises/words.py", *NAME),
    Addition("pages/exercises/chapters.py", *IMPORT),
    goes_with("pages/exercises/chapters.py", *CLASS),
    # print and plain output
    goes_with("pages/exercises/printed.py", *NAME),
    # slides
    goes_with("typst/layouts/slide_exercises.py", *NAME),
    goes_with("pages/exercises/workbook.py", *NAME),
    # files for other systems
    Addition("export/items.py", *IMPORT_NAMED),
    Addition(
        "export/items.py",
        "        case ShortAnswer():\n",
        """        case Year():
            right = Near(exercise.answer, 0, line(exercise.feedback))
            return Number(right, "", line(exercise.otherwise), ())
        case ShortAnswer():
""",
    ),
    Addition("pages/exercises/pen.py", '"true-false" | ', '"true-false" | "year" | '),
    # papers and keys
    Addition("sheets/questions.py", '"true-false" | ', '"true-false" | "year" | '),
    goes_with("sheets/marking.py", *NAME),
    Addition(
        "sheets/answers.py",
        "    TrueFalse,\n    type_of",
        "    TrueFalse,\n    Year,\n    type_of",
    ),
    Addition(
        "sheets/answers.py",
        "        case ShortAnswer():\n            return item.accepted[0]\n",
        "        case Year():\n            return str(item.answer)\n"
        "        case ShortAnswer():\n            return item.accepted[0]\n",
    ),
    Addition(
        "sheets/answers.py",
        "            case Match():\n                return self._match",
        "            case Year():\n                return self._year(self.item)\n"
        "            case Match():\n                return self._match",
    ),
    Addition(
        "sheets/answers.py",
        "    def _field(self",
        '''    def _year(self, item: Year) -> Iterator[nodes.Node]:
        """Yield the year, and what is said of others."""
        right, others = (str(item.answer), item.feedback), ("any other year", item.otherwise)
        yield self.reasons([(*right, True), (*others, False)])

    def _field(self''',
    ),
]
#: The script's own list, which no type checker reads: a test compares it with the model.
SCRIPT = Addition(
    "pages/static/exercises.js",
    '    "numeric": {',
    '    "year": { mark: marking.field, read: numbers },\n    "numeric": {',
)


def add(package: Path, additions: list[Addition]) -> None:
    """Make *additions* to the copy of the package in the folder *package*."""
    for file, old, new in additions:
        path = package / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file}: {old!r} is not there; mend this file as the package changes"
        path.write_text(text.replace(old, new), encoding="utf-8")
