"""What every builder of PDFs shares: from a joined tree to a file in the output folder."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from sphinx.builders import Builder
from sphinx.util import logging

from courseware.data.pictures import suffix_of

from .compile import CompileError, Problem, compile_pdf
from .config import read_style
from .grey import greyed
from .made import Made, NotOursError
from .translator import TypstTranslator

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes

    from .assemble import Edition
    from .config import PdfDocument

logger = logging.getLogger(__name__)

TEMPLATE = Path(__file__).parent / "template"


class PdfBuilder(Builder):
    """Translates trees to Typst and compiles them to PDF/UA-1.

    Sources, images and template go to ``<doctreedir>/typst/<target>/``, where they can be looked
    at and compiled by hand; the output folder holds finished PDFs, and a hidden list of them.
    """

    format = "typst"
    default_translator_class = TypstTranslator
    supported_image_types: ClassVar[list[str]] = [
        "image/svg+xml",
        "image/png",
        "image/jpeg",
        "image/webp",
        "image/gif",
        "application/pdf",
    ]
    #: Files that the sources import besides the template.
    typst_files: ClassVar[tuple[Path, ...]] = ()

    def init(self) -> None:
        """Check the style of print, before anything is read."""
        self.print_style = read_style(self.config)
        #: What was warned of, as file, line and message: a page may stand in several PDFs.
        self.warned: set[tuple[str, int, str]] = set()

    def get_outdated_docs(self) -> str:
        """Make all PDFs each time: each is joined from many documents."""
        return "all documents"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:  # noqa: ARG002
        """Return the mark by which the translator knows a link to a document."""
        return f"%{docname}"

    def get_relative_uri(self, _from: str, to: str, typ: str | None = None) -> str:
        """Return the same from everywhere: the documents are joined."""
        return self.get_target_uri(to, typ)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Not used: joined documents are written."""

    def made(self) -> Made | None:
        """Return what was made in the output folder; log why it cannot be told."""
        try:
            return Made(Path(self.outdir))
        except NotOursError as error:
            self.fail(str(error))
        except OSError as error:
            self.fail(f"{self.outdir}: {_reason(error)}; no PDF can be written there")
        return None

    def write_pdf(
        self,
        made: Made,
        name: str,
        document: PdfDocument,
        edition: Callable[[], Edition],
        *,
        asked: bool = False,
    ) -> bool:
        """Make the file *name* of the output folder, of what *edition* returns.

        Logs an error where it cannot be made. A fault of the text is told with its place, and no
        old file stands there then either; where a file cannot be read or written, and where
        somebody interrupts, the old one stays. Returns whether it was made.
        """
        try:
            made.refuse_foreign(name)
            logger.info("%s ... ", name, nonl=True)
            pdf, problems = compile_pdf(
                self.write_source(document, edition()), self.print_style.inputs
            )
            made.write(name, pdf, asked=asked)
        except CompileError as error:
            self.fail(f"{self.told(error.problem)} ({name} is not made)")
            self._remove(made, name)
            return False
        except NotOursError as error:
            self.fail(str(error))
            return False
        except OSError as error:
            self.fail(f"{_reason(error)} ({self._not_made(name)})")
            return False
        for problem in problems:
            message = f"{self.told(problem)} (in {name})"
            logger.warning(message, type="courseware", subtype="typst")
        logger.info("done (%d kB)", len(pdf) // 1000)
        return True

    def _remove(self, made: Made, name: str) -> None:
        """Remove the file *name*, which says what is no longer so; log why it cannot be done."""
        try:
            made.remove(name)
        except (NotOursError, OSError) as error:
            self.fail(_reason(error) if isinstance(error, OSError) else str(error))

    def _not_made(self, name: str) -> str:
        """Say that the file *name* is not made, and whether an older one stands there."""
        file = Path(self.outdir, name)
        older = "; the one that is there is from before" if file.exists() else ""
        return f"{file} is not made{older}"

    def fail(self, message: str) -> None:
        """Log an error, and let the build end as failed."""
        logger.error(message, type="courseware", subtype="typst")
        # As Sphinx's link checker does: an exception would print a traceback,
        # which says nothing to an author.
        self._app.statuscode = 1

    def write_source(self, document: PdfDocument, edition: Edition) -> Path:
        """Write the source of *document* and what it needs into its work folder."""
        folder = Path(self.doctreedir, "typst", document.target)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        translator = self.create_translator(edition.tree, self, edition)
        assert isinstance(translator, TypstTranslator)
        translator.warned = self.warned
        edition.tree.walkabout(translator)
        for origin, name in sorted(translator.images.items()):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(self._picture(self.srcdir / origin))
        shutil.copytree(TEMPLATE, folder / TEMPLATE.name)
        for file in self.typst_files:
            shutil.copyfile(file, folder / file.name)
        source = folder / f"{document.target}.typ"
        source.write_text(translator.astext(), encoding="utf-8", newline="\n")
        return source

    def _picture(self, file: Path) -> bytes:
        """Return the picture in *file* as it is printed; raise `OSError` where it is none."""
        picture = file.read_bytes()
        if not self.print_style.grey:
            return picture
        try:
            return greyed(picture, suffix_of(picture) or file.suffix)
        except (OSError, UnicodeDecodeError) as error:
            # Pillow cannot know which file it was.
            message = "this is no picture that can be printed in grey; save it anew as its ending "
            raise OSError(None, f"{message}says, or as PNG", str(file)) from error

    def told(self, problem: Problem) -> str:
        """Return a problem as ``path:line: message``."""
        if problem.location is None:
            return problem.message
        return f"{self.srcdir / problem.location}: {problem.message}"


def _reason(error: OSError) -> str:
    """Return what is wrong with which file, where the system says so."""
    reason = error.strerror or str(error) or type(error).__name__
    return f"{error.filename}: {reason}" if error.filename else reason
