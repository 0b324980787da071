"""Small builders of docutils nodes that several directives share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref

from courseware.data.ledger import NO_BREAK, Statement, pages_of

from .domain import course_xref
from .nodes import ledger_cite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from courseware.data.glossary import Term
    from courseware.data.settings import GlossarySettings, Kind

Cell = list[nodes.Node]


def paragraph(*children: nodes.Node | str, classes: Sequence[str] = ()) -> nodes.paragraph:
    """Return a paragraph of text and inline nodes."""
    result = nodes.paragraph(classes=list(classes))
    result += [nodes.Text(c) if isinstance(c, str) else c for c in children]
    return result


def span(text: str, *classes: str) -> nodes.inline:
    """Return inline text with classes for the style sheets."""
    return nodes.inline(text, text, classes=list(classes))


def in_language(text: str, tag: str, *classes: str) -> nodes.inline:
    """Return *text*, marked as of the language *tag* for screen readers and hyphenation.

    Docutils makes the attribute ``lang`` of such a class, and print does the like.
    """
    return span(text, *classes, f"language-{tag}")


def translations(term: Term, settings: GlossarySettings) -> Iterator[nodes.Node]:
    """Yield the equivalents of *term* that differ from it, each marked as of its language."""
    for code, text in term.translations.items():
        if text.casefold() not in {term.term.casefold(), _turned(term.term).casefold()}:
            yield nodes.Text(" ")
            yield in_language(text, settings.tag_of(code), "translation")


def _turned(name: str) -> str:
    """Return *name* with what follows its comma in front: a person's, sorted by the surname."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma else name


def kind_label(kind: Kind) -> nodes.inline:
    """Return the word for a kind of statement."""
    return span(kind.id, "kind", f"kind-{kind.id}", *kind_looks(kind))


def kind_looks(kind: Kind) -> tuple[str, str]:
    """Return the classes that give a word the sign and the hue of *kind*, wherever it stands."""
    return f"sign-{kind.sign.value}", f"hue-{kind.hue.value}"


def ledger_links(statements: Iterable[Statement], docname: str) -> nodes.inline:
    """Return the pages of *statements* as links to the ledger (not counted as citing)."""
    result = nodes.inline(classes=["ledger-links"])
    for position, (text, group) in enumerate(pages_of(statements)):
        if position:
            result += nodes.Text("; ")
        result += linked(course_xref("statement", group[0].id, text), docname)
    return result


def term_xref(term: str, text: str) -> pending_xref:
    """Return *text* as a link to the glossary's entry *term*."""
    xref = pending_xref("", refdomain="std", reftype="term", reftarget=term, refexplicit=True)
    xref += nodes.inline(text, text, classes=["xref", "std", "std-term"])
    return xref


def check_xref(name: str, title: str = "") -> pending_xref:
    """Return a link to the close check *name*, by the words that the course calls it."""
    return course_xref("note", name, f"check{NO_BREAK}{name}", title)


def index_entry(
    term: Term, anchor: str, *, main: bool = False
) -> tuple[str, str, str, str, str | None]:
    """Return Sphinx's index entry for *term*; *main* marks where the term is defined."""
    return ("single", term.index or term.term, anchor, "main" if main else "", None)


def linked(xref: pending_xref, docname: str) -> pending_xref:
    """Return *xref* as a link from the page *docname*."""
    xref["refdoc"] = docname
    return xref


def table(
    header: Sequence[str],
    rows: Iterable[nodes.row],
    widths: Sequence[int],
    *classes: str,
    stubs: int = 0,
) -> nodes.table:
    """Return a table with a header row; *widths* are in hundredths of the whole.

    The cells of the first *stubs* columns are headers of their rows.
    """
    # The class has the widths below taken over, where Sphinx would leave them to the browser.
    group = nodes.tgroup(cols=len(header))
    group += [nodes.colspec(colwidth=width) for width in widths]
    for spec in list(group)[:stubs]:
        assert isinstance(spec, nodes.colspec)
        spec["stub"] = 1
    group += nodes.thead("", fill_row(nodes.row(), [[paragraph(text)] for text in header]))
    group += nodes.tbody("", *rows)
    return nodes.table("", group, classes=["colwidths-given", *classes])


def fill_row(row: nodes.row, cells: Iterable[Cell]) -> nodes.row:
    """Return *row* with one entry for each of *cells*."""
    row += [nodes.entry("", *cell) for cell in cells]
    return row


def definition(term: Iterable[nodes.Node], *body: nodes.Node) -> nodes.definition_list_item:
    """Return one item of a definition list."""
    item = nodes.definition_list_item("", nodes.term("", "", *term))
    item += nodes.definition("", *body)
    return item


def is_citing(node: nodes.Node) -> bool:
    """Tell whether *node* holds a citation of the ledger."""
    return isinstance(node, nodes.Element) and any(node.findall(ledger_cite))
