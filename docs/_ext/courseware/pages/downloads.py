"""The role ``{pdf}`` links to a PDF that the build makes beside the pages.

``{pdf}`The course reader <course-reader>``` links to ``downloads/course-reader.pdf``.
The file is made after the pages, so that Sphinx's own ``download`` role cannot find it yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole

from courseware.data.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

FOLDER = "downloads"
#: The class of a paragraph that offers a PDF and says nothing else.
OFFER = "pdf-offer"


class pdf_link(nodes.inline):
    """The name of a PDF of the course; ``target`` is its file name without the ending.

    It is ``plain`` where the words around it say that it is a PDF.
    """


class PdfRole(ReferenceRole):
    """Name a PDF of the course, and link to it where there are pages."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return the name; `PdfLinks` makes the link. Warn of a PDF that is not made."""
        known = [document["target"] for document in self.config.typst_documents]
        if self.target not in known:
            hint = did_you_mean(self.target, known) or f"; expected one of {', '.join(known)}"
            message = f"no PDF '{self.target}' is made{hint}"
            where = self.get_location()
            logger.warning(message, location=where, type="courseware", subtype="reference")
        return [pdf_link(self.title, self.title, target=self.target)], []


class PdfLinks(SphinxPostTransform):
    """On pages, make each name of a PDF a link from that page; elsewhere leave out offers."""

    default_priority = 5

    def run(self, **_options: object) -> None:
        """Replace the names on the page."""
        # A book has no folder of PDFs beside it.
        if self.app.builder.format != "html" or self.app.builder.name == "epub":
            for offer in list(self.document.findall(nodes.paragraph)):
                if OFFER in offer["classes"]:
                    offer.parent.remove(offer)
            return
        here = self.app.builder.get_target_uri(self.env.docname)
        up = "../" * here.count("/")
        for node in list(self.document.findall(pdf_link)):
            uri = f"{up}{FOLDER}/{node['target']}.pdf"
            text = node.astext() if node.get("plain") else f"{node.astext()} (PDF)"
            node.replace_self(nodes.reference(text, text, refuri=uri, internal=False))


def pdf_offer(offers: Mapping[str, str]) -> nodes.paragraph:
    """Return a line that offers PDFs: *offers* has what each is called, by its file's name."""
    line = nodes.paragraph("", "PDF: ", classes=[OFFER])
    for at, (target, text) in enumerate(offers.items()):
        line += [nodes.Text(" · ")] * bool(at) + [pdf_link(text, text, target=target, plain=True)]
    return line


def setup_downloads(app: Sphinx) -> None:
    """Register the role and what resolves it."""
    app.add_node(pdf_link)
    app.add_role("pdf", PdfRole())
    app.add_post_transform(PdfLinks)
