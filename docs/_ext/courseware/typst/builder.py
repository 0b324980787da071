"""The builder ``typst``: one PDF for each entry of ``typst_documents``."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from sphinx.builders import Builder
from sphinx.errors import ConfigError
from sphinx.util import logging

from .assemble import assemble
from .compile import CompileError, Problem, compile_pdf
from .config import PdfDocument, read_documents
from .translator import TypstTranslator

if TYPE_CHECKING:
    from collections.abc import Set

    from docutils import nodes

logger = logging.getLogger(__name__)

TEMPLATE = Path(__file__).parent / "template.typ"


class TypstBuilder(Builder):
    """Translate documents to Typst and compile them to PDF/UA-1.

    Sources, images and template go to ``<doctreedir>/typst/<target>/``, where they can be looked
    at and compiled by hand; the output folder holds finished PDFs and nothing else.
    """

    name = "typst"
    format = "typst"
    epilog = "The PDFs are in %(outdir)s."
    default_translator_class = TypstTranslator
    supported_image_types: ClassVar[list[str]] = [
        "image/svg+xml",
        "image/png",
        "image/jpeg",
        "image/webp",
        "image/gif",
        "application/pdf",
    ]

    def init(self) -> None:
        """Check the configuration before anything is read."""
        self.documents = read_documents(self.config)
        #: What was warned of, as file, line and message: a page may stand in several PDFs.
        self.warned: set[tuple[str, int, str]] = set()
        if not self.documents:
            logger.warning(
                "typst_documents is empty; no PDF is made", type="courseware", subtype="typst"
            )

    def get_outdated_docs(self) -> str:
        """Make all PDFs each time: each is joined from many documents."""
        return "all documents"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:  # noqa: ARG002
        """Return the mark by which the translator knows a link to a document."""
        return f"%{docname}"

    def get_relative_uri(self, _from: str, to: str, typ: str | None = None) -> str:
        """Return the same from everywhere: the documents are joined."""
        return self.get_target_uri(to, typ)

    def write_documents(self, _docnames: Set[str]) -> None:
        """Write every PDF, and log an error with its place for each that cannot be made.

        :raises ConfigError: if a start document does not exist.
        """
        for document in self.documents:
            if document.start not in self.env.found_docs:
                raise ConfigError(
                    f"typst_documents: {document.target}: there is no document {document.start!r}"
                )
            if not document.title:
                title = self.env.titles[document.start].astext()
                document = replace(document, title=title)  # noqa: PLW2901 (the same, complete)
            try:
                self.write_pdf(document)
            except CompileError as error:
                message = f"{self.told(error.problem)} ({document.target}.pdf is not made)"
                logger.error(message, type="courseware", subtype="typst")
                # As Sphinx's link checker does: an exception would print a traceback,
                # which says nothing to an author.
                self._app.statuscode = 1

    def write_pdf(self, document: PdfDocument) -> None:
        """Make one PDF; what stood there before goes, even if this fails.

        :raises CompileError: if Typst does not accept the source.
        """
        result = Path(self.outdir, f"{document.target}.pdf")
        result.unlink(missing_ok=True)
        logger.info("%s.pdf ... ", document.target, nonl=True)
        source = self.write_source(document)
        pdf, problems = compile_pdf(source)
        for problem in problems:
            message = f"{self.told(problem)} (in {document.target}.pdf)"
            logger.warning(message, type="courseware", subtype="typst")
        # a name of its own and a rename, so that no half-written PDF is ever seen
        draft = result.with_suffix(".pdf.part")
        draft.write_bytes(pdf)
        draft.replace(result)
        logger.info("done (%d kB)", len(pdf) // 1000)

    def write_source(self, document: PdfDocument) -> Path:
        """Write the source of *document* and what it needs into its work folder."""
        folder = Path(self.doctreedir, "typst", document.target)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        edition = assemble(self, document)
        translator = self.create_translator(edition.tree, self, edition)
        assert isinstance(translator, TypstTranslator)
        translator.warned = self.warned
        edition.tree.walkabout(translator)
        for origin, name in sorted(translator.images.items()):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.srcdir / origin, target)
        shutil.copyfile(TEMPLATE, folder / TEMPLATE.name)
        source = folder / f"{document.target}.typ"
        source.write_text(translator.astext(), encoding="utf-8", newline="\n")
        return source

    def told(self, problem: Problem) -> str:
        """Return a problem as ``path:line: message``."""
        if problem.location is None:
            return problem.message
        return f"{self.srcdir / problem.location}: {problem.message}"

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Not used: :meth:`write_documents` writes joined documents."""
