"""What all papers for a class are made with: the bank's texts as nodes, citations, chapters."""

from __future__ import annotations

from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms import SphinxSmartQuotes
from sphinx.util import logging
from sphinx.util.docutils import new_document

from courseware.data.ledger import page_label
from courseware.data.pictures import PictureError, check_picture, find_picture
from courseware.pages.course import course_of
from courseware.pages.domain import course_domain
from courseware.pages.exercises.complete import Passages
from courseware.pages.exercises.markup import BankMarkup
from courseware.pages.nodes import chapter_card
from courseware.typst.assemble import edition_of
from courseware.typst.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from courseware.bank.assignments import Assignment
    from courseware.bank.load import Bank
    from courseware.bank.model import Exercise
    from courseware.typst.assemble import Edition
    from courseware.typst.config import PdfDocument
    from courseware.typst.output import PdfBuilder

logger = logging.getLogger(__name__)


class Desk:
    """Makes nodes for papers of *bank* that *builder* prints; *document* is what all say."""

    def __init__(self, builder: PdfBuilder, document: PdfDocument, bank: Bank) -> None:
        self.builder = builder
        self.env = builder.env
        self.document = document
        self.words = words(document.language or builder.config.language)
        course = course_of(self.env)
        self.work = course.settings.work
        self.tag_of = course.settings.glossary.tag_of
        self.bank = bank
        self.ledger = course.ledger
        self.files = bank.files
        self.folder = Path(self.env.srcdir).parent
        self.exercises_folder = course.exercises_folder
        self._passages = Passages(self.env)
        self._settings = builder.pages.read(document.start).settings
        self._markup: dict[Path, BankMarkup] = {}
        self._missed: set[tuple[str, int, str]] = set()  # pictures: file, line, address

    def new_tree(self) -> nodes.document:
        """Return an empty document."""
        return new_document(str(self.env.doc2path(self.document.start)), self._settings)

    def markup(self, item: Exercise) -> BankMarkup:
        """Return what turns the texts of *item* into nodes that know where they are written."""
        file = self.bank.file_of[item.id]
        if file.path not in self._markup:
            self._markup[file.path] = BankMarkup(self.new_tree(), file.path)
        markup = self._markup[file.path]
        markup.line = file.line_of(item.id)
        return markup

    def texts(self, assignment: Assignment) -> BankMarkup:
        """Return what turns the texts of *assignment* into nodes."""
        markup = BankMarkup(self.new_tree(), assignment.path)
        markup.line = assignment.source.line_of(("instructions",))
        return markup

    def cite(self, keys: Iterable[str]) -> list[nodes.Node]:
        """Return the works *keys* as citations, author and year."""
        xref = pending_xref("", refdomain="cite", reftype="t", reftarget=",".join(keys))
        xref["refdoc"] = self.document.start
        xref += nodes.inline()
        return [xref]

    def chapter(self, item: Exercise) -> str:
        """Return the name of the chapter that *item* belongs to."""
        return self.bank.chapter_of[item.id]

    def chapter_title(self, topic: str) -> str:
        """Return what a chapter is called, with its number."""
        domain = course_domain(self.env)
        chapter = domain.chapters.get(domain.page_of_chapter(topic) or "")
        title = chapter.title if chapter else topic
        number = ".".join(map(str, self.chapter_number(topic)))
        return f"{self.words['chapter']} {number}: {title}" if number else title

    def chapter_number(self, topic: str) -> tuple[int, ...]:
        """Return the number of a chapter, or nothing where chapters have none."""
        docname = course_domain(self.env).page_of_chapter(topic) or ""
        return tuple(self.env.toc_secnumbers.get(docname, {}).get("") or ())

    def card(self, topic: str) -> chapter_card | None:
        """Return the card at the head of a chapter, or None where there is none."""
        docname = course_domain(self.env).page_of_chapter(topic)
        return self.env.get_doctree(docname).next_node(chapter_card) if docname else None

    def number(self, item: Exercise) -> str:
        """Return the number of *item* in the course, such as ``5.3``, or nothing if it has none."""
        return course_domain(self.env).exercise_number(item.id)

    def work_pages(self, item: Exercise) -> str:
        """Return where in the work the statements stand on which *item* rests."""
        return page_label(self.ledger.by_id[name] for name in item.ledger)

    def passage(self, item: Exercise) -> str:
        """Return the heading in its chapter under which *item* is settled, or nothing."""
        found = self._passages.of(self.chapter(item), item.ledger, item.passage or "")
        return found[2] if found else ""

    def edition(self, tree: nodes.document, document: PdfDocument) -> Edition:
        """Return *tree* as *document*: with quotation marks set, links and images resolved."""
        SphinxSmartQuotes(tree, None).apply()
        for image in list(tree.findall(nodes.image)):
            self._find(image)
        self.env.resolve_references(tree, document.start, self.builder)
        return edition_of(self.builder, document, tree)

    def _find(self, image: nodes.image) -> None:
        """Let *image* be found; where it cannot be, warn, and leave its alternative text.

        A bank file names it as seen from its chapter's page, since it is shown there too; an
        assignment names it as seen from the assignment's own folder.
        """
        srcdir, source = Path(self.env.srcdir), image.source or ""
        topics = {str(file.path): file.chapter for file in (*self.files, *self.bank.private)}
        page = course_domain(self.env).page_of_chapter(topics.get(source, ""))
        page = page or self.document.start
        home = self.env.doc2path(page) if source in topics else source
        try:
            path = find_picture(image["uri"], Path(home).parent, srcdir, self.exercises_folder)
            check_picture(path)
        except PictureError as error:
            self._miss(image, str(error))
            return
        name = Path(relpath(path, srcdir)).as_posix()
        image["uri"] = name
        image["candidates"] = {"*": name}
        self.env.images.add_file(page, name)

    def _miss(self, image: nodes.image, why: str) -> None:
        """Warn that *image* cannot be printed, once a place, and put its words in its stead."""
        place = (image.source or "", image.line or 1)
        if (*place, image["uri"]) not in self._missed:
            self._missed.add((*place, image["uri"]))
            message = f"{why}; its alternative text is printed in its place"
            where = f"{place[0]}:{place[1]}"
            logger.warning("%s", message, location=where, type="courseware", subtype="sheets")
        image.replace_self(nodes.inline("", image["alt"]))
