"""The builder ``sheets``: worksheets for students, keys and a guide for teachers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from sphinx.util import logging

from courseware.data.problems import DataError
from courseware.pages.course import report, stop
from courseware.typst.config import PdfDocument, read_document
from courseware.typst.output import PdfBuilder

from .desk import Desk
from .guide import ABOUT, guide
from .key import key, key_title
from .orders import is_whole, read_orders
from .translator import SheetTranslator
from .worksheet import worksheet

if TYPE_CHECKING:
    from collections.abc import Set

    from docutils import nodes
    from sphinx.application import Sphinx

    from courseware.bank.versions import Version
    from courseware.typst.assemble import Edition

    from .orders import Order

logger = logging.getLogger(__name__)

#: Where papers go, below the output folder: what students get lies apart from what they must not.
STUDENTS, TEACHERS = "pdf", "instructor"
GUIDE = "instructor-guide"


class SheetsBuilder(PdfBuilder):
    """Makes ``pdf/worksheet-<assignment>.pdf`` and ``instructor/key-<assignment>.pdf``.

    Of all assignments of the project, with the guide for teachers, or of one that is asked for.
    """

    name = "sheets"
    epilog = "The worksheets are in %(outdir)s/pdf, the keys in %(outdir)s/instructor."
    default_translator_class = SheetTranslator
    typst_files: ClassVar[tuple[Path, ...]] = (Path(__file__).with_name("sheets.typ"),)

    def init(self) -> None:
        """Check the configuration before anything is read."""
        super().init()
        said = {"start": self.config.root_doc, "target": GUIDE, "title": self.config.project}
        self.document = read_document({**said, **self.config.sheets_document}, "sheets_document")
        #: The files that were written, in order.
        self.written: list[Path] = []
        # After the data files have been checked, and before pages are read.
        self.events.connect("builder-inited", self.read_orders, 600)

    def read_orders(self, app: Sphinx) -> None:
        """Find out what is to be printed; raise `SystemExit` where assignments are wrong."""
        try:
            self.orders = read_orders(app)
        except DataError as error:
            if not app.config.sheets_choice:
                report(error)
                stop()
            # The bank cannot fill what was asked for by arguments; there is no file to mend.
            for problem in error.problems:
                logger.error("%s", problem.message)
            raise SystemExit(2) from None

    def write_documents(self, _docnames: Set[str]) -> None:
        """Write the papers that are asked for."""
        self.made_here = self.made()
        if self.made_here is None:
            return
        self.desk = Desk(self, self.document)
        for order in self.orders:
            self.write_papers(order)
        if is_whole(self._app):
            self.write_guide()
            self.made_here.keep_only([
                path.relative_to(self.outdir).as_posix() for path in self.written
            ])  # fmt: skip

    def write_papers(self, order: Order) -> None:
        """Write the worksheets of *order* in all versions, and the key to them."""
        for version in order.versions:
            letter = version.letter if order.lettered else ""
            document = self.sheet(order, order.target(version))
            document = replace(document, about=letter, edition=self.seed_of(version))
            title = f"{document.title}, version {letter}" if letter else document.title
            self.put(STUDENTS, replace(document, title=title), worksheet(self.desk, order, version))
        document = self.sheet(order, order.key_target)
        self.put(TEACHERS, replace(document, title=key_title(order)), key(self.desk, order))

    def seed_of(self, version: Version) -> str:
        """Return what the foot of a worksheet says, so that it can be made again."""
        return f"{self.desk.words['seed']}: {version.seed}" if version.seed else ""

    def write_guide(self) -> None:
        """Write the guide with the keys to all papers."""
        self.put(
            TEACHERS,
            replace(self.document, about=ABOUT, layout="book", index=False),
            guide(self.desk, self.orders),
        )

    def sheet(self, order: Order, target: str) -> PdfDocument:
        """Return what the papers of *order* say of themselves."""
        text = order.paper.assignment.text
        course = text.course or self.config.project
        return replace(
            self.document, target=target, title=text.title, subtitle=course, layout="sheet"
        )

    def put(self, folder: str, document: PdfDocument, tree: nodes.document) -> None:
        """Write *tree* to the *folder* as *document*."""
        name = f"{folder}/{document.target}.pdf"
        assert self.made_here is not None
        edition = partial(self.edition, document, tree)
        asked = not is_whole(self._app)
        if self.write_pdf(self.made_here, name, document, edition, asked=asked):
            self.written.append(Path(self.outdir, name))

    def edition(self, document: PdfDocument, tree: nodes.document) -> Edition:
        """Return *tree* ready to be printed."""
        return self.desk.edition(tree, document)
