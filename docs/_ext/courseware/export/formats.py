"""The formats by the names that the command takes: of a set of exercises, and of a course."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .anki import anki
from .blackboard import blackboard
from .brightspace import brightspace
from .canvas import canvas
from .cartridge import cartridge
from .moodle import moodle
from .qti import qti
from .table import table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .losses import Made
    from .sets import ExerciseSet, Maker


@dataclass(frozen=True)
class Format:
    """How files of a format end, who reads them, and what makes them."""

    ending: str
    readers: str
    make: Callable[[ExerciseSet], Made]


FORMATS: Mapping[str, Format] = {
    "moodle": Format("-moodle.xml", "Moodle", moodle),
    "canvas": Format("-canvas.zip", "Canvas, PrairieLearn, ADAPT", canvas),
    "qti": Format("-qti21.zip", "OpenOlat, OPAL, Inspera (QTI 2.1)", qti),
    "blackboard": Format("-blackboard.txt", "Blackboard", blackboard),
    "brightspace": Format("-brightspace.csv", "Brightspace", brightspace),
    "csv": Format(".csv", "spreadsheets", table),
}


@dataclass(frozen=True)
class WholeFormat:
    """How a file of a whole course ends, and what makes it; with *links* it needs an address.

    Where a course has nothing for the file, None is made.
    """

    ending: str
    make: Callable[[Maker], Made | None]
    links: bool = False


#: How the file for students ends; all others are for teachers.
CARDS = ".apkg"
WHOLE: Mapping[str, WholeFormat] = {
    "anki": WholeFormat(CARDS, anki),
    "cartridge": WholeFormat("-links.imscc", cartridge, links=True),
}
