"""What every builder of PDFs shares: from a joined tree to a file in the output folder."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from sphinx.builders import Builder
from sphinx.util import logging

from courseware.data.pictures import suffix_of
from courseware.data.refused import refusal

from .compile import CompileError, FinishError, Problem, compile_pdf
from .config import every_suffix, read_style
from .glyphs import FONT_FOLDER
from .grey import greyed
from .made import Made, NotOursError
from .press import Press
from .shared import SharedPages
from .translator import TypstTranslator

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from docutils import nodes

    from .assemble import Edition
    from .config import PdfDocument, PrintStyle

logger = logging.getLogger(__name__)

TEMPLATE = Path(__file__).parent / "template"
#: What is done to each PDF after Typst.
FINISH = Path(__file__).parent / "finish"


@dataclass(frozen=True, slots=True)
class Sheaf:
    """A PDF to be made: what it is, its name in the folder of *made*, and where its text is."""

    made: Made
    name: str
    document: PdfDocument
    edition: Callable[[], Edition]
    asked: bool
    style: PrintStyle


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, or nothing where that which stands there is as it was, and a digest of its source."""

    pdf: bytes | None
    source: str
    problems: list[Problem]


#: What was printed, or why it was not.
Outcome = Printed | CompileError | FinishError | NotOursError | OSError


