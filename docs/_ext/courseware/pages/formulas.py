"""Formulas: from LaTeX to MathML, which browsers set by themselves, without a script.

The converter is docutils' own, and knows the commands that
https://docutils.sourceforge.io/docs/ref/rst/mathematics.html lists.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from courseware.data.formulas import formula_in, shortened

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

# How many parts an element has, where it has a fixed number of them (MathML Core, 3).
_PARTS = {
    "mfrac": 2,
    "mroot": 2,
    "msub": 2,
    "msup": 2,
    "msubsup": 3,
    "munder": 2,
    "mover": 2,
    "munderover": 3,
}
# Digits that LaTeX takes one by one, and readers together: the converter takes them so, too.
_UNCLEAR = re.compile(r"\\[dt]?frac\s*\d|\\[dt]?binom\s*\d|[\^_]\s*\d\d")
# Text whose signs are meant as they are, and formulas.
_NOT_READ = nodes.literal | nodes.math | nodes.FixedTextElement | nodes.Invisible


class FormulaError(Exception):
    """A formula that cannot be set; the text says why."""


def mathml(latex: str, *, block: bool) -> str:
    """Return the formula *latex* as an element ``math``, displayed by itself if it is a *block*.

    :raises FormulaError: where it is not complete, or has a command that is not known.
    """
    if found := _UNCLEAR.search(latex):
        raise FormulaError(f"'{found[0]}' is unclear: put braces around each part, as in {{12}}")
    try:
        made = tex2mathml(latex, as_block=block)
        root = ET.fromstring(made)  # noqa: S314 (docutils has just written it)
    except MathError as error:
        raise FormulaError(str(error).rstrip(".")) from error
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, ET.ParseError) as error:
        # The converter trips over what is begun and not ended, or ended and not begun.
        raise FormulaError("a brace, a part or an environment is missing") from error
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        if len(element) != _PARTS.get(tag, len(element)):
            raise FormulaError("a part of a fraction, root, index or power is missing")
    return made


class Formulas(SphinxTransform):
    """Check formulas when a page is read, so that every output can set them."""

    default_priority = 500

    def apply(self, **_options: object) -> None:
        """Check the formulas of the page; one that cannot be set stands as it is written."""
        formulas = [*self.document.findall(nodes.math), *self.document.findall(nodes.math_block)]
        for node in formulas:
            text = node.astext()
            try:
                mathml(text, block=isinstance(node, nodes.math_block))
            except FormulaError as error:
                self.warn(node, f"the formula '{shortened(text)}' cannot be set: {error}")
                node.replace_self(_as_written(node))
        for node in self.document.findall(nodes.TextElement):
            if isinstance(node, _NOT_READ):
                continue
            text = "".join(child for child in node if isinstance(child, nodes.Text))
            if found := formula_in(text):
                message = f"'{found}' stays as it is, since dollar signs are amounts "
                message += "of money here; write a formula as {math}`x^2`, or in a {math} directive"
                self.warn(node, message)

    def warn(self, node: nodes.Element, message: str) -> None:
        """Log *message* at the place of *node*."""
        where: nodes.Node | None = node
        while where is not None and not where.line:
            where = where.parent
        logger.warning("%s", message, location=where, type="courseware", subtype="formula")


def _as_written(node: nodes.Element) -> nodes.Element:
    kind = nodes.literal if isinstance(node, nodes.math) else nodes.literal_block
    result = kind(node.astext(), node.astext(), ids=node["ids"], classes=node["classes"])
    result.source, result.line = node.source, node.line
    return result


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line."""
    self.body.append(mathml(node.astext(), block=False))
    raise nodes.SkipNode


def visit_math_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula by itself, with its number where it has one."""
    self.body.append(self.starttag(node, "div", CLASS="math"))
    if node["number"]:
        # Before the formula, since it floats.
        self.body.append(f'<span class="eqno">({node["number"]})')
        self.add_permalink_ref(node, "Link to this formula")
        self.body.append("</span>")
    self.body.append(f"{mathml(node.astext(), block=True)}</div>\n")
    raise nodes.SkipNode


def setup_formulas(app: Sphinx) -> None:
    """Register the check, and the form on pages.

    Where nothing else is said, Sphinx takes this renderer rather than MathJax, which it would load
    from another host.
    """
    app.add_transform(Formulas)
    app.add_html_math_renderer("mathml", (visit_math, None), (visit_math_block, None))
