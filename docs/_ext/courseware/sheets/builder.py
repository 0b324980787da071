"""The builders ``sheets`` (worksheets, keys, the guide for teachers) and ``print`` (all PDFs)."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.errors import ConfigError
from sphinx.util import logging

from courseware.bank.texts import plain
from courseware.data.problems import DataError, did_you_mean
from courseware.pages.course import report, stop
from courseware.typst.assemble import Edition
from courseware.typst.builder import write_all
from courseware.typst.config import PdfDocument, read_document, read_documents
from courseware.typst.output import PdfBuilder
from courseware.typst.translator import TypstTranslator

from .desk import Desk
from .fitted import Fitted, beyond_limit, fitted
from .guide import ABOUT, guide, notes, notes_title
from .key import key, key_title
from .orders import examine_bank, is_whole, read_orders
from .translator import SheetDocument, SheetTranslator
from .worksheet import worksheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence, Set

    from sphinx.application import Sphinx

    from courseware.typst.made import Made

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
    typst_files: ClassVar[tuple[Path, ...]] = tuple(
        Path(__file__).with_name(name) for name in ("sheets.typ", "sheets-key.typ")
    )

    def init(self) -> None:
        """Check the configuration before anything is read."""
        super().init()
        said = {"start": self.config.root_doc, "target": GUIDE, "title": self.config.project}
        self.document = read_document({**said, **self.config.sheets_document}, "sheets_document")
        #: All that was to be written, by folder and name without ending.
        self.wanted: list[str] = []
        if not is_whole(self._app):
            # Before the data files are checked, which ends at the first sort of mistake.
            self.events.connect("builder-inited", examine_bank, 300)
        # After the data files have been checked, and before pages are read.
        self.events.connect("builder-inited", self.read_orders, 600)

    def read_orders(self, app: Sphinx) -> None:
        """Find out what is to be printed; raise `SystemExit` where assignments are wrong."""
        try:
            self.bank, self.orders = read_orders(app)
            unknown = [name for name in app.config.sheets_notes if name not in self._talked_of()]
            if unknown:
                hint = did_you_mean(unknown[0], self._talked_of())
                message = f"there are no discussion notes on '{unknown[0]}'{hint}"
                raise ConfigError(message)
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
        if (made := self.made()) is not None:
            with self.printing():
                self.write_sheets(made)

    def write_sheets(self, made: Made) -> None:
        """Write papers, keys and notes; what *made* knows and is no longer wanted goes."""
        self.made_here = made
        if not (self.bank.files or self.orders):
            # A course without exercises has nothing for a class, and perhaps no ledger.
            self.keep_only(made, self.wanted)
            return
        self.desk = Desk(self, self.document, self.bank)
        self.fits = list(self.press.run([partial(self.fitted, order) for order in self.orders]))
        self.orders = [each.order for each in self.fits]
        if is_whole(self._app):
            # First, since it takes longest: other processes print the papers meanwhile.
            self.write_guide()
        for each in self.fits:
            self.write_papers(each)
        for topic in self.config.sheets_notes:
            self.write_notes(topic)
        if is_whole(self._app):
            self.keep_only(made, self.wanted)

    def _talked_of(self) -> list[str]:
        """Return the chapters that have questions for discussion."""
        return [file.chapter for file in self.bank.files if file.discussions]

    def fitted(self, order: Order) -> Fitted:
        """Return *order* with versions that fit; warn of those that are longer than they may be."""
        document = replace(self.sheet(order, order.target(order.versions[0])), named=True)
        tree = partial(worksheet, self.desk, order, order.versions[0])
        try:
            source = self.write_source(document, self.edition(document, tree, [order]))
        except OSError:
            # A picture that cannot be read is told when the paper is printed.
            return Fitted(order, None)
        result = fitted(order, source, self.print_style)
        assignment = order.paper.assignment
        for message in beyond_limit(result, self.print_style):
            place = f"{assignment.path}:{assignment.source.line_of(('pages',))}"
            logger.warning("%s", message, location=place, type="courseware", subtype="sheets")
        return result

    def write_papers(self, fits: Fitted) -> None:
        """Write the worksheets of an order in all versions, and the key to them."""
        order = fits.order
        for version in order.versions:
            letter = version.letter if order.lettered else ""
            document = replace(
                self.sheet(order, order.target(version)),
                letter=letter,
                named=True,
            )
            title = f"{document.title}, version {letter}" if letter else document.title
            tree = partial(worksheet, self.desk, order, version, fits.growth(version))
            self.put(STUDENTS, replace(document, title=title), tree, [order])
        document = replace(self.sheet(order, order.key_target), foot=self.document.edition)
        document = replace(document, title=key_title(order))
        self.put(TEACHERS, document, partial(key, self.desk, order), [order])

    def write_guide(self) -> None:
        """Write the guide for teachers."""
        self.put(
            TEACHERS,
            replace(self.document, about=ABOUT, layout="book", index=False),
            partial(guide, self.desk, self.orders),
            self.orders,
        )

    def write_notes(self, topic: str) -> None:
        """Write the notes on the discussion questions of the chapter *topic*."""
        document = self.paper(f"notes-{topic}", notes_title(self.desk, topic))
        document = replace(document, foot=self.document.edition)
        self.put(TEACHERS, document, partial(notes, self.desk, topic))

    def sheet(self, order: Order, target: str) -> SheetDocument:
        """Return what the papers of *order* say of themselves."""
        text = order.paper.assignment.text
        return self.paper(target, plain(text.title), plain(text.course or ""))

    def paper(self, target: str, title: str, course: str = "") -> SheetDocument:
        """Return what a paper says of itself."""
        shared = {field.name: getattr(self.document, field.name) for field in fields(PdfDocument)}
        own = {
            "target": target,
            "title": title,
            "subtitle": course or self.config.project,
            "layout": "sheet",
        }
        return SheetDocument(**{**shared, **own})

    def put(
        self,
        folder: str,
        document: PdfDocument,
        tree: Callable[[], nodes.document],
        orders: Sequence[Order] = (),
    ) -> None:
        """Have what *tree* makes, of papers of *orders*, written to the *folder* as *document*."""
        target = f"{folder}/{document.target}"
        self.wanted.append(target)
        edition = partial(self.edition, document, tree, orders)
        asked = not is_whole(self._app)
        # What is for teachers is never in large type: a table of answers is read across and down,
        # and would be no table any more.
        large = self.print_style.large and folder != TEACHERS
        with self.styled(replace(self.print_style, large=large)):
            self.write_pdf(self.made_here, target, document, edition, asked=asked)

    def edition(
        self, document: PdfDocument, tree: Callable[[], nodes.document], orders: Sequence[Order]
    ) -> Edition:
        """Return what *tree* makes, ready to be printed."""
        return self.desk.edition(located(tree(), orders), document)


class PrintBuilder(SheetsBuilder):
    """Makes all that is printed: what the builders ``typst`` and ``sheets`` make, in one run.

    Or one of its documents, or one paper, where that is asked for.
    """

    name = "print"
    epilog = "The PDFs are in %(outdir)s/pdf, the keys in %(outdir)s/instructor."

    def init(self) -> None:
        """Check the configuration before anything is read."""
        super().init()
        self.documents = read_documents(self.config)

    def write_documents(self, _docnames: Set[str]) -> None:
        """Write what is asked for."""
        everything = is_whole(self._app)
        with self.printing():
            if everything or self.config.typst_only:
                self.write_readers()
            if not self.config.typst_only and (papers := self.made()) is not None:
                self.write_sheets(papers)

    def write_readers(self) -> None:
        """Write the documents of the course that are asked for."""
        if (made := self.made(STUDENTS)) is not None:
            write_all(self, made, self.documents)

    def create_translator(self, *args: object) -> nodes.NodeVisitor:
        """Return the translator for a document of the course, or else the one for papers."""
        tree, _builder, edition = args
        assert isinstance(tree, nodes.document)
        assert isinstance(edition, Edition)
        if edition.document.target in {document.target for document in self.documents}:
            return TypstTranslator(tree, self, edition)
        return super().create_translator(*args)


def located(tree: nodes.document, orders: Iterable[Order]) -> nodes.document:
    """Return *tree*, in which what is said of each of *orders* has a place in its file.

    Messages about words that have no other place then lead to the assignment's title.
    """
    assignments = {order.key_target: order.paper.assignment for order in orders}
    worksheet_of = next(iter(assignments.values()), None)
    for section in tree.findall(nodes.section):
        names = [name for name in section["ids"] if name in assignments]
        assignment = assignments[names[0]] if names else None
        if "worksheet" in section["ids"]:
            assignment = worksheet_of
        if assignment:
            section.source = str(assignment.path)
            section.line = assignment.source.line_of(("title",))
    return tree
