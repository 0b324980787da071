"""The parts of an exercise on paper, as ordinary nodes: every output without forms is made of them.

The chapters' pages (`plain`) and the papers for a class (`courseware.sheets`) put them together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from docutils import nodes

from courseware.data.ledger import NO_BREAK
from courseware.pages.build import fill_row, paragraph, span, table
from courseware.pages.domain import number_words

from .build import letter
from .nodes import (
    answer_space,
    exercise,
    exercise_answer,
    exercise_choice,
    exercise_context,
    exercise_feedback,
    exercise_field,
    exercise_key,
    exercise_option,
    exercise_question,
    exercise_row,
    exercise_solution,
    exercise_stem,
    exercise_title,
    kind_of,
)
from .pen import in_a_book
from .words import answer_lead, stem_frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from courseware.bank.model import TypeName

BLANK = "____ "
RULED = "________________________"


class PrintedExercise:
    """Makes the parts of exercises for an output of the Sphinx format *output*."""

    def __init__(self, output: str) -> None:
        self.output = output

    # -- the question

    def question(self, node: exercise) -> Iterator[nodes.Node]:
        """Yield the context, the stem, and the room to answer."""
        for context in node.findall(exercise_context):
            yield nodes.container("", *context.children, classes=["exercise-context"])
        question = part(node, exercise_question)
        stem = paragraph(*copies(part(question, exercise_stem)), classes=["exercise-stem"])
        _, tail = stem_frame(kind_of(node))
        if tail:
            stem += nodes.Text(f" {tail}")
        stem += self.how(node, question)
        yield stem
        yield from self.room(node, question)

    def how(self, node: exercise, question: nodes.Element) -> list[nodes.Node]:
        """Return how the pen is used, in soft words after the stem; nothing but on paper."""
        if self.output != "typst":
            return []
        said = self.pen_words(
            kind_of(node),
            rows=len(list(question.findall(exercise_row))),
            offered=len(list(question.findall(exercise_choice))),
        )
        return [nodes.Text(" "), span(said, "exercise-how")] if said else []

    def pen_words(self, kind: TypeName, *, rows: int, offered: int) -> str:
        """Return how the pen is used for an exercise of *kind*, or nothing where that is plain."""
        return in_a_book(kind, rows=rows, offered=offered)

    def room(self, node: exercise, question: nodes.Element) -> Iterator[nodes.Node]:
        """Yield the options, the rows with their blanks, or the lines to write on."""
        kind = kind_of(node)
        options = list(question.findall(exercise_option))
        rows = list(question.findall(exercise_row))
        offered = list(question.findall(exercise_choice))
        match kind:
            case "single-choice" | "multiple-response":
                yield self.options(node, options)
            case "true-false":
                text, _ = stem_frame(kind)
                words = [option.astext() for option in options]
                yield answer_space(text, text, lines=0, unit="", choices=words, sums=False)
            case "match":
                yield self.columns(rows, offered)
            case "order":
                yield self.places(rows)
            case "classify":
                yield from self.sorting(rows, offered)
            case "numeric" | "short-answer" | "open":
                yield from self.fields(node, question)
            case "discussion":
                return
            case _:
                assert_never(kind)

    def fields(self, node: exercise, question: nodes.Element) -> Iterator[nodes.Node]:
        """Yield a line for a number or a few words, or several for an answer at length."""
        for field in question.findall(exercise_field):
            lines = field["lines"]
            text = RULED if lines > 1 else f"Answer: {RULED} {field['unit']}".rstrip()
            sums = kind_of(node) == "numeric"
            yield answer_space(text, text, lines=lines, unit=field["unit"], choices=[], sums=sums)

    def places(self, rows: Sequence[nodes.Element]) -> nodes.Element:
        """Return the steps, each with room for its number."""
        return _with_blanks(rows, "exercise-blanks")

    def options(self, _node: exercise, options: Sequence[nodes.Element]) -> nodes.Element:
        """Return what is to be chosen from, with letters."""
        return self.lettered(options, "loweralpha")

    def columns(
        self, rows: Sequence[nodes.Element], offered: Sequence[nodes.Element]
    ) -> nodes.Node:
        """Return two columns: the terms with their blanks, the matches with their letters."""
        sides = (_with_blanks(rows, "exercise-blanks"), self.lettered(offered, "upperalpha"))
        return nodes.container(
            "",
            *(nodes.container("", side, classes=["exercise-side"]) for side in sides),
            classes=["exercise-sides"],
        )

    def sorting(
        self, rows: Sequence[nodes.Element], categories: Sequence[nodes.Element]
    ) -> Iterator[nodes.Node]:
        """Yield the categories, and the items with room for the name of one."""
        words = paragraph("Categories: ", classes=["exercise-categories"])
        for at, category in enumerate(categories):
            words += [nodes.Text(", ")] * bool(at) + copies(category)
        yield words
        yield _with_blanks(rows, "exercise-sorting")

    def lettered(self, items: Sequence[nodes.Element], style: str) -> nodes.Element:
        """Return *items* as a list with letters, which are written out where the builder counts."""
        # Sphinx's plain text numbers every list with figures.
        in_words = self.output == "text"
        result: nodes.Element = nodes.bullet_list()
        if not in_words:
            result = nodes.enumerated_list(enumtype=style, prefix="", suffix=")")
        result["classes"].append("exercise-options")
        for at, item in enumerate(items, 1):
            lead = [nodes.Text(f"{letter_in(at, style)}) ")] if in_words else []
            result += nodes.list_item("", paragraph(*lead, *copies(item)))
        return result

    # -- the answer

    def solution(self, name: str, answer: nodes.Element) -> Iterator[nodes.Node]:
        """Yield the worked solution or the model answer, and the rubric of the latter."""
        for solution in answer.findall(exercise_solution):
            yield from copies(solution)
        for rubric in answer.findall(nodes.table):
            if "rubric" in rubric["classes"]:
                yield paragraph(f"How to mark {name}:", classes=["exercise-marking"])
                yield by_points(rubric)

    def leads(self, node: exercise) -> str:
        """Return what leads to an answer that does not stand beside its number, or nothing."""
        return answer_lead(kind_of(node))

    def key(self, node: exercise, answer: nodes.Element) -> Iterator[nodes.Element]:
        """Yield what is right, as a line or as a list."""
        kind = kind_of(node)
        match kind:
            case "single-choice" | "multiple-response":
                yield self.right_options(node, answer, lettered=True)
            case "true-false":
                yield self.right_options(node, answer, lettered=False)
            case "match":
                yield self.right_rows(node, lettered=True)
            case "classify":
                yield self.right_rows(node, lettered=False)
            case "order":
                yield self.right_order(node)
            case "numeric" | "short-answer":
                for words in answer.findall(exercise_key):
                    yield from (
                        each for each in words.deepcopy() if isinstance(each, nodes.Element)
                    )
            case "open" | "discussion":
                return
            case _:
                assert_never(kind)

    def right_options(
        self, node: exercise, answer: nodes.Element, *, lettered: bool
    ) -> nodes.paragraph:
        """Return the options that are right in a line, with their letters if they have some."""
        feedbacks = answer.findall(exercise_feedback)
        right = {each["value"] for each in feedbacks if each["verdict"] == "right"}
        line = paragraph()
        for at, option in enumerate(node.findall(exercise_option), 1):
            if option["value"] in right:
                line += [nodes.Text("; ")] * bool(len(line))
                if lettered:
                    line += nodes.Text(f"{letter_in(at, 'loweralpha')}){NO_BREAK}")
                line += copies(option)
        return line

    def right_order(self, node: exercise) -> nodes.Element:
        """Return the steps in order."""
        right = right_places(node)
        steps = sorted(node.findall(exercise_row), key=lambda row: right[row["value"]])
        items = [nodes.list_item("", paragraph(*copies(step))) for step in steps]
        return nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")

    def right_rows(self, node: exercise, *, lettered: bool) -> nodes.Element:
        """Return each row with the choice that is right for it, by its letter if it has one."""
        right = right_places(node)
        offered = list(node.findall(exercise_choice))
        result = nodes.bullet_list(classes=["exercise-right"])
        for row in node.findall(exercise_row):
            place = right[row["value"]]
            found = copies(offered[place - 1])
            if lettered:
                words = [nodes.Text(f"{letter_in(place, 'upperalpha')}){NO_BREAK}"), *found]
            else:
                words = [nodes.strong("", "", *found)]
            result += nodes.list_item("", paragraph(*before_colon(copies(row)), *words))
        return result


def headed(node: exercise) -> nodes.paragraph:
    """Return the line with number and title of an exercise."""
    number = number_words(node.get("number", ""))
    title = part(node, exercise_title)
    head = nodes.strong("", "", span(f"{number}. ", "exercise-number"), *copies(title))
    return paragraph(head, classes=["exercise-head"])


def answered(
    printed: PrintedExercise, node: exercise, back: nodes.reference, name: str
) -> nodes.container:
    """Return the answer to *node*, which is called *name*: what is right, and the solution.

    *back* is its number, and leads back to it.
    """
    answer = part(node, exercise_answer)
    lead = paragraph(nodes.strong("", "", back), " ", classes=["exercise-lead"])
    result = nodes.container("", number=node["number"], classes=["exercise-answer-print"])
    result.source, result.line = node.source, node.line
    key, solution = list(printed.key(node, answer)), list(printed.solution(name, answer))
    if leads := printed.leads(node):
        lead += nodes.Text(leads)
    elif key:
        # An answer of a few words stands beside its number.
        lead += nodes.inline("", "", *key.pop(0).children, classes=["exercise-key"])
    result += [lead, *key, *solution]
    return result


def places_in_order(node: exercise) -> list[int]:
    """Return for each row, as they are printed, which of its choices is right, counted from 1."""
    right = right_places(node)
    return [right[row["value"]] for row in node.findall(exercise_row)]


def part(node: nodes.Element, kind: type[nodes.Element]) -> nodes.Element:
    """Return the first part of *node* of a *kind* that it must have."""
    return next(iter(node.findall(kind)))


def copies(node: nodes.Element) -> list[nodes.Node]:
    """Return copies of the children of *node*, since it may be printed in several places."""
    return [child.deepcopy() for child in node.children]


def minutes_text(minutes: int) -> str:
    """Return ``1 minute`` or ``3 minutes``, on one line."""
    return f"{minutes}{NO_BREAK}minute{'' if minutes == 1 else 's'}"


def letter_in(at: int, style: str) -> str:
    """Return the letter of the choice number *at* in a list of docutils' *style*."""
    return letter(at) if style == "upperalpha" else letter(at).lower()


