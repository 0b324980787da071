"""What stands in a line: emphasis, links, page footnotes, references to the ledger, index."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from docutils import nodes

from . import source
from .assemble import has_index
from .joined import target_of
from .looks import FRAMES, HUES, INLINES, look
from .numbers import chapter_title
from .prose import curled
from .writer import Writer, block_of, closing, passing, skipping, wrapping

if TYPE_CHECKING:
    from sphinx import addnodes

# What MyST makes of a line that ends in two spaces or a backslash.
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_EXTERNAL = ("http://", "https://", "mailto:")


class Inlines(Writer):
    """Visitors of inline nodes."""

    visit_emphasis, depart_emphasis = wrapping("emph")
    visit_title_reference, depart_title_reference = wrapping("emph")
    visit_strong, depart_strong = wrapping("strong")
    visit_subscript, depart_subscript = wrapping("sub")
    visit_superscript, depart_superscript = wrapping("super")

    def visit_inline(self, node: nodes.Element) -> None:
        """Open what the classes ask for: a look, a frame, a language."""
        if function := look(node, INLINES):
            self.open(function)
        if sign := look(node, FRAMES):
            self.open("sign-frame", sign=sign, hue=look(node, HUES))
        if language := language_of(node):
            # Without a region of its own it would get that of the text around it.
            code, region = language_and_region(language)
            region = self.config.typst_regions.get(language, region)
            self.open("text", lang=code, region=region)

    def depart_inline(self, node: nodes.Element) -> None:
        """Close what was opened."""
        opened = (look(node, INLINES), look(node, FRAMES), language_of(node))
        for _ in filter(None, opened):
            self.close()

    def visit_literal(self, node: nodes.Element) -> NoReturn:
        """Write the text in the code type."""
        self.anchor_here(amid=True)
        self.emit(source.call("raw", self.text(node.astext(), node)))
        raise nodes.SkipNode

    def visit_abbreviation(self, node: nodes.Element) -> NoReturn:
        """Write the explanation after the first use of an abbreviation."""
        self.inner(node)
        if node.get("explanation") and node.astext() not in self.explained:
            self.explained.add(node.astext())
            self.emit(source.string(self.prose(f" ({node['explanation']})", node)))
        raise nodes.SkipNode

    def visit_raw(self, node: nodes.Element) -> NoReturn:
        """Pass Typst on, as markup; of other formats the end of a line alone."""
        if "typst" in node.get("format", "").split():
            self.mark(node)
            self.emit(source.call("raw-typst", node.astext()))
        elif _BREAK.fullmatch(node.astext()):
            self.emit("linebreak()")
        raise nodes.SkipNode

    # -- links

    def visit_reference(self, node: nodes.Element) -> None:
        """Open a link; one that leads out of this edition leaves its text."""
        self.anchor_here(amid=True)
        if (uri := node.get("refuri", "")).startswith(_EXTERNAL):
            self.emit(f"web-link({source.string(uri)}, {{")
        elif (label := self.label_for(node)) and self.shows_page(node, label):
            self.open("page-link", to=label, joined=is_bracketed(node))
        elif label:
            self.emit(f"link({source.call('label', label)}, {{")
        else:
            self.emit("({")
        if self.is_chapter_title(node):
            self.emit(source.string(self.quotes[0]))

    def visit_page_number(self, node: nodes.Element) -> NoReturn:
        """Write the number of the page that a link leads to."""
        self.anchor_here()
        if label := self.label_for(node):
            self.emit(source.call("page-number", label))
        raise nodes.SkipNode

    def depart_reference(self, node: nodes.Element) -> None:
        """Close the link."""
        if self.is_chapter_title(node):
            self.emit(source.string(self.quotes[1]))
        self.close()

    @property
    def quotes(self) -> str:
        """The two signs between which a title stands."""
        quoted = curled('"x"', self.language)
        return quoted[0] + quoted[-1]

    def is_chapter_title(self, link: nodes.Element) -> bool:
        """Tell whether *link* says the title of a chapter, which paper does not set apart."""
        docname = (target_of(link, self.docname) or "").partition("#")[0]
        env = self.builder.env
        return (
            self.place != "heading"
            and docname != self.docname
            and bool(env.toc_secnumbers.get(docname, {}).get(""))
            and env.titles[docname].astext() == link.astext()
        )

    visit_citation_reference = visit_reference
    depart_citation_reference = closing

    def shows_page(self, node: nodes.Element, label: str) -> bool:
        """Tell whether the page is printed that a link leads to.

        So it is in running text, for documents and sections (which close checks are too), and
        once a paragraph; figures, tables and works have numbers or an order of their own, and
        terms are looked up in the glossary.
        """
        if self.place not in {"text", "note", "page"} or label not in self.edition.sections:
            return False
        key = (label, block_of(node))
        is_first = key not in self.paged
        self.paged.add(key)
        return is_first

    visit_target = depart_target = passing
    visit_download_reference = depart_download_reference = passing
    visit_pending_xref = depart_pending_xref = passing
    visit_problematic = depart_problematic = passing
    visit_generated = depart_generated = passing
    # sphinx-design wraps the link of a card in it
    visit_PassthroughTextElement = depart_PassthroughTextElement = passing  # noqa: N815

    # -- page footnotes

    def visit_footnote_reference(self, node: nodes.Element) -> NoReturn:
        """Write the footnote here; a second reference to it repeats its number."""
        name = f"{self.docname}#{node.get('refid', '')}"
        footnote = self.edition.footnotes.get(name)
        if footnote is None:
            self.warn(node, "a reference to a footnote that is not there")
        elif self.place == "heading":
            self.warn(node, "a footnote in a heading is left out in print; move it to the text")
        elif name in self.noted:
            self.emit(f"footnote({source.call('label', name)})")
        else:
            self.noted.add(name)
            self.enter("note")
            self.emit(f"page-note({source.string(name)}, {{")
            self.inner(footnote)
            self.close()
            self.leave()
        raise nodes.SkipNode

    # Footnotes are written where they are referred to, and Typst numbers them.
    visit_footnote = visit_label = skipping

    # -- the ledger

    def visit_ledger_cite(self, node: nodes.Element) -> NoReturn:
        """Put the references of a paragraph into the margin, or in line where there is none."""
        self.drop_space()
        self.anchor_here(amid=True)
        if self.place == "text":
            self.mark(node)
            names: list[str] = node.get("statements", [])
            statements = [{"id": name, "to": self.edition.statements.get(name)} for name in names]
            self.open("margin-ref", group=self.docname, statements=statements)
        else:
            self.open("inline-ref")
        self.inner(node)
        self.close()
        raise nodes.SkipNode

    # -- the index

    def visit_index(self, node: addnodes.index) -> NoReturn:
        """Note the entries; their anchor stands before the next text."""
        if has_index(self.edition.document):
            label = f"ix-{len(self.written)}"
            self.written.add(label)
            self.waiting.append(label)
            self.index.chapters[label] = chapter_title(self.builder.env, self.docname)
            for kind, value, _target, main, _key in node["entries"]:
                self.index.add(kind, self.quoted(value), label, is_main=bool(main))
        raise nodes.SkipNode


def is_bracketed(node: nodes.Element) -> bool:
    """Tell whether a bracket is open before *node* in its paragraph."""
    before = ""
    for text in block_of(node).findall(nodes.Text):
        if node in parents_of(text):
            break
        before += text.astext()
    return before.count("(") > before.count(")")


def parents_of(node: nodes.Node) -> list[nodes.Node]:
    """Return the nodes that *node* stands in, the nearest first."""
    found = []
    while (node := node.parent) is not None:
        found.append(node)
    return found


def language_of(node: nodes.Element) -> str | None:
    """Return the language that a class such as ``language-es`` names."""
    names: list[str] = [name for name in node["classes"] if name.startswith("language-")]
    return names[0].removeprefix("language-") if names else None


def language_and_region(tag: str) -> tuple[str, str | None]:
    """Return language and region of *tag* (BCP 47, such as ``pt-BR``); scripts are left out."""
    code, *rest = tag.split("-")
    return code, next((each for each in rest if len(each) == 2 and each.isalpha()), None)
