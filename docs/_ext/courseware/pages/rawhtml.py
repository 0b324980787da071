"""HTML in Markdown: what print can show too becomes nodes, the rest is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

#: Elements that docutils has nodes for, though Markdown has no signs for them.
TRANSLATED: Mapping[str, type[nodes.TextElement]] = {
    "sub": nodes.subscript,
    "sup": nodes.superscript,
}
#: What to write instead of other elements.
INSTEAD = {
    "a": "[words](address)",
    "b": "**words**",
    "code": "`words`",
    "em": "*words*",
    "figure": "a {figure} directive",
    "h1": "a heading with #",
    "h2": "a heading with ##",
    "h3": "a heading with ###",
    "hr": "a line of ---",
    "i": "*words*",
    "iframe": "a link",
    "img": "![what it shows](file.png), or an {image} or {figure} directive",
    "li": "a list of Markdown",
    "math": "a {math} role or directive",
    "ol": "a list of Markdown (1. item)",
    "p": "a paragraph of its own",
    "pre": "a block between ``` and ```",
    "strong": "**words**",
    "table": "a table of Markdown (| a | b |), or a {list-table} directive",
    "ul": "a list of Markdown (- item)",
    "video": "a link",
}

_COMMENT = re.compile(r"\s*<!--(.*?)-->\s*", re.DOTALL)
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_TAG = re.compile(r"\s*<(/?)([A-Za-z][A-Za-z0-9-]*)")
# An icon of sphinx-design, which only adorns.
_ICON = 'class="sd-octicon'
#: What stands in these is for screens alone.
_WEB_ONLY = "web-only"


class RawHtml(SphinxTransform):
    """Translate ``<sub>`` and ``<sup>``, and warn of HTML that print would leave out."""

    # Before anything looks at the words of a page.
    default_priority = 5

    def apply(self, **_options: object) -> None:
        """Treat all HTML on the page."""
        for raw in html_in(self.document):
            # What stood within an element that was translated has moved already.
            if (tag := tag_of(raw)) and tag in TRANSLATED and (end := closing_of(raw, tag)):
                translate(raw, end, TRANSLATED[tag])
        for raw in html_in(self.document):
            text = raw.astext()
            if comment := _COMMENT.fullmatch(text):
                # As Markdown's own comments (%): on no page and in no print.
                raw.replace_self(nodes.comment("", comment[1]))
            elif _BREAK.fullmatch(text) or _ICON in text or is_web_only(raw):
                pass
            else:
                self.tell(raw, text)
        for title in self.document.findall(nodes.title):
            # A title stands on other pages, in menus and in what machines read, too.
            for raw in html_in(title):
                raw.parent.remove(raw)

    def tell(self, raw: nodes.raw, text: str) -> None:
        """Warn of the HTML *text*, unless it only ends what was told of before."""
        found = _TAG.match(text)
        if found is not None and found[1] and found[2].lower() not in TRANSLATED:
            return
        shown = " ".join(text.split())
        shown = shown if len(shown) <= 60 else f"{shown[:59]}…"
        message = f"HTML '{shown}', which print leaves out; "
        tag = found[2].lower() if found else ""
        if tag in TRANSLATED:
            message += f"<{tag}> and </{tag}> have to stand in one paragraph, one after the other"
        elif tag in INSTEAD:
            message += f"write {INSTEAD[tag]} instead"
        else:
            message += "write Markdown or a directive instead"
        message += (
            ""
            if tag in TRANSLATED
            else f"; what is for screens alone goes into a {{div}} "
            f"or {{container}} of the class {_WEB_ONLY}"
        )
        # MyST gives what stands in a line the line of its paragraph.
        where = raw if raw.line else raw.parent
        logger.warning("%s", message, location=where, type="courseware", subtype="html")


def html_in(node: nodes.Element) -> list[nodes.raw]:
    """Return the HTML in *node*, as somebody wrote it."""
    return [raw for raw in node.findall(nodes.raw) if "html" in raw.get("format", "").split()]


def tag_of(raw: nodes.raw) -> str | None:
    """Return the name of the element that *raw* begins, if it is no more than its tag."""
    found = re.fullmatch(r"<([A-Za-z]+)>", raw.astext())
    return found[1].lower() if found else None


def closing_of(raw: nodes.raw, tag: str) -> nodes.raw | None:
    """Return the node beside *raw* that ends the element *tag*, None where none does."""
    depth = 0
    for each in raw.parent[raw.parent.index(raw) + 1 :]:
        if not isinstance(each, nodes.raw):
            continue
        text = each.astext().lower()
        if text == f"<{tag}>":
            depth += 1
        elif text == f"</{tag}>":
            if not depth:
                return each
            depth -= 1
    return None


def translate(begin: nodes.raw, end: nodes.raw, kind: type[nodes.TextElement]) -> None:
    """Put a node of *kind* in the place of all that stands from *begin* to *end*."""
    parent = begin.parent
    first, last = parent.index(begin), parent.index(end)
    inner = parent[first + 1 : last]
    result = kind("", "")
    result.source, result.line = begin.source, begin.line
    parent[first : last + 1] = [result]
    result.extend(inner)


def is_web_only(node: nodes.Node) -> bool:
    """Tell whether *node* stands in something that print leaves out on purpose."""
    while (node := node.parent) is not None:
        if isinstance(node, addnodes.only):
            return True
        if isinstance(node, nodes.Element) and _WEB_ONLY in node["classes"]:
            return True
    return False


def setup_raw_html(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(RawHtml)
