"""The directives of a chapter: card, outcomes, key terms, voices."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from courseware.data.ledger import page_words
from courseware.data.problems import did_you_mean, not_one_of
from courseware.data.settings import FILE
from courseware.pages.build import (
    definition,
    linked,
    paragraph,
    span,
    term_xref,
    translations,
)
from courseware.pages.course import CourseDirective
from courseware.pages.downloads import pdf_offer
from courseware.pages.nodes import (
    chapter_card,
    course_list,
    voice,
)

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.application import Sphinx

#: What the PDFs of one page are called, by their layout.
OFFERED = {
    "handout": "Handout (4 pages)",
    "chapter": "Chapter",
    "slides": "Slides",
    "cards": "Cards",
}


def _minutes(argument: str) -> int:
    minutes: int = directives.positive_int(argument)
    return minutes


class ChapterCard(CourseDirective):
    """Facts about a chapter: pages of the work, minutes, and a content note where one is needed."""

    option_spec: ClassVar = {
        "pages": directives.unchanged_required,
        "read-minutes": _minutes,
        "class-minutes": _minutes,
        "home-minutes": _minutes,
        "content-note": directives.unchanged_required,
        # The key figure, which a handout shows: the first of the page where none is named.
        "figure": directives.unchanged_required,
    }

    def build(self) -> list[Node]:
        """Return the card; warn of each option that is missing."""
        needed = ["pages", "read-minutes", "class-minutes", "home-minutes"]
        missing = [name for name in needed if name not in self.options]
        if missing:
            self.warn(f"the chapter card needs {', '.join(f':{name}:' for name in missing)}")
            return []
        pages, note = self.options["pages"], self.options.get("content-note", "")
        read, class_, home = (self.options[name] for name in needed[1:])
        facts = {
            self.course.settings.work.heading: page_words(pages),
            "Reading": f"{read} minutes",
            "In class": f"{class_} minutes",
            "At home": f"{home} minutes",
        }
        items = [definition([nodes.Text(k)], paragraph(v)) for k, v in facts.items()]
        card = chapter_card("", nodes.definition_list("", *items), classes=["chapter-card"])
        card.attributes.update(pages=pages, read=read, class_=class_, home=home)
        card["figure"] = self.options.get("figure", "")
        card.source, card.line = self.get_source_info()
        if offers := self.offers():
            card += pdf_offer(offers)
        if note:
            lead = nodes.strong("Content note.", "Content note.")
            card += paragraph(lead, f" {note}", classes=["content-note"])
        return [card]

    def offers(self) -> dict[str, str]:
        """Return what each PDF of this page alone is called, by its file's name."""
        documents = self.config.typst_documents
        return {
            document["target"]: OFFERED[document["layout"]]
            for document in documents
            if document.get("start") == self.env.docname and document.get("layout") in OFFERED
        }


class OutcomeList(CourseDirective):
    """What a student can do after the chapter, from ``outcomes.yml``."""

    def build(self) -> list[Node]:
        """Return the list; warn where the file has no outcome for the chapter."""
        self.depends_on(self.course.outcomes_file)
        topic = self.env.docname.rpartition("/")[2]
        outcomes = self.course.outcomes.of_chapter(topic)
        if not outcomes:
            message = f"{self.course.outcomes_file.name} has no outcome for chapter '{topic}'"
            known = {outcome.chapter for outcome in self.course.outcomes.outcomes}
            self.warn(f"{message}{did_you_mean(topic, known)}")
            return []
        items = nodes.bullet_list()
        for outcome in outcomes:
            level = span(f"({outcome.level.value})", "outcome-level")
            item = nodes.list_item("", paragraph(f"{outcome.text} ", level), ids=[outcome.id])
            self.state.document.note_explicit_target(item)
            items += item
        return [course_list("", items, classes=["outcomes"])]


class KeyTerms(CourseDirective):
    """Terms of the glossary, one a line, with translations and definition."""

    has_content = True

    def build(self) -> list[Node]:
        """Return a definition list; warn of each name that the glossary lacks."""
        self.depends_on(self.course.glossary_file)
        known = self.course.glossary.by_name
        items = nodes.definition_list()
        for number, line in enumerate(self.content):
            name = line.strip()
            if not name:
                continue
            term = known.get(name.casefold())
            if term is None:
                hint = did_you_mean(name, (term.term for term in known.values()))
                self.warn(f"the glossary has no term '{name}'{hint}", self.content_line + number)
                continue
            link = linked(term_xref(term.term, term.term), self.env.docname)
            meaning, _ = self.parse_inline(term.definition, lineno=self.lineno)
            if term.sources:
                cited = f"{{cite:p}}`{','.join(term.sources)}`"
                meaning += [nodes.Text(" "), *self.parse_inline(cited, lineno=self.lineno)[0]]
            items += definition([link, *translations(term)], paragraph(*meaning))
        return [course_list("", items, classes=["key-terms"])]


class Voice(CourseDirective):
    """What one party held, in our words; the argument names it, ``:standpoint:`` its sort."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {"standpoint": directives.unchanged_required}

    def build(self) -> list[Node]:
        """Return the voice; warn of a missing or unknown standpoint."""
        known = self.course.settings.standpoints
        standpoint = self.options.get("standpoint", "")
        if standpoint not in known:
            self.warn(f":standpoint: {not_one_of(standpoint, known, f'{FILE} lists them')}")
        who, _ = self.parse_inline(self.arguments[0], lineno=self.lineno)
        label = span(known.get(standpoint) or standpoint, "voice-standpoint")
        head = paragraph(nodes.strong("", "", *who), " ", label, classes=["voice-who"])
        body = self.parse_content_to_nodes()
        return [voice("", head, *body, standpoint=standpoint, classes=["voice"])]


def setup_chapter_directives(app: Sphinx) -> None:
    """Register the directives of a chapter."""
    app.add_directive("chapter-card", ChapterCard)
    app.add_directive("outcomes", OutcomeList)
    app.add_directive("key-terms", KeyTerms)
    app.add_directive("voice", Voice)
