"""Write values as Typst source, in code mode.

Everything the translator emits goes through here.
Text is always a string expression (``"..."``), never markup, so that no character of a course text
can be taken for Typst syntax.
Syntax: https://typst.app/docs/reference/syntax/ (Typst 0.15).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Control characters by their code, but for those that have a name of their own.
_ESCAPES = str.maketrans(
    {chr(code): f"\\u{{{code:x}}}" for code in (*range(0x20), *range(0x7F, 0xA0))}
    | {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
)


@dataclass(frozen=True, slots=True)
class Code:
    """An expression that is Typst source already and is written as it stands."""

    source: str


def string(text: str) -> str:
    """Return *text* as a Typst string literal.

    Control characters other than newline and tab are written by their code.
    """
    return f'"{text.translate(_ESCAPES)}"'


def value(item: object) -> str:
    """Return a Python value as a Typst expression.

    Takes str, bool, int, float, None, :class:`Code`, sequences (arrays) and mappings with string
    keys (dictionaries), nested at will.

    :raises TypeError: for any other type.
    """
    match item:
        case Code(source):
            return source
        case None:
            return "none"
        case bool():
            return "true" if item else "false"
        case int() | float():
            return repr(item)
        case str():
            return string(item)
        case Mapping():
            pairs = [f"{string(str(key))}: {value(each)}" for key, each in item.items()]
            return f"({', '.join(pairs)})" if pairs else "(:)"
        case Sequence():
            # the comma after the last item makes an array of one item an array
            return f"({''.join(f'{value(each)}, ' for each in item)})"
    raise TypeError(f"no Typst expression for {type(item).__name__}")


def arguments(named: Mapping[str, object]) -> str:
    """Return ``name: value, `` pairs for the head of a call; underscores become hyphens."""
    return "".join(f"{key.replace('_', '-')}: {value(each)}, " for key, each in named.items())


def call(function: str, /, *positional: object, **named: object) -> str:
    """Return a whole call as one expression."""
    return f"{function}({arguments(named)}{', '.join(value(each) for each in positional)})"


def position(path: str, line: int) -> str:
    """Return the comment that marks where the source of what follows stands."""
    return f"/*@ {path.replace('*/', '*_/')}:{line} */"
