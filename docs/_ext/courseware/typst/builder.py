"""The builder ``typst``: one PDF for each entry of ``typst_documents``."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sphinx.errors import ConfigError
from sphinx.util import logging

from .assemble import assemble
from .config import read_documents, read_only
from .output import PdfBuilder

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from .config import PdfDocument
    from .made import Made

logger = logging.getLogger(__name__)

#: What ends the name of a document with answers, where the normal one has none.
ANSWERS = "-answers"


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
        if (made := self.made()) is not None:
            with self.printing(len(self.documents)):
                write_all(self, made, self.documents)


def write_all(builder: PdfBuilder, made: Made, documents: Sequence[PdfDocument]) -> None:
    """Have *builder* write *documents*, or those alone that ``typst_only`` names.

    What was made in the folder of *made* before and is no longer wanted goes.

    :raises ConfigError: if a start document does not exist, or ``typst_only`` names none of them.
    """
    only = read_only(builder.config, documents)
    for document in documents:
        if only and document.target not in only:
            continue
        if document.start not in builder.env.found_docs:
            raise ConfigError(
                f"typst_documents: {document.target}: there is no document {document.start!r}"
            )
        titled = document
        if not document.title:
            titled = replace(document, title=builder.env.titles[document.start].astext())
        if only and builder.config.typst_answers:
            # Beside the normal one, which students may have.
            titled = replace(titled, target=f"{document.target}{ANSWERS}", answers=True)
        edition = partial(assemble, builder, titled)
        builder.write_pdf(made, titled.target, titled, edition, asked=bool(only))
    if not only:
        builder.keep_only(made, [document.target for document in documents])
