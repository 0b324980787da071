"""Sections, paragraphs and boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels

from courseware.pages.exercises.nodes import answer_space

from . import source
from .columns import (
    Columns,
    column_kind,
    flows_in_columns,
    has_columns,
    runs_in_columns,
    sibling,
    takes_full_page,
)
from .joined import book_part
from .looks import (
    ARGUMENTS,
    CONTAINERS,
    LINKED,
    NUMBERED,
    PAGES,
    PARAGRAPHS,
    SECTIONS,
    WIDE_CONTAINERS,
    look,
)
from .writer import ITEMS, closing, passing, skipping, wrapping

if TYPE_CHECKING:
    from collections.abc import Mapping

# Nodes that print nothing where they stand.
_INVISIBLE = (nodes.Invisible, nodes.target, nodes.system_message, nodes.label)


class Blocks(Columns):
    """Visitors of block nodes."""

    # What frames the text without a look of its own.
    visit_document = depart_document = passing
    visit_compound = depart_compound = passing
    visit_glossary = depart_glossary = passing
    visit_only = depart_only = passing
    visit_versionmodified = depart_versionmodified = passing

    # -- the book and its sections

    def visit_book_part(self, node: nodes.Element) -> None:
        """Open front matter, chapters or back matter."""
        self.role = node["role"]
        self.documents_in_part = 0
        self.open("book-part", role=self.role)

    depart_book_part = closing

    def visit_start_of_file(self, node: nodes.Element) -> None:
        """Enter a document: ids are unique within it."""
        self.docnames.append(node["docname"])
        if self.on_full_page(node):
            self.enter("page")
        if self.on_full_page(node) and not self.on_full_page(sibling(node, -1)):
            self.open("full-page")

    def depart_start_of_file(self, node: nodes.Element) -> None:
        """Leave a document."""
        if self.on_full_page(node):
            self.leave()
        if self.on_full_page(node) and not self.on_full_page(sibling(node, 1)):
            self.close()
        self.docnames.pop()

    def on_full_page(self, document: nodes.Node | None) -> bool:
        """Tell whether *document*, at the back of a book, is on pages without a margin column."""
        return (
            isinstance(document, addnodes.start_of_file)
            and isinstance(document.parent, book_part)
            and document.parent["role"] == "back"
            and takes_full_page(document)
        )

    def visit_section(self, node: nodes.section) -> None:
        """Enter a section; a block of a chapter may have a look."""
        self.depth += 1
        if self.begins_run(node):
            self.emit("reserve(30mm)")
            self.open("in-flow")
            self.flowing = True
        if kind := column_kind(node):
            self.begin_columns(node, kind)
        elif function := look(node, SECTIONS):
            self.open(function)

    def depart_section(self, node: nodes.section) -> None:
        """Leave a section."""
        if kind := column_kind(node):
            self.end_columns(node, kind)
        elif look(node, SECTIONS):
            self.close()
        if self.flowing and (self.depth == 1 or self.ends_run(node)):
            self.close()
            self.flowing = False
        self.depth -= 1

    def begins_run(self, section: nodes.Element) -> bool:
        """Tell whether *section* is the first of some that are set in the same columns."""
        is_below = self.depth == 2 and self.place == "page" and not self.flowing
        return is_below and runs_in_columns(section)

    def ends_run(self, section: nodes.Element) -> bool:
        """Tell whether *section* is the last of them."""
        document = section.parent.parent
        is_below = self.depth == 2 and isinstance(document, addnodes.start_of_file)
        return (
            is_below and not flows_in_columns(document) and not runs_in_columns(sibling(section, 1))
        )

    def visit_title(self, node: nodes.title) -> None:
        """Open a heading, or the title of a box; that of a table is written with the table."""
        if isinstance(node.parent, nodes.table):
            raise nodes.SkipNode
        if not isinstance(node.parent, nodes.section):
            self.open("box-title")
            return
        # anchors must stand before a heading: inside they would be repeated in the contents
        self.anchor_here()
        self.mark(node)
        self.enter("heading")
        named = {
            "level": self.depth,
            "number": self.section_number(node.parent),
            "name": self.section_label(node.parent),
        }
        if self.depth == 1 and self.edition.document.is_book:
            self.open("chapter", **named, begins=self.begins(node.parent))
        else:
            soon = node.parent.children[1:3]
            before_table = any(isinstance(each, nodes.table) for each in soon)
            if self.places[-2] == "page" and before_table and not self.flowing:
                # a wide table that has no room here would leave the heading behind
                self.emit("reserve(48mm)")
            is_block = any(name.startswith("block-") for name in node.parent["classes"])
            listed = not is_block or not self.edition.document.is_book
            self.open("section-heading" if listed else "block-heading", **named)

    def depart_title(self, node: nodes.title) -> None:
        """Close the heading."""
        self.close()
        if isinstance(node.parent, nodes.section):
            self.leave()
        document = node.parent.parent
        if self.depth == 1 and self.on_full_page(document) and flows_in_columns(document):
            self.open("in-flow")
            self.flowing = True

    def begins(self, section: nodes.Element) -> str:
        """Return how a document begins: on a new page, or at the back where the one before ends.

        What is set in columns does not: each of those depends on where it begins, and Typst would
        have to lay out the book once more for each. Nor does the first of those on full pages,
        which have been begun for it.
        """
        self.documents_in_part += 1
        document = section.parent
        if self.on_full_page(document) and not self.on_full_page(sibling(document, -1)):
            return "here"
        if self.edition.document.layout == "workbook":
            # Answers are looked up, and must not be seen by who looks up a hint.
            return "page"
        in_columns = has_columns(section) or flows_in_columns(section.parent)
        runs_on = self.role == "back" and self.documents_in_part > 1 and not in_columns
        return "on" if runs_on else "page"

    def section_label(self, section: nodes.Element) -> str | None:
        """Return the label of a section, the first of its ids."""
        return (
            self.edition.labels[f"{self.docname}#{section['ids'][0]}"] if section["ids"] else None
        )

    def section_number(self, section: nodes.Element) -> str | None:
        """Return the number that Sphinx gave the section, so that page and print agree."""
        numbers = self.builder.env.toc_secnumbers.get(self.docname, {})
        names = [f"#{each}" for each in section["ids"]]
        if isinstance(section.parent, addnodes.start_of_file):
            names.append("")
        found = next((numbers[name] for name in names if name in numbers), None)
        return ".".join(map(str, found)) if found else None

    visit_rubric, depart_rubric = wrapping("rubric")

    def visit_transition(self, node: nodes.Element) -> None:
        """Write a short rule, but not the one that MyST puts before the footnotes of a page."""
        if "footnotes" not in node["classes"]:
            self.emit("transition()")

    depart_transition = passing

    # -- paragraphs

    def visit_paragraph(self, node: nodes.Element) -> None:
        """Open a paragraph; the first of an item is the item's own text."""
        if not is_printed(node):
            raise nodes.SkipNode
        self.mark(node)
        if (function := look(node, PAGES)) and (labels := self.labels_in(node)):
            # page numbers say on paper what the titles of the places say on a screen
            self.emit(source.call(function, labels))
            raise nodes.SkipNode
        if function := look(node, LINKED):
            self.emit(self.linked(function, node))
            raise nodes.SkipNode
        if "exercise-head" in node["classes"]:
            self.open("exercise-head", level=self.depth + 1)
            return
        if function := paragraph_function(node):
            in_section = isinstance(node.parent, nodes.section | addnodes.only)
            if function == "par" and self.place == "page" and in_section and not self.flowing:
                function = "page-par"
            elif function == "par" and leads_in(node):
                function = "lead-in"
            if "discussion-purpose" in node["classes"]:
                # it stands beside the question, not below it
                self.next_argument()
            self.open(function)

    def depart_paragraph(self, node: nodes.Element) -> None:
        """Close the paragraph if it was opened."""
        if "exercise-head" in node["classes"] or paragraph_function(node):
            self.close()

    def visit_figure_sources(self, node: nodes.Element) -> None:
        """Open what a figure rests on: small print, in which links tell no pages."""
        self.mark(node)
        self.enter("listing")
        self.open("figure-sources")

    def depart_figure_sources(self, _node: nodes.Element) -> None:
        """Close it."""
        self.close()
        self.leave()

    def visit_answer_space(self, node: nodes.Element) -> NoReturn:
        """Write room for a short answer; the words that stand for it elsewhere are not printed.

        Lines to write on are drawn behind the exercise, since they alone may go on to a new page.
        """
        self.mark(node)
        if node["choices"]:
            choices = [self.prose(each, node) for each in node["choices"]]
            self.emit(source.call("answer-choices", *choices))
        elif node["lines"] == 1:
            # Papers and the workbook have room to reckon of their own.
            alone = node["sums"] and "exercise-print" in node.parent["classes"]
            unit = self.prose(node["unit"], node)
            reckoned = {"working": True} if alone else {}
            self.emit(source.call("answer-space", unit=unit, **reckoned))
        raise nodes.SkipNode

    def linked(self, function: str, node: nodes.Element) -> str:
        """Return the call of *function* with the words of *node*, and where its link leads to."""
        link = node.next_node(nodes.reference)
        said = "" if link is None else link.astext()
        words = self.prose(said, node)
        before = self.prose(node.astext().removesuffix(said), node).rstrip(" .")
        label = None if link is None else self.label_for(link)
        return source.call(function, before, words, to=label)

    def labels_in(self, node: nodes.Element) -> list[str]:
        """Return the labels of this edition that links in *node* lead to."""
        links = node.findall(nodes.reference)
        return [label for link in links if (label := self.label_for(link))]

    visit_block_quote, depart_block_quote = wrapping("quotation")

    def visit_attribution(self, _node: nodes.Element) -> None:
        """Begin who said it: the second argument of a quotation."""
        self.next_argument()

    depart_attribution = passing

    def visit_literal_block(self, node: nodes.Element) -> NoReturn:
        """Write a block of code, line by line as it stands."""
        self.anchor_here()
        self.mark(node)
        self.emit(f"raw({source.string(self.text(node.astext(), node))}, block: true)")
        raise nodes.SkipNode

    visit_doctest_block = visit_literal_block

    visit_line_block, depart_line_block = wrapping("line-block")
    visit_line = passing

    def depart_line(self, _node: nodes.Element) -> None:
        """End a line."""
        self.emit("linebreak()")

    # -- boxes

    def visit_container(self, node: nodes.Element) -> None:
        """Open the look of a container; one without is its content."""
        if function := look(node, NUMBERED):
            if look_of(sibling(node, -1), NUMBERED) != function:
                self.emit(f"{function}({source.arguments(numbering_of(node, function))}")
            self.mark(node)
            run_in_source(node)
            self.emit("question({")
        elif function := look(node, CONTAINERS):
            self.mark(node)
            self.open(function, **settings_of(node))
            # inside, so that it goes to the next page with what it names
            self.anchor_here()
            if not WIDE_CONTAINERS.isdisjoint(node["classes"]):
                self.enter("listing")
        elif not ARGUMENTS.isdisjoint(node["classes"]) and node.parent.index(node):
            self.next_argument()

    def depart_container(self, node: nodes.Element) -> None:
        """Close the look."""
        if function := look(node, NUMBERED):
            self.emit("}),")
            if look_of(sibling(node, 1), NUMBERED) != function:
                self.emit(")")
        elif look(node, CONTAINERS):
            self.close()
            if not WIDE_CONTAINERS.isdisjoint(node["classes"]):
                self.leave()

    def visit_Admonition(self, node: nodes.Element) -> None:  # noqa: N802  (a class's name)
        """Open a box for note, tip, warning and the like, with its name in words."""
        self.mark(node)
        self.open("admonition", kind=node.tagname)
        if node.tagname in admonitionlabels:
            self.emit(source.call("box-title", str(admonitionlabels[node.tagname])))

    visit_sidebar = visit_Admonition
    depart_Admonition = depart_sidebar = depart_topic = closing  # noqa: N815  (a class's name)

    def visit_topic(self, node: nodes.Element) -> None:
        """Open a box; a list of the page's own sections is for screens."""
        if "contents" in node["classes"]:
            raise nodes.SkipNode
        self.visit_Admonition(node)

    visit_citation, depart_citation = wrapping("bibliography-entry")

    # -- what is not printed

    visit_Invisible = visit_system_message = visit_meta = skipping  # noqa: N815  (a class's name)
    visit_toctree = visit_tabular_col_spec = visit_highlightlang = visit_docinfo = skipping
    visit_decoration = skipping


