"""What a course says in public; and a bank with its audiences exchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import ENGINE
from courseware.bank.load import Bank, BankFile
from courseware.bank.model import Audience

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = {".md", ".yml", ".csv", ".bib"}


def public_texts(folder: Path) -> list[str]:
    """Return what the course in *folder* says in public, chapters and data, without its bank."""
    return [
        path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.suffix in SOURCES
        and not {"_build", "_ext", "exercises"} & set(path.parts[len(folder.parts) :])
    ]


def searchable_texts(folder: Path) -> list[str]:
    """Return what readers may search the course in *folder* for, besides the exercises.

    The words that the extension writes ("Purpose", "Open question") stand in its modules.
    """
    modules = sorted((ENGINE / "pages").rglob("*.py"))
    return [*public_texts(folder), *(module.read_text(encoding="utf-8") for module in modules)]


def swapped(bank: Bank) -> Bank:
    """Return *bank* with what is for class on pages, and the self-checks for class."""
    other = {Audience.CLASS: Audience.SELF_CHECK, Audience.SELF_CHECK: Audience.CLASS}
    return Bank(
        [
            BankFile(
                file.source,
                file.chapter,
                file.language,
                [
                    each.model_copy(update={"audience": other[each.audience]})
                    for each in file.exercises
                ],
            )
            for file in bank.files
        ]
    )
