"""What a page shows of other pages: the list of chapters, and who cites each statement.

It is filled in when a page is written, since only then have all pages been read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from courseware.data.ledger import page_words

from .build import paragraph, span
from .course import course_of
from .domain import Chapter, Citation, course_domain, is_chapter
from .nodes import chapter_list, script_room, way_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def chapters_in_order(env: BuildEnvironment) -> list[tuple[str, Chapter]]:
    """Return the chapters in order of the contents, each with its number as text."""
    domain = course_domain(env)
    numbers = {name: env.toc_secnumbers.get(name, {}).get("", ()) for name in domain.chapters}
    ordered = sorted(domain.chapters.values(), key=lambda c: (numbers[c.docname], c.docname))
    return [(".".join(map(str, numbers[c.docname])), c) for c in ordered]


class ChapterListing(SphinxPostTransform):
    """Fill the list of chapters, and the way to the first of them."""

    # Before references are resolved (10), since the list is made of references.
    default_priority = 5

    def run(self, **_options: object) -> None:
        """Replace each placeholder on the page."""
        for node in list(self.document.findall(chapter_list)):
            items = nodes.bullet_list(classes=["chapter-list"])
            items += [self.item(number, chapter) for number, chapter in chapters_in_order(self.env)]
            node.replace_self(items)
        for way in list(self.document.findall(way_in)):
            first = chapters_in_order(self.env)[:1]
            way.extend([*(self.start(*each) for each in first), *self.room("continue", "")])

    def start(self, number: str, chapter: Chapter) -> nodes.paragraph:
        """Return the link to the first *chapter*."""
        words = f"Start with chapter {number}" if number else "Start"
        link = self.link(chapter, nodes.inline(words, words))
        return paragraph(link, " ", span(chapter.title, "door-first"))

    def link(self, chapter: Chapter, words: nodes.inline) -> pending_xref:
        """Return *words* as a link to *chapter*."""
        return pending_xref(
            "",
            words,
            refdomain="std",
            reftype="doc",
            reftarget=f"/{chapter.docname}",
            refexplicit=True,
            refdoc=self.env.docname,
        )

    def room(self, name: str, value: str) -> list[nodes.Node]:
        """Return room for what a reader's browser knows; other builders have no use for it."""
        if self.app.builder.format != "html":
            return []
        return [script_room("", name=name, value=value, classes=[f"room-{name}"])]

    def item(self, number: str, chapter: Chapter) -> nodes.list_item:
        """Return the entry of one chapter."""
        title = paragraph(classes=["chapter-title"])
        if number:
            title += [span(number, "chapter-number"), nodes.Text(" ")]
        title += self.link(chapter, nodes.inline(chapter.title, chapter.title))
        facts = f"{chapter.read} minutes to read, {chapter.class_} in class · "
        facts += f"{course_of(self.env).settings.work.noun} {page_words(chapter.pages)}"
        return nodes.list_item(
            "",
            title,
            paragraph(chapter.question, classes=["chapter-question"]),
            paragraph(facts, classes=["chapter-facts"]),
            *self.room("chapter-state", chapter.docname.rpartition("/")[2]),
        )


class CitedIn(SphinxPostTransform):
    """Add to each statement of the ledger the places that cite it."""

    default_priority = 5

    def run(self, **_options: object) -> None:
        """Complete the statements on the page."""
        items = [node for node in self.document.findall(nodes.list_item) if "statement" in node]
        if not items:
            return
        by_statement: dict[str, list[Citation]] = {}
        order = {chapter.docname: i for i, (_, chapter) in enumerate(chapters_in_order(self.env))}
        holds = self.app.tags.eval_condition
        shown = [each for each in course_domain(self.env).citations if all(map(holds, each.when))]
        for citation in sorted(
            shown,
            key=lambda c: (order.get(c.docname, len(order)), c.docname),
        ):
            by_statement.setdefault(citation.statement, []).append(citation)
        for item in items:
            places = by_statement.get(item["statement"], [])
            if places:
                item.append(self.places(places))

    def places(self, citations: Iterable[Citation]) -> nodes.paragraph:
        """Return the sentence that links to *citations*."""
        result = paragraph("Cited in: ", classes=["cited-in"])
        seen: dict[str, int] = {}
        # In a document joined of several pages, links run from the page the node came from.
        fromdoc = self.env.docname
        for position, citation in enumerate(citations):
            label = self.label(citation)
            seen[label] = seen.get(label, 0) + 1
            if seen[label] > 1:
                label += f" ({seen[label]})"
            if position:
                result += nodes.Text("; ")
            builder = self.app.builder
            text = nodes.inline(label, label)
            result += make_refnode(builder, fromdoc, citation.docname, citation.anchor, text)
        return result

    def label(self, citation: Citation) -> str:
        """Return what to call the place of *citation*."""
        if not is_chapter(citation.docname):
            title = self.env.titles.get(citation.docname)
            return title.astext() if title else citation.docname
        number = self.env.toc_secnumbers.get(citation.docname, {}).get("")
        chapter = f"chapter {'.'.join(map(str, number))}" if number else citation.docname
        return f"{chapter}, {citation.section}"


def setup_listings(app: Sphinx) -> None:
    """Register the transforms."""
    app.add_node(chapter_list)
    app.add_post_transform(ChapterListing)
    app.add_post_transform(CitedIn)