def look_of(node: nodes.Node | None, table: Mapping[str, str]) -> str | None:
    """Return the look of *node* in *table*, if it is an element and has one."""
    return look(node, table) if isinstance(node, nodes.Element) else None


def run_in_source(question: nodes.Element) -> None:
    """Let what a *question* takes from others be named at the end of its words, not below them."""
    for source_line in list(question.children):
        if not isinstance(source_line, nodes.paragraph):
            continue
        words = sibling(source_line, -1)
        if "exercise-source" in source_line["classes"] and isinstance(words, nodes.paragraph):
            words += nodes.Text(" ")
            words += nodes.inline("", "", *source_line.children, classes=["question-source"])
            question.remove(source_line)


def settings_of(container: nodes.Element) -> dict[str, object]:
    """Return what the template has to know of a container.

    That is what it says itself as ``settings``; the number of an answer and whether it is long;
    or how many lines there are to write on below a question.
    """
    if "settings" in container:
        return dict(container["settings"])
    if number := container.get("number"):
        return {"number": number, "long": is_long(container)}
    mark = {"mark": container["mark"]} if "mark" in container else {}
    spaces = [child for child in container.children if isinstance(child, answer_space)]
    lines = sum(space["lines"] for space in spaces if space["lines"] > 1)
    return {**mark, "lines": lines} if lines else mark


