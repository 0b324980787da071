"""The key to a paper: one page first from which a stack is marked, then the reasons.

That page has the answers by the numbers of each version, all versions beside one another, every
form of an answer that counts, what each question is worth and how slips are marked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from courseware.bank.model import Audience, ShortAnswer, type_of
from courseware.bank.texts import plain
from courseware.bank.traits import is_talk
from courseware.data.ledger import NOTE
from courseware.pages.build import fill_row, in_language, paragraph, span, table
from courseware.pages.exercises.printed import minutes_text

from .answers import Explained, has_more_forms, short
from .forms import compact
from .marking import for_teachers, how_to_read, read_off
from .questions import points_text
from .worksheet import sums

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from courseware.bank.model import Exercise
    from courseware.bank.select import Question
    from courseware.bank.versions import Version
    from courseware.pages.build import Cell

    from .desk import Desk
    from .orders import Order

DOT = " \N{MIDDLE DOT} "
#: Heads of narrow columns: what a question is worth, and under which number it is explained.
POINTS, SEE = "Points", "See"
BOLD = "Bold is right."
#: What follows an answer of which more forms count, and what is said of that.
MORE = " +"
FORMS = "What else counts for an answer with + stands below the table."
HOW_FORMS = "Of words with a stroke between them any one does; what is in brackets may be missing."
# Hundredths of the width of a table: its numbers, and each narrow column.
NUMBER, NARROW = 5, 8
#: How many versions have room beside one another, and how many with the titles of the questions:
#: without them each answer is a line, and all versions stand on the first page.
BESIDE, TITLED = 3, 2


def key(desk: Desk, order: Order) -> nodes.document:
    """Return the key to all versions of the paper of *order*."""
    tree = desk.new_tree()
    tree += key_section(desk, order)
    return tree


def key_section(desk: Desk, order: Order) -> nodes.section:
    """Return the key as a section."""
    title = key_title(order)
    section = nodes.section("", nodes.title(title, title), ids=[order.key_target])
    section += paragraph(sums(order), classes=["sheet-sums"])
    section += list(at_a_glance(order))
    section += _forms(desk, order)
    section += _partly_right(order)
    for number, question in enumerate(order.versions[0].questions, 1):
        section += _answered(desk, order, question, number)
    section += _codes(order, section.astext())
    section += _made_again(order)
    return section


def key_title(order: Order) -> str:
    """Return what the key to the paper of *order* is called."""
    title = plain(order.paper.assignment.text.title)
    return f"Key to \N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK}"


def at_a_glance(order: Order) -> Iterator[nodes.Node]:
    """Yield the answers of all versions, each by its own numbers, beside one another."""
    said = [BOLD, how_to_read(order.paper.questions)]
    if len(order.versions) > 1:
        said.append(f'"{SEE}" gives the number of the explanation below.')
    if any(has_more_forms(question.exercise) for question in order.paper.questions):
        said.append(FORMS)
    yield paragraph(" ".join(filter(None, said)), classes=["key-read"])
    for at in range(0, len(order.versions), BESIDE):
        yield _glance(order, order.versions[at : at + BESIDE])


def _glance(order: Order, versions: Sequence[Version]) -> nodes.table:
    """Return a table with a row for each number, and columns for each of *versions*."""
    columns = [_columns(order, version) for version in versions]
    names = [name for column in columns for name, _ in column]
    rows = [
        fill_row(nodes.row(), [[paragraph(str(at))], *(cells[at - 1] for cells in _cells(columns))])
        for at in range(1, len(order.paper.questions) + 1)
    ]
    if order.paper.points:
        rows.append(fill_row(nodes.row(), [[paragraph("All")], *_sums(order, names)]))
    narrow = sum(NARROW for name in names if name in {POINTS, SEE})
    share = (100 - NUMBER - narrow) // len(versions)
    widths = [NARROW if name in {POINTS, SEE} else share for name in names]
    return table(["No.", *names], rows, (NUMBER, *widths), "key-glance")


def _columns(order: Order, version: Version) -> list[tuple[str, list[Cell]]]:
    """Return the columns of *version*: their heads, and a cell for each of its questions."""
    head = f"Version {version.letter}" if order.lettered else "Answer"
    answers: list[Cell] = []
    for question in version.questions:
        more = MORE if has_more_forms(question.exercise) else ""
        said = plain(short(question.exercise, version.seed)) + more
        answer = nodes.strong("", "", nodes.Text(said))
        lead = read_off(type_of(question.exercise))
        read = [span(lead, "key-read-off"), nodes.Text(" ")] if lead else []
        title = [nodes.Text(" "), span(plain(question.exercise.title), "key-title")]
        answers.append(
            [paragraph(*read, answer, *(title if len(order.versions) <= TITLED else []))]
        )
    columns = [(head, answers)]
    if order.paper.points:
        points = [str(question.points) for question in version.questions]
        columns.append((POINTS, [[paragraph(each)] for each in points]))
    first = order.versions[0]
    if version is not first:
        places = [str(_number_in(first, question)) for question in version.questions]
        columns.append((SEE, [[paragraph(each)] for each in places]))
    return columns


def _cells(columns: Sequence[Sequence[tuple[str, list[Cell]]]]) -> Iterator[list[Cell]]:
    for column in columns:
        for _, cells in column:
            yield cells


def _sums(order: Order, names: Iterable[str]) -> Iterator[Cell]:
    """Yield the last row of a table with the columns *names*: what all questions are worth."""
    for name in names:
        yield [paragraph(str(order.paper.points))] if name == POINTS else []


def _forms(desk: Desk, order: Order) -> list[nodes.Node]:
    """Return every form of the answers that one writes in words, or nothing if there are none."""
    items = []
    for number, question in enumerate(order.versions[0].questions, 1):
        item = question.exercise
        if isinstance(item, ShortAnswer) and has_more_forms(item):
            where = _numbers(order, question) or f"{number}"
            said = nodes.strong("", "", nodes.Text(f"{where}:"))
            line = paragraph(said, f" {plain(compact(item.accepted))}")
            for code, forms in item.accepted_in.items():
                line += [nodes.Text(", "), in_language(plain(compact(forms)), desk.tag_of(code))]
            items.append(nodes.list_item("", line))
    if not items:
        return []
    title = paragraph(span("What counts", "key-lead"), f". {HOW_FORMS}", classes=["key-above"])
    return [nodes.container("", title, nodes.bullet_list("", *items), classes=["key-marking"])]


def _partly_right(order: Order) -> list[nodes.Node]:
    """Return how answers are marked that are partly right, or nothing where nothing has points."""
    rules = " ".join(for_teachers(order.paper.questions))
    if not rules:
        return []
    said = paragraph(span("Partly right", "key-lead"), f". {rules}")
    return [nodes.container("", said, classes=["key-marking"])]


def _codes(order: Order, said: str) -> list[nodes.Node]:
    """Return what codes of close checks in what is *said* mean, or nothing where there are none."""
    checks = {code for question in order.paper.questions for code in question.exercise.checks}
    found = [code for code in re.findall(rf"\b{NOTE}\b", said) if code in checks]
    if not found:
        return []
    words = f"A code such as {found[0]} names a close check in the course reader."
    return [paragraph(words, classes=["key-ids"])]


def _made_again(order: Order) -> nodes.paragraph:
    """Return the last line: the names of the exercises, and the seeds of choice and order."""
    names = ", ".join(question.exercise.id for question in order.versions[0].questions)
    said = [
        f"version {version.letter}: {version.seed or 'as written'}" for version in order.versions
    ]
    seeds = ", ".join(said) if order.lettered else "as written"
    seed = order.paper.assignment.seed
    return ids_line(names, f"Seed: {seed}. Order: {seeds}.")


def ids_line(names: str, more: str = "") -> nodes.paragraph:
    """Return a small line with the *names* of exercises in the bank, for whoever looks for one."""
    said = f"Exercises: {names}. {more}".strip()
    return paragraph(said, classes=["key-ids"])


def _answered(desk: Desk, order: Order, question: Question, number: int) -> nodes.section:
    item = question.exercise
    title = f"{number}. {plain(item.title)}"
    result = nodes.section("", nodes.title(title, title), ids=[f"{order.key_target}-{item.id}"])
    result["classes"].append("key-question")
    result += _facts(desk, order, question)
    result += paragraph(*desk.markup(item).inline(item.stem), classes=["key-stem"])
    result += list(Explained(desk, item, order.versions).everything())
    return result


def _facts(desk: Desk, order: Order, question: Question) -> nodes.paragraph:
    """Return where the question stands, what it is worth, and what settles it."""
    item = question.exercise
    facts = []
    if order.paper.points:
        facts.append(points_text(question.points) if question.points else "no points")
    facts += [minutes_text(item.minutes), f"{item.label.lower()}, {item.level.value}"]
    chapters = {desk.chapter(each.exercise) for each in order.paper.questions}
    facts += reading(desk, item, with_chapter=len(chapters) > 1)
    if numbers := _numbers(order, question):
        facts.insert(0, numbers)
    return paragraph(DOT.join(facts), classes=["key-facts"])


def _numbers(order: Order, question: Question) -> str:
    """Return where *question* stands in each version, such as ``A3, B9``; nothing in one alone."""
    if len(order.versions) == 1:
        return ""
    return ", ".join(f"{each.letter}{_number_in(each, question)}" for each in order.versions)


def reading(desk: Desk, item: Exercise, *, with_chapter: bool = True) -> list[str]:
    """Return where in work and course one reads what settles *item*.

    Not in which chapter, where a title or the paper says so. A self-check has its answer in the
    workbook, which whoever hands it out should know.
    """
    chapter, heading = desk.chapter_title(desk.chapter(item)), desk.passage(item)
    quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{heading}\N{RIGHT DOUBLE QUOTATION MARK}"
    places = [chapter] * with_chapter + [quoted] * bool(heading)
    facts = [f"{desk.work.noun} {desk.work_pages(item)}", ", ".join(places)]
    number = desk.number(item)
    if item.audience is Audience.SELF_CHECK and not is_talk(item) and number:
        facts.append(f"also a self-check, {number}, with its answer in the workbook")
    return list(filter(None, facts))


def _number_in(version: Version, question: Question) -> int:
    ids = [each.exercise.id for each in version.questions]
    return ids.index(question.exercise.id) + 1
