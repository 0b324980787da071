"""The ``course`` domain: where statements are listed and cited, and what the chapters are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.domains import Domain
from sphinx.util.nodes import make_refnode

from .nodes import chapter_card, chapter_list, evidence_row, ledger_cite

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

CHAPTERS = "chapters/"


def is_chapter(docname: str) -> bool:
    """Tell whether the page *docname* is a chapter: every page in the folder ``chapters``."""
    return docname.startswith(CHAPTERS)


@dataclass(frozen=True)
class Citation:
    """One place that cites a statement: page, anchor on it, and the section's title."""

    statement: str
    docname: str
    anchor: str
    section: str


@dataclass(frozen=True)
class Chapter:
    """What other pages say of a chapter; the minutes are for reading, class and home."""

    docname: str
    title: str
    question: str
    pages: str
    read: int
    class_: int
    home: int
    content_note: str


def course_xref(kind: str, target: str, text: str, title: str = "") -> pending_xref:
    """Return a link to a ``statement``, ``note`` or ``footnote`` of the ledger."""
    xref = pending_xref("", refdomain="course", reftype=kind, reftarget=target, reftitle=title)
    xref += nodes.inline(text, text)
    return xref


class CourseDomain(Domain):
    """Statements, close checks and footnotes as link targets; citations; chapters."""

    name = "course"
    label = "Course"
    initial_data: ClassVar[dict[str, Any]] = {
        "targets": {},  # (kind, id) -> (docname, anchor)
        "citations": [],  # [Citation]
        "chapters": {},  # docname -> Chapter
        "listings": {},  # docname -> which listings it has: "chapters", "statements"
        "digests": {},  # docname of a page with listings -> what it was last written from
    }
    data_version = 2

    @property
    def targets(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Where each statement, close check and footnote is listed."""
        targets: dict[tuple[str, str], tuple[str, str]] = self.data["targets"]
        return targets

    @property
    def citations(self) -> list[Citation]:
        """All places that cite a statement, page by page in order of the file names."""
        citations: list[Citation] = self.data["citations"]
        return citations

    @property
    def chapters(self) -> dict[str, Chapter]:
        """The chapters read so far, by page name."""
        chapters: dict[str, Chapter] = self.data["chapters"]
        return chapters

    @property
    def listings(self) -> dict[str, str]:
        """The pages that show other pages, each with the widest of what it shows."""
        listings: dict[str, str] = self.data["listings"]
        return listings

    @property
    def digests(self) -> dict[tuple[str, str], str]:
        """For each builder and page with listings, a digest of what it shows of other pages."""
        digests: dict[tuple[str, str], str] = self.data["digests"]
        return digests

    def note_target(self, kind: str, name: str, anchor: str) -> None:
        """Record that the page being read lists *name* at *anchor*."""
        self.targets[kind, name] = (self.env.docname, anchor)

    def clear_doc(self, docname: str) -> None:
        """Forget what the page *docname* said."""
        self.data["citations"] = [c for c in self.citations if c.docname != docname]
        self.data["targets"] = {k: v for k, v in self.targets.items() if v[0] != docname}
        self.chapters.pop(docname, None)
        self.listings.pop(docname, None)

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read of *docnames*."""
        names = set(docnames)
        self.citations.extend(c for c in otherdata["citations"] if c.docname in names)
        self.targets.update({k: v for k, v in otherdata["targets"].items() if v[0] in names})
        self.chapters.update({k: v for k, v in otherdata["chapters"].items() if k in names})
        self.listings.update({k: v for k, v in otherdata["listings"].items() if k in names})

    def process_doc(
        self,
        env: BuildEnvironment,  # noqa: ARG002 (Sphinx passes it)
        docname: str,
        document: nodes.document,
    ) -> None:
        """Record the citations of a page that was read, and its card if it is a chapter."""
        for node in document.findall(nodes.Element):
            if not isinstance(node, ledger_cite | evidence_row):
                continue
            section = _section_title(node)
            for statement in node["statements"]:
                self.citations.append(Citation(statement, docname, node["ids"][0], section))
        if any(document.findall(chapter_list)):
            self.listings[docname] = "chapters"
        if any("statement" in item for item in document.findall(nodes.list_item)):
            self.listings[docname] = "statements"
        for card in document.findall(chapter_card):
            self.chapters[docname] = _chapter(docname, document, card)

    def resolve_xref(
        self,
        env: BuildEnvironment,  # noqa: ARG002 (Sphinx passes it)
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Return the link for `course_xref`, or nothing where no page lists its target."""
        place = self.targets.get((typ, target))
        if place is None:
            return None
        title = node.get("reftitle") or None
        return make_refnode(builder, fromdocname, *place, contnode, title)

    def resolve_any_xref(self, *_arguments: object) -> list[tuple[str, nodes.reference]]:
        """Return nothing: ids of the ledger are linked by the course's own roles."""
        return []


def _section_title(node: nodes.Node) -> str:
    parent = node.parent
    while parent is not None and not isinstance(parent, nodes.section):
        parent = parent.parent
    return parent[0].astext() if parent is not None else ""


def _chapter(docname: str, document: nodes.document, card: chapter_card) -> Chapter:
    title = next(iter(document.findall(nodes.title)), nodes.title())
    question = ""
    for section in document.findall(nodes.section):
        if "block-central-question" in section["classes"]:
            question = " ".join(p.astext() for p in section.findall(nodes.paragraph))
    return Chapter(
        docname=docname,
        title=title.astext(),
        question=question,
        pages=card["pages"],
        read=card["read"],
        class_=card["class_"],
        home=card["home"],
        content_note=card["content_note"],
    )


def course_domain(env: BuildEnvironment) -> CourseDomain:
    """Return the course domain of *env*."""
    domain = env.domains[CourseDomain.name]
    assert isinstance(domain, CourseDomain)
    return domain


def setup_domain(app: Sphinx) -> None:
    """Register the domain."""
    app.add_domain(CourseDomain)
