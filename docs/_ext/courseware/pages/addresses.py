"""Refuse links that would run something, or read from the reader's machine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from courseware.data.addresses import forbidden_scheme, refused_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

# Markdown's parser makes no link of these, and leaves what was written as text.
_LEFT = re.compile(
    r"(?:\]\(|\]:|<)\s*<?\s*(?P<scheme>(?:"
    + "|".join(r"\s*".join(word) for word in ("javascript", "vbscript", "file", "data"))
    + r")\s*:)",
    re.IGNORECASE,
)
_NO_TEXT = (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.Invisible)


class Addresses(SphinxTransform):
    """Warn of each link whose scheme is none of those that a course needs."""

    # After what directives and MyST make, before references are looked up.
    default_priority = 10

    def apply(self, **_options: object) -> None:
        """Check the links of the page."""
        for node in list(self.document.findall(nodes.Element)):
            for name in ("refuri", "reftarget"):
                address = node.get(name)
                if isinstance(address, str) and (scheme := self.scheme(node, name, address)):
                    self.warn(node, address, scheme)
                    # The words stay, without a link.
                    node.replace_self(list(node.children))
                    break
            if isinstance(node, addnodes.toctree):
                self.check_contents(node)
        for place, scheme in left_as_text(self.document):
            self.warn(place, f"{scheme}…", scheme.rstrip(":"))

    def scheme(self, node: nodes.Element, name: str, address: str) -> str | None:
        """Return the forbidden scheme of *address*, if it is an address at all."""
        # Names of terms, files and the like may have a colon, too.
        links = name == "refuri" or node.get("refdomain") in {None, "", "myst", "std:doc"}
        return forbidden_scheme(address) if links else None

    def check_contents(self, toctree: addnodes.toctree) -> None:
        """Take out of a table of contents what leads to a forbidden address."""
        kept = []
        for title, target in toctree["entries"]:
            if scheme := forbidden_scheme(target):
                self.warn(toctree, target, scheme)
            else:
                kept.append((title, target))
        toctree["entries"] = kept

    def warn(self, node: nodes.Node, address: str, scheme: str) -> None:
        """Log that *address* is refused, at the place of *node*."""
        message = f"{refused_link(address, scheme)}; it is left out"
        where: nodes.Node | None = node
        while where is not None and not where.line:
            where = where.parent
        logger.warning("%s", message, location=where, type="courseware", subtype="link")


def left_as_text(document: nodes.document) -> Iterator[tuple[nodes.Node, str]]:
    """Yield what Markdown's parser refused to link, each with the scheme as it is written."""
    for text in document.findall(nodes.Text):
        if ":" in text and not isinstance(text.parent, _NO_TEXT):
            for found in _LEFT.finditer(text):
                yield text.parent, "".join(found["scheme"].split()).lower()


def setup_addresses(app: Sphinx) -> None:
    """Register the check."""
    app.add_transform(Addresses)
