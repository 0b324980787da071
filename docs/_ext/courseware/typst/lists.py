"""Lists: bullets, numbers, terms with definitions; fields and options are terms too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from . import source
from .columns import Columns
from .writer import passing, writing

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBERING: Mapping[str, str] = {
    "arabic": "1",
    "loweralpha": "a",
    "upperalpha": "A",
    "lowerroman": "i",
    "upperroman": "I",
}


class Lists(Columns):
    """Visitors of lists."""

    def visit_bullet_list(self, node: nodes.Element) -> None:
        """Open a list with bullets."""
        self.begin_list(node, "bullet-list", {})

    def visit_enumerated_list(self, node: nodes.Element) -> None:
        """Open a numbered list with the start, style and punctuation of the source."""
        mark = _NUMBERING.get(node.get("enumtype", ""), "1")
        pattern = f"{node.get('prefix', '')}{mark}{node.get('suffix', '.')}"
        named = {"start": node.get("start", 1), "numbering": pattern}
        self.begin_list(node, "ordered-list", named)

    def visit_definition_list(self, node: nodes.Element) -> None:
        """Open a list of terms."""
        self.begin_list(node, "definition-list", {})

    visit_field_list = visit_option_list = visit_definition_list
    depart_bullet_list = depart_enumerated_list = depart_definition_list = Columns.end_list
    depart_field_list = depart_option_list = Columns.end_list

    # -- items: the arguments of a list; the two parts of one are separated by "}, {"

    visit_list_item, depart_list_item = writing("{", "},")
    visit_field, depart_field = writing("terms.item({", "}),")
    visit_option_list_item, depart_option_list_item = writing("terms.item({", "}),")
    visit_definition_list_item = visit_field
    visit_field_body, depart_field_body = writing("}, {", "")
    visit_description, depart_description = writing("}, {", "")

    def visit_definition(self, node: nodes.Element) -> None:
        """Begin what a term means: a second meaning goes on as another paragraph."""
        at = node.parent.index(node)
        if isinstance(node.parent[at - 1], nodes.definition):
            self.emit("parbreak()")
        else:
            self.next_argument()

    depart_definition = passing

    def depart_definition_list_item(self, node: nodes.Element) -> None:
        """End an item; a term without definition has an empty one."""
        if not any(isinstance(child, nodes.definition) for child in node):
            self.next_argument()
        self.emit("}),")

    def visit_term(self, node: nodes.Element) -> None:
        """Begin a second term of the same definition on a line of its own."""
        if node.parent.index(node):
            self.emit("linebreak()")

    def visit_classifier(self, _node: nodes.Element) -> None:
        """Set a classifier off from its term."""
        self.emit(source.string(" · "))

    def visit_option(self, node: nodes.Element) -> None:
        """Separate the names of one option."""
        if node.parent.index(node):
            self.emit(source.string(", "))

    def visit_option_argument(self, node: nodes.Element) -> None:
        """Write what joins an option and its argument."""
        self.emit(source.string(node.get("delimiter", " ")))

    depart_term = depart_classifier = passing
    visit_field_name = depart_field_name = passing
    visit_option_group = depart_option_group = passing
    visit_option_string = depart_option_string = passing
    depart_option = depart_option_argument = passing
    visit_hlist = depart_hlist = visit_hlistcol = depart_hlistcol = passing
