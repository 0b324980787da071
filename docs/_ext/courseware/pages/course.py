"""The data files of the project being built, read once and read again when they change."""

from __future__ import annotations

from functools import partial
from os.path import normpath
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from courseware.bank.load import (
    Bank,
    BankFile,
    bank_paths,
    check_references,
    load_bank,
    load_bank_file,
    load_misconceptions,
)
from courseware.bank.rules.base import RuleContext
from courseware.data.bibliography import Work, bibliography_of, load_works
from courseware.data.bookindex import BookIndex, Heading, check_names, headings, load_book_index
from courseware.data.figures import (
    Table,
    check_columns,
    check_sources,
    figure_files,
    figure_scripts,
    load_table,
)
from courseware.data.glossary import Glossary, load_glossary
from courseware.data.ledger import Ledger, load_ledger
from courseware.data.outcomes import Outcomes, load_outcomes
from courseware.data.problems import DataError, Problem
from courseware.data.settings import FILE, Settings, load_settings
from courseware.data.timeline import Event, load_timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docutils import nodes
    from pybtex.database import BibliographyData
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

T = TypeVar("T")
logger = logging.getLogger(__name__)


class Course:
    """The data files in the folder ``data`` of a project's sources, and its exercises.

    Each property raises `DataError` when its file is missing or wrong.
    """

    def __init__(
        self,
        source_folder: Path,
        exercises: str = "../exercises",
        bibliography_files: Sequence[Path] = (),
    ) -> None:
        self.settings_file = source_folder / FILE
        self.folder = source_folder / "data"
        self.bibliography_files = bibliography_files
        self.exercises_folder = Path(normpath(source_folder / exercises))

    @property
    def settings(self) -> Settings:
        """What the course says of itself."""
        return _read(load_settings, self.settings_file)

    @property
    def bank_folder(self) -> Path:
        """The folder of the bank."""
        return self.exercises_folder / "bank"

    @property
    def misconceptions_file(self) -> Path:
        """The file of the misreadings that wrong answers embody."""
        return self.exercises_folder / "misconceptions.yml"

    @property
    def bank_paths(self) -> list[Path]:
        """The files of the bank."""
        return bank_paths(self.bank_folder)

    def bank_file(self, path: Path) -> BankFile:
        """Return the exercises in *path*."""
        return _read(load_bank_file, path)

    @property
    def bank(self) -> Bank:
        """The bank of exercises, as it was when the build began."""
        if self.bank_folder not in _banks:
            _banks[self.bank_folder] = load_bank(self.bank_folder, self.bank_file)
        return _banks[self.bank_folder]

    def check_bank(self) -> None:
        """Raise `DataError` for what is wrong in the bank, or refers to what does not exist."""
        _banks.pop(self.bank_folder, None)
        if not self.bank_paths:
            return
        known = _read(load_misconceptions, self.misconceptions_file)
        check_references(self.bank, self.ledger, self.outcomes, known)

    @property
    def for_rules(self) -> RuleContext:
        """What the rules for exercises check them against."""
        return RuleContext(self.ledger, self.outcomes, self.settings)

    @property
    def ledger_file(self) -> Path:
        """The evidence ledger's file."""
        return self.folder / "ledger.yml"

    @property
    def glossary_file(self) -> Path:
        """The glossary's file."""
        return self.folder / "glossary.yml"

    @property
    def index_file(self) -> Path:
        """The file of what the index has besides the glossary."""
        return self.folder / "index.yml"

    @property
    def outcomes_file(self) -> Path:
        """The learning outcomes' file."""
        return self.folder / "outcomes.yml"

    @property
    def timeline_file(self) -> Path:
        """The timeline's file."""
        return self.folder / "timeline.csv"

    @property
    def figures_folder(self) -> Path:
        """The folder of the scripts that draw the figures."""
        return self.folder.parent / "figures"

    @property
    def figure_scripts(self) -> list[Path]:
        """The scripts that draw the figures, by name."""
        return figure_scripts(self.figures_folder)

    def figure_table(self, path: Path) -> Table:
        """Return the data file *path* of a figure."""
        return _read(load_table, path)

    def check_figures(self) -> None:
        """Raise `DataError` for what is wrong in the data of figures, or refers to nothing."""
        problems: list[Problem] = []
        for script in self.figure_scripts:
            for path in figure_files(self.folder, script.stem):
                try:
                    known = {"statements": self.ledger.by_id, "notes": self.ledger.note_by_id}
                    check_columns(self.figure_table(path), self.settings.figures.headings)
                    check_sources(self.figure_table(path), known)
                except DataError as error:
                    problems += error.problems
        if problems:
            raise DataError(problems)

    @property
    def ledger(self) -> Ledger:
        """The evidence ledger."""
        return _read(load_ledger, self.ledger_file, self.settings)

    @property
    def glossary(self) -> Glossary:
        """The glossary."""
        return _read(load_glossary, self.glossary_file, self.settings)

    @property
    def book_index(self) -> BookIndex:
        """What the index has besides the glossary."""
        return _read(load_book_index, self.index_file, self.settings)

    def check_index(self) -> None:
        """Raise `DataError` for entries that the index's file names and nobody has."""
        if self.index_file.exists():
            check_names(self.index_file, self.book_index, self._any_glossary)

    @property
    def headings(self) -> list[Heading]:
        """The entries of the printed index; of a course with neither file, none."""
        return headings(self._any_glossary, self.book_index if self.index_file.exists() else None)

    @property
    def _any_glossary(self) -> Glossary | None:
        return self.glossary if self.glossary_file.exists() else None

    @property
    def outcomes(self) -> Outcomes:
        """The learning outcomes."""
        return _read(load_outcomes, self.outcomes_file)

    @property
    def bibliography(self) -> BibliographyData | None:
        """The works cited, None where the project has no file of them."""
        return bibliography_of(self.works) if self.bibliography_files else None

    @property
    def works(self) -> list[Work]:
        """The works cited as they stand in their files."""
        files = (_read(load_works, path, self.settings) for path in self.bibliography_files)
        return [work for file in files for work in file]

    @property
    def timeline(self) -> list[Event]:
        """The dated events."""
        return _read(load_timeline, self.timeline_file, self.settings)


