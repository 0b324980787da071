"""The guide for teachers: how papers and keys are used, and notes on all questions for talk.

Keys are files of their own, which lie beside it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from docutils import nodes

from courseware.bank.texts import plain
from courseware.files.called import called
from courseware.pages.build import paragraph
from courseware.pages.exercises.printed import minutes_text
from courseware.typst.joined import book_part

from .answers import Explained
from .key import DOT, ids_line, reading
from .marking import for_teachers, how_to_read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from courseware.bank.load import BankFile
    from courseware.bank.model import Discussion

    from .desk import Desk
    from .orders import Order

#: What stands on the cover.
ABOUT = (
    "For whoever teaches the course, and not for students: how papers are printed and marked, and "
    "notes on every question for discussion. The key to each paper is a file of its own."
)
#: What the first chapter says, paragraph by paragraph.
PAPERS = (
    "Version A stands as its file has it. In version B the questions, options, steps and rows "
    "stand in another order, for neighbours in a class. Papers of your own are files in "
    "exercises/assignments, written as those that are there."
)
READ_A_KEY = [
    " ".join(lines.split())
    for lines in (
        """
        A key begins with the answers of each version by that version's own numbers, so that a pile
        of one version can be marked straight down. Behind them each question is explained once, in
        the order of version A; the line below its title says where it stands: A3, B9 is the third
        question of version A and the ninth of version B.
        """,
        """
        An answer with + has more forms that count. All of them stand below the table: of words with
        a stroke between them any one does, and what is in brackets may be missing. The last line of
        a key names its exercises and its seeds.
        """,
        """
        Bold is right. In a table of options, the columns under A and B hold the letters that an
        option has in each version. In a grid they hold the number of the row, and the number in
        brackets behind a category is that of its column.
        """,
        """
        Some questions are also self-checks: the workbook prints them with their answers, and the
        key says so.
        """,
    )
]
SAID = "A worksheet says the same in short, so that students know it."
LEAD = (
    "The notes on a chapter's questions carry the numbers that the questions have in the course. "
    "Each says what the talk is for, what to listen for, and how to go on. Students see the "
    "question and its purpose, and nothing of the notes."
)


def guide(desk: Desk, orders: Sequence[Order]) -> nodes.document:
    """Return the guide: how the papers of *orders* are used, and notes on all chapters."""
    tree = desk.new_tree()
    part = book_part(role="chapters")
    placed = sorted(orders, key=partial(_place, desk))
    part += _how_to_use(placed, called("assign", desk.folder))
    files = sorted(desk.files, key=lambda file: desk.chapter_number(file.chapter))
    part += [_notes(desk, file) for file in files if file.discussions]
    tree += part
    return tree


def _place(desk: Desk, order: Order) -> tuple[int, int, tuple[int, ...], str]:
    """Return what keys are sorted by: in the order in which a class meets the papers.

    First what is worth nothing, as a ticket before the first chapter; then papers on one chapter,
    chapter by chapter; then those that several students share; at last those on several chapters,
    the fewest first.
    """
    topics = {desk.chapter(question.exercise) for question in order.paper.questions}
    count = len(topics)
    number = desk.chapter_number(topics.pop()) if count == 1 else ()
    if not order.paper.points:
        return 0, 0, (), order.name
    if order.paper.assignment.text.names > 1:
        return 2, 0, number, order.name
    return (1, 0, number, order.name) if count == 1 else (3, count, (), order.name)


def _how_to_use(orders: Sequence[Order], command: str) -> nodes.section:
    """Return the first chapter: how to print a paper, read a key, mark, and lead a talk."""
    title = "How to use this guide"
    section = nodes.section("", nodes.title(title, title), ids=["how-to-use-this-guide"])
    section += _part("print", "Print a paper", *_printing(orders, command), paragraph(PAPERS))
    questions = [question for order in orders for question in order.paper.questions]
    reading_texts = [*READ_A_KEY, *filter(None, [how_to_read(questions)])]
    section += _part("read", "Read a key", *map(paragraph, reading_texts))
    if rules := list(for_teachers(questions)):
        section += _part("mark", "Mark what is partly right", _list(rules), paragraph(SAID))
    section += _part("lead", "Lead a discussion", paragraph(LEAD))
    return section


def _printing(orders: Sequence[Order], command: str) -> Iterator[nodes.Node]:
    """Yield how *command* prints a paper, and the names of those that are ready."""
    if not orders:
        return
    example = next((order for order in orders if len(order.versions) > 1), orders[0])
    line = f"{command} {example.name} --versions A,B"
    yield paragraph("In the folder of the project, one command prints a paper and its key:")
    yield nodes.literal_block(line, line)
    yield paragraph("The papers that are ready:")
    yield _list(f"{order.name}: {plain(order.paper.assignment.text.title)}" for order in orders)


def _part(name: str, title: str, *children: nodes.Node) -> nodes.section:
    return nodes.section("", nodes.title(title, title), *children, ids=[f"guide-{name}"])


def _list(texts: Iterable[str]) -> nodes.bullet_list:
    return nodes.bullet_list("", *(nodes.list_item("", paragraph(text)) for text in texts))


def notes(desk: Desk, topic: str) -> nodes.document:
    """Return the notes on the discussion questions of the chapter *topic*, by themselves."""
    tree = desk.new_tree()
    tree += [_notes(desk, file) for file in desk.files if file.chapter == topic]
    return tree


def notes_title(desk: Desk, topic: str) -> str:
    """Return what the notes on the chapter *topic* are called."""
    return f"Discussion notes: {desk.chapter_title(topic)}"


def _notes(desk: Desk, file: BankFile) -> nodes.section:
    title = notes_title(desk, file.chapter)
    section = nodes.section("", nodes.title(title, title), ids=[f"notes-{file.chapter}"])
    for at, item in enumerate(file.discussions, 1):
        section += _note(desk, item, desk.number(item) or f"{at}.")
    section += ids_line(", ".join(item.id for item in file.discussions))
    return section


def _note(desk: Desk, item: Discussion, number: str) -> nodes.section:
    title = f"{number} {plain(item.title)}"
    result = nodes.section("", nodes.title(title, title), ids=[f"note-{item.id}"])
    result["classes"].append("key-question")
    facts = [minutes_text(item.minutes), item.level.value, *reading(desk, item, with_chapter=False)]
    result += paragraph(DOT.join(facts), classes=["key-facts"])
    if item.context:
        result += desk.markup(item).blocks(item.context)
    result += paragraph(*desk.markup(item).inline(item.stem), classes=["key-stem"])
    result += list(Explained(desk, item, ()).everything())
    return result
