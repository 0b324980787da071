"""Print one assignment for tomorrow's class: worksheets in all versions, and the key to them.

Without a file, a paper is put together from the bank, as by:
--chapter NAME --type single-choice --count 6 --seed 7.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.console import color_terminal, nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils

from courseware.bank.assignments import assignment_paths, load_assignments
from courseware.bank.listing import matching, table
from courseware.bank.load import load_bank
from courseware.bank.select import ARGUMENTS, resolve_all
from courseware.data.problems import DataError
from courseware.data.refused import refusal
from courseware.pages.course import course_of_app

from .arguments import READY_MADE, conditions_of, parser, refuse_mixtures, settings_of
from .builder import PrintBuilder
from .orders import advice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from courseware.bank.model import Exercise
    from courseware.bank.select import Paper
    from courseware.data.problems import Problem


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what *arguments* ask for, say what was written, and return the exit code."""
    reader = parser(__doc__)
    given = reader.parse_args(arguments)
    try:
        refuse_mixtures(given)
        if given.list:
            sys.stdout.write(_listed(given))
            return 0
        return _print(given, settings_of(given))
    except argparse.ArgumentTypeError as error:
        reader.error(str(error))
    except DataError as error:
        sys.stderr.writelines(f"{_said(problem)}\n" for problem in error.problems)
    except SphinxError as error:
        sys.stderr.write(f"{error.category}: {error}\n")
    except OSError as error:
        sys.stderr.write(f"{refusal(error)}\n")
    return 2


def _said(problem: Problem) -> str:
    """Return *problem* with its place, if it has one; that of an argument is in its message."""
    return problem.message if problem.path == ARGUMENTS else str(problem)


def _listed(given: argparse.Namespace) -> str:
    """Return the bank as a table, as far as *given* asks for it; raise `DataError`."""
    bank = load_bank(READY_MADE.with_name("bank"))
    papers = resolve_all(load_assignments(assignment_paths(READY_MADE)), bank)
    return table(list(matching(bank, papers, conditions_of(given))))


def _print(given: argparse.Namespace, settings: dict[str, object]) -> int:
    """Run Sphinx, and say what it wrote; raise `SphinxError` or `OSError` where it cannot."""
    if not (sys.stderr.isatty() and color_terminal()):
        nocolor()
    # A word to somebody who waits; of what is kept, reading takes no time.
    if sys.stderr.isatty() and not given.doctrees.exists():
        sys.stderr.write("reading the course, this once ...\n")
    with patch_docutils(given.docs), docutils_namespace():
        app = Sphinx(
            srcdir=given.docs,
            confdir=given.docs,
            outdir=given.out,
            doctreedir=given.doctrees,
            buildername=PrintBuilder.name,
            confoverrides=settings,
            status=None,
            warning=sys.stderr,
            parallel=os.cpu_count() or 1,
        )
        app.build()
    builder = app.builder
    assert isinstance(builder, PrintBuilder)
    for path in builder.written:
        shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
        state = ", replaced" if path in builder.replaced else ""
        state = ", as it was" if path in builder.unchanged else state
        sys.stdout.write(f"{shown} ({path.stat().st_size // 1024} KiB{state})\n")
    for order in builder.orders:
        if told_openly := order.paper.self_checks:
            sys.stdout.write(f"{_known_answers(order.paper, told_openly)}\n")
        found = advice(builder.bank, order, course_of_app(app))
        sys.stdout.writelines(f"advice: {problem}\n" for problem in found)
    return app.statuscode


def _known_answers(paper: Paper, self_checks: Sequence[Exercise]) -> str:
    """Say which questions of *paper* students find with their answers."""
    names = ", ".join(exercise.id for exercise in self_checks)
    count, all_of_them = len(self_checks), len(paper.questions)
    verb = "is a self-check" if count == 1 else "are self-checks"
    where = "with answers on the pages and in print"
    return f"note: {count} of {all_of_them} {verb} too, {where}: {names}"
