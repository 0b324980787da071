"""Join the documents of one PDF into one tree, as its layout has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import new_document
from sphinx.util.nodes import inline_all_toctrees

from courseware.pages.course import course_of
from courseware.pages.exercises.nodes import exercise, exercise_answers
from courseware.pages.nodes import held_back, ledger_cite

from .figuresources import tell_sources
from .joined import ANSWERS, add_behind, book_part, has_course, target_of, walk
from .layouts import LAYOUT_OF
from .looks import SKIPPED
from .mentions import note_mentions
from .words import words
from .workpages import join_pages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.builders import Builder

    from courseware.data.bookindex import Heading

    from .config import PdfDocument
    from .output import PdfBuilder


#: What else one turns pages to find, by its number.
_HEADED = frozenset({"exercise-print", "exercise-answer-print", "exercise-hints"})


@dataclass(frozen=True, slots=True)
class Edition:
    """The joined tree of one PDF, with what links can point to in it.

    ``labels`` maps each ``docname#id`` (and each plain ``docname``) to the label that the
    source will have; ``wanted`` holds those that some link uses.
    ``sections`` has the labels of what begins with a heading: sections and exercises;
    ``statements`` gives the label of each statement of the ledger that is cited and listed;
    ``footnotes`` the footnote nodes by ``docname#id``; ``entries`` are those that the index may
    have, besides what the pages say themselves.
    """

    document: PdfDocument
    tree: nodes.document
    docnames: frozenset[str]
    labels: dict[str, str] = field(default_factory=dict)
    wanted: set[str] = field(default_factory=set)
    sections: set[str] = field(default_factory=set)
    statements: dict[str, str] = field(default_factory=dict)
    footnotes: dict[str, nodes.Element] = field(default_factory=dict)
    entries: tuple[Heading, ...] = ()


def assemble(builder: PdfBuilder, document: PdfDocument) -> Edition:
    """Return the joined tree of *document*, with references resolved for *builder*."""
    start = document.start
    layout = LAYOUT_OF[document.layout]
    # They are the same for all pages.
    settings = builder.pages.read(builder.config.root_doc).settings
    tree = new_document(str(builder.env.doc2path(start)), settings)
    language = document.language or builder.config.language
    tree.update_all_atts({"exercises": document.exercises, "answers": document.gives_answers})
    tree.extend(layout.gather(builder, document))
    docnames = {start}
    tree = inline_all_toctrees(builder, docnames, start, tree, str, [start])
    _drop_skipped(tree)
    layout.add(tree, builder, start, language)
    if document.gives_answers:
        _add_answers(tree, language, with_exercises=document.exercises)
    _adopt(tree)
    _name_origin(tree, start)
    tell_sources(tree, builder, start, language)
    for cited in tree.findall(ledger_cite):
        join_pages(cited)
    builder.env.resolve_references(tree, start, builder)
    layout.prune(tree, builder, document)
    entries = _index_mentions(tree, builder) if has_index(document) else ()
    return edition_of(builder, document, tree, docnames, entries)


def edition_of(
    builder: Builder,
    document: PdfDocument,
    tree: nodes.document,
    docnames: Iterable[str] = (),
    entries: tuple[Heading, ...] = (),
) -> Edition:
    """Return *tree*, whose references are resolved, as an edition of *document*."""
    builder.post_process_images(tree)
    edition = Edition(document, tree, frozenset(docnames), entries=entries)
    _collect_labels(edition)
    return edition


def has_index(document: PdfDocument) -> bool:
    """Tell whether *document* gets an index."""
    return document.index and document.layout == "book"


def _index_mentions(tree: nodes.document, builder: Builder) -> tuple[Heading, ...]:
    """Note in *tree* what the index may have, and return it; nothing outside of a course."""
    if not has_course(builder):
        return ()
    course = course_of(builder.env)
    entries = tuple(course.headings)
    parts = [part for part in tree.findall(book_part) if part["role"] != "front"]
    note_mentions(parts, entries, course.settings.glossary)
    return entries


def _add_answers(tree: nodes.document, language: str, *, with_exercises: bool) -> None:
    """Give the answers to exercises a place behind the chapters, if there are exercises.

    What evidence tables hold back stands there, too; it stands there alone where the exercises are
    in the workbook.
    """
    answered = exercise | held_back if with_exercises else held_back
    if not any(isinstance(node, answered) for node in tree.findall(nodes.Element)):
        return
    title = words(language)["answers" if with_exercises else "answers-evidence"]
    section = nodes.section("", nodes.title(title, title), exercise_answers(), ids=["answers"])
    add_behind(tree, section, ANSWERS)


def _drop_skipped(tree: nodes.document) -> None:
    """Take out the sections that print leaves out, so that no link leads there."""
    for section in list(tree.findall(nodes.section)):
        if not SKIPPED.isdisjoint(section["classes"]):
            section.parent.remove(section)


def _adopt(tree: nodes.document) -> None:
    """Give the joined documents' children their new parents, which Sphinx leaves as they were."""
    for joined in tree.findall(addnodes.start_of_file):
        for child in joined.children:
            child.parent = joined


def _name_origin(tree: nodes.document, start: str) -> None:
    """Give each pending link the document it stands in, from which its target is looked up."""
    for docname, node in walk(tree, start):
        if isinstance(node, addnodes.pending_xref):
            node.setdefault("refdoc", docname)


def _collect_labels(edition: Edition) -> None:
    """Fill in the labels of *edition* and which of them are used."""
    for docname, node in walk(edition.tree, edition.document.start):
        names: list[str] = [f"{docname}#{each}" for each in node["ids"]]
        if isinstance(node, nodes.section) and names:
            # a heading can bear one label, so all ids of a section lead to its first
            edition.labels.setdefault(docname, names[0])
            edition.labels.update(dict.fromkeys(names, names[0]))
            edition.sections.add(names[0])
        elif not _HEADED.isdisjoint(node["classes"]):
            edition.labels.update((name, name) for name in names)
            edition.sections.update(names)
        else:
            edition.labels.update((name, name) for name in names)
        if isinstance(node, nodes.reference) and (target := target_of(node, docname)):
            edition.wanted.add(target)
        if isinstance(node, nodes.footnote):
            edition.footnotes.update((name, node) for name in names)
    _collect_statements(edition)


def _collect_statements(edition: Edition) -> None:
    """Find the ledger's entry of each statement that a citation names: it bears the id."""
    cited = {each for node in edition.tree.findall(nodes.inline) for each in cites(node)}
    for name, label in edition.labels.items():
        _, _, anchor = name.partition("#")
        if anchor in cited:
            edition.statements.setdefault(anchor, label)
            edition.wanted.add(label)


def cites(node: nodes.Element) -> list[str]:
    """Return the ids of the statements that a citation of the ledger names."""
    statements: list[str] = node.get("statements", [])
    return statements
