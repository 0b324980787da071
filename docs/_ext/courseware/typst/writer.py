"""What every part of the translator writes with: expressions, anchors, text, warnings."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator

from . import source
from .breaks import breakable
from .glyphs import around, describe, missing, replace_missing, spaced
from .index import Index
from .joined import target_of
from .looks import SKIPPED
from .named import name_of
from .prose import REACH, curled, joined, ranges_apart
from .words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.builders import Builder

    from .assemble import Edition

logger = logging.getLogger(__name__)

# Nodes whose text stands as it is written; code and formulas have visitors of their own.
_AS_WRITTEN = (
    nodes.literal,
    nodes.FixedTextElement,
    nodes.option_string,
    nodes.problematic,
    addnodes.literal_emphasis,
    addnodes.literal_strong,
)

#: Nodes in which a paragraph is the text itself, not a paragraph among others.
ITEMS = (
    nodes.list_item,
    nodes.definition,
    nodes.entry,
    nodes.field_body,
    nodes.footnote,
    nodes.citation,
    nodes.description,
)


# The parameters are open, because each visitor of docutils declares its own class of node.
Visitor = Callable[..., None]


def writing(before: str, after: str) -> tuple[Visitor, Visitor]:
    """Return visitors that write a line before and a line after the children of a node."""

    def visit(self: Writer, _node: nodes.Element) -> None:
        if before:
            self.emit(before)

    def depart(self: Writer, _node: nodes.Element) -> None:
        if after:
            self.emit(after)

    return visit, depart


def wrapping(function: str) -> tuple[Visitor, Visitor]:
    """Return visitors that put the children of a node into a call of *function*."""
    return writing(f"{function}({{", "})")


def _skip(_self: Writer, _node: nodes.Element) -> None:
    raise nodes.SkipNode


#: A visitor, and a departure, of nodes that are their children and no more.
passing, _ = writing("", "")
#: A visitor that leaves a node and its children out.
skipping: Visitor = _skip
#: A departure that ends the call which the visitor began.
_, closing = writing("", "})")


@cache
def _within(path: str, folder: Path) -> str:
    """Return *path* as seen from *folder* where it lies in it; thousands of nodes share it."""
    file = Path(path)
    return (file.relative_to(folder) if file.is_relative_to(folder) else file).as_posix()


class Writer(SphinxTranslator):
    """Collects Typst statements in code mode, one a line, in ``lines``.

    A visitor (also one of another extension, by ``app.add_node(..., typst=(visit, depart))``)
    calls :meth:`emit` for a whole expression, or :meth:`open` and :meth:`close` around children.
    """

    def __init__(self, document: nodes.document, builder: Builder, edition: Edition) -> None:
        super().__init__(document, builder)
        self.edition = edition
        self.language = edition.document.language or builder.config.language or "en"
        self.words = words(self.language)
        self.lines: list[str] = []
        self.docnames = [edition.document.start]
        self.waiting: list[str] = []  # anchors to write before the next text
        self.names: dict[str, str] = {}  # what they lead to, where that has a name
        self.block: nodes.Node | None = None  # the one last looked through, and its texts
        self.texts: list[nodes.Text] = []
        self.text_at: dict[int, int] = {}
        self.written: set[str] = set()  # anchors that stand already: a label must be unique
        self.warned: set[tuple[str, int, str]] = set()  # file, line, message
        self.explained: set[str] = set()  # abbreviations whose meaning is written
        self.noted: set[str] = set()  # footnotes that are written
        self.paged: set[tuple[str, nodes.Node]] = set()  # links that show a page, by paragraph
        self.index = Index({entry.path[-1]: entry.path for entry in edition.entries})
        self.depth = 0  # of sections
        self.flowing = False  # whether the document is in columns as a whole, listings and all
        self.places = ["text"]  # and what is open: see :attr:`place`

    # -- expressions

    def emit(self, expression: str) -> None:
        """Write one expression as a statement."""
        self.lines.append(expression)

    def open(self, function: str, /, **named: object) -> None:
        """Begin a call whose last argument is the content that follows, until :meth:`close`."""
        self.lines.append(f"{function}({source.arguments(named)}{{")

    def close(self) -> None:
        """End the call that :meth:`open` began."""
        self.lines.append("})")

    def next_argument(self) -> None:
        """End one content argument of the open call and begin another."""
        self.lines.append("}, {")

    # -- places

    @property
    def docname(self) -> str:
        """The document from which the present node comes."""
        return self.docnames[-1]

    @property
    def place(self) -> str:
        """Where the present node stands, since what may stand there differs.

        One of text, heading, table, note, listing (over the full measure) and page (which has no
        margin column).
        """
        return self.places[-1]

    def enter(self, place: str) -> None:
        """Be in *place* until :meth:`leave`."""
        self.places.append(place)

    def leave(self) -> None:
        """Be where one was before :meth:`enter`."""
        self.places.pop()

    def location(self, node: nodes.Node) -> tuple[str, int]:
        """Return file (relative to the sources) and line of *node* or its nearest ancestor."""
        origin: nodes.Node | None = node
        while origin is not None and not origin.line:
            origin = origin.parent
        path = origin.source if origin is not None and origin.source else None
        # What is gathered from several pages is no page itself.
        env, start = self.builder.env, self.edition.document.start
        page = self.docname if self.docname in env.found_docs else start
        file = _within(path or str(env.doc2path(page)), self.builder.srcdir)
        return file, (origin.line or 1) if origin is not None else 1

    def mark(self, node: nodes.Node) -> None:
        """Write where *node* stands in the sources, so that errors can be mapped back."""
        self.emit(source.position(*self.location(node)))

    def warn(self, node: nodes.Node, message: str, more: str = "") -> None:
        """Log *message* with the place of *node*, once a place; *more* may differ there."""
        file, line = self.location(node)
        if (file, line, message) not in self.warned:
            self.warned.add((file, line, message))
            path = self.builder.srcdir / file
            # What was asked for by arguments stands in no file.
            where = f"{path if path.exists() else file}:{line}"
            logger.warning("%s", message + more, location=where, type="courseware", subtype="typst")

    # -- links and anchors

    def label_for(self, reference: nodes.Element) -> str | None:
        """Return the label that *reference* leads to, if this edition has it."""
        target = target_of(reference, self.docname)
        return self.edition.labels.get(target) if target else None

    def want(self, node: nodes.Element) -> None:
        """Let an anchor stand before the next text for each id of *node* that a link uses."""
        for each in node["ids"]:
            name = f"{self.docname}#{each}"
            if name in self.edition.wanted and name not in self.written:
                self.written.add(name)
                self.waiting.append(name)
                if named := name_of(node, self.builder, self.docname):
                    self.names[name] = self.printable(self.quoted(named), node)

    def anchor_here(self, *, amid: bool = False) -> None:
        """Write the anchors that wait for a place, *amid* a line or between blocks."""
        waiting, self.waiting = self.waiting, []
        for name in waiting:
            about = {"about": self.names[name], "amid": amid} if name in self.names else {}
            self.emit(source.call("anchor", name, **about))

    # -- text

    def text(self, text: str, node: nodes.Node) -> str:
        """Return *text* as the shipped fonts can print it, in lines that are not too long."""
        return breakable(self.printable(text, node))

    def prose(self, text: str, node: nodes.Node, *, before: str = "", after: str = "") -> str:
        """Return *text*, which is no code, as it is set between *before* and *after*."""
        text = self.quoted(self.printable(text, node), before)
        return breakable(joined(text, self.language, before=before, after=after))

    def quoted(self, text: str, before: str = "") -> str:
        """Return *text* with curly quotes, unless the course wants none."""
        return curled(text, self.language, before) if self.config.smartquotes else text

    def printable(self, text: str, node: nodes.Node) -> str:
        """Return *text* with what no shipped font has written as ``[U+...]``, and warn of it."""
        text = spaced(text)
        for char in missing(text):
            self.warn(
                node,
                f"no shipped font has the character {char!r} ({describe(char)})",
                f" in '{around(text, char)}'; it is printed as [U+{ord(char):04X}]: write a word "
                "or another sign in its place",
            )
        return replace_missing(text)

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802  (named after the class)
        """Write text; line ends of the source are spaces in print."""
        text = node.astext().replace("\n", " ")
        if is_as_written(node):
            parts: Iterable[tuple[str, bool]] = [(self.text(text, node), False)]
        else:
            before, after = self.around_in_block(node)
            parts = ranges_apart(self.prose(text, node, before=before, after=after))
        if text.strip():
            self.anchor_here(amid=True)
        for part, is_whole in parts:
            self.emit(source.call("together", part) if is_whole else source.string(part))

    depart_Text = passing  # noqa: N815  (named after the class)

    def around_in_block(self, text: nodes.Text) -> tuple[str, str]:
        """Return what stands before and after *text* in its paragraph or the like, as it counts."""
        block = block_of(text)
        assert isinstance(block, nodes.Element)
        if len(block) == 1 and text.parent is block:
            return "", ""  # nearly always
        if self.block is not block:
            # Its texts come one after the other, and are looked for once.
            self.block, self.texts = block, list(block.findall(nodes.Text))
            self.text_at = {id(each): at for at, each in enumerate(self.texts)}
        at = self.text_at[id(text)]
        before = "".join(each.astext() for each in self.texts[max(0, at - 3) : at])[-REACH:]
        after = "".join(each.astext() for each in self.texts[at + 1 : at + 4])[:REACH]
        return before.replace("\n", " "), after.replace("\n", " ")

    def drop_space(self) -> None:
        """Take back the space at the end of the text just written.

        What goes to the margin leaves no gap between the words around it.
        """
        if self.lines and self.lines[-1].startswith('"'):
            self.lines[-1] = self.lines[-1].removesuffix('"').rstrip(" ") + '"'

    # -- dispatch

    def dispatch_visit(self, node: nodes.Node) -> None:
        """Visit *node* by its class or the nearest base class that has a visitor."""
        if isinstance(node, nodes.Element):
            if not SKIPPED.isdisjoint(node["classes"]):
                raise nodes.SkipNode
            if not isinstance(node, nodes.section | addnodes.start_of_file):
                self.want(node)
        super().dispatch_visit(node)

    def unknown_visit(self, node: nodes.Node) -> None:
        """Warn of a node that has no visitor; its children are visited, so its text is kept."""
        name = node.__class__.__name__
        self.warn(node, f"the typst builder does not know the node {name!r}; its text is kept")

    def unknown_departure(self, _node: nodes.Node) -> None:
        """Write nothing: an unknown node opened nothing."""

    def inner(self, node: nodes.Element) -> None:
        """Visit the children of *node* (not itself)."""
        for child in node.children:
            child.walkabout(self)


def is_as_written(text: nodes.Text) -> bool:
    """Tell whether *text* is code, or the address that it links to."""
    parent = text.parent
    if isinstance(parent, nodes.reference):
        return bool(parent.get("refuri") == text.astext())
    return isinstance(parent, _AS_WRITTEN)


def block_of(node: nodes.Node) -> nodes.Node:
    """Return the paragraph or other block that an inline node, or a text, stands in."""
    while isinstance(node, nodes.Text | nodes.Inline | nodes.reference) and node.parent is not None:
        node = node.parent
    return node
