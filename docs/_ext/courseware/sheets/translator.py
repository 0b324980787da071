"""The translator of papers: the course's own, with the frame of a paper around the text."""

from __future__ import annotations

from courseware.typst import source
from courseware.typst.translator import TypstTranslator


class SheetTranslator(TypstTranslator):
    """Writes a paper for a class."""

    def frame(self) -> list[str]:
        """Return the frame of a sheet; the guide is a book, and needs the looks alone."""
        document = self.edition.document
        lines = ['#import "sheets.typ": *']
        if document.layout == "sheet":
            settings = source.arguments(
                {
                    "course": document.subtitle,
                    "letter": document.about,
                    "foot": document.edition,
                    "named": not document.target.startswith("key-"),
                    "title": document.title,
                }
            )
            lines.append(f"#show: sheet.with({settings})")
        return lines
