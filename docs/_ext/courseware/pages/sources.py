"""Look at the sources before they are read: which files are pages, and how they are encoded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from courseware.data.problems import DataError, Problem, did_you_mean
from courseware.data.textfile import check_encoding, leftover_patterns
from courseware.data.yamlfile import YamlSource

from .course import course_of, report, stop
from .domain import CHAPTERS, is_chapter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

REMOVING = (
    "To remove a chapter, remove its page, its line in a table of contents, its outcomes, its file "
    "of the bank, and what papers ask of it"
)


def pass_over_leftovers(_app: Sphinx, config: Config) -> None:
    """Have Sphinx pass over what macOS, Office and editors leave beside pages."""
    config.exclude_patterns = [*config.exclude_patterns, *leftover_patterns()]


def check_sources(_app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Stop the build where a page is not UTF-8, or data name a chapter that does not exist.

    Raises `SystemExit` when all problems have been logged.
    """
    problems: list[Problem] = []
    for docname in docnames:
        try:
            check_encoding(Path(env.doc2path(docname)))
        except DataError as error:
            problems += error.problems
    problems += _without_chapter(env)
    if problems:
        report(DataError(problems))
        stop()


def _without_chapter(env: BuildEnvironment) -> Iterator[Problem]:
    """Yield a problem for each file and each chapter that it names and that there is not."""
    course = course_of(env)
    topics = {name.rpartition("/")[2] for name in env.found_docs if is_chapter(name)}
    for path in course.bank_paths:
        if path.stem not in topics:
            message = f"there is no chapter '{path.stem}'; expected a page {CHAPTERS}{path.stem}.md"
            yield Problem(path, 1, f"{message}{did_you_mean(path.stem, topics)}. {REMOVING}")
    if not course.outcomes_file.exists():
        return
    places: dict[str, list[int]] = {}
    for index, outcome in enumerate(course.outcomes.outcomes):
        if outcome.chapter not in topics:
            places.setdefault(outcome.chapter, []).append(index)
    if places:
        source = YamlSource.of_file(course.outcomes_file)
        for topic, found in places.items():
            lines = [source.line_of(("outcomes", index)) for index in found]
            message = f"outcomes of a chapter '{topic}' on line {', '.join(map(str, lines))}, but "
            message += f"there is no page {CHAPTERS}{topic}.md{did_you_mean(topic, topics)}"
            yield Problem(source.path, lines[0], f"{message}. {REMOVING}")


def setup_sources(app: Sphinx) -> None:
    """Register the checks."""
    app.connect("config-inited", pass_over_leftovers)
    app.connect("env-before-read-docs", check_sources)