def is_long(answer: nodes.Element) -> bool:
    """Tell whether *answer* has a table, or says how it is marked, and may go on elsewhere."""
    marked = (
        each for each in answer.findall(nodes.paragraph) if "exercise-marking" in each["classes"]
    )
    return answer.next_node(nodes.table) is not None or next(marked, None) is not None


def numbering_of(node: nodes.Element, function: str) -> dict[str, object]:
    """Return how a list that begins with *node* counts: from where, and after which prefix."""
    prefix, _, last = node.get("number", "").rpartition(".")
    if last:
        return {"start": int(last), "prefix": f"{prefix}." if prefix else ""}
    before = node.parent[: node.parent.index(node)]
    return {"start": 1 + sum(look_of(each, NUMBERED) == function for each in before)}


def paragraph_function(paragraph: nodes.Element) -> str | None:
    """Return the template's function for *paragraph*.

    None for the text of an item itself, and for images alone, which are blocks.
    """
    if not has_text(paragraph):
        return None
    return look(paragraph, PARAGRAPHS) or (None if is_lead(paragraph) else "par")


def is_lead(paragraph: nodes.Element) -> bool:
    """Tell whether *paragraph* is the first thing printed in a list item, cell or the like."""
    parent = paragraph.parent
    if not isinstance(parent, ITEMS):
        return False
    printed = (child for child in parent if not isinstance(child, _INVISIBLE))
    return next(printed, None) is paragraph


def leads_in(paragraph: nodes.Element) -> bool:
    """Tell whether *paragraph* stands alone between a heading and the block that it leads to."""
    section = paragraph.parent
    if not isinstance(section, nodes.section):
        return False
    printed = [child for child in section if not isinstance(child, _INVISIBLE)]
    at = printed.index(paragraph)
    after = printed[at + 1] if at + 1 < len(printed) else None
    is_first = at == 1 and isinstance(printed[0], nodes.title)
    return is_first and isinstance(after, nodes.container | nodes.table)


def has_text(node: nodes.Element) -> bool:
    """Tell whether *node* holds text (the alternative text of an image is none)."""
    return any(text.astext().strip() for text in node.findall(nodes.Text))


def is_printed(node: nodes.Element) -> bool:
    """Tell whether a paragraph has anything to print."""
    return has_text(node) or node.next_node(nodes.image) is not None
