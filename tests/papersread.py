"""Papers read back from their PDFs, and what must stand in their keys."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import pytest
from courseware.bank.model import (
    Choice,
    Classify,
    Match,
    Numeric,
    Open,
    Order,
    ShortAnswer,
    TrueFalse,
)
from courseware.bank.versions import TRIES, Version, orders, versions_of
from courseware.sheets.answers import near_text, short
from courseware.sheets.forms import compact, expanded, patterns
from courseware.sheets.key import BESIDE, MORE, TITLED
from courseware.sheets.marking import for_teachers
from pypdfium2 import PdfDocument
from sheetsread import (
    Asked,
    Sheet,
    body_of,
    folded,
    pages_of,
    read_sheet,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from courseware.bank.model import Exercise
    from courseware.bank.select import Paper


class Printed(NamedTuple):
    """An assignment with its papers, read back from their PDFs; *first* is the key's first page."""

    paper: Paper
    versions: list[Version]
    sheets: list[Sheet]
    key: str
    first: str


def printed_of(paper: Paper, folder: Path, letters: str | None = None) -> Printed:
    """Return *paper* as it is printed in *folder*."""
    name, preferred = paper.assignment.name, versions_of(paper, letters)
    ends = [f"-{version.letter}" if len(preferred) > 1 else "" for version in preferred]
    sheets = [read_sheet(folder / "pdf" / f"worksheet-{name}{end}.pdf") for end in ends]
    versions = [as_printed(*each) for each in zip(preferred, sheets, strict=True)]
    path = folder / "instructor" / f"key-{name}.pdf"
    first = folded(" ".join(pages_of(path)[0]))
    return Printed(paper, versions, sheets, body_of(path), first)


def as_printed(version: Version, sheet: Sheet) -> Version:
    """Return *version* with its questions as they stand on its *sheet*.

    They may stand there in another order than its seed prefers, so that pages are filled: one of
    those that keep pins and chains, and as written where the version stands so.
    """
    if version.seed is None:
        return version
    for order in islice(orders(version.questions, version.seed), TRIES):
        if [words(question.exercise.title) for question in order] == sheet.titles:
            return replace(version, questions=order)
    pytest.fail(f"version {version.letter} stands in no order that its seed gives: {sheet.titles}")


# -- keys


def derived(item: Exercise, asked: Asked) -> str:
    """Return the answer to *item* as one reads it off the worksheet, knowing what is right."""
    match item:
        case Choice():
            right = [words(option.text) for option in item.options if option.correct]
            return ", ".join(letter for letter, text in asked.lettered.items() if text in right)
        case TrueFalse():
            return "True" if item.answer else "False"
        case Match():
            letters = {text: letter for letter, text in asked.lettered.items()}
            terms = asked.in_order(pair.term for pair in item.pairs)
            match_of = {pair.term: words(pair.match) for pair in item.pairs}
            return " ".join(["Letters", *(letters[match_of[term]] for term in terms)])
        case Order():
            right = [step.text for step in item.steps]
            places = (str(right.index(text) + 1) for text in asked.in_order(right))
            return " ".join(["Boxes", *places])
        case ShortAnswer():
            return words(short(item, None)) + MORE * (len(item.forms) > 1)
        case Numeric():
            return f"{item.answer:,.10g} {item.unit or ''}".strip() + near_text(item)
        case Classify():
            column = {each.text: item.categories.index(each.category) + 1 for each in item.items}
            columns = (str(column[text]) for text in asked.in_order(column))
            return " ".join(["Columns", *columns])
        case Open():
            return "rubric below"
    return "talk"


def glances(printed: Printed) -> Iterator[str]:
    """Yield each table of answers as it must read: derived from the worksheets that it speaks of.

    A table holds three versions, each by its own numbers; ``See`` leads to the explanations, which
    stand in the order of the first version. Of two versions the questions are named, too.
    """
    items = {words(q.exercise.title): q for q in printed.paper.questions}
    worth = any(question.points for question in items.values())
    total = sum(question.points for question in items.values())
    first = printed.sheets[0]
    for at in range(0, len(printed.sheets), BESIDE):
        beside = printed.sheets[at : at + BESIDE]
        rows = [["No."], *([str(number)] for number in range(1, len(items) + 1)), ["All"]]
        for version, sheet in zip(printed.versions[at:], beside, strict=False):
            rows[0] += [f"Version {version.letter}" if len(printed.sheets) > 1 else "Answer"]
            rows[0] += ["Points"] * worth + ["See"] * (sheet is not first)
            for row, asked in zip(rows[1:-1], sheet.questions, strict=True):
                row.append(derived(items[asked.title].exercise, asked))
                row.extend([asked.title] * (len(printed.sheets) <= TITLED))
                row.extend([str(asked.points)] * worth)
                row.extend([str(first.by_title(asked.title).number)] * (sheet is not first))
            rows[-1] += [str(total)]
        yield " ".join(" ".join(row) for row in (rows if worth else rows[:-1]))


def assert_key_fits(printed: Printed) -> None:
    """Assert that every answer is right on the worksheet that it speaks of.

    All of them stand on the key's first page, as grids, with every form of what is written in
    words and the rules for what is partly right.
    """
    found = list(glances(printed))
    assert len(found) == -(-len(printed.sheets) // BESIDE)
    for table in found:
        assert f" {table} " in printed.first
    for question in printed.paper.questions:
        item = question.exercise
        if isinstance(item, ShortAnswer) and len(item.forms) > 1:
            told = [item.accepted, *item.accepted_in.values()]
            assert words(f": {', '.join(map(compact, told))} ") in printed.first
            for forms in told:
                assert expanded(patterns(forms)) == {" ".join(each.split()) for each in forms}
    for rule in for_teachers(printed.paper.questions):
        assert words(rule) in printed.first


def blank_parts(path: Path) -> list[float]:
    """Return what part of each page but the last of *path* is blank above the foot."""
    parts = []
    with PdfDocument(path) as document:
        for page in list(document)[:-1]:
            picture = (
                page.render(scale=1).to_pil().convert("L").point(lambda dot: 255 * (dot < 200))
            )
            text = picture.crop((0, 60, picture.width, picture.height - 60))
            box = text.getbbox()
            parts.append(1 - (box[3] if box else 0) / text.height)
    return parts
