"""How the course's nodes look in HTML, and the style sheet and scripts that go with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .course import course_of
from .domain import course_domain
from .nodes import (
    chapter_card,
    course_list,
    evidence_row,
    guesses_found,
    ledger_cite,
    script_room,
    voice,
    way_in,
)

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator
    from sphinx.writers.text import TextTranslator

STATIC = Path(__file__).parent / "static"


def visit_block(self: HTML5Translator, node: nodes.Element) -> None:
    """Open a ``div`` with the node's classes (docutils would add a class that themes style)."""
    self.body.append(self.starttag(node, "div"))


def depart_block(self: HTML5Translator, _node: nodes.Element) -> None:
    """Close the ``div``."""
    self.body.append("</div>\n")


def visit_room(self: HTML5Translator, node: nodes.Element) -> None:
    """Open a ``div`` that scripts find by its attribute."""
    named = {f"data-{node['name']}": node["value"]}
    self.body.append(self.starttag(node, "div", "", **named))


def visit_cite(self: HTML5Translator, node: nodes.Element) -> None:
    """Open a citation of the ledger, in brackets."""
    self.body.append(self.starttag(node, "span", "") + "[")


def depart_cite(self: HTML5Translator, _node: nodes.Element) -> None:
    """Close the citation."""
    self.body.append("]</span>")


def visit_cite_text(self: TextTranslator, _node: nodes.Element) -> None:
    """Open a citation of the ledger, in brackets."""
    self.add_text("[")


def depart_cite_text(self: TextTranslator, _node: nodes.Element) -> None:
    """Close the citation."""
    self.add_text("]")


def add_static_folder(app: Sphinx) -> None:
    """Have the package's style sheet and scripts copied beside the project's own."""
    app.config.html_static_path = [*app.config.html_static_path, str(STATIC)]


def add_page_scripts(
    app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], _doctree: object
) -> None:
    """Load the filter's script on the pages that list statements, and on no other."""
    if course_domain(app.env).lists_statements(pagename):
        kinds = " ".join(kind.id for kind in course_of(app.env).settings.kinds)
        # By the name of the attribute, which Python's syntax does not take.
        named: dict[str, Any] = {"data-kinds": kinds}
        app.add_js_file("ledger-filter.js", loading_method="defer", **named)


def setup_html(app: Sphinx) -> None:
    """Register visitors, style sheet and scripts."""
    for node in (chapter_card, course_list, guesses_found, voice, way_in):
        app.add_node(node, html=(visit_block, depart_block))
    app.add_node(script_room, html=(visit_room, depart_block))
    app.add_node(
        ledger_cite,
        html=(visit_cite, depart_cite),
        text=(visit_cite_text, depart_cite_text),
    )
    app.add_node(evidence_row)
    app.add_css_file("courseware.css")
    app.add_css_file("landing.css")
    app.connect("builder-inited", add_static_folder)
    app.connect("html-page-context", add_page_scripts)
