"""The ``course`` domain: what the chapters are, what they cite, and which exercises they show."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.addnodes import only, pending_xref
from sphinx.domains import Domain
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from courseware.bank.traits import is_talk_type
from courseware.data.ledger import NO_BREAK

from .exercises.nodes import exercise, exercise_index, exercise_progress, exercise_review
from .nodes import chapter_card, discussion_question, evidence_row, ledger_cite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from courseware.bank.model import TypeName

logger = logging.getLogger(__name__)

CHAPTERS = "chapters/"

# Quotation marks, dashes and dots as a keyboard has them.
TYPED = str.maketrans(
    {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x2014: "-", 0x2026: "..."}
)

# The pages for practice, by the node that stands on each.
PRACTICE = {"index": exercise_index, "progress": exercise_progress, "review": exercise_review}


def is_chapter(docname: str) -> bool:
    """Tell whether the page *docname* is a chapter: every page in the folder ``chapters``."""
    return docname.startswith(CHAPTERS)


@dataclass(frozen=True)
class Citation:
    """One place that cites a statement: page, anchor on it, and the section's title.

    *when* are the conditions under which it is shown, those of ``{only}`` around it.
    """

    statement: str
    docname: str
    anchor: str
    section: str
    when: tuple[str, ...] = ()


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


@dataclass(frozen=True)
class Shown:
    """An exercise or discussion question that stands on a page.

    ``order`` counts those of its sort on the page from 1; ``statements`` and ``passage`` lead to
    what settles it; ``place`` is where it is written, as file and line.
    """

    id: str
    docname: str
    anchor: str
    order: int
    title: str
    kind: TypeName
    label: str
    level: str
    difficulty: str
    minutes: int
    outcome: str
    chapter: str = ""
    statements: tuple[str, ...] = ()
    passage: str = ""
    place: str = field(default="", repr=False)

    @property
    def is_talk(self) -> bool:
        """Tell whether it is a discussion question."""
        return is_talk_type(self.kind)


def number_words(number: str, *, talk: bool = False) -> str:
    """Return what an exercise is called: ``Exercise 5.3``, or ``Discussion question 5.2``."""
    name = "Discussion question" if talk else "Exercise"
    return f"{name}{NO_BREAK}{number}" if number else name


def course_xref(kind: str, target: str, text: str, title: str = "") -> pending_xref:
    """Return a link to a ``statement``, ``note`` or ``footnote`` of the ledger."""
    xref = pending_xref("", refdomain="course", reftype=kind, reftarget=target, reftitle=title)
    xref += nodes.inline(text, text)
    return xref


class CourseDomain(Domain):
    """Statements, notes and footnotes as link targets; citations; chapters; exercises."""

    name = "course"
    label = "Course"
    initial_data: ClassVar[dict[str, Any]] = {
        "targets": {},  # (kind, id) -> (docname, anchor)
        "citations": {},  # docname -> [Citation]
        "chapters": {},  # docname -> Chapter
        "figures": {},  # docname -> [(name, place)] of the figures on it
        "shown": {},  # docname -> [Shown]
        "headings": {},  # docname of a chapter -> {heading: anchor}
        "checks": {},  # docname -> anchor of the section with the self-checks
        "practice": {},  # "index", "progress", "review" -> docname of the page for it
        "reviewed": (),  # the files of the bank that the page for review was read from
    }
    data_version = 8

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        # What `exercises` gives, until a page is read or forgotten.
        self._homes: dict[str, Shown] | None = None

    @property
    def targets(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Where each statement, close check and footnote is listed."""
        targets: dict[tuple[str, str], tuple[str, str]] = self.data["targets"]
        return targets

    @property
    def citations(self) -> list[Citation]:
        """All places that cite a statement, page by page in order of the file names."""
        return [citation for cited in self.data["citations"].values() for citation in cited]

    def citations_of(self, docname: str) -> list[Citation]:
        """Return the places on the page *docname* that cite a statement, from its top."""
        citations: list[Citation] = self.data["citations"].get(docname, [])
        return citations

    @property
    def chapters(self) -> dict[str, Chapter]:
        """The chapters read so far, by page name."""
        chapters: dict[str, Chapter] = self.data["chapters"]
        return chapters

    @property
    def shown(self) -> dict[str, list[Shown]]:
        """The exercises and discussion questions on each page, in order."""
        shown: dict[str, list[Shown]] = self.data["shown"]
        return shown

    @property
    def exercises(self) -> dict[str, Shown]:
        """The exercises and discussion questions that stand on pages, by id.

        Where several pages show one, its home is a chapter, or else the first by file name.
        """
        if self._homes is None:
            self._homes = {}
            for docname in sorted(self.shown, key=lambda name: (not is_chapter(name), name)):
                for each in self.shown[docname]:
                    self._homes.setdefault(each.id, each)
        return self._homes

    @property
    def headings(self) -> dict[str, dict[str, str]]:
        """The headings of each chapter, with their anchors."""
        headings: dict[str, dict[str, str]] = self.data["headings"]
        return headings

    @property
    def checks(self) -> dict[str, str]:
        """The anchor of the section with the self-checks, by page name."""
        checks: dict[str, str] = self.data["checks"]
        return checks

    @property
    def practice(self) -> dict[str, str]:
        """The pages for practice: ``index``, ``progress`` and ``review``."""
        practice: dict[str, str] = self.data["practice"]
        return practice

    def page_of_chapter(self, topic: str) -> str | None:
        """Return the page of the chapter ``<topic>.md``, or None where there is none."""
        if not topic:
            return None
        if (name := f"{CHAPTERS}{topic}") in self.headings:
            return name
        # One in a folder of its own.
        return next(
            (name for name in sorted(self.headings) if name.rpartition("/")[2] == topic), None
        )

    def exercises_by_page(self) -> dict[str, list[Shown]]:
        """Return the exercises and discussion questions by the page that is their home."""
        pages: dict[str, list[Shown]] = {}
        for shown in self.exercises.values():
            pages.setdefault(shown.docname, []).append(shown)
        return pages

    def exercise_number(self, name: str) -> str:
        """Return the number of the exercise *name*, such as ``5.3``; empty on no page."""
        shown = self.exercises.get(name)
        if shown is None:
            return ""
        chapter = self.env.toc_secnumbers.get(shown.docname, {}).get("") or ()
        return ".".join(map(str, (*chapter, shown.order)))

    def note_target(self, kind: str, name: str, anchor: str) -> None:
        """Record that the page being read lists *name* at *anchor*."""
        self.targets[kind, name] = (self.env.docname, anchor)

    def lists_statements(self, docname: str) -> bool:
        """Tell whether the page *docname* lists statements of the ledger."""
        return any(
            kind == "statement" and place[0] == docname for (kind, _), place in self.targets.items()
        )

    def note_figure(self, name: str, place: str) -> bool:
        """Record that the figure *name* stands on the page being read, at *place*.

        Returns whether this is the first place that has been read.
        """
        figures: dict[str, list[tuple[str, str]]] = self.data["figures"]
        known = any(name == other for noted in figures.values() for other, _ in noted)
        figures.setdefault(self.env.docname, []).append((name, place))
        return not known

    def clear_doc(self, docname: str) -> None:
        """Forget what the page *docname* said."""
        self.data["targets"] = {k: v for k, v in self.targets.items() if v[0] != docname}
        for part in ("citations", "chapters", "figures", "headings", "checks"):
            self.data[part].pop(docname, None)
        self.shown.pop(docname, None)
        self._homes = None
        self.data["practice"] = {k: v for k, v in self.practice.items() if v != docname}

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read of *docnames*."""
        names = set(docnames)
        self.targets.update({k: v for k, v in otherdata["targets"].items() if v[0] in names})
        for part in ("citations", "chapters", "figures", "headings", "checks", "shown"):
            self.data[part].update({k: v for k, v in otherdata[part].items() if k in names})
        # Neither process knew of the other's figure. Should one of the two go, the other gets it.
        self.env.reread_always |= {
            docname for places in self.figure_places().values() for docname, _ in places[1:]
        }
        self.practice.update({k: v for k, v in otherdata["practice"].items() if v in names})
        self._homes = None
        if otherdata["practice"].get("review") in names:
            self.data["reviewed"] = otherdata["reviewed"]

    def process_doc(
        self,
        env: BuildEnvironment,  # noqa: ARG002 (Sphinx passes it)
        docname: str,
        document: nodes.document,
    ) -> None:
        """Record the citations of a page that was read, and its card if it is a chapter."""
        cited: list[Citation] = []
        for node in document.findall(nodes.Element):
            if isinstance(node, ledger_cite | evidence_row):
                place = (docname, node["ids"][0], _section_title(node), _conditions(node))
                cited += [Citation(statement, *place) for statement in node["statements"]]
        if cited:
            self.data["citations"][docname] = cited
        self.practice.update(dict.fromkeys(_practice(document), docname))
        for card in document.findall(chapter_card):
            self.chapters[docname] = _chapter(docname, document, card)
        if is_chapter(docname):
            sections = document.findall(nodes.section)
            self.headings[docname] = {
                as_typed(each[0].astext()): each["ids"][0] for each in sections if each["ids"]
            }
        self.note_exercises(docname, document)

    def note_exercises(self, docname: str, document: nodes.document) -> None:
        """Record the exercises that the page *docname* shows, and where its self-checks begin."""
        for progress in document.findall(exercise_progress):
            section = _section_of(progress)
            if progress["exercises"] and section is not None and section["ids"]:
                self.checks[docname] = section["ids"][0]
        counts = {True: 0, False: 0}
        shown = []
        for node in _exercises(document):
            if not node.get("review"):
                talk = is_talk_type(node["kind"])
                counts[talk] += 1
                shown.append(_shown(docname, node, counts[talk]))
        if shown:
            self.shown[docname] = shown
            self._homes = None

    def figure_places(self) -> dict[str, list[tuple[str, str]]]:
        """Return where each figure stands, as pages with the file and line, by its name."""
        places: dict[str, list[tuple[str, str]]] = {}
        for docname, figures in sorted(self.data["figures"].items()):
            for name, place in figures:
                places.setdefault(name, []).append((docname, place))
        return places

    def check_consistency(self) -> None:
        """Warn of each figure that stands in more than one place."""
        for name, ((_, first), *others) in self.figure_places().items():
            for _, place in others:
                logger.warning(
                    "the figure '%s' stands in %s already, and a figure stands once in a course; "
                    "take it out here, and refer to it: {numref}`figure-%s`",
                    name,
                    first,
                    name,
                    location=place,
                    type="courseware",
                    subtype="figures",
                )

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
        if typ == "exercise":
            return self.resolve_exercise(fromdocname, builder, target)
        place = self.targets.get((typ, target))
        if place is None:
            return None
        title = node.get("reftitle") or None
        return make_refnode(builder, fromdocname, *place, contnode, title)

    def resolve_exercise(
        self, fromdocname: str, builder: Builder, name: str
    ) -> nodes.reference | None:
        """Return the link to the exercise *name* by its number, or nothing if no page shows it."""
        shown = self.exercises.get(name)
        if shown is None:
            return None
        text = number_words(self.exercise_number(name), talk=shown.is_talk)
        place = (fromdocname, shown.docname, shown.anchor)
        return make_refnode(builder, *place, nodes.inline(text, text), shown.title)

    def resolve_any_xref(self, *_arguments: object) -> list[tuple[str, nodes.reference]]:
        """Return nothing: ids of the ledger are linked by the course's own roles."""
        return []


