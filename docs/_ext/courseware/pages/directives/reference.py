"""The directives of the reference pages: ledger, close checks, footnotes, glossary, timeline."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.domains.std import make_glossary_term
from sphinx.util import logging

from courseware.data import howfar
from courseware.data.glossary import initial
from courseware.data.howfar import HowFar
from courseware.data.ledger import NO_BREAK, Footnote, Ledger, Note, Statement, page_words
from courseware.data.problems import did_you_mean
from courseware.data.timeline import CHECK
from courseware.pages.build import (
    check_xref,
    definition,
    fill_row,
    index_entry,
    kind_label,
    ledger_links,
    linked,
    paragraph,
    span,
    table,
    translations,
)
from courseware.pages.course import CourseDirective
from courseware.pages.domain import CourseDomain, course_domain, course_xref

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Node
    from sphinx.application import Sphinx

    from courseware.data.glossary import Term
    from courseware.data.timeline import Event

logger = logging.getLogger(__name__)


class ReferenceDirective(CourseDirective):
    """A directive that lists things which other pages link to."""

    @property
    def domain(self) -> CourseDomain:
        """The course domain of the project."""
        return course_domain(self.env)

    def statement_links(self, statements: Iterable[Statement]) -> list[Node]:
        """Return the ids of *statements* as links to the ledger, parted by commas."""
        links: list[Node] = []
        for statement in statements:
            xref = course_xref("statement", statement.id, statement.id)
            links += [nodes.Text(", ")] * bool(links) + [linked(xref, self.env.docname)]
        return links

    def anchor(self, part: str, number: int) -> str:
        """Return the id of a page or note of the work, such as ``report-page-3``."""
        return nodes.make_id(f"{self.course.settings.work.noun}-{part}-{number}")

    def section(self, title: str, anchor: str, *body: Node) -> nodes.section:
        """Return a section with the id *anchor*, known to the document."""
        section = nodes.section("", nodes.title(title, title), *body, ids=[anchor])
        section.source, section.line = self.get_source_info()
        self.state.document.note_explicit_target(section)
        return section

    def cite(self, keys: Iterable[str]) -> list[Node]:
        """Return the works *keys* as citations of the bibliography, author and year."""
        joined = ",".join(keys)
        if not joined:
            return []
        cited, _ = self.parse_inline(f"{{cite:t}}`{joined}`", lineno=self.lineno)
        return cited


class LedgerStatements(ReferenceDirective):
    """All statements by page of the work, each with kind, note, close check and who cites it."""

    def build(self) -> list[Node]:
        """Return one section a page of the work."""
        self.depends_on(self.course.ledger_file)
        ledger = self.course.ledger
        by_page: dict[int, list[Statement]] = {}
        for statement in ledger.statements:
            by_page.setdefault(statement.first_page, []).append(statement)
        return [self.page(number, by_page[number]) for number in sorted(by_page)]

    def page(self, number: int, statements: list[Statement]) -> nodes.section:
        """Return the section of one page of the work, with a count of each kind."""
        settings = self.course.settings
        counts = Counter(statement.kind for statement in statements)
        said = ", ".join(
            f"{counts[kind.id]} {kind.name(counts[kind.id])}"
            for kind in settings.kinds
            if counts[kind.id]
        )
        items = nodes.bullet_list("", *(self.item(s) for s in statements))
        items["classes"].append("ledger-list")
        lead = paragraph(f"{len(statements)} statements: {said}.")
        return self.section(
            f"Page {number} of the {settings.work.noun}", self.anchor("page", number), lead, items
        )

    def item(self, statement: Statement) -> nodes.list_item:
        """Return the entry of one statement."""
        docname = self.env.docname
        words = paragraph(span(statement.id, "statement-id"), " ", statement.text)
        facts = paragraph(
            kind_label(self.course.settings.kind_by_id[statement.kind]),
            f" {page_words(statement.page)}",
            classes=["statement-facts"],
        )
        if statement.footnote:
            number = str(statement.footnote)
            xref = course_xref("footnote", number, f"n.{NO_BREAK}{number}")
            facts += [nodes.Text(", "), linked(xref, docname)]
        if statement.check:
            facts += [nodes.Text("; "), linked(check_xref(statement.check), docname)]
        item = nodes.list_item("", words, facts, ids=[statement.id], statement=statement.id)
        item["classes"].append(f"is-{statement.kind}")
        self.state.document.note_explicit_target(item)
        self.domain.note_target("statement", statement.id, statement.id)
        return item


class CloseChecks(ReferenceDirective):
    """The close checks: what the work says, what the sources say, the lesson."""

    def build(self) -> list[Node]:
        """Return one section a close check."""
        self.depends_on(self.course.ledger_file)
        for path in self.course.bibliography_files:
            self.depends_on(path)
        ledger = self.course.ledger
        return [self.note(note, ledger) for note in ledger.notes]

    def note(self, note: Note, ledger: Ledger) -> nodes.section:
        """Return the section of one close check."""
        links = self.statement_links(s for s in ledger.statements if s.check == note.id)
        where = page_words(note.page) + (f", n. {note.footnote}" if note.footnote else "")
        parts = [
            definition(
                [nodes.Text(f"The {self.course.settings.work.noun}, {where}")],
                self.words(note.claim),
            ),
            definition([nodes.Text("The sources")], self.words(note.finding)),
            definition([nodes.Text("The lesson")], self.words(note.lesson)),
            definition([nodes.Text("Confidence")], paragraph(note.confidence)),
        ]
        if note.sources:
            parts.append(definition([nodes.Text("Sources")], *self.sources(note.sources)))
        if note.next:
            parts.append(definition([nodes.Text("Where to look next")], self.words(note.next)))
        if links:
            parts.append(definition([nodes.Text("Statements")], paragraph(*links)))
        body = nodes.definition_list("", *parts, classes=["close-check"])
        self.domain.note_target("note", note.id, note.id)
        return self.section(f"{note.id} {note.title}", note.id, body)

    def sources(self, keys: Iterable[str]) -> list[Node]:
        """Return the works *keys*, one paragraph for each way in which they were read."""
        works = self.course.bibliography
        read: dict[str, list[str]] = {}
        for key in keys:
            entry = works.entries.get(key) if works else None
            read.setdefault(entry.fields.get(howfar.FIELD, "") if entry else "", []).append(key)
        # Those of which nothing is told come first, without a word before them.
        leads = {"": "", **{str(each): f"{each.words}: " for each in HowFar}}
        return [
            paragraph(lead, *self.cite(read[told]), ".")
            for told, lead in leads.items()
            if told in read
        ]

    def words(self, text: str) -> nodes.paragraph:
        """Return *text* of the data file, parsed as inline Markdown."""
        children, _ = self.parse_inline(text, lineno=self.lineno)
        return paragraph(*children)


class Footnotes(ReferenceDirective):
    """The work's footnotes: their works, and the statements that rest on each."""

    def build(self) -> list[Node]:
        """Return a definition list with one entry a footnote."""
        self.depends_on(self.course.ledger_file)
        ledger = self.course.ledger
        items = [self.footnote(footnote, ledger) for footnote in ledger.footnotes]
        return [nodes.definition_list("", *items, classes=["work-footnotes"])]

    def footnote(self, footnote: Footnote, ledger: Ledger) -> nodes.definition_list_item:
        """Return the entry of one footnote."""
        anchor = self.anchor("note", footnote.number)
        links = self.statement_links(s for s in ledger.statements if s.footnote == footnote.number)
        children, _ = self.parse_inline(footnote.text, lineno=self.lineno)
        body: list[Node] = [paragraph(*children)]
        if footnote.works:
            body.append(
                paragraph("Works: ", *self.cite(footnote.works), ".", classes=["note-facts"])
            )
        if links:
            told = paragraph("Statements that rest on it: ", *links, ".", classes=["note-facts"])
            body.append(told)
        where = page_words(str(footnote.page))
        item = definition([nodes.Text(f"Note {footnote.number}, {where}")], *body)
        term = item[0]
        assert isinstance(term, nodes.term)
        term["ids"].append(anchor)
        self.state.document.note_explicit_target(term)
        self.domain.note_target("footnote", str(footnote.number), anchor)
        return item