def course_of(env: BuildEnvironment) -> Course:
    """Return the data files of the project that *env* belongs to."""
    return _course(Path(env.srcdir), env.config)


def course_of_app(app: Sphinx) -> Course:
    """Return the data files of the project that *app* builds, before there is an environment."""
    return _course(Path(app.srcdir), app.config)


def _course(source_folder: Path, config: Config) -> Course:
    files = config.bibtex_bibfiles if "bibtex_bibfiles" in config else None
    return Course(
        source_folder,
        config.courseware_exercises,
        # As sphinxcontrib-bibtex finds them.
        [(source_folder / file).resolve() for file in files or ()],
    )


# The banks of the projects being built: to look for changed files at each chapter that refers to an
# exercise would take as long as the square of the number of chapters.
_banks: dict[Path, Bank] = {}

# What was read of each file, with the time and size that the file had.
_known: dict[tuple[object, Path], tuple[tuple[object, ...], Any]] = {}


def _read(loader: Callable[..., T], path: Path, *settings: Settings) -> T:
    """Return what *loader* makes of *path*, from memory while nothing of it has changed."""
    stat = path.stat() if path.exists() else None
    stamp = (stat.st_mtime_ns, stat.st_size, *settings) if stat else (0, 0, *settings)
    if (loader, path) not in _known or _known[loader, path][0] != stamp:
        _known[loader, path] = (stamp, loader(path, *settings))
    value: T = _known[loader, path][1]
    return value


class CourseDirective(SphinxDirective):
    """A directive that draws on the data files; a mistake in one becomes a warning there."""

    @property
    def course(self) -> Course:
        """The data files of the project."""
        return course_of(self.env)

    def run(self) -> list[nodes.Node]:
        """Return what `build` makes, or nothing where a data file is wrong."""
        try:
            return self.build()
        except DataError as error:
            report(error)
            return []

    def build(self) -> list[nodes.Node]:
        """Return the nodes of the directive; may raise `DataError`."""
        raise NotImplementedError

    @property
    def content_line(self) -> int:
        """The line of the page on which the directive's content begins."""
        # MyST counts from the directive's first line, past options and blank lines.
        return int(self.lineno + self.content_offset + 1)

    def depends_on(self, path: Path) -> None:
        """Have this page read again when the data file *path* changes."""
        self.env.note_dependency(str(path))

    def warn(self, message: str, line: int | None = None) -> None:
        """Warn at *line* of the page, or else where the directive begins."""
        source, first = self.get_source_info()
        where = f"{source}:{line or first}"
        logger.warning(message, location=where, type="courseware", subtype="chapter")


def report(error: DataError) -> None:
    """Log every problem of *error* at its place."""
    for problem in error.problems:
        where = f"{problem.path}:{problem.line}"
        logger.warning(problem.message, location=where, type="courseware", subtype="data")


def check_data_files(app: Sphinx) -> None:
    """Read all data files that there are; stop the build where one is broken.

    Raises `SystemExit` when all problems of all files have been logged: an exception of Sphinx's
    own would be shown with a traceback, and going on would bury them under what follows from them.
    """
    course = course_of_app(app)
    loaders: dict[Path, Callable[[], object]] = {
        course.ledger_file: lambda: course.ledger,
        course.glossary_file: lambda: course.glossary,
        course.index_file: lambda: course.book_index,
        course.outcomes_file: lambda: course.outcomes,
        course.timeline_file: lambda: course.timeline,
        course.misconceptions_file: partial(_read, load_misconceptions, course.misconceptions_file),
    }
    checks = [check for path, check in loaders.items() if path.exists()]
    checks.append(lambda: course.bibliography)
    # What exercises and figures refer to must be right before they can be.
    if _all_broken(checks) or _all_broken(
        [course.check_bank, course.check_figures, course.check_index]
    ):
        stop()


def stop() -> NoReturn:
    """End the build, when what is wrong has been logged: raise `SystemExit`."""
    logger.error("nothing was built: mend the files named above")
    raise SystemExit(2)


def _all_broken(checks: list[Callable[[], object]]) -> bool:
    """Make all *checks*, report what each finds, and tell whether one found anything."""
    broken = False
    for check in checks:
        try:
            check()
        except DataError as error:
            report(error)
            broken = True
    return broken


def settings_of(app: Sphinx) -> Settings:
    """Return what the course that *app* builds says of itself; end the build where it is wrong."""
    try:
        return course_of_app(app).settings
    except DataError as error:
        report(error)
        stop()


def note_settings(app: Sphinx, config: Config) -> None:
    """Have all pages read again when what the course says of itself has changed."""
    config.courseware_settings = settings_of(app).model_dump_json()


def setup_course(app: Sphinx) -> None:
    """Check the data files before anything is read."""
    app.add_config_value("courseware_exercises", "../exercises", "env", types=(str,))
    app.add_config_value("courseware_settings", "", "env", types=(str,))
    app.connect("config-inited", note_settings)
    # Before sphinxcontrib-bibtex reads its files (500): a broken one ends it with a traceback.
    app.connect("builder-inited", check_data_files, priority=400)
