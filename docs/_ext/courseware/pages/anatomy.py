"""The anatomy of a chapter: which blocks it has, in which order, and what each must hold.

Every page in the folder ``chapters`` is a chapter.
Its blocks are its second-level headings, under fixed names; each section gets the class
``block-<id>``, by which pages and print style it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from courseware.data.outcomes import Level
from courseware.data.problems import DataError, did_you_mean
from courseware.data.yamlfile import YamlSource

from .build import is_citing
from .course import course_of, report
from .domain import course_domain, is_chapter
from .exercises.nodes import exercise
from .figures.nodes import figure_data
from .nodes import chapter_card, course_list, discussion_question, evidence_row, voice

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

Findings = Iterator[tuple[nodes.Element, str]]

MANY = 1000  # stands for "no upper limit"


# What stands among the paragraphs of the core text and tells no statement itself.
NOT_TOLD = nodes.section | nodes.figure | figure_data


@dataclass(frozen=True)
class Block:
    """One block of a chapter: its id, its heading, and what checks its content."""

    id: str
    heading: str
    check: Callable[[nodes.section, BuildEnvironment], Findings]


def _question(section: nodes.section, _env: BuildEnvironment) -> Findings:
    paragraphs = list(section.findall(nodes.paragraph))
    text = paragraphs[0].astext().strip() if paragraphs else ""
    if len(paragraphs) != 1 or not text.endswith("?") or text.count("?") != 1:
        yield section, "expected one paragraph with one question, ending in '?'"


def _outcomes(section: nodes.section, _env: BuildEnvironment) -> Findings:
    count = sum(len(list(node.findall(nodes.list_item))) for node in section.findall(course_list))
    yield from _count(section, count, 3, 5, "outcomes (in outcomes.yml, by {outcomes})")


def _predictions(section: nodes.section, _env: BuildEnvironment) -> Findings:
    count = sum(len(node) for node in section.findall(nodes.enumerated_list))
    yield from _count(section, count, 2, 2, "predictions in a numbered list")


def _summary(section: nodes.section, _env: BuildEnvironment) -> Findings:
    words = sum(len(p.astext().split()) for p in section.findall(nodes.paragraph))
    yield from _count(section, words, 30, 150, "words")


def _reading(section: nodes.section, _env: BuildEnvironment) -> Findings:
    parts = [child for child in section if isinstance(child, nodes.section)]
    if not parts:
        yield section, "expected the text under third-level headings (### ...)"
    for part in section.findall(nodes.section):
        for child in part:
            if not isinstance(child, nodes.Element) or isinstance(child, NOT_TOLD):
                continue
            if any(child.findall(nodes.paragraph)) and not is_citing(child):
                start = " ".join(child.astext().split()[:6])
                message = f"the paragraph '{start} ...' cites no statement of the ledger"
                yield child, f"{message}; end it with {{ledger}}`L...`"


def _terms(section: nodes.section, _env: BuildEnvironment) -> Findings:
    count = sum(len(node) for node in section.findall(nodes.definition_list))
    yield from _count(section, count, 6, 10, "key terms")


def _evidence(section: nodes.section, env: BuildEnvironment) -> Findings:
    ledger = course_of(env).ledger
    rows = list(section.findall(evidence_row))
    yield from _count(section, len(rows), 4, 8, "rows in the evidence table")
    kinds = {ledger.by_id[name].kind for row in rows for name in row["statements"]}
    if rows and len(kinds) < 3:
        yield section, f"expected statements of at least 3 kinds, found {len(kinds)}"


def _source_check(section: nodes.section, _env: BuildEnvironment) -> Findings:
    xrefs = section.findall(
        lambda node: isinstance(node, nodes.Element) and node.get("reftype") == "note"
    )
    if not any(xrefs):
        yield section, "expected a close check to follow; name it with {check}`C...`"


def _voices(section: nodes.section, _env: BuildEnvironment) -> Findings:
    found = {node["standpoint"] for node in section.findall(voice)}
    yield from _count(section, len(found), 2, MANY, "different standpoints among the voices")


def _discussion(section: nodes.section, _env: BuildEnvironment) -> Findings:
    questions = list(section.findall(discussion_question))
    what = "discussion questions (in the bank, by {discussion-questions})"
    yield from _count(section, len(questions), 4, MANY, what)
    ranks = [Level(node["level"]).rank for node in questions]
    if ranks != sorted(ranks):
        yield section, "expected the questions in order of level, from understanding to judgement"
    if ranks and ranks[-1] < Level.EVALUATE.rank:
        yield section, "expected the last question to ask for a judgement (level evaluate)"


def _self_checks(section: nodes.section, _env: BuildEnvironment) -> Findings:
    count = len(list(section.findall(exercise)))
    yield from _count(section, count, 1, MANY, "self-checks (in the bank, by {self-checks})")


def _key_points(section: nodes.section, _env: BuildEnvironment) -> Findings:
    count = sum(len(node) for node in section.findall(nodes.bullet_list))
    yield from _count(section, count, 3, 5, "key points in a bullet list")


def _further(section: nodes.section, _env: BuildEnvironment) -> Findings:
    count = sum(len(node) for node in section.findall(nodes.bullet_list))
    yield from _count(section, count, 2, 4, "works in a bullet list")


def _count(section: nodes.section, count: int, low: int, high: int, what: str) -> Findings:
    if not low <= count <= high:
        expected = f"{low} to {high}" if high < MANY else f"{low} or more"
        expected = str(low) if low == high else expected
        yield section, f"expected {expected} {what}, found {count}"


BLOCKS = (
    Block("central-question", "Central question", _question),
    Block("outcomes", "Outcomes", _outcomes),
    Block("before-you-read", "Before you read", _predictions),
    Block("plain-summary", "Plain summary", _summary),
    Block("reading", "Reading the essay", _reading),
    Block("key-terms", "Key terms", _terms),
    Block("evidence-table", "Evidence table", _evidence),
    Block("source-check", "Source check", _source_check),
    Block("other-voices", "Other voices", _voices),
    Block("discussion", "Discussion questions", _discussion),
    Block("check-yourself", "Check yourself", _self_checks),
    Block("key-points", "Key points", _key_points),
    Block("further-reading", "Further reading", _further),
)


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
        by_heading = {block.heading: block for block in BLOCKS}
        for heading, section in sections.items():
            if heading not in by_heading:
                hint = did_you_mean(heading, by_heading)
                expected = ", ".join(by_heading)
                message = f"'{heading}' is no block of a chapter{hint}; expected {expected}"
                self.warn(section, message)
        for block in BLOCKS:
            if block.heading not in sections:
                self.warn(self.document, f"the chapter lacks the block '## {block.heading}'")
                continue
            section = sections[block.heading]
            section["classes"].append(f"block-{block.id}")
            self.check(block, section)
        found = [heading for heading in sections if heading in by_heading]
        wanted = [block.heading for block in BLOCKS if block.heading in sections]
        for heading, expected in zip(found, wanted, strict=True):
            if heading != expected:
                message = f"'{heading}' stands where '{expected}' belongs; order the blocks"
                self.warn(sections[heading], message)
                break

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

    def check(self, block: Block, section: nodes.section) -> None:
        """Warn of what is wrong in *section*, or with the data that it is checked against."""
        try:
            for node, message in block.check(section, self.env):
                self.warn(node, f"{block.heading}: {message}")
        except DataError as error:
            report(error)

    def warn(self, node: nodes.Element, message: str) -> None:
        """Warn at the line of *node*, or at the page's first line."""
        line = next((n.line for n in [node, *node.findall(nodes.Element)] if n.line), 1)
        where = (self.env.docname, line)
        logger.warning(message, location=where, type="courseware", subtype="chapter")


def check_coverage(_app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of each statement of the ledger that no chapter cites."""
    course = course_of(env)
    domain = course_domain(env)
    if not domain.chapters or not course.ledger_file.exists():
        return
    cited = {c.statement for c in domain.citations if is_chapter(c.docname)}
    source = YamlSource.of_file(course.ledger_file)
    for index, statement in enumerate(course.ledger.statements):
        if statement.id not in cited:
            line = source.line_of(("statements", index))
            message = f"no chapter cites statement {statement.id} ({statement.text})"
            message += f"; tell it in a chapter and cite it with {{ledger}}`{statement.id}`"
            where = f"{course.ledger_file}:{line}"
            logger.warning(message, location=where, type="courseware", subtype="coverage")


def setup_anatomy(app: Sphinx) -> None:
    """Register the checks."""
    app.add_transform(ChapterAnatomy)
    app.connect("env-check-consistency", check_coverage)
