"""Check the exercises and the assignments.

Prints every mistake and every broken rule with its file and line; ends with 1 where one of them
is an error.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from courseware.data.ledger import load_ledger
from courseware.data.outcomes import load_outcomes
from courseware.data.problems import DataError
from courseware.data.settings import FILE, load_settings
from courseware.data.textfile import read_text

from .assignments import assignment_paths, load_assignments
from .load import check_references, load_bank, load_bank_files, load_misconceptions
from .rules import RuleContext, Severity, check_bank, check_papers, check_translation
from .rules.words import words_of
from .schema import COURSE_SCHEMA, SCHEMAS, course_schema
from .select import resolve_all


def main(arguments: list[str] | None = None) -> int:
    """Check the files that *arguments* name, or the whole bank; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m courseware lint", description=__doc__)
    parser.add_argument(
        "files", nargs="*", type=Path, help="files of the bank; all, and the assignments, without"
    )
    parser.add_argument("--exercises", type=Path, default=Path("exercises"), metavar="FOLDER")
    parser.add_argument("--data", type=Path, default=Path("docs/data"), metavar="FOLDER")
    parser.add_argument("--work", type=Path, help="the text studied, for the rule of own words")
    parser.add_argument("--schema", action="store_true", help="write schemas for editors instead")
    given = parser.parse_args(arguments)
    if given.schema:
        for name, schema in SCHEMAS.items():
            (given.exercises / name).write_text(schema(), encoding="utf-8")
        (given.data.parent / COURSE_SCHEMA).write_text(course_schema(), encoding="utf-8")
        return 0
    try:
        return _check(given)
    except DataError as error:
        sys.stdout.write(f"{error}\n")
        return 1


def _check(given: argparse.Namespace) -> int:
    folder = given.exercises / "bank"
    if not (given.files or folder.is_dir()) and given.data.is_dir():
        sys.stdout.write(f"there is no folder {folder}, so there are no exercises to check\n")
        return 0
    bank = load_bank_files(given.files) if given.files else load_bank(folder)
    settings = load_settings(given.data.parent / FILE)
    ledger = load_ledger(given.data / "ledger.yml", settings)
    outcomes = load_outcomes(given.data / "outcomes.yml")
    known = load_misconceptions(given.exercises / "misconceptions.yml")
    check_references(bank, ledger, outcomes, known)
    papers = []
    if not given.files:  # an assignment may need any file of the bank
        papers = resolve_all(
            load_assignments(assignment_paths(given.exercises / "assignments")), bank
        )
    words = words_of(read_text(given.work)) if given.work else ()
    findings = check_bank(bank, ledger, outcomes, settings, words)
    findings += check_papers(papers, RuleContext(ledger, outcomes, settings, words))
    if not given.files:
        for language in settings.bank.translations:
            findings += check_translation(bank, load_bank(folder, language=language))
    for finding in findings:
        sys.stdout.write(f"{finding}\n")
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    count = sum(len(file.exercises) for file in bank.files)
    made = f"{count} exercises, " + (f"{len(papers)} assignments, " if papers else "")
    sys.stdout.write(f"{made}{errors} errors, {len(findings) - errors} warnings\n")
    return 1 if errors else 0
