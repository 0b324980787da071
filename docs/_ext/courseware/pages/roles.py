"""The roles: ``{ledger}`` cites statements of the work, ``{check}`` names a close check."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from courseware.data.ledger import NO_BREAK, page_label, pages_of
from courseware.data.problems import DataError, did_you_mean

from .build import check_xref
from .course import course_of, report
from .domain import course_xref
from .nodes import ledger_cite

if TYPE_CHECKING:
    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx

    from courseware.data.ledger import Ledger

logger = logging.getLogger(__name__)


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


def setup_roles(app: Sphinx) -> None:
    """Register the roles."""
    app.add_role("ledger", LedgerRole())
    app.add_role("check", CheckRole())
