"""The roles: ``{ledger}`` cites statements of the work, ``{check}`` names a close check."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from babel.localedata import locale_identifiers
from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole, is_role_registered

from courseware.data.ledger import NO_BREAK, page_label, pages_of
from courseware.data.problems import DataError, did_you_mean
from courseware.data.settings import FILE

from .build import check_xref, in_language
from .course import course_of, course_of_app, report
from .domain import course_xref
from .nodes import ledger_cite

if TYPE_CHECKING:
    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from courseware.data.ledger import Ledger

logger = logging.getLogger(__name__)

# Of the codes (ISO 639-1) that roles are made of, whether the course lists the language or not.
CODE_LENGTH = 2


def place_of(role: SphinxRole) -> str:
    """Return where *role* stands: MyST knows the first line of its paragraph only."""
    source, line = role.get_source_info()
    lines = Path(source).read_text(encoding="utf-8-sig").splitlines()
    for number, text in enumerate(lines[line - 1 :], line):
        if f"`{role.text}`" in text:
            return f"{source}:{number}"
        if not text.strip():
            break
    return f"{source}:{line}"


class _CourseRole(SphinxRole):
    """A role that looks things up in the ledger."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        course = course_of(self.env)
        self.env.note_dependency(str(course.ledger_file))
        try:
            return self.build(course.ledger), []
        except DataError as error:
            report(error)
            return [nodes.Text(self.text)], []

    def build(self, ledger: Ledger) -> list[Node]:
        raise NotImplementedError

    def warn(self, message: str) -> None:
        logger.warning(message, location=place_of(self), type="courseware", subtype="reference")


class LedgerRole(_CourseRole):
    """``{ledger}`L008 L009``` cites statements; ``{ledger}`p. 1: L008``` also checks the page."""

    def build(self, ledger: Ledger) -> list[Node]:
        """Return the citation; warn of unknown ids and of a page that is not the ledger's."""
        quoted, _, names = self.text.rpartition(":")
        statements = []
        for name in re.split(r"[,\s]+", names.strip()):
            if name in ledger.by_id:
                statements.append(ledger.by_id[name])
            else:
                hint = did_you_mean(name, ledger.by_id)
                self.warn(f"the ledger has no statement '{name}'{hint}")
        label = page_label(statements).replace(NO_BREAK, " ")
        if quoted and statements and quoted.strip() != label:
            message = f"'{quoted.strip()}' is quoted, but the ledger has '{label}'"
            self.warn(f"{message} for {names.strip()}; mend the page or leave it out")
        if not statements:
            return [nodes.Text(self.text)]
        anchor = f"cite-{self.env.new_serialno('ledger-cite') + 1}"
        cite = ledger_cite(
            "",
            statements=[statement.id for statement in statements],
            ids=[anchor],
            classes=["ledger-cite"],
        )
        cite.source, cite.line = self.get_source_info()
        for position, (text, group) in enumerate(pages_of(statements)):
            if position:
                cite += nodes.Text("; ")
            names_ = ", ".join(statement.id for statement in group)
            xref = course_xref("statement", group[0].id, text, f"Evidence ledger: {names_}")
            xref["refdoc"] = self.env.docname
            xref.source, xref.line = cite.source, cite.line
            cite += xref
        return [cite]


class CheckRole(_CourseRole):
    """``{check}`C5``` links to a close check, as "check C5"."""

    def build(self, ledger: Ledger) -> list[Node]:
        """Return the link; warn of an unknown id."""
        name = self.text.strip()
        if name not in ledger.note_by_id:
            self.warn(f"there is no close check '{name}'{did_you_mean(name, ledger.note_by_id)}")
            return [nodes.Text(name)]
        title = f"Close check: {ledger.note_by_id[name].title}"
        xref = check_xref(name, title)
        xref["refdoc"] = self.env.docname
        xref.source, xref.line = self.get_source_info()
        return [xref]


class LanguageRole(SphinxRole):
    """``{es}`aportación``` marks words as of a language that ``course.yml`` lists, by its code."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return the words with the language's tag; warn of a language that is not listed."""
        languages = course_of(self.env).settings.glossary.languages
        listed = next((each for each in languages if each.code.lower() == self.name.lower()), None)
        if listed is None:
            codes = ", ".join(f"{each.code} ({each.name})" for each in languages) or "none"
            message = f"{FILE} lists no language '{self.name}' under glossary: languages; it has "
            logger.warning(
                "%s",
                f"{message}{codes}: list it there, or leave these words unmarked",
                location=place_of(self),
                type="courseware",
                subtype="reference",
            )
            return [nodes.Text(self.text)], []
        return [in_language(self.text, listed.tag)], []


def add_language_roles(app: Sphinx, _config: Config) -> None:
    """Register a role for each language that the course lists, and for those with short codes.

    The latter tell what is wrong where a page names one that the course does not list.
    """
    listed = {each.code.lower() for each in course_of_app(app).settings.glossary.languages}
    short = {name for name in locale_identifiers() if len(name) == CODE_LENGTH}
    for code in sorted(listed | short):
        if not is_role_registered(code):
            app.add_role(code, LanguageRole())


def setup_roles(app: Sphinx) -> None:
    """Register the roles."""
    app.connect("config-inited", add_language_roles)
    app.add_role("ledger", LedgerRole())
    app.add_role("check", CheckRole())
