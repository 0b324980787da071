"""Formulas: from MathML (https://www.w3.org/TR/mathml-core/) to Typst's own mathematics."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn
from xml.etree import ElementTree as ET

from docutils import nodes

from courseware.pages.formulas import FormulaError, mathml

from . import source
from .breaks import breakable
from .source import Code
from .writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable

# Signs over a base that Typst calls accents, by the combining character for each.
_ACCENTS = {
    "\u02c9": "\u0304",
    "\u00af": "\u0304",
    "\u02c6": "\u0302",
    "^": "\u0302",
    "\u02dc": "\u0303",
    "~": "\u0303",
    "\u02d9": "\u0307",
    "\u00a8": "\u0308",
    "\u00b4": "\u0301",
    "`": "\u0300",
    "\u02d8": "\u0306",
    "\u02c7": "\u030c",
    "\u2192": "\u20d7",
}
# Signs that grow with the base they stand over or under, by their functions.
_OVER = {"_": "math.overline", "\u23de": "math.overbrace", "\u23b4": "math.overbracket"}
_UNDER = {"_": "math.underline", "\u23df": "math.underbrace", "\u23b5": "math.underbracket"}
# Elements of which only the parts are set.
_PLAIN = frozenset({"math", "mrow", "mstyle", "mpadded", "mtd", "menclose"})


class Formulas(Writer):
    """Visitors of formulas."""

    def visit_math(self, node: nodes.math) -> NoReturn:
        """Write a formula in a line; its LaTeX is the alternative text."""
        self.anchor_here()
        self.emit(self.formula(node))
        raise nodes.SkipNode

    def visit_math_block(self, node: nodes.math_block) -> NoReturn:
        """Write a formula by itself, with its number where it has one."""
        self.anchor_here()
        self.mark(node)
        number = node.get("number")
        self.emit(self.formula(node, block=True, number=f"({number})" if number else None))
        raise nodes.SkipNode

    def formula(
        self, node: nodes.Element, *, block: bool = False, number: str | None = None
    ) -> str:
        """Return the formula *node* as a call of the template."""
        latex = self.printable(node.astext(), node)
        try:
            root = ET.fromstring(mathml(latex, block=block))  # noqa: S314 (docutils wrote it)
        except FormulaError as error:
            # Pages tell of it when they are read; print can be had without them.
            self.warn(node, f"the formula stands as it is written: {error}")
            return source.call("raw", breakable(latex), block=block)
        alt = " ".join(latex.split())
        return source.call("formula", alt, Code(typeset(root)), block=block, number=number)


def typeset(element: ET.Element) -> str:
    """Return *element* and what is in it as Typst code: an expression that is content."""
    tag = element.tag.rpartition("}")[2]
    if tag in _PLAIN:
        return _row(element)
    return _WRITERS[tag](element)


def _row(element: ET.Element) -> str:
    parts = list(element)
    content = "; ".join(typeset(each) for each in parts)
    body = f"{{{content}}}" if parts else "[]"
    # Brackets grow with what they enclose, unless they are told not to.
    fenced = any(_grows(each) for each in (*parts[:1], *parts[-1:]))
    return f"math.lr({body})" if fenced and len(parts) > 1 else body


def _grows(element: ET.Element) -> bool:
    text = (element.text or "").strip()
    is_bracket = element.tag.rpartition("}")[2] == "mo" and text in _BRACKETS
    return is_bracket and element.get("stretchy") != "false"


_BRACKETS = frozenset("()[]{}|‖⟨⟩⌊⌋⌈⌉")


def _letters(element: ET.Element) -> str:
    text = (element.text or "").strip()
    if len(text) > 1:
        # The name of a function, or of something that is measured.
        return source.call("math.op", text)
    upright = element.get("mathvariant") == "normal"
    return f"math.upright({_sign(text)})" if upright else _sign(text)


def _sign(text: str) -> str:
    return source.call("sign", text) if len(text) == 1 else source.call("math.op", text)


def _operator(element: ET.Element) -> str:
    text = (element.text or "").strip()
    if len(text) > 1 and element.get("movablelimits") == "true":
        return source.call("math.op", text, limits=True)
    return _sign(text) if text else "[]"


def _words(element: ET.Element) -> str:
    return source.call("text", element.text or "")


def _space(element: ET.Element) -> str:
    return f"h({element.get('width', '0em')})"


def _parts(element: ET.Element) -> list[str]:
    return [typeset(each) for each in element]


def _attached(**where: int) -> Callable[[ET.Element], str]:
    """Return what writes parts of an element above (t) and below (b) the first."""

    def write(element: ET.Element) -> str:
        base, *parts = _parts(element)
        named = {name: Code(parts[at]) for name, at in where.items()}
        return source.call("math.attach", Code(base), **named)

    return write


def _with_limits(**where: int) -> Callable[[ET.Element], str]:
    """Return what writes parts of an element over (t) and under (b) the first, or accents it."""

    def write(element: ET.Element) -> str:
        base, *others = list(element)
        if len(others) == 1:
            mark = (others[0].text or "").strip()
            functions = _OVER if "t" in where else _UNDER
            if mark in functions:
                return source.call(functions[mark], Code(typeset(base)))
            if "t" in where and mark in _ACCENTS:
                return source.call("math.accent", Code(typeset(base)), _ACCENTS[mark])
        content = typeset(base)
        if base.get("movablelimits") != "true":
            content = f"math.limits({content})"
        named = {name: Code(typeset(others[at])) for name, at in where.items()}
        return source.call("math.attach", Code(content), **named)

    return write


def _fraction(element: ET.Element) -> str:
    over, under = _parts(element)
    if element.get("linethickness") in {"0", "0pt"}:
        return f"math.mat(delim: none, ({over},), ({under},))"
    return f"math.frac({over}, {under})"


def _root(element: ET.Element) -> str:
    base, index = _parts(element)
    return f"math.root({index}, {base})"


def _table(element: ET.Element) -> str:
    rows = [_parts(row) for row in element]
    if "ams-align" in element.get("class", ""):
        lines = ("; align-point; ".join(row) for row in rows)
        return f"{{{'; linebreak(); '.join(lines)}}}"
    align = element.get("columnalign", "center").split()[0]
    cells = ", ".join(f"({''.join(f'{cell}, ' for cell in row)})" for row in rows)
    return f"math.mat(delim: none, align: {align}, {cells})"


_WRITERS: dict[str, Callable[[ET.Element], str]] = {
    "mi": _letters,
    "mn": _words,
    "mo": _operator,
    "mtext": _words,
    "mspace": _space,
    "msub": _attached(b=0),
    "msup": _attached(t=0),
    "msubsup": _attached(b=0, t=1),
    "munder": _with_limits(b=0),
    "mover": _with_limits(t=0),
    "munderover": _with_limits(b=0, t=1),
    "mfrac": _fraction,
    "msqrt": lambda element: f"math.sqrt({_row(element)})",
    "mroot": _root,
    "mtable": _table,
    "mphantom": lambda element: f"hide({_row(element)})",
}