class CourseGlossary(ReferenceDirective):
    """The glossary: every term with its translations, definition and pages of the work."""

    def build(self) -> list[Node]:
        """Return a Sphinx glossary, so that the role ``term`` and the index know the terms."""
        self.depends_on(self.course.glossary_file)
        items = [self.entry(term) for term in self.course.glossary.terms]
        listing = nodes.definition_list("", *items, classes=["glossary", "course-glossary"])
        return [self.letters(), addnodes.glossary("", listing, sorted=False)]

    def letters(self) -> nodes.paragraph:
        """Return links to the first term of each letter."""
        first: dict[str, Term] = {}
        for term in self.course.glossary.terms:
            first.setdefault(initial(term.term), term)
        line = paragraph(classes=["letters"])
        for letter, term in first.items():
            link = nodes.reference(letter, letter, refid=f"term-{term.id}", internal=True)
            line += [nodes.Text(" ")] * bool(len(line)) + [link]
        return line

    def entry(self, term: Term) -> nodes.definition_list_item:
        """Return the entry of one term."""
        source, line = self.get_source_info()
        head = make_glossary_term(
            self.env,
            [nodes.Text(term.term)],
            None,
            source,
            line,
            f"term-{term.id}",
            self.state.document,
        )
        self.state.document.note_explicit_target(head)
        if term.index:
            for index in head.findall(addnodes.index):
                index["entries"] = [index_entry(term, f"term-{term.id}", main=True)]
        head += translations(term, self.course.settings.glossary)
        work = self.course.settings.work
        where = term.note or f"not in the {work.noun}"
        if term.pages:
            where = page_words(term.pages) + (f" ({term.note})" if term.note else "")
        children, _ = self.parse_inline(term.definition, lineno=self.lineno)
        facts = paragraph(f"{work.heading}: {where}", classes=["term-facts"])
        if term.sources:
            facts += [nodes.Text("; later: "), *self.cite(term.sources)]
        body = nodes.definition("", paragraph(*children), facts)
        return nodes.definition_list_item("", head, body)


