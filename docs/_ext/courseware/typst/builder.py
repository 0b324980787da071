"""The builder ``typst``: one PDF for each entry of ``typst_documents``."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sphinx.errors import ConfigError
from sphinx.util import logging

from .assemble import assemble
from .config import read_documents
from .output import PdfBuilder

if TYPE_CHECKING:
    from collections.abc import Set

logger = logging.getLogger(__name__)


class TypstBuilder(PdfBuilder):
    """Makes the PDFs that the configuration lists."""

    name = "typst"
    epilog = "The PDFs are in %(outdir)s."

    def init(self) -> None:
        """Check the configuration before anything is read."""
        super().init()
        self.documents = read_documents(self.config)
        if not self.documents:
            logger.warning(
                "typst_documents is empty; no PDF is made", type="courseware", subtype="typst"
            )

    def write_documents(self, _docnames: Set[str]) -> None:
        """Write every PDF; what was made here before and is no longer wanted goes.

        :raises ConfigError: if a start document does not exist.
        """
        made = self.made()
        if made is None:
            return
        for document in self.documents:
            if document.start not in self.env.found_docs:
                raise ConfigError(
                    f"typst_documents: {document.target}: there is no document {document.start!r}"
                )
            if not document.title:
                title = self.env.titles[document.start].astext()
                document = replace(document, title=title)  # noqa: PLW2901 (the same, complete)
            name = f"{document.target}.pdf"
            self.write_pdf(made, name, document, partial(assemble, self, document))
        made.keep_only([f"{document.target}.pdf" for document in self.documents])
