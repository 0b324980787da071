"""Read worksheets and keys back: what stands on a sheet of paper, by its text alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from courseware.bank.texts import plain
from pypdfium2 import PdfDocument
from pypdfium2.raw import FPDF_PAGEOBJ_PATH

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

HEAD = re.compile(r"(\d+)\. (.+?) (?:(\d+) points?, )?(\d+) minutes?$")
LETTERED = re.compile(r"([a-zA-Z])\) ")


def folded(text: str) -> str:
    """Return *text* on one line, with plain quotation marks, hyphens, signs and spaces."""
    text = re.sub("[\ufffe\uffff\x02]", "-", text)
    text = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
    text = text.translate({0xF7: "/", 0x2212: "-"})
    return " ".join(text.split())


def words(text: str) -> str:
    """Return a text of the bank as it reads on paper, folded."""
    return folded(plain(text).replace("...", "\u2026").replace("--", "\u2013"))


@dataclass
class Asked:
    """A question as it stands on a worksheet."""

    page: int
    number: int
    title: str
    points: int
    minutes: int
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What is asked, folded."""
        return folded(" ".join(self.lines))

    @property
    def lettered(self) -> dict[str, str]:
        """What there is to choose from, by its letter."""
        found: dict[str, list[str]] = {}
        letter = ""
        for line in self.lines:
            if match := LETTERED.match(line):
                letter = match[1]
                found[letter] = [line[match.end() :]]
            elif letter:
                found[letter].append(line)
        return {letter: folded(" ".join(lines)) for letter, lines in found.items()}

    def in_order(self, texts: Iterable[str]) -> list[str]:
        """Return *texts* in the order in which they stand in the question; all must."""
        wanted = list(texts)
        assert [text for text in wanted if words(text) not in self.text] == []
        return sorted(wanted, key=lambda text: self.text.index(words(text)))


@dataclass
class Sheet:
    """A worksheet: what stands before the questions, the questions, and what splits none."""

    before: str
    questions: list[Asked]
    feet: list[str]
    astray: list[str]

    @property
    def titles(self) -> list[str]:
        """The titles of the questions, in order."""
        return [question.title for question in self.questions]

    def by_title(self, title: str) -> Asked:
        """Return the question that is called *title*."""
        [found] = [question for question in self.questions if question.title == words(title)]
        return found


def pages_of(path: Path) -> list[list[str]]:
    """Return the lines of each page of *path*, folded."""
    with PdfDocument(path) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return [[folded(line) for line in text.splitlines() if line.strip()] for text in texts]


@dataclass(frozen=True)
class Shape:
    """What is drawn on a page, by its edges in points from below."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How tall it is."""
        return self.top - self.bottom

    def is_about(self, width: float, height: float) -> bool:
        """Tell whether it is so large, but for the thickness of its lines."""
        return abs(self.width - width) < 2 and abs(self.height - height) < 2

    def crosses(self, box: Shape) -> bool:
        """Tell whether it runs through the inside of *box*."""
        beside = self.right < box.left + 1 or self.left > box.right - 1
        return not (beside or self.top < box.bottom + 1 or self.bottom > box.top - 1)


def shapes_of(path: Path) -> list[list[Shape]]:
    """Return the lines and boxes of each page of *path*."""
    with PdfDocument(path) as document:
        return [
            [Shape(*each.get_bounds()) for each in page.get_objects([FPDF_PAGEOBJ_PATH])]
            for page in document
        ]


def text_of(path: Path) -> str:
    """Return the whole text of *path*, folded."""
    return folded(" ".join(line for page in pages_of(path) for line in page))


def body_of(path: Path) -> str:
    """Return the text of *path* without the first and the last line of each page, folded."""
    return folded(" ".join(line for page in pages_of(path) for line in page[1:-1]))


def read_sheet(path: Path) -> Sheet:
    """Return the worksheet *path*; ``astray`` is what stands before a page's first question."""
    before: list[str] = []
    astray: list[str] = []
    feet: list[str] = []
    questions: list[Asked] = []
    for number, (_head, *lines, foot) in enumerate(pages_of(path), 1):
        feet.append(foot)
        inside = False
        for line in lines:
            if match := HEAD.match(line):
                inside = True
                points = int(match[3] or 0)
                question = Asked(number, int(match[1]), match[2], points, int(match[4]))
                questions.append(question)
            elif inside:
                questions[-1].lines.append(line)
            elif number == 1:
                before.append(line)
            else:
                astray.append(line)
    return Sheet(folded(" ".join(before)), questions, feet, astray)
