"""Join the documents of one PDF into one tree.

As in Sphinx's LaTeX builder with ``toctree_only``: of the start document only the toctrees count.
Those before the first numbered one are front matter, numbered ones hold the chapters, those after
are back matter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import new_document
from sphinx.util.nodes import inline_all_toctrees

from courseware.pages.course import course_of
from courseware.pages.exercises.nodes import exercise, exercise_answers
from courseware.pages.figures.nodes import figure_data, figure_data_link
from courseware.pages.nodes import held_back

from .excerpts import add_excerpts, prune_excerpts
from .looks import SKIPPED
from .mentions import note_mentions
from .numbers import number_of
from .words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.builders import Builder

    from courseware.data.bookindex import Heading

    from .config import PdfDocument

# What is gathered from the chapters, as if each were a page.
ANSWERS = "answers-to-exercises"
FIGURES = "data-behind-the-figures"

Role = Literal["front", "chapters", "back"]


class book_part(nodes.General, nodes.Element):  # noqa: N801  (docutils names nodes so)
    """The documents of one toctree; ``role`` is front, chapters or back.

    It lives only between assembly and translation and is never stored.
    """


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


def assemble(builder: Builder, document: PdfDocument) -> Edition:
    """Return the joined tree of *document*, with references resolved for *builder*."""
    start = document.start
    doctree = builder.env.get_doctree(start)
    tree = new_document(str(builder.env.doc2path(start)), doctree.settings)
    is_handout = document.layout == "handout"
    language = document.language or builder.config.language
    if is_handout:
        tree += _own_text(doctree, start)
    else:
        tree.extend(_parts(doctree))
    docnames = {start}
    tree = inline_all_toctrees(builder, docnames, start, tree, str, [start])
    if is_handout:
        add_excerpts(tree, builder, start, language)
    _add_answers(tree, language)
    _adopt(tree)
    _name_origin(tree, start)
    _add_figure_data(tree, builder, start, language)
    builder.env.resolve_references(tree, start, builder)
    if is_handout:
        prune_excerpts(tree)
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
    if "courseware_exercises" not in builder.config:
        return ()
    course = course_of(builder.env)
    entries = tuple(course.headings)
    parts = [part for part in tree.findall(book_part) if part["role"] != "front"]
    note_mentions(parts, entries, course.settings.glossary)
    return entries


def _own_text(doctree: nodes.document, docname: str) -> addnodes.start_of_file:
    whole = addnodes.start_of_file("", *doctree.children, docname=docname)
    for toctree in list(whole.findall(addnodes.toctree)):
        toctree.parent.remove(toctree)
    return whole


def _parts(doctree: nodes.document) -> Iterator[book_part]:
    """Yield a part for each toctree of *doctree*, in order."""
    toctrees = [each for each in doctree.findall(addnodes.toctree) if not _is_skipped(each)]
    any_numbered = any(toctree.get("numbered") for toctree in toctrees)
    role: Role = "front" if any_numbered else "chapters"
    for toctree in toctrees:
        if toctree.get("numbered"):
            role = "chapters"
        elif role == "chapters" and any_numbered:
            role = "back"
        yield book_part("", toctree, role=role, caption=toctree.get("caption") or "")


def _is_skipped(node: nodes.Node) -> bool:
    """Tell whether *node* stands in something that print leaves out."""
    while node.parent is not None:
        node = node.parent
        if isinstance(node, nodes.Element) and not SKIPPED.isdisjoint(node["classes"]):
            return True
    return False


def _add_answers(tree: nodes.document, language: str) -> None:
    """Give the answers to exercises a place behind the chapters, if there are exercises.

    What evidence tables hold back stands there, too.
    """
    if not any(isinstance(node, exercise | held_back) for node in tree.findall(nodes.Element)):
        return
    title = words(language)["answers"]
    section = nodes.section("", nodes.title(title, title), exercise_answers(), ids=["answers"])
    _add_behind(tree, section, ANSWERS)


def _add_figure_data(tree: nodes.document, builder: Builder, start: str, language: str) -> None:
    """Move the data behind the figures to a section behind the chapters, if there are figures."""
    said = words(language)
    section = nodes.section("", nodes.title("", said["figure-data"]), ids=["figure-data"])
    for docname, node in list(walk(tree, start)):
        if isinstance(node, figure_data):
            number = number_of(builder, docname, [node["figure"]], "figure")
            title = " ".join(filter(None, [number, node["title"]]))
            node.parent.remove(node)
            # The files are told first: behind a table that line would be lost on the next page.
            children = sorted(node.children, key=lambda child: not _names_files(child))
            part = nodes.section("", nodes.title(title, title), *children, ids=node["ids"])
            part["classes"].append("figure-data-print")
            section += part
        elif isinstance(node, figure_data_link):
            target = f"%{FIGURES}#data-{node['figure'].removeprefix('figure-')}"
            text = said["figure-data-at"]
            node.append(nodes.reference(text, text, refuri=target, internal=True))
    if len(section) > 1:
        _add_behind(tree, section, FIGURES)


def _names_files(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Element) and "figure-downloads" in node["classes"]


def _add_behind(tree: nodes.document, section: nodes.section, docname: str) -> None:
    """Put *section* behind the chapters, after others that were put there."""
    # As if it were a page of its own, so that its ids cannot be those of another page.
    page = addnodes.start_of_file("", section, docname=docname)
    section.parent = page
    back = next((part for part in tree.findall(book_part) if part["role"] == "back"), None)
    if back is None:
        tree += page
        return
    pages = [each for each in back.children if isinstance(each, addnodes.start_of_file)]
    back.insert(sum(each["docname"] in {ANSWERS, FIGURES} for each in pages), page)


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


def walk(node: nodes.Node, docname: str) -> Iterator[tuple[str, nodes.Element]]:
    """Yield each element below *node*, in order, with the document that it comes from."""
    # A list of what is still to be visited: generators within generators take twice as long.
    ahead: list[tuple[str, nodes.Node]] = [(docname, node)]
    while ahead:
        docname, node = ahead.pop()
        if not isinstance(node, nodes.Element):
            continue
        if isinstance(node, addnodes.start_of_file):
            docname = node["docname"]
        yield docname, node
        ahead += [(docname, child) for child in reversed(node.children)]


def target_of(node: nodes.Element, docname: str) -> str | None:
    """Return ``docname#id`` or ``docname`` that a reference in *docname* points to.

    None where it points outside of the course or to a file.
    """
    if refid := node.get("refid"):
        return f"{docname}#{refid}"
    uri: str = node.get("refuri", "")
    return uri.removeprefix("%").removesuffix("#") if uri.startswith("%") else None


def _collect_labels(edition: Edition) -> None:
    """Fill in the labels of *edition* and which of them are used."""
    for docname, node in walk(edition.tree, edition.document.start):
        names: list[str] = [f"{docname}#{each}" for each in node["ids"]]
        if isinstance(node, nodes.section) and names:
            # a heading can bear one label, so all ids of a section lead to its first
            edition.labels.setdefault(docname, names[0])
            edition.labels.update(dict.fromkeys(names, names[0]))
            edition.sections.add(names[0])
        elif "exercise-print" in node["classes"]:
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
