"""The answers to one question: for each version what to look for, and why it is right or wrong.

``short`` says the answer in a few characters, to mark a pile of sheets by; ``explained`` says all
that the bank knows of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

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
    type_of,
)
from courseware.bank.order import match_order, option_order, row_order, step_order
from courseware.bank.parts import answer as worked
from courseware.bank.traits import is_marked
from courseware.pages.build import fill_row, paragraph, span, table
from courseware.pages.exercises.build import letter, number_text, rubric_table
from courseware.pages.exercises.printed import by_points

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from courseware.bank.model import Exercise, Item
    from courseware.bank.versions import Version
    from courseware.pages.build import Cell

    from .desk import Desk

# The width of a column for letters; the others of a table come to 100.
LETTER = 5
# A feedback that says itself that it is for what is right: whole words, not "Rightly".
_RIGHT = re.compile(r"(?:Right|Yes|Correct)\b")


def short(item: Exercise, seed: str | None) -> str:
    """Return the answer to *item* in the version by *seed*, as one reads it off a sheet."""
    match item:
        case SingleChoice() | MultipleResponse():
            shown = option_order(item, seed)
            return ", ".join(_lower(at) for at, each in enumerate(shown, 1) if each.correct)
        case TrueFalse():
            return _truth(item.answer)
        case Numeric():
            return number_text(item.answer, item.unit) + near_text(item)
        case ShortAnswer():
            return item.accepted[0]
        case Match():
            offered = match_order(item, seed)
            return " ".join(letter(offered.index(pair.match) + 1) for pair in item.pairs)
        case Order():
            return " ".join(str(at + 1) for at in step_order(item, seed))
        case Classify():
            rows = row_order(item, seed)
            return " ".join(str(item.categories.index(row.category) + 1) for row in rows)
        case Open():
            return "rubric below"
        case Discussion():
            return "talk"
        case _:
            assert_never(item)


def has_more_forms(item: Exercise) -> bool:
    """Tell whether several forms of an answer count, which have to be listed."""
    return isinstance(item, ShortAnswer) and len(item.forms) > 1


def near_text(item: Numeric) -> str:
    """Return from where to where a number still counts as right, in brackets."""
    if not item.tolerance:
        return ""
    low, high = (
        number_text(end, item.unit, shown=False)
        for end in (item.answer - item.tolerance, item.answer + item.tolerance)
    )
    return f" (accept {low} to {high})"


class Explained:
    """Says the answer to one exercise for all *versions*, as nodes."""

    def __init__(self, desk: Desk, item: Exercise, versions: Sequence[Version]) -> None:
        self.desk = desk
        self.item = item
        self.versions = versions
        self.markup = desk.markup(item)

    def everything(self) -> Iterator[nodes.Node]:
        """Yield the key with its reasons, the worked solution or the notes for the talk."""
        yield from self.answer()
        if is_marked(type_of(self.item)):
            _, solution = worked(self.item)
            yield from self.led("Worked solution", self.markup.blocks(solution))

    def answer(self) -> Iterator[nodes.Node]:
        """Return what is right, and why."""
        match self.item:
            case SingleChoice() | MultipleResponse():
                return self._choice(self.item)
            case TrueFalse():
                return self._true_false(self.item)
            case Numeric() | ShortAnswer():
                return self._field(self.item)
            case Match():
                return self._match(self.item)
            case Order():
                return self._order(self.item)
            case Classify():
                return self._classify(self.item)
            case Open():
                return self._open(self.item)
            case Discussion():
                return self._talk(self.item)
            case _:
                assert_never(self.item)

    # -- one sort each

    def _choice(self, item: SingleChoice | MultipleResponse) -> Iterator[nodes.Node]:
        """Yield the options in the order of the first version, with their letters in each."""
        orders = [option_order(item, version.seed) for version in self.versions]
        rows = []
        for each in orders[0]:
            right = each.correct
            marks = [self.mark(_lower(order.index(each) + 1), right=right) for order in orders]
            words = self.text(each.text, right=right)
            rows.append([*marks, words, self.reason(each.feedback, right=right)])
        yield self.by_version(["Option", "Why"], rows, [40, 60])

    def _true_false(self, item: TrueFalse) -> Iterator[nodes.Node]:
        """Yield the two answers."""
        reasons = {True: item.when_true, False: item.when_false}
        both = (item.answer, not item.answer)
        yield self.reasons([(_truth(said), reasons[said], said is item.answer) for said in both])

    def _field(self, item: Numeric | ShortAnswer) -> Iterator[nodes.Node]:
        """Yield what counts as right, answers that are wrong for a known reason, and the rest."""
        right, wrong, others = _written(item)
        found = [(right, item.feedback, True)]
        found += [
            (said, each.feedback, False) for said, each in zip(wrong, item.expected, strict=True)
        ]
        found.append((others, item.otherwise, False))
        yield self.reasons(found)

    def _match(self, item: Match) -> Iterator[nodes.Node]:
        """Yield each term with its match and the match's letters, then what matches nothing."""
        orders = [match_order(item, version.seed) for version in self.versions]
        rows = [
            [*self.letters(orders, pair.match, right=True), self.text(pair.term),
             self.text(pair.match), self.text(pair.feedback)]
            for pair in item.pairs
        ]  # fmt: skip
        rows += [
            [*self.letters(orders, each.text, right=False), [paragraph("no term")],
             self.text(each.text), self.text(each.feedback)]
            for each in item.distractors
        ]  # fmt: skip
        yield self.by_version(["Term", "Match", "Why"], rows, [26, 30, 44])

    def letters(self, orders: list[list[str]], text: str, *, right: bool) -> list[Cell]:
        """Return a cell with the letter of *text* in each of *orders*."""
        return [self.mark(letter(order.index(text) + 1), right=right) for order in orders]

    def _order(self, item: Order) -> Iterator[nodes.Node]:
        """Yield the steps as the first version has them, with the number for the box of each."""
        orders = [step_order(item, version.seed) for version in self.versions]
        rows = [
            [*(self.mark(str(order.index(at) + 1), right=False) for order in orders),
             self.mark(str(at + 1), right=True), self.text(item.steps[at].text),
             self.text(item.steps[at].feedback)]
            for at in orders[0]
        ]  # fmt: skip
        yield self.by_version(["Number", "Step", "Why"], rows, [9, 38, 53], "Row")

    def _classify(self, item: Classify) -> Iterator[nodes.Node]:
        """Yield each item with its row in each version, its category and the column of that."""
        orders = [row_order(item, version.seed) for version in self.versions]
        rows = [
            [*self.places(orders, each), self.text(each.text), self.column(item, each),
             self.text(each.feedback)]
            for each in orders[0]
        ]  # fmt: skip
        yield self.by_version(["Item", "Category", "Why"], rows, [36, 18, 46], "Row")

    def places(self, orders: list[list[Item]], row: Item) -> list[Cell]:
        """Return a cell with the number of *row* in each of *orders*."""
        return [self.mark(str(order.index(row) + 1), right=False) for order in orders]

    def column(self, item: Classify, row: Item) -> Cell:
        """Return a cell with the category of *row*, and the number of its column."""
        number = nodes.Text(f" ({item.categories.index(row.category) + 1})")
        category = nodes.strong("", "", *self.markup.inline(row.category))
        return [paragraph(category, number)]

    def _open(self, item: Open) -> Iterator[nodes.Node]:
        """Yield the model answer and the rubric, which are read together."""
        whole = nodes.container(classes=["key-whole"])
        whole += list(self.led("A model answer", self.markup.blocks(item.model_answer)))
        whole += list(self.led("Rubric", [by_points(rubric_table(item, self.markup))]))
        yield whole

    def _talk(self, item: Discussion) -> Iterator[nodes.Node]:
        """Yield the purpose, what to listen for, and further questions."""
        yield from self.led("Purpose", [paragraph(*self.markup.inline(item.purpose))])
        yield from self.led("Listen for", [self.list(item.listen_for)])
        if item.follow_ups:
            yield from self.led("To go on", [self.list(item.follow_ups)])

    # -- parts

    def reasons(self, found: Iterable[tuple[str, str, bool]]) -> nodes.bullet_list:
        """Return a list of answers: each with its feedback, and whether it is right."""
        items = nodes.bullet_list(classes=["key-reasons"])
        for said, why, right in found:
            [answer], [reason] = self.mark(said, right=right), self.reason(why, right=right)
            assert isinstance(answer, nodes.Element)
            assert isinstance(reason, nodes.Element)
            line = paragraph(*answer.children, ": ", *reason.children)
            items += nodes.list_item("", line)
        return items

    def by_version(
        self, names: list[str], rows: list[list[Cell]], shares: list[int], what: str = ""
    ) -> nodes.table:
        """Return a table that begins with a column for each version, of letters or *what*.

        The columns *names* take *shares* of the width that is left.
        """
        heads = [version.letter for version in self.versions] if len(self.versions) > 1 else [what]
        return self.table([*heads, *names], rows, [*[LETTER] * len(heads), *shares])

    def table(self, heads: list[str], rows: list[list[Cell]], widths: list[int]) -> nodes.table:
        """Return a table; the last column is for reasons."""
        return table(heads, (fill_row(nodes.row(), row) for row in rows), widths, "key-table")

    def mark(self, said: str, *, right: bool) -> Cell:
        """Return a cell with a letter or an answer, which is told by its weight if it is right."""
        return [paragraph(nodes.strong(said, said) if right else nodes.Text(said))]

    def text(self, text: str, *, right: bool = False) -> Cell:
        """Return a cell with a text of the bank."""
        words = self.markup.inline(text)
        return [paragraph(nodes.strong("", "", *words) if right else nodes.inline("", "", *words))]

    def reason(self, text: str, *, right: bool) -> Cell:
        """Return a cell with a feedback, after a word that says it is for what is right."""
        says_so = _RIGHT.match(text)
        lead = span("Right. " if right and not says_so else "")
        return [paragraph(lead, *self.markup.inline(text))]

    def led(self, words: str, found: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
        """Yield a part of an answer after *words*, which run into its text where it begins so."""
        first, *others = found
        if isinstance(first, nodes.paragraph):
            first.insert(0, [span(words, "key-lead"), nodes.Text(". ")])
        else:
            yield paragraph(span(words, "key-lead"), classes=["key-above"])
        yield first
        yield from others

    def list(self, texts: Iterable[str]) -> nodes.bullet_list:
        """Return *texts* as a list."""
        items = (nodes.list_item("", paragraph(*self.markup.inline(text))) for text in texts)
        return nodes.bullet_list("", *items)


def _written(item: Numeric | ShortAnswer) -> tuple[str, list[str], str]:
    """Return the answers that are right, those that are expected and wrong, and all others."""
    match item:
        case Numeric():
            right = number_text(item.answer, item.unit) + near_text(item)
            wrong = [number_text(each.value, item.unit) for each in item.expected]
            return right, wrong, "any other number"
        case ShortAnswer():
            return item.accepted[0], [each.value for each in item.expected], "any other answer"
        case _:
            assert_never(item)


def _lower(at: int) -> str:
    return letter(at).lower()


def _truth(said: bool) -> str:
    return "True" if said else "False"
