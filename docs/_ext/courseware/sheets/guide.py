"""The guide for teachers: how papers and keys are used, and notes on all questions for talk.

Keys are files of their own, which lie beside it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from docutils import nodes

from courseware.bank.texts import plain
from courseware.files.called import called
from courseware.pages.build import fill_row, paragraph, table
from courseware.pages.exercises.printed import minutes_text
from courseware.typst.joined import book_part

from .answers import Explained
from .key import DOT, reading
from .lessons import minute_plan, on_handout, ratings
from .marking import for_teachers, how_to_read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from courseware.bank.load import BankFile
    from courseware.bank.model import Discussion
    from courseware.pages.build import Cell

    from .desk import Desk
    from .orders import Order

#: What stands on the cover.
ABOUT = (
    "For whoever teaches the course, and not for students: how papers are printed and marked, and "
    "notes on every question for discussion. The key to each paper is a file of its own."
)
#: What the first chapter says, paragraph by paragraph.
READY = (
    "The papers below are ready. The file of a paper is called worksheet, its name, and the letter "
    "of a version where there are several; its key is called key and its name."
)
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
        option has in each version. In a grid and in an order they hold the number of the row,
        counted from the top; the number in brackets behind a category is that of its column.
        """,
        """
        Some questions are also self-checks: the workbook prints them with their answers, and the
        key says so.
        """,
    )
]
#: Hundredths of the width that the columns of two tables take.
LESSON_WIDTHS = (40, 12, 12, 12, 24)
PAPER_WIDTHS = (32, 25, 13, 9, 11, 10)
#: How a chapter is taught, by what is printed of it.
LESSON = {
    "handout": (
        "A handout is one lesson on four pages, two sheets printed on both sides: at the head of "
        "each part stands how many minutes it takes. Have the first page written on before the "
        "sheet is turned, since the next one gives the guesses away."
    ),
    "slides": (
        "The slides ask and answer the self-checks one by one. Their list comes first: choose "
        "three or four, and skip the rest."
    ),
    "cards": "Print the cards on both sides, turned over the long edge, and cut along the lines.",
}
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
    files = sorted(desk.files, key=lambda file: desk.chapter_number(file.chapter))
    part += _how_to_use(desk, placed, files)
    notes_on = [file for file in files if file.discussions]
    part += [_notes(desk, file, desk.chapter_title(file.chapter)) for file in notes_on]
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


def _how_to_use(desk: Desk, orders: Sequence[Order], files: Sequence[BankFile]) -> nodes.section:
    """Return the first chapter: how to teach a chapter, print a paper, read a key, mark, talk."""
    command = called("assign", desk.folder)
    title = "How to use this guide"
    section = nodes.section("", nodes.title(title, title), ids=["how-to-use-this-guide"])
    if lessons := list(_lessons(desk, files)):
        section += _part("teach", "Plan a lesson", *lessons)
    section += _part("print", "Print a paper", *_printing(orders, command))
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
    yield paragraph(READY)
    rows = []
    for order in orders:
        text = order.paper.assignment.text
        minutes = order.paper.minutes if text.minutes is None else text.minutes
        numbers = len(order.paper.questions), order.paper.points, minutes, len(order.versions)
        said = [order.name, plain(text.title), *map(str, numbers)]
        rows.append(fill_row(nodes.row(), [[paragraph(each)] for each in said]))
    heads = ["Name", "Title", "Questions", "Points", "Minutes", "Versions"]
    yield table(heads, rows, PAPER_WIDTHS, "key-table", stubs=1)
    yield paragraph(PAPERS)
    yield paragraph("In the folder of the project, one command prints a paper and its key anew:")
    yield nodes.literal_block(line, line)


def _part(name: str, title: str, *children: nodes.Node) -> nodes.section:
    return nodes.section("", nodes.title(title, title), *children, ids=[f"guide-{name}"])


def _list(texts: Iterable[str]) -> nodes.bullet_list:
    return nodes.bullet_list("", *(nodes.list_item("", paragraph(text)) for text in texts))


def notes(desk: Desk, topic: str) -> nodes.document:
    """Return the notes on the discussion questions of the chapter *topic*, by themselves."""
    tree = desk.new_tree()
    title = notes_title(desk, topic)
    tree += [_notes(desk, file, title) for file in desk.files if file.chapter == topic]
    return tree


def notes_title(desk: Desk, topic: str) -> str:
    """Return what the notes on the chapter *topic* are called."""
    return f"Discussion notes: {desk.chapter_title(topic)}"


def _notes(desk: Desk, file: BankFile, title: str) -> nodes.section:
    section = nodes.section("", nodes.title(title, title), ids=[f"notes-{file.chapter}"])
    section += list(minute_plan(desk, file))
    section += list(ratings(desk, file))
    chosen = {item.id for item in on_handout(desk, file)}
    for at, item in enumerate(file.discussions, 1):
        number = desk.number(item) or f"{at}."
        section += _note(desk, item, number, printed=item.id in chosen)
    return section


def _note(desk: Desk, item: Discussion, number: str, *, printed: bool) -> nodes.section:
    """Return the notes on *item*; *printed* tells whether the handout has it."""
    title = f"{number} {plain(item.title)}"
    result = nodes.section("", nodes.title(title, title), ids=[f"note-{item.id}"])
    result["classes"].append("talk-question")
    facts = [minutes_text(item.minutes), item.level.value, *["on the handout"] * printed]
    facts += reading(desk, item, with_chapter=False)
    result += paragraph(DOT.join(facts), classes=["talk-facts"])
    if item.context:
        result += desk.markup(item).blocks(item.context)
    result += paragraph(*desk.markup(item).inline(item.stem), classes=["talk-stem"])
    result += list(Explained(desk, item, ()).everything())
    return result


def _lessons(desk: Desk, files: Iterable[BankFile]) -> Iterator[nodes.Node]:
    """Yield the chapters of *files* with the times that their cards give, and how one is taught.

    Nothing where no chapter has a card.
    """
    rows = []
    for file in files:
        if (card := desk.card(file.chapter)) is None:
            continue
        together = minutes_text(sum(each.minutes for each in file.discussions))
        talk = f"{len(file.discussions)} ({together})"
        times = [str(card["read"]), str(card["class_"]), str(card["home"]), talk]
        cells: list[Cell] = [[paragraph(desk.chapter_title(file.chapter))]]
        rows.append(fill_row(nodes.row(), cells + [[paragraph(each)] for each in times]))
    if rows:
        yield paragraph("The minutes that each chapter takes, and its questions for discussion:")
        heads = ["Chapter", "To read", "In class", "At home", "Discussion"]
        yield table(heads, rows, LESSON_WIDTHS, "key-table", stubs=1)
    layouts = {each.get("layout") for each in desk.builder.config.typst_documents}
    told = [said for layout, said in LESSON.items() if layout in layouts]
    if told:
        yield paragraph(" ".join(told))
