"""The translator: docutils and Sphinx nodes to calls of the template's functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import segno

from . import source
from .blocks import Blocks
from .config import OF_ONE_PAGE
from .figures import Figures
from .formulas import Formulas
from .handouts import Handouts
from .inlines import Inlines
from .layouts import LAYOUT_OF
from .lists import Lists
from .source import Code

if TYPE_CHECKING:
    from .config import PdfDocument


def qr_rows(address: str) -> list[str]:
    """Return the rows of a QR code of *address*, dark modules as 1; none without an address.

    The code is as ISO/IEC 18004 has it, of the least size that holds the address.
    """
    if not address:
        return []
    code = segno.make_qr(address, error="m")
    return ["".join(str(int(bool(module))) for module in row) for row in code.matrix]


class TypstTranslator(Blocks, Lists, Inlines, Figures, Formulas, Handouts):
    """Writes one edition; :meth:`astext` returns the whole source file."""

    def astext(self) -> str:
        """Return the source: the template's frame around what was visited, and the index."""
        document = self.edition.document
        self.anchor_here()
        date = None
        if (day := document.day) is not None:
            date = Code(f"datetime(year: {day.year}, month: {day.month}, day: {day.day})")
        language, _, region = self.language.partition("-")
        settings = source.arguments(
            {
                "title": self.quoted(document.title),
                "name": self.quoted(self.file_title),
                "description": self.quoted(described(document)) or None,
                "subtitle": self.quoted(document.subtitle),
                "about": self.quoted(document.about),
                "author": self.quoted(document.author),
                "edition": self.quoted(document.edition),
                "licence": self.quoted(document.licence),
                "language": language,
                "region": region or None,
                "date": date,
                "keywords": list(document.keywords),
                "layout": document.layout,
                "address": document.address,
                "code": qr_rows(document.address),
                "contents-depth": document.contents_depth,
                "words": self.words,
            }
        )
        for entry in self.edition.entries:
            self.index.point(entry.path, entry.see, entry.see_also)
        entries = self.index.groups(self.words["articles"].split())
        index = [source.call("index-pages", self.words["index"], entries)] if entries else []
        return "\n".join(
            [
                '#import "template/course.typ": *',
                f"#show: course.with({settings})",
                *self.frame(),
                "#{",
                *self.lines,
                *index,
                "}",
                "",
            ]
        )

    @property
    def file_title(self) -> str:
        """Return what programs show as the title of the file: a part of the course names it."""
        document = self.edition.document
        course, title = self.config.project, document.title
        # A book that is called after the course names it; the title of a page may do so by chance.
        named = title.startswith(course) or (
            document.layout not in OF_ONE_PAGE and course.casefold() in title.casefold()
        )
        return title if named else f"{course}: {title}"

    def frame(self) -> list[str]:
        """Return what else stands before the text: lines of Typst's markup."""
        layout = LAYOUT_OF.get(self.edition.document.layout)
        if layout is None or not layout.template:
            return []
        title = source.string(self.quoted(self.edition.document.title))
        name = layout.template
        return [f'#import "template/{name}.typ": *', f"#show: {name}.with(title: {title})"]


def described(document: PdfDocument) -> str:
    """Return what programs tell of *document* besides its title."""
    said = [document.description] if document.description else [document.subtitle, document.about]
    return ". ".join(each.rstrip(".") for each in (*said, document.edition) if each)