def as_typed(text: str) -> str:
    """Return *text* with the quotation marks and dashes that a keyboard has, to compare it."""
    return re.sub("-+", "-", text.translate(TYPED))


def _practice(document: nodes.document) -> Iterator[str]:
    """Yield what the page is for, of the pages for practice."""
    for node in document.findall(nodes.Element):
        for name, kind in PRACTICE.items():
            if isinstance(node, kind) and not node.get("exercises"):
                yield name


def _exercises(document: nodes.document) -> Iterator[nodes.Element]:
    for node in document.findall(nodes.Element):
        if isinstance(node, exercise | discussion_question):
            yield node


def _shown(docname: str, node: nodes.Element, order: int) -> Shown:
    return Shown(
        id=node["exercise"],
        docname=docname,
        anchor=node["ids"][0],
        order=order,
        title=node["plain_title"],
        kind=node["kind"],
        label=node["label"],
        level=node["level"],
        difficulty=node["difficulty"],
        minutes=node["minutes"],
        outcome=node["outcome"],
        chapter=node.get("chapter", ""),
        statements=tuple(node.get("ledger", ())),
        passage=node.get("passage", ""),
        place=f"{node.source}:{node.line}",
    )


def _section_of(node: nodes.Node) -> nodes.section | None:
    """Return the section that *node* stands in."""
    parent = node.parent
    while parent is not None and not isinstance(parent, nodes.section):
        parent = parent.parent
    return parent


def _conditions(node: nodes.Node) -> tuple[str, ...]:
    """Return the conditions of all ``{only}`` that *node* stands in."""
    found = []
    while (node := node.parent) is not None:
        if isinstance(node, only):
            found.append(node["expr"])
    return tuple(found)


def _section_title(node: nodes.Node) -> str:
    section = _section_of(node)
    return section[0].astext() if section is not None else ""


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
    )


def course_domain(env: BuildEnvironment) -> CourseDomain:
    """Return the course domain of *env*."""
    domain = env.domains[CourseDomain.name]
    assert isinstance(domain, CourseDomain)
    return domain


def setup_domain(app: Sphinx) -> None:
    """Register the domain."""
    app.add_domain(CourseDomain)
