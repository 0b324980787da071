"""The parts of a handout, which the template fits to its pages: each with its items apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from . import source
from .writer import Writer, writing

if TYPE_CHECKING:
    from .layouts.handout import handout_pages, handout_part


class Handouts(Writer):
    """Writes ``handout-pages(.., part("terms", .., {head}, {item}, {item}), ..)``."""

    def visit_handout_pages(self, node: handout_pages) -> None:
        """Begin all pages, with what they say of themselves."""
        file, line = self.location(node)
        named = {"place": self.prose(node["place"], node), "file": f"{file}:{line}"}
        self.emit(f"handout-pages({source.arguments(named)}")

    def depart_handout_pages(self, _node: handout_pages) -> None:
        """End all pages."""
        self.emit(")")

    def visit_handout_part(self, node: handout_part) -> None:
        """Begin a part, whose heading is the first of its arguments."""
        self.depth += node["level"]
        title = node[0].astext() if isinstance(node[0], nodes.title) else ""
        said = {"kicker": node.get("kicker", ""), "said": title, "minutes": node.get("minutes", "")}
        named: dict[str, object] = {name: self.prose(text, node) for name, text in said.items()}
        named |= {name: node[name] for name in ("stops", "tables", "numbers") if name in node}
        self.emit(f"part({source.string(node['part'])}, {source.arguments(named)}{{")

    def depart_handout_part(self, node: handout_part) -> None:
        """End a part."""
        self.emit("}),")
        self.depth -= node["level"]

    visit_handout_item, depart_handout_item = writing("}, {", "")
    visit_handout_row, depart_handout_row = writing("}, (", "), {")
    visit_handout_cell, depart_handout_cell = writing("{", "},")
