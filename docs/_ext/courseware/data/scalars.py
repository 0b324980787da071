"""What YAML's plain values become: numbers that remember how they were written, dates as text.

An author who writes ``text: 2.50`` or ``title: 007`` means these signs. Whether a number or a text
is wanted, only the model knows, long after the parser; so a number here is both, and gives its own
spelling where a text is wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import MarkedYAMLError

from .characters import forbidden
from .limits import TEXT_CHARACTERS

if TYPE_CHECKING:
    from ruamel.yaml.nodes import ScalarNode


class WrittenInt(int):
    """A whole number; as text it is what was written, such as ``007`` or ``0x1F``."""

    written = ""

    def __str__(self) -> str:
        """Return what was written."""
        return self.written


class WrittenFloat(float):
    """A number; as text it is what was written, such as ``2.50`` or ``1e3``."""

    written = ""

    def __str__(self) -> str:
        """Return what was written."""
        return self.written


class UnfitTextError(MarkedYAMLError):
    """A text that no field may hold; the problem says why."""


class WrittenConstructor(SafeConstructor):
    """Makes values of YAML's nodes; raises `UnfitTextError` for a text that no field may hold."""

    def construct_yaml_int(self, node: ScalarNode) -> WrittenInt:
        """Return a whole number with its spelling."""
        number = WrittenInt(super().construct_yaml_int(node))
        number.written = node.value
        return number

    def construct_yaml_float(self, node: ScalarNode) -> WrittenFloat:
        """Return a number with its spelling."""
        number = WrittenFloat(super().construct_yaml_float(node))
        number.written = node.value
        return number

    def construct_yaml_str(self, node: ScalarNode) -> str:
        """Return a text as it is, a date included, which no model wants as anything else."""
        text = str(self.construct_scalar(node))
        if len(text) > TEXT_CHARACTERS:
            message = f"a text of {len(text):,} characters; expected at most {TEXT_CHARACTERS:,}"
            raise UnfitTextError(problem=message, problem_mark=node.start_mark)
        # In double quotes one can write what must not stand in the file itself.
        for _, name in forbidden(text):
            message = f"the character {name} may not stand in a text; remove its backslash code"
            raise UnfitTextError(problem=message, problem_mark=node.start_mark)
        return text


for _tag, _construct in {
    "int": WrittenConstructor.construct_yaml_int,
    "float": WrittenConstructor.construct_yaml_float,
    "str": WrittenConstructor.construct_yaml_str,
    "timestamp": WrittenConstructor.construct_yaml_str,
}.items():
    WrittenConstructor.add_constructor(f"tag:yaml.org,2002:{_tag}", _construct)