class PdfBuilder(Builder):
    """Translates trees to Typst and compiles them to PDF/UA-1.

    Sources, images and template go to ``<doctreedir>/typst/<target>/``, where they can be looked
    at and compiled by hand; the output folder holds finished PDFs, and a hidden list of them.
    What is as it was is not compiled again.
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
        #: The files that are now as they should be, in order; and those of them that were so
        #: before, or had other content.
        self.written: list[Path] = []
        self.unchanged: set[Path] = set()
        self.replaced: set[Path] = set()
        self.pages = SharedPages(self)
        # One for all that is done, since it knows what has been said.
        self.press = Press(self._app.parallel)
        self._sheaves: list[Sheaf] = []

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

    def made(self, folder: str = "") -> Made | None:
        """Return what was made in the output folder or in *folder* below; log why not."""
        place = Path(self.outdir, folder)
        try:
            return Made(place)
        except NotOursError as error:
            self.fail(str(error))
        except OSError as error:
            self.fail(f"{refusal(error, place)}; no PDF can be written there")
        return None

    @contextmanager
    def printing(self) -> Iterator[None]:
        """Let PDFs be asked for; at the end all are there, or it was said why not."""
        yield
        sheaves, self._sheaves = self._sheaves, []
        tasks = [partial(self._printed, sheaf) for sheaf in sheaves]
        for sheaf, outcome in zip(sheaves, self.press.run(tasks), strict=True):
            self._finish(sheaf, outcome)

    def file_name(self, target: str) -> str:
        """Return the name of a file of this edition, with its ending."""
        return f"{target}{self.print_style.suffix}.pdf"

    @contextmanager
    def styled(self, style: PrintStyle) -> Iterator[None]:
        """Let what is printed within have another *style*."""
        before, self.print_style = self.print_style, style
        try:
            yield
        finally:
            self.print_style = before

    def keep_only(self, made: Made, targets: Collection[str]) -> None:
        """Remove what was made in the folder of *made* and is none of *targets* in any edition."""
        made.keep_only([f"{target}{suffix}.pdf" for target in targets for suffix in every_suffix()])

    def write_pdf(
        self,
        made: Made,
        target: str,
        document: PdfDocument,
        edition: Callable[[], Edition],
        *,
        asked: bool = False,
    ) -> None:
        """Make the file *target* in the folder of *made*, of what *edition* returns.

        Logs an error where it cannot be made. A fault of the text is told with its place, and no
        old file stands there then either; where a file cannot be read or written, and where
        somebody interrupts, the old one stays.
        """
        name, style = self.file_name(target), self.print_style
        self._sheaves.append(Sheaf(made, name, document, edition, asked, style))

    def _printed(self, sheaf: Sheaf) -> Outcome:
        """Return what becomes of *sheaf*; nothing but the source is written."""
        try:
            sheaf.made.refuse_foreign(sheaf.name)
            with self.styled(sheaf.style):
                source = self.write_source(sheaf.document, sheaf.edition())
                digest = self._digest_of(source.parent)
            if sheaf.made.is_current(sheaf.name, digest, asked=sheaf.asked):
                return Printed(None, digest, [])
            pdf, problems = compile_pdf(source, sheaf.style.inputs)
            return Printed(pdf, digest, problems)
        except (CompileError, FinishError, NotOursError, OSError) as error:
            return error

    def _finish(self, sheaf: Sheaf, outcome: Outcome) -> None:
        """Write what was printed to its file, and say so."""
        path = sheaf.made.folder / sheaf.name
        with self._told_of(sheaf.made, sheaf.name):
            if not isinstance(outcome, Printed):
                raise outcome
            if outcome.pdf is None:
                self.unchanged.add(path)
                self.written.append(path)
                logger.info("%s is as it was", sheaf.name)
                return
            before = path.read_bytes() if path.is_file() else None
            # What was warned of is made again the next time, so that it is warned of again.
            source = "" if outcome.problems else outcome.source
            edition = sheaf.style.suffix
            sheaf.made.write(
                sheaf.name, outcome.pdf, asked=sheaf.asked, edition=edition, source=source
            )
            self.written.append(path)
            if before is not None and before != outcome.pdf:
                self.replaced.add(path)
            for problem in outcome.problems:
                message = f"{self.told(problem)} (in {sheaf.name})"
                logger.warning(message, type="courseware", subtype="typst")
            logger.info("%s (%d kB)", sheaf.name, len(outcome.pdf) // 1000)

    @contextmanager
    def _told_of(self, made: Made, name: str) -> Iterator[None]:
        """Log an error where the file *name* cannot be made."""
        try:
            yield
        except CompileError as error:
            self.fail(f"{self.told(error.problem)} ({name} is not made)")
            self._remove(made, name)
        except FinishError as error:
            self.fail(f"{error} ({_not_made(made.folder / name)})")
        except NotOursError as error:
            self.fail(str(error))
        except OSError as error:
            self.fail(f"{refusal(error)} ({_not_made(made.folder / name)})")

    def _remove(self, made: Made, name: str) -> None:
        """Remove the file *name*, which says what is no longer so; log why it cannot be done."""
        try:
            made.remove(name)
        except (NotOursError, OSError) as error:
            self.fail(refusal(error) if isinstance(error, OSError) else str(error))

    def fail(self, message: str) -> None:
        """Log an error, and let the build end as failed."""
        logger.error(message, type="courseware", subtype="typst")
        # As Sphinx's link checker does: an exception would print a traceback,
        # which says nothing to an author.
        self._app.statuscode = 1

    def write_source(self, document: PdfDocument, edition: Edition) -> Path:
        """Write the source of *document* and what it needs into its work folder."""
        folder = Path(self.doctreedir, "typst", f"{document.target}{self.print_style.suffix}")
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

    def _digest_of(self, folder: Path) -> str:
        """Return a digest of all that the PDF of the sources in *folder* depends on."""
        parts: Mapping[str, bytes] = {
            **{f"input {name}": text.encode() for name, text in self.print_style.inputs.items()},
            **{name: version(name).encode() for name in ("typst", "pikepdf")},
            **{
                f"{kind} {path.relative_to(place).as_posix()}": path.read_bytes()
                for kind, place, pattern in (
                    ("font", FONT_FOLDER, "*"),
                    ("finish", FINISH, "*.py"),
                    ("file", folder, "*"),
                )
                for path in sorted(place.rglob(pattern))
                if path.is_file()
            },
        }
        # Digests of digests: no content can be taken for the beginning of the next.
        lines = [f"{sha256(content).hexdigest()} {name}" for name, content in parts.items()]
        return sha256("\n".join(lines).encode()).hexdigest()

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


def _not_made(file: Path) -> str:
    """Say that *file* is not made, and whether an older one stands there."""
    older = "; the one that is there is from before" if file.exists() else ""
    return f"{file} is not made{older}"
