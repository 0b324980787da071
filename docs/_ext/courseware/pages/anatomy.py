"""The anatomy of a chapter: which blocks it has, in which order, and what each must hold.

Every page in the folder ``chapters`` is a chapter.
Its blocks are its second-level headings, under the names that ``course.yml`` gives them; each
section gets the class ``block-<id>``, by which pages and print style it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from courseware.data.outcomes import Level
from courseware.data.problems import DataError, not_one_of
from courseware.data.settings import FILE, Block, BlockId
from courseware.data.yamlfile import YamlSource

from .build import is_citing
from .course import course_of, report
from .domain import course_domain, is_chapter
from .exercises.nodes import exercise
from .figures.nodes import figure_data
from .nodes import chapter_card, course_list, discussion_question, evidence_row, voice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

Findings = Iterator[tuple[nodes.Element, str]]

# What stands among the paragraphs of the core text and tells no statement itself.
NOT_TOLD = nodes.section | nodes.figure | figure_data


@dataclass(frozen=True)
class Place:
    """What a block is checked with: its section, what the course asks of it, the environment."""

    section: nodes.section
    block: Block
    env: BuildEnvironment

    def count(self, count: int, what: str) -> Findings:
        """Find a *count* of *what* that is not within the limits of the block."""
        low, high = self.block.least, self.block.most
        if count < low or (high is not None and count > high):
            expected = f"{low} or more" if high is None else f"{low} to {high}"
            expected = str(low) if low == high else expected
            yield self.section, f"expected {expected} {what}, found {count}"

    def count_in(self, parent: type[nodes.Element], what: str) -> Findings:
        """Find a wrong number of *what*, which are the children of all *parent* elements."""
        return self.count(sum(len(node) for node in self.section.findall(parent)), what)


def _question(place: Place) -> Findings:
    paragraphs = list(place.section.findall(nodes.paragraph))
    text = paragraphs[0].astext().strip() if paragraphs else ""
    if len(paragraphs) != 1 or not text.endswith("?") or text.count("?") != 1:
        yield place.section, "expected one paragraph with one question, ending in '?'"


def _outcomes(place: Place) -> Findings:
    lists = place.section.findall(course_list)
    count = sum(len(list(node.findall(nodes.list_item))) for node in lists)
    yield from place.count(count, "outcomes (in outcomes.yml, by {outcomes})")


def _predictions(place: Place) -> Findings:
    yield from place.count_in(nodes.enumerated_list, "predictions in a numbered list")


def _summary(place: Place) -> Findings:
    words = sum(len(p.astext().split()) for p in place.section.findall(nodes.paragraph))
    yield from place.count(words, "words")


def _reading(place: Place) -> Findings:
    parts = [child for child in place.section if isinstance(child, nodes.section)]
    if not parts:
        yield place.section, "expected the text under third-level headings (### ...)"
    for part in place.section.findall(nodes.section):
        for child in part:
            if not isinstance(child, nodes.Element) or isinstance(child, NOT_TOLD):
                continue
            if any(child.findall(nodes.paragraph)) and not is_citing(child):
                start = " ".join(child.astext().split()[:6])
                message = f"the paragraph '{start} ...' cites no statement of the ledger"
                yield child, f"{message}; end it with {{ledger}}`L...`"


def _terms(place: Place) -> Findings:
    yield from place.count_in(nodes.definition_list, "key terms")


def _evidence(place: Place) -> Findings:
    ledger = course_of(place.env).ledger
    rows = list(place.section.findall(evidence_row))
    yield from place.count(len(rows), "rows in the evidence table")
    kinds = {ledger.by_id[name].kind for row in rows for name in row["statements"]}
    wanted = place.block.kinds or 0
    if rows and len(kinds) < wanted:
        message = f"expected statements of at least {wanted} kinds, found {len(kinds)}"
        yield place.section, message


def _source_check(place: Place) -> Findings:
    xrefs = place.section.findall(
        lambda node: isinstance(node, nodes.Element) and node.get("reftype") == "note"
    )
    if not any(xrefs):
        yield place.section, "expected a close check to follow; name it with {check}`C...`"


def _voices(place: Place) -> Findings:
    found = {node["standpoint"] for node in place.section.findall(voice)}
    yield from place.count(len(found), "different standpoints among the voices")


def _discussion(place: Place) -> Findings:
    questions = list(place.section.findall(discussion_question))
    what = "discussion questions (in the bank, by {discussion-questions})"
    yield from place.count(len(questions), what)
    ranks = [Level(node["level"]).rank for node in questions]
    if ranks != sorted(ranks):
        message = "expected the questions in order of level, from understanding to judgement"
        yield place.section, message
    if ranks and ranks[-1] < Level.EVALUATE.rank:
        message = "expected the last question to ask for a judgement (level evaluate)"
        yield place.section, message


def _self_checks(place: Place) -> Findings:
    count = len(list(place.section.findall(exercise)))
    yield from place.count(count, "self-checks (in the bank, by {self-checks})")


def _key_points(place: Place) -> Findings:
    yield from place.count_in(nodes.bullet_list, "key points in a bullet list")


def _further(place: Place) -> Findings:
    yield from place.count_in(nodes.bullet_list, "works in a bullet list")


#: What checks the content of each block that the engine knows.
CHECKS: dict[BlockId, Callable[[Place], Findings]] = {
    BlockId.CENTRAL_QUESTION: _question,
    BlockId.OUTCOMES: _outcomes,
    BlockId.BEFORE_YOU_READ: _predictions,
    BlockId.PLAIN_SUMMARY: _summary,
    BlockId.READING: _reading,
    BlockId.KEY_TERMS: _terms,
    BlockId.EVIDENCE_TABLE: _evidence,
    BlockId.SOURCE_CHECK: _source_check,
    BlockId.OTHER_VOICES: _voices,
    BlockId.DISCUSSION: _discussion,
    BlockId.CHECK_YOURSELF: _self_checks,
    BlockId.KEY_POINTS: _key_points,
    BlockId.FURTHER_READING: _further,
}


class ChapterAnatomy(SphinxTransform):
    """Mark the blocks of a chapter with classes, and warn of what is missing or wrong."""

    # Before the domains record the page (priority 850), which look for the marked blocks.
    # And before texts are translated (priority 20), since the headings have fixed names.
    default_priority = 15

    def apply(self, **_options: object) -> None:
        """Check the page if it is a chapter."""
        if not is_chapter(self.env.docname):
            return
        if not any(self.document.findall(chapter_card)):
            self.warn(self.document, "a chapter needs a {chapter-card} below its title")
        sections = self.blocks()
        blocks = course_of(self.env).settings.blocks
        headings = [block.heading for block in blocks]
        self.refuse_unknown(sections, headings)
        for block in blocks:
            if section := sections.get(block.heading):
                section["classes"].append(f"block-{block.id}")
                self.check(block, section)
            elif block.needed:
                message = f"the chapter lacks the block '## {block.heading}'"
                self.warn(self.document, f"{message}, which {FILE} asks for")
        self.check_order(sections, headings)

    def blocks(self) -> dict[str, nodes.section]:
        """Return the second-level sections by heading; warn of a heading that comes again."""
        sections: dict[str, nodes.section] = {}
        for top in self.document.findall(nodes.section):
            if isinstance(top.parent, nodes.document):
                for child in top:
                    if isinstance(child, nodes.section):
                        heading = child[0].astext()
                        if heading in sections:
                            self.warn(child, f"a second block '## {heading}'; join the two")
                        sections.setdefault(heading, child)
        return sections

    def refuse_unknown(self, sections: Mapping[str, nodes.section], known: Sequence[str]) -> None:
        """Warn of each of *sections* whose heading is not among *known*."""
        for heading, section in sections.items():
            if heading not in known:
                message = not_one_of(heading, known, f"{FILE} lists the blocks of a chapter")
                self.warn(section, message)

    def check_order(self, sections: Mapping[str, nodes.section], wanted: Sequence[str]) -> None:
        """Warn of the first of *sections* that stands where another of *wanted* belongs."""
        found = [heading for heading in sections if heading in wanted]
        ordered = [heading for heading in wanted if heading in sections]
        for heading, expected in zip(found, ordered, strict=True):
            if heading != expected:
                message = f"'{heading}' stands where '{expected}' belongs; order the blocks"
                self.warn(sections[heading], message)
                break

    def check(self, block: Block, section: nodes.section) -> None:
        """Warn of what is wrong in *section*, or with the data that it is checked against."""
        if block.id not in list(BlockId):
            return  # one of the course's own
        check = CHECKS[BlockId(block.id)]
        try:
            for node, message in check(Place(section, block, self.env)):
                self.warn(node, f"{block.heading}: {message}")
        except DataError as error:
            report(error)

    def warn(self, node: nodes.Element, message: str) -> None:
        """Warn at the line of *node*, or at the page's first line."""
        line = next((n.line for n in [node, *node.findall(nodes.Element)] if n.line), 1)
        where = (self.env.docname, line)
        logger.warning(message, location=where, type="courseware", subtype="chapter")


