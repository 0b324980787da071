"""The key to a paper: the answers by the numbers of each version, then each with its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from courseware.bank.model import Audience
from courseware.bank.texts import plain
from courseware.bank.traits import is_talk
from courseware.pages.build import fill_row, paragraph, span, table
from courseware.pages.exercises.printed import minutes_text

from .answers import Explained, short
from .marking import for_teachers, how_to_read
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
# Hundredths of the width of a table: its numbers, and each narrow column.
NUMBER, NARROW = 5, 8


def key(desk: Desk, order: Order) -> nodes.document:
    """Return the key to all versions of the paper of *order*."""
    tree = desk.new_tree()
    tree += key_section(desk, order)
    return tree


def key_section(desk: Desk, order: Order) -> nodes.section:
    """Return the key as a section: of a document of its own, or of the guide."""
    title = key_title(order)
    section = nodes.section("", nodes.title(title, title), ids=[order.key_target])
    section += paragraph(sums(order), classes=["sheet-sums"])
    section += _seeds(order)
    # In large type two versions beside one another would be read across, not down.
    beside = 1 if desk.builder.print_style.large else 2
    section += list(at_a_glance(order, beside))
    section += _partly_right(order)
    for number, question in enumerate(order.versions[0].questions, 1):
        section += _answered(desk, order, question, number)
    return section


def key_title(order: Order) -> str:
    """Return what the key to the paper of *order* is called."""
    title = plain(order.paper.assignment.text.title)
    return f"Key to \N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK}"


def at_a_glance(order: Order, beside: int) -> Iterator[nodes.Node]:
    """Yield the answers of all versions, each by its own numbers: so many *beside* one another."""
    said = [BOLD, how_to_read(order.paper.questions)]
    if len(order.versions) > 1:
        said.append(f'"{SEE}" gives the number of the explanation below.')
    yield paragraph(" ".join(filter(None, said)), classes=["key-read"])
    for at in range(0, len(order.versions), beside):
        yield _glance(order, order.versions[at : at + beside])


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
        answer = nodes.strong("", "", nodes.Text(plain(short(question.exercise, version.seed))))
        title = span(plain(question.exercise.title), "key-title")
        answers.append([paragraph(answer, " ", title)])
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


def _seeds(order: Order) -> nodes.paragraph:
    """Return by which seeds the versions were put in order."""
    said = [
        f"version {version.letter}: {version.seed or 'as written'}" for version in order.versions
    ]
    seeds = ", ".join(said) if order.lettered else "as written"
    return paragraph(
        f"Seed: {order.paper.assignment.seed}. Order: {seeds}.", classes=["sheet-seed"]
    )


def _partly_right(order: Order) -> list[nodes.Node]:
    """Return how answers are marked that are partly right, or nothing where nothing has points."""
    rules = list(for_teachers(order.paper.questions))
    if not rules:
        return []
    items = (nodes.list_item("", paragraph(rule)) for rule in rules)
    title = paragraph(span("Partly right", "key-lead"), classes=["key-above"])
    return [nodes.container("", title, nodes.bullet_list("", *items), classes=["key-marking"])]


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
    facts += reading(desk, item)
    if len(order.versions) > 1:
        numbers = (f"{each.letter}{_number_in(each, question)}" for each in order.versions)
        facts.insert(0, ", ".join(numbers))
    return paragraph(DOT.join(facts), classes=["key-facts"])


def reading(desk: Desk, item: Exercise) -> list[str]:
    """Return where in work and course one reads what settles *item*, and its id.

    A self-check has its answer in the workbook, which whoever hands it out should know.
    """
    chapter, heading = desk.chapter_title(desk.chapter(item)), desk.passage(item)
    if heading:
        quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{heading}\N{RIGHT DOUBLE QUOTATION MARK}"
        chapter = f"{chapter}, {quoted}"
    facts = [f"{desk.work.noun} {desk.work_pages(item)}", chapter, item.id]
    number = desk.number(item)
    if item.audience is Audience.SELF_CHECK and not is_talk(item) and number:
        facts.append(f"also a self-check, {number}, with its answer in the workbook")
    return facts


def _number_in(version: Version, question: Question) -> int:
    ids = [each.exercise.id for each in version.questions]
    return ids.index(question.exercise.id) + 1