def before_colon(words: list[nodes.Node]) -> list[nodes.Node]:
    """Return *words* as what is told of them follows: a colon for the full stop."""
    last = words[-1].astext()
    if isinstance(words[-1], nodes.Text):
        words[-1] = nodes.Text(last.removesuffix("."))
    return [*words, nodes.Text(" \N{EN DASH} " if last.endswith(("?", "!")) else ": ")]


def by_points(rubric: nodes.Element) -> nodes.table:
    """Return a rubric with a column for each criterion and a row for each number of points.

    There are fewer criteria than levels, so that the columns are wider, on a narrow screen too.
    """
    rows = [
        [copies(entry) for entry in row.findall(nodes.entry)]
        for row in part(rubric, nodes.tbody).findall(nodes.row)
    ]
    names = ["Points", *(" ".join(cell.astext() for cell in row[0]) for row in rows)]
    levels = [
        fill_row(nodes.row(), [[paragraph(str(points))], *(row[points + 1] for row in rows)])
        for points in range(len(rows[0]) - 1)
    ]
    return table(names, levels, (13, *(87 // len(rows) for _ in rows)), "rubric")


def right_places(node: exercise) -> dict[str, int]:
    """Return which of its choices, counted from 1, is right for each row, by the row's value."""
    rows = list(node.findall(exercise_row))
    offered_as = [value for value, _ in rows[0]["choices"]]
    answers = node["script_key"]["rows"]
    return {value: offered_as.index(answer) + 1 for value, answer in answers.items()}


def _with_blanks(rows: Iterable[nodes.Element], sort: str) -> nodes.bullet_list:
    blanks = nodes.bullet_list(classes=[sort])
    for row in rows:
        blanks += nodes.list_item("", paragraph(span(BLANK, "blank"), *copies(row)))
    return blanks
