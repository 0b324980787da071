"""Compile Typst source to finished PDF/UA-1 in this process; say errors in the author's terms."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import typst

from courseware.typst.finish import finished
from courseware.typst.glyphs import FONT_FOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_MARK = re.compile(r"/\*@ (?P<path>.+?):(?P<line>\d+) \*/")
# What the source of a layout says that fits what it has to its pages.
_FITS = "handout-pages("
_PLACE = re.compile(r"┌─ (?P<file>[^\n]+?):(?P<line>\d+):\d+")


@dataclass(frozen=True, slots=True)
class Problem:
    """What Typst reported: the text, and the place in the course (None where it is unknown)."""

    message: str
    location: str | None


class CompileError(Exception):
    """The source could not be compiled; ``problem`` says why and where."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem

    def __reduce__(self) -> tuple[type[CompileError], tuple[Problem]]:
        """Say how it is made again in another process."""
        return CompileError, (self.problem,)


@cache
def shipped_fonts() -> typst.Fonts:
    """Return the shipped fonts and those within Typst, so that all machines make the same file.

    Of the latter the template asks for one, which formulas are set in.
    """
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(FONT_FOLDER)],
    )


def compile_pdf(
    source: Path, inputs: Mapping[str, str] | None = None
) -> tuple[bytes, list[Problem]]:
    """Compile the file *source*; its folder is the root for the template and images.

    *inputs* is what the template reads as ``sys.inputs``.

    :return: the bytes of the PDF, and Typst's warnings.
    :raises CompileError: with the place in the course mapped back from *source*.
    """
    compiler = typst.Compiler(
        str(source),
        root=str(source.parent),
        font_paths=shipped_fonts(),
        ignore_system_fonts=True,
        sys_inputs=dict(inputs or {}),
    )
    try:
        result, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        raise CompileError(_problem(error, source)) from error
    if not isinstance(result, bytes):
        raise CompileError(Problem("Typst returned no PDF", None))
    problems = [_problem(warning, source) for warning in warnings]
    return finished(result), [*problems, *_told(compiler, source)]


def _told(compiler: typst.Compiler, source: Path) -> list[Problem]:
    """Return what the template has to tell the author: Typst has no warnings of one's own.

    Only a layout that fits pages tells anything, and no other is searched.
    """
    if _FITS not in source.read_text(encoding="utf-8"):
        return []
    found = json.loads(compiler.query("<told>", field="value"))
    return [Problem(each["message"], each["file"]) for each in found]


def _problem(report: typst.TypstError | typst.TypstWarning, source: Path) -> Problem:
    hints = "".join(f" (hint: {hint})" for hint in report.hints)
    return Problem(report.message + hints, locate(report.diagnostic, source))


def locate(diagnostic: str, source: Path) -> str | None:
    """Return ``path:line`` of the course text that a Typst diagnostic is about.

    A diagnostic may point into the template first and into *source* only in its call trace: the
    first place in *source* counts.  The position comment nearest above it names the text.
    """
    for place in _PLACE.finditer(diagnostic):
        # Typst prints the path relative to the root, or to the working folder
        if re.split(r"[/\\]", place["file"])[-1] == source.name:
            return nearest_mark(source.read_text(encoding="utf-8"), int(place["line"]))
    return None


def nearest_mark(text: str, line: int) -> str | None:
    """Return the last position comment at or above *line* (counted from 1) of *text*."""
    marks = [
        (number, f"{found['path']}:{found['line']}")
        for number, content in enumerate(text.splitlines(), start=1)
        for found in _MARK.finditer(content)
    ]
    at = bisect_right([number for number, _ in marks], line)
    return marks[at - 1][1] if at else None
