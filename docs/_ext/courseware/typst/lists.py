"""Lists: bullets, numbers, terms with definitions; fields and options are terms too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from . import source
from .looks import LISTS, look
from .writer import Writer, ending, passing, writing

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBERING: Mapping[str, str] = {
    "arabic": "1",
    "loweralpha": "a",
    "upperalpha": "A",
    "lowerroman": "i",
    "upperroman": "I",
}


class Lists(Writer):
    """Visitors of lists."""

    def open_list(self, function: str, node: nodes.Element, **named: object) -> None:
        """Begin a list whose items are written as ``{...},`` or as calls."""
        self.mark(node)
        kind = look(node, LISTS) or look(node.parent, LISTS)
        self.emit(f"{function}({source.arguments(named | {'kind': kind})}")

    def visit_bullet_list(self, node: nodes.Element) -> None:
        """Open a list with bullets."""
        self.open_list("bullet-list", node)

    def visit_enumerated_list(self, node: nodes.Element) -> None:
        """Open a numbered list with the start, style and punctuation of the source."""
        mark = _NUMBERING.get(node.get("enumtype", ""), "1")
        pattern = f"{node.get('prefix', '')}{mark}{node.get('suffix', '.')}"
        self.open_list("ordered-list", node, start=node.get("start", 1), numbering=pattern)

    def visit_definition_list(self, node: nodes.Element) -> None:
        """Open a list of terms."""
        self.open_list("definition-list", node)

    visit_field_list = visit_option_list = visit_definition_list
    depart_bullet_list = depart_enumerated_list = depart_definition_list = ending
    depart_field_list = depart_option_list = ending

    # -- items: the arguments of a list; the two parts of one are separated by "}, {"

    visit_list_item, depart_list_item = writing("{", "},")
    visit_field, depart_field = writing("terms.item({", "}),")
    visit_option_list_item, depart_option_list_item = writing("terms.item({", "}),")
    visit_definition_list_item = visit_field
    visit_definition, depart_definition = writing("}, {", "")
    visit_field_body, depart_field_body = visit_definition, passing
    visit_description, depart_description = visit_definition, passing

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
