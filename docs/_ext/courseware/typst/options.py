"""Options that the commands which print share: their folders, and the edition."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from courseware.files.places import build_folder

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_folders(parser: ArgumentParser) -> None:
    """Give *parser* the options for the folders of the course's pages and of what is made."""
    for name, folder, what in (
        ("--docs", Path("docs"), "where the pages are"),
        ("--out", build_folder(), "where what is made goes"),
    ):
        shown = f"{what} ({folder})"
        parser.add_argument(name, type=Path, default=folder, metavar="FOLDER", help=shown)


def add_edition(parser: ArgumentParser) -> None:
    """Give *parser* the options for another edition."""
    group = parser.add_argument_group("another edition, printed beside the normal one")
    group.add_argument("--paper", choices=["a4", "letter"])
    group.add_argument("--large-print", action="store_true", help="18 points, without a margin")
    group.add_argument("--greyscale", action="store_true", help="without colours")


def edition_of(given: Namespace) -> str:
    """Return the edition that is asked for, in the words of ``typst_edition``."""
    words = [given.paper, "large-print" * given.large_print, "greyscale" * given.greyscale]
    return " ".join(filter(None, words))