class Timeline(ReferenceDirective):
    """The dated events as a table, each with where its date comes from."""

    def build(self) -> list[Node]:
        """Return the table; warn of ids that the ledger does not have."""
        self.depends_on(self.course.timeline_file)
        self.depends_on(self.course.ledger_file)
        rows = [self.row(event, self.course.ledger) for event in self.course.timeline]
        return [table(["Date", "Event", "From"], rows, (16, 59, 25), "timeline", stubs=1)]

    def row(self, event: Event, ledger: Ledger) -> nodes.row:
        """Return the row of one event."""
        docname = self.env.docname
        known = [ledger.by_id[name] for name in event.statements.split() if name in ledger.by_id]
        self.check(event, "statement", event.statements.split(), ledger.by_id)
        self.check(event, "close check", event.notes.split(), ledger.note_by_id)
        checks = [name for name in event.notes.split() if name in ledger.note_by_id]
        parted = ", " if known else "; " if checks else ""
        # a check that is named behind it says so by itself, where there is little room
        told = ["told-by-check"] if event.origin == CHECK and checks else []
        source: list[Node] = [span(event.origin + parted, *told)]
        source += [ledger_links(known, docname)] if known else []
        for at, name in enumerate(checks):
            source += [nodes.Text("; ")] if at or known else []
            source += [linked(check_xref(name), docname)]
        cells: list[list[Node]] = [
            [paragraph(event.label)],
            [paragraph(event.event)],
            [paragraph(*source)],
        ]
        return fill_row(nodes.row(), cells)

    def check(self, event: Event, what: str, names: Iterable[str], known: Iterable[str]) -> None:
        """Warn, at the event's line in its file, of each of *names* that is not *known*."""
        known = list(known)
        where = f"{self.course.timeline_file}:{event.line}"
        for name in names:
            if name not in known:
                message = f"the ledger has no {what} '{name}'{did_you_mean(name, known)}"
                logger.warning(message, location=where, type="courseware", subtype="data")


def setup_reference_directives(app: Sphinx) -> None:
    """Register the directives of the reference pages."""
    app.add_directive("ledger-statements", LedgerStatements)
    app.add_directive("close-checks", CloseChecks)
    app.add_directive("footnotes", Footnotes)
    app.add_directive("course-glossary", CourseGlossary)
    app.add_directive("timeline", Timeline)
