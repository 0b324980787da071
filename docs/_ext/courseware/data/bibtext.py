"""Read the text of a BibTeX file with the lines of its entries and fields.

The grammar is pybtex's; here it learns to remember lines, and to go on after a mistake.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pybtex.database.input.bibtex import LowLevelParser, UndefinedMacro, month_names
from pybtex.scanner import PrematureEOF, PybtexSyntaxError
from pybtex.utils import CaseInsensitiveDict

from .problems import Problem, did_you_mean
from .textfile import read_text

if TYPE_CHECKING:
    from pathlib import Path

# The beginning of an entry inside a text: the text before it has no end.
_SWALLOWED = re.compile(r"^[ \t]*@[A-Za-z]+[ \t]*[{(]", re.MULTILINE)


@dataclass
class RawField:
    """A field of an entry as it is written, and its line."""

    name: str
    text: str
    line: int


@dataclass
class RawEntry:
    """An entry as it is written: its type, key, line and fields."""

    type: str
    key: str
    line: int
    fields: list[RawField] = field(default_factory=list)


class _Reader(LowLevelParser):  # type: ignore[misc] # pybtex has no types
    """pybtex's parser; `lines` has the line of each field of the entry that it is in."""

    def __init__(self, path: Path, text: str) -> None:
        super().__init__(text, macros=CaseInsensitiveDict(month_names), handle_error=self.note)
        self.path = path
        self.problems: list[Problem] = []
        self.lines: list[int] = []
        self.entry_line = 1

    def parse_command(self) -> object:
        """Return the next entry; remember its line."""
        self.entry_line, self.lines = self.lineno, []
        return super().parse_command()

    def parse_field(self) -> None:
        """Read the next field; remember its line."""
        self.eat_whitespace()
        line, before = self.lineno, len(self.problems)
        super().parse_field()
        if not self.current_field_name:
            return
        if not self.current_value:
            self.say(line, f"the field '{self.current_field_name}' is empty; give it a text")
        elif any(_SWALLOWED.search(part) for part in self.current_value):
            del self.problems[before:]
            message = f"the text of '{self.current_field_name}' goes on over the next entries; "
            self.say(line, f"{message}close its brace or quotation mark")
        else:
            self.lines.append(line)

    def note(self, error: PybtexSyntaxError) -> None:
        """Take down what is wrong, with its line."""
        if isinstance(error, UndefinedMacro):
            name = str(error.args[0])
            hint = did_you_mean(name, self.macros)
            message = f"'{name}' is no number, month (jan to dec) or @string{hint}; put a text in "
            self.say(self.lineno, f"{message}braces: {{{name}}}")
        elif isinstance(error, PrematureEOF):
            message = "this entry does not end; close its braces and quotation marks"
            self.say(self.entry_line, message)
        else:
            message = f"not valid BibTeX: {error.args[0]}; in the entry that begins on line "
            message += f"{self.entry_line}, look for a missing comma, brace or quotation mark"
            self.say(error.lineno, message)

    def say(self, line: int, message: str) -> None:
        """Take down *message* at *line*."""
        self.problems.append(Problem(self.path, line, message))


def read_entries(path: Path) -> tuple[list[RawEntry], list[Problem]]:
    """Return the entries of the BibTeX file *path*, and what is wrong with its form.

    Raises `DataError` where the file cannot be read at all.
    """
    reader = _Reader(path, read_text(path))
    entries: list[RawEntry] = []
    for command, content in reader:
        if command.lower() in {"string", "preamble"} or content[0] is None:
            continue
        key, fields = content
        entry = RawEntry(command.lower(), key, reader.entry_line)
        for (name, parts), line in zip(fields, reader.lines, strict=False):
            entry.fields.append(RawField(name.lower(), " ".join("".join(parts).split()), line))
        entries.append(entry)
    return entries, reader.problems
