"""Make the nodes of an exercise.

Everything that a reader sees is a node, so that links, quotation marks and translations are done
by Sphinx; what a script needs to mark an answer stands in attributes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from docutils import nodes

from courseware.bank.model import (
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
    identity_of,
    type_of,
)
from courseware.bank.order import match_order, option_order, row_order, step_order
from courseware.bank.parts import answer as answer_of
from courseware.bank.texts import plain
from courseware.bank.traits import has_parts, with_rubric
from courseware.pages.build import fill_row, paragraph, span, table
from courseware.pages.nodes import discussion_question

from .nodes import (
    exercise,
    exercise_about,
    exercise_answer,
    exercise_choice,
    exercise_choices,
    exercise_context,
    exercise_feedback,
    exercise_feedbacks,
    exercise_field,
    exercise_hint,
    exercise_key,
    exercise_option,
    exercise_passage,
    exercise_question,
    exercise_row,
    exercise_said,
    exercise_solution,
    exercise_stem,
    exercise_title,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from courseware.bank.model import Practised

    from .markup import BankMarkup

    Cite = Callable[[Iterable[str]], list[nodes.Node]]

RIGHT, WRONG, OTHER = "right", "wrong", "other"


def anchor_of(name: str) -> str:
    """Return the anchor of the exercise *name* on its page."""
    return f"exercise-{name}"


def letter(at: int) -> str:
    """Return the letter of the choice number *at*, from 1."""
    return "ABCDEFGHIJKLMNOP"[at - 1]


def number_text(value: float, unit: str | None = None, *, shown: bool = True) -> str:
    """Return *value* with its *unit* as the course writes it: ``8 percent``, ``12.5``, ``4,954``.

    A whole number without a unit from 1500 to 2100 is a year, and has no comma. The unit is left
    out where it is not *shown*.
    """
    is_year = not unit and value == int(value) and 1500 <= value <= 2100
    digits = f"{value:.10g}" if is_year else f"{value:,.10g}"
    return f"{digits} {unit}" if unit and shown else digits


def build_exercise(
    item: Practised,
    chapter: str,
    markup: BankMarkup,
    cite: Cite,
    seed: str | None = None,
    *,
    review: bool = False,
) -> exercise:
    """Return the nodes of *item*, its options shuffled by *seed* where there is one.

    *cite* makes citations of bibliography keys. A copy for *review* has ids of its own.
    """
    name = f"review-{item.id}" if review else anchor_of(item.id)
    result = exercise(
        "",
        exercise=item.id,
        kind=type_of(item),
        label=item.label,
        level=item.level.value,
        difficulty=item.difficulty.value,
        minutes=item.minutes,
        outcome=item.outcome,
        chapter=chapter,
        ledger=list(item.ledger),
        passage=item.passage or "",
        review=review,
        plain_title=plain(item.title),
        ids=[name],
        classes=["exercise", f"exercise-{item.type}"],
    )
    result += exercise_title("", "", *markup.inline(item.title))
    if item.context:
        context = exercise_context("", *markup.blocks(item.context), ids=[f"{name}-context"])
        if item.sources:
            context += paragraph("Source: ", *cite(item.sources), ".", classes=["exercise-source"])
        result += context
    question = exercise_question("", exercise_stem("", "", *markup.inline(item.stem)))
    # A table read out as a description would be a heap of words.
    described = result.next_node(exercise_context)
    if described is not None and described.next_node(nodes.table) is None:
        question["described"] = f"{name}-context"
    result += question
    for number, hint in enumerate(item.hints, 1):
        body = paragraph(*markup.inline(hint))
        result += exercise_hint("", body, number=number, of=len(item.hints))
    parts = _Parts(item, markup, seed)
    question += parts.controls
    result["script_key"] = parts.script_key
    answer = exercise_answer("", classes=["no-search"])
    if parts.key:
        answer += exercise_key("", *parts.key)
    answer += _solution(item, markup)
    answer += exercise_passage("", exercise=item.id)
    if parts.feedback:
        answer += exercise_feedbacks("", *parts.feedback)
    result += answer
    return result


def _solution(item: Practised, markup: BankMarkup) -> list[nodes.Node]:
    """Return the worked solution, or the model answer with the rubric that it is judged by."""
    model = with_rubric(item)
    _, text = answer_of(item)
    solution = exercise_solution("", *markup.blocks(text), model=model is not None)
    return [solution, rubric_table(model, markup)] if model else [solution]


def build_discussion(item: Discussion, markup: BankMarkup, cite: Cite) -> discussion_question:
    """Return the nodes of a discussion question: what students see, and none of the notes."""
    lead = span(f"Purpose ({item.level.value}): ", "discussion-level")
    result = discussion_question(
        "",
        exercise=item.id,
        kind=type_of(item),
        level=item.level.value,
        label=item.label,
        difficulty=item.difficulty.value,
        minutes=item.minutes,
        outcome=item.outcome,
        tags=list(item.tags),
        plain_title=plain(item.title),
        ids=[anchor_of(item.id)],
        classes=["discussion-question"],
    )
    if item.context:
        result += markup.blocks(item.context)
    result += paragraph(*markup.inline(item.stem))
    if item.sources:
        result += paragraph("Source: ", *cite(item.sources), ".", classes=["exercise-source"])
    result += paragraph(lead, *markup.inline(item.purpose), classes=["discussion-purpose"])
    return result


class _Parts:
    """The controls of one exercise, its key for the script, its key in words, its feedback."""

    def __init__(self, item: Practised, markup: BankMarkup, seed: str | None) -> None:
        self.item = item
        self.markup = markup
        self.controls: list[nodes.Node] = []
        self.script_key: dict[str, Any] = {}
        self.key: list[nodes.Node] = []
        self.feedback: list[exercise_feedback] = []
        match item:
            case SingleChoice() | MultipleResponse():
                self.choice(item, seed)
            case TrueFalse():
                self.true_false(item)
            case Numeric():
                self.numeric(item)
            case Match():
                self.match(item, seed)
            case Order():
                self.order(item, seed)
            case Classify():
                self.classify(item, seed)
            case ShortAnswer():
                self.short_answer(item)
            case Open():
                self.controls.append(exercise_field(sort="lines", lines=item.lines, unit=""))
            case _:
                assert_never(item)

    def say(self, value: str, verdict: str, about: str, text: str) -> None:
        """Add the feedback *text* for the answer *value*, which is *about* in words."""
        self.feedback.append(
            exercise_feedback(
                "",
                exercise_about("", "", *self.markup.inline(about)),
                exercise_said("", "", *self.markup.inline(text)),
                value=value,
                verdict=verdict,
            )
        )

    def in_words(self, *texts: str) -> None:
        """Add to the key in words a paragraph of *texts*, each of which is CommonMark."""
        self.key.append(paragraph(*(node for text in texts for node in self.markup.inline(text))))

    def choice(self, item: SingleChoice | MultipleResponse, seed: str | None) -> None:
        """Add options; the script's key is the values of the right ones."""
        multiple = has_parts(item.type)
        shown = option_order(item, seed)
        for option in shown:
            value = option.identity(item.id)
            text = self.markup.inline(option.text)
            pinned = option.pinned or not item.shuffle
            self.controls.append(
                exercise_option("", "", *text, value=value, multiple=multiple, pinned=pinned)
            )
            self.say(value, RIGHT if option.correct else WRONG, option.text, option.feedback)
        right = [option for option in shown if option.correct]
        self.script_key["right"] = [option.identity(item.id) for option in right]

    def true_false(self, item: TrueFalse) -> None:
        """Add the two options of a claim."""
        for word, feedback in (("true", item.when_true), ("false", item.when_false)):
            text = self.markup.inline(word.capitalize())
            # Nobody expects "False" before "True".
            self.controls.append(
                exercise_option("", "", *text, value=word, multiple=False, pinned=True)
            )
            right = item.answer is (word == "true")
            self.say(word, RIGHT if right else WRONG, word.capitalize(), feedback)
        self.script_key["right"] = [str(item.answer).lower()]

    def numeric(self, item: Numeric) -> None:
        """Add a field for a number; the script's key holds the values and how near is near."""
        self.controls.append(exercise_field(sort="number", unit=item.unit or "", lines=1))
        self.script_key["number"] = [item.answer, item.tolerance]
        self.script_key["expected"] = [[w.value, item.reach(w)] for w in item.expected]
        self.in_words(number_text(item.answer, item.unit))
        self.say("right", RIGHT, number_text(item.answer, item.unit), item.feedback)
        for at, wrong in enumerate(item.expected):
            self.say(str(at), WRONG, number_text(wrong.value, item.unit), wrong.feedback)
        self.say("otherwise", OTHER, "Any other number", item.otherwise)

    def short_answer(self, item: ShortAnswer) -> None:
        """Add a field for a few words; the script's key holds the forms as the bank has them."""
        self.controls.append(exercise_field(sort="text", unit="", lines=1))
        self.script_key["words"] = item.forms
        self.script_key["expected"] = [wrong.value for wrong in item.expected]
        self.in_words(item.accepted[0])
        self.say("right", RIGHT, item.accepted[0], item.feedback)
        for at, wrong in enumerate(item.expected):
            self.say(str(at), WRONG, wrong.value, wrong.feedback)
        self.say("otherwise", OTHER, "Any other answer", item.otherwise)

    def offer(self, texts: Iterable[str], *, lettered: bool) -> None:
        """Add the list of what there is to choose from in all rows."""
        choices = [exercise_choice("", "", *self.markup.inline(text)) for text in texts]
        self.controls.append(exercise_choices("", *choices, lettered=lettered))

    def row(self, value: str, text: str, choices: list[tuple[str, str]], answer: str) -> None:
        """Add a row whose right choice is *answer*."""
        words = self.markup.inline(text)
        shown = [(each, plain(words_)) for each, words_ in choices]
        self.controls.append(exercise_row("", "", *words, value=value, choices=shown))
        self.script_key.setdefault("rows", {})[value] = answer

    def match(self, item: Match, seed: str | None) -> None:
        """Add a row for each term."""
        texts = match_order(item, seed)
        self.offer(texts, lettered=True)
        name = {text: identity_of(item.id, text) for text in texts}
        offered = [(name[text], f"{letter(at)}. {text}") for at, text in enumerate(texts, 1)]
        for pair in item.pairs:
            value = pair.identity(item.id)
            self.row(value, pair.term, offered, name[pair.match])
            self.say(value, RIGHT, f"{pair.term}: {pair.match}", pair.feedback)
        for distractor in item.distractors:
            self.say(f"choice-{name[distractor.text]}", WRONG, distractor.text, distractor.feedback)

    def order(self, item: Order, seed: str | None) -> None:
        """Add a row for each step, in an order that is not the right one."""
        last = len(item.steps)
        ends = {1: "1, first", last: f"{last}, last"}
        places = [(str(place), ends.get(place, str(place))) for place in range(1, last + 1)]
        for at in step_order(item, seed):
            step = item.steps[at]
            self.row(step.identity(item.id), step.text, places, str(at + 1))
        for step in item.steps:
            self.say(step.identity(item.id), RIGHT, step.text, step.feedback)

    def classify(self, item: Classify, seed: str | None) -> None:
        """Add a row for each item."""
        self.offer(item.categories, lettered=False)
        name = {text: identity_of(item.id, text) for text in item.categories}
        choices = [(name[text], text) for text in item.categories]
        for each in row_order(item, seed):
            value = each.identity(item.id)
            self.row(value, each.text, choices, name[each.category])
            self.say(value, RIGHT, f"{each.text} **{each.category}**", each.feedback)


def rubric_table(item: Open, markup: BankMarkup) -> nodes.table:
    """Return the rubric of an open question as a table: what earns 0 to 3 points."""
    rows = []
    for criterion in item.rubric:
        texts = [criterion.criterion, *criterion.levels]
        cells: list[list[nodes.Node]] = [[paragraph(*markup.inline(text))] for text in texts]
        rows.append(fill_row(nodes.row(), cells))
    header = ["Criterion", "0 points", "1 point", "2 points", "3 points"]
    return table(header, rows, (20, 20, 20, 20, 20), "rubric")
