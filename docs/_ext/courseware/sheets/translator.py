"""The translator of papers: the course's own, with the frame of a paper around the text."""

from __future__ import annotations

from dataclasses import dataclass

from docutils import nodes

from courseware.typst import source
from courseware.typst.config import PdfDocument
from courseware.typst.translator import TypstTranslator


@dataclass(frozen=True, slots=True)
class SheetDocument(PdfDocument):
    """A worksheet or a key: what its frame says.

    ``letter`` is that of the version, if there are several; ``foot`` stands at the foot of every
    page; a sheet that is ``named`` has a line for the student's name on each.
    """

    letter: str = ""
    foot: str = ""
    named: bool = False


class SheetTranslator(TypstTranslator):
    """Writes a paper for a class."""

    def frame(self) -> list[str]:
        """Return the frame of a sheet; the guide is a book, and needs the looks alone."""
        document = self.edition.document
        lines = ['#import "sheets-key.typ": *']
        if isinstance(document, SheetDocument):
            # The assignment's words, as those of the text: what no font has is told at its title.
            title = next(self.edition.tree.findall(nodes.title))
            settings = source.arguments(
                {
                    "course": self.prose(document.subtitle, title),
                    "letter": document.letter,
                    "foot": self.prose(document.foot, title),
                    "named": document.named,
                    "title": self.prose(document.title, title),
                }
            )
            lines.append(f"#show: sheet.with({settings})")
        return lines