#: So many statements that no chapter tells are named one by one, with their lines.
FEW = 3


def check_coverage(_app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of statements of the ledger that no chapter cites, unless the course may have some."""
    course = course_of(env)
    domain = course_domain(env)
    if not domain.chapters or not course.ledger_file.exists() or not course.settings.tell_all:
        return
    cited = {c.statement for c in domain.citations if is_chapter(c.docname)}
    statements = course.ledger.statements
    left = [at for at, statement in enumerate(statements) if statement.id not in cited]
    if not left:
        return
    source = YamlSource.of_file(course.ledger_file)
    untold = {source.line_of(("statements", at)): statements[at] for at in left}
    if len(untold) <= FEW:
        for line, statement in untold.items():
            message = f"no chapter cites statement {statement.id} ({statement.text})"
            message += f"; tell it in a chapter and cite it with {{ledger}}`{statement.id}`"
            _warn_of_ledger(course.ledger_file, line, message)
    else:
        names = ", ".join(statement.id for statement in untold.values())
        message = f"no chapter cites {len(untold)} statements ({names}); tell them in a chapter, or"
        message += f" write 'tell_all: false' in {FILE}, as where a chapter was removed"
        _warn_of_ledger(course.ledger_file, min(untold), message)


def _warn_of_ledger(file: Path, line: int, message: str) -> None:
    logger.warning("%s", message, location=f"{file}:{line}", type="courseware", subtype="coverage")


def setup_anatomy(app: Sphinx) -> None:
    """Register the checks."""
    app.add_transform(ChapterAnatomy)
    app.connect("env-check-consistency", check_coverage)
