"""Read the bank: the files of ``exercises/bank``, and what they refer to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from courseware.data.collector import collector_paused
from courseware.data.problems import DataError, Problem, did_you_mean
from courseware.data.textfile import is_leftover, read_text
from courseware.data.yamlfile import SHOWN, YamlSource, name_of, one_line

from .model import TYPES, Audience, BankText, Discussion, Exercise, Misconceptions
from .parts import Place, misconceptions
from .traits import is_talk

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from courseware.data.ledger import Ledger
    from courseware.data.outcomes import Outcomes

# A line that gives an exercise its id.
ID = re.compile(r"\s*(?:-\s+)?id:\s*[\"']?([a-z0-9-]+)[\"']?\s*(?:#.*)?$")


class BankSource(YamlSource):
    """The text of a bank file; its problems name an exercise by its id, as an author does."""

    def problem(self, loc: Sequence[int | str], message: str) -> Problem:
        """Return a problem at *loc*, a path of keys and indexes."""
        match loc:
            case ["exercises", int(index), *place]:
                # The model puts the type in front of the place; a part of it may be called so too.
                steps = place[1:] if place and place[0] in TYPES else place
                written = self.text_at(("exercises", index, "id"))
                name = one_line(written, SHOWN) if written else f"exercise {index + 1}"
                where = name_of(steps)
                said = f"{where}: {message}" if where else message
                line = self.line_of(("exercises", index, *steps))
                return Problem(self.path, line, f"{name}: {said}")
            case _:
                return super().problem(loc, message)


@dataclass(frozen=True)
class BankFile:
    """One file of the bank."""

    source: BankSource
    chapter: str
    language: str
    exercises: Sequence[Exercise]

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.source.path

    def of_audience(self, audience: Audience) -> list[Exercise]:
        """Return the exercises for *audience*, but not the discussion questions."""
        return [
            exercise
            for exercise in self.exercises
            if exercise.audience is audience and not is_talk(exercise)
        ]

    @property
    def discussions(self) -> list[Discussion]:
        """The discussion questions on the chapter's page."""
        return [
            exercise
            for exercise in self.exercises
            if is_talk(exercise) and exercise.audience is Audience.SELF_CHECK
        ]

    def line_of(self, name: str) -> int:
        """Return the line on which the exercise *name* begins, found without parsing again."""
        return self._lines.get(name, 1)

    @cached_property
    def _lines(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for number, line in enumerate(self.source.text.split("\n"), 1):
            if match := ID.match(line):
                found.setdefault(match[1], number)
        return found

    def problem(self, index: int, place: Place, message: str) -> Problem:
        """Return a problem at *place* in the exercise number *index*, named by its id."""
        return self.source.problem(("exercises", index, *place), message)


@dataclass(frozen=True)
class Bank:
    """All files of the bank, in order of their names.

    *private* are files of a teacher's own, whose exercises a paper may name and nothing chooses.
    """

    files: Sequence[BankFile]
    private: Sequence[BankFile] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Exercise]:
        """All exercises by id."""
        return {exercise.id: exercise for file in self._all for exercise in file.exercises}

    @cached_property
    def file_of(self) -> Mapping[str, BankFile]:
        """The file of each exercise, by id."""
        return {exercise.id: file for file in self._all for exercise in file.exercises}

    @cached_property
    def chapter_of(self) -> Mapping[str, str]:
        """The chapter of each exercise, by id."""
        return {name: file.chapter for name, file in self.file_of.items()}

    @property
    def _all(self) -> Sequence[BankFile]:
        return (*self.files, *self.private)


def load_bank_file(path: Path) -> BankFile:
    """Return the exercises in *path*.

    Raises `DataError` for bad YAML, bad fields, and an id used twice in the file.
    """
    source = BankSource(path, read_text(path))
    text = source.parse(BankText)
    file = BankFile(source, text.chapter, text.language, text.exercises)
    problems = list(_repeated([file]))
    topic, _, language = path.stem.partition(".")
    if text.chapter != topic:
        message = f"chapter: '{text.chapter}' is not the file's name; expected '{topic}'"
        problems.append(Problem(path, source.line_of(("chapter",)), message))
    if text.language != (language or "en"):
        message = f"language: '{text.language}' is not the file's; name a translation "
        message += f"'{topic}.{text.language}.yml'"
        problems.append(Problem(path, source.line_of(("language",)), message))
    if problems:
        raise DataError(problems)
    return file


def load_private_file(path: Path) -> BankFile:
    """Return a teacher's own exercises in *path*, whose name may be any.

    Raises `DataError` as for a file of the bank, and for exercises that are not for class.
    """
    source = BankSource(path, read_text(path))
    text = source.parse(BankText)
    file = BankFile(source, text.chapter, text.language, text.exercises)
    if problems := [*_repeated([file]), *_not_for_class(file)]:
        raise DataError(problems)
    return file


def _not_for_class(file: BankFile) -> Iterator[Problem]:
    for index, exercise in enumerate(file.exercises):
        if exercise.audience is not Audience.CLASS:
            message = "no page shows an exercise of your own; write 'audience: class'"
            yield file.problem(index, ("audience",), message)


def with_private(bank: Bank, folder: Path) -> Bank:
    """Return *bank* with the private files in *folder*; raise `DataError` where one is wrong."""
    files: list[BankFile] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yml")):
        try:
            files.append(load_private_file(path))
        except DataError as error:
            problems.extend(error.problems)
    theirs = {file.path for file in files}
    problems += [found for found in _repeated([*bank.files, *files]) if found.path in theirs]
    if problems:
        raise DataError(problems)
    return Bank(bank.files, files)


def load_misconceptions(path: Path) -> frozenset[str]:
    """Return the ids in the list of misreadings *path*; raise `DataError` where it is wrong."""
    source = YamlSource.of_file(path)
    listed = source.parse(Misconceptions).misconceptions
    seen: dict[str, int] = {}
    problems = []
    for index, each in enumerate(listed):
        if each.id in seen:
            line = source.line_of(("misconceptions", seen[each.id]))
            message = f"'{each.id}' is already used on line {line}; ids are unique"
            problems.append(source.problem(("misconceptions", index, "id"), message))
        seen.setdefault(each.id, index)
    if problems:
        raise DataError(problems)
    return frozenset(seen)


def bank_paths(folder: Path, language: str = "en") -> list[Path]:
    """Return the files of the bank in *folder*, in order of their names.

    Those of another language than English bear it in their names, such as ``<topic>.es.yml``.
    """
    ending = "" if language == "en" else f".{language}"
    files = (path for path in folder.glob(f"*{ending}.yml") if not is_leftover(path))
    return sorted(file for file in files if file.stem.partition(".")[2] == ending.strip("."))


def load_bank(
    folder: Path,
    read: Callable[[Path], BankFile] = load_bank_file,
    language: str = "en",
) -> Bank:
    """Return the bank in *folder*; *read* may be a reader that remembers files.

    Raises `DataError` with the problems of all files, an id used in two files included.
    """
    return load_bank_files(bank_paths(folder, language), read)


def load_bank_files(
    paths: Iterable[Path], read: Callable[[Path], BankFile] = load_bank_file
) -> Bank:
    """Return the bank of the files *paths*; raise `DataError` with the problems of all."""
    files: list[BankFile] = []
    problems: list[Problem] = []
    with collector_paused():
        for path in paths:
            try:
                files.append(read(path))
            except DataError as error:
                problems.extend(error.problems)
    problems.extend(_repeated(files))
    if problems:
        raise DataError(problems)
    return Bank(files)


def check_references(
    bank: Bank, ledger: Ledger, outcomes: Outcomes, misconceptions: Collection[str]
) -> None:
    """Raise `DataError` for each name in *bank* that the course's other files do not have."""
    chapters = {outcome.id: outcome.chapter for outcome in outcomes.outcomes}
    known: dict[str, Collection[str]] = {
        "outcomes.yml has no outcome": chapters,
        "the ledger has no statement": ledger.by_id,
        "the ledger has no close check": ledger.note_by_id,
        "misconceptions.yml has no misreading": misconceptions,
    }
    problems: list[Problem] = []
    for file in (*bank.files, *bank.private):
        for index, exercise in enumerate(file.exercises):
            for lacks, place, name in _references(exercise):
                if name not in known[lacks]:
                    message = f"{lacks} '{name}'{did_you_mean(name, known[lacks])}"
                    problems.append(file.problem(index, place, message))
            chapter = chapters.get(exercise.outcome, file.chapter)
            if chapter != file.chapter:
                message = f"'{exercise.outcome}' is an outcome of chapter '{chapter}'"
                message += f"; expected one of '{file.chapter}'"
                problems.append(file.problem(index, ("outcome",), message))
    if problems:
        raise DataError(problems)


def _references(exercise: Exercise) -> Iterator[tuple[str, Place, str]]:
    """Yield what *exercise* refers to: what to say if it is missing, its place and its name."""
    yield "outcomes.yml has no outcome", ("outcome",), exercise.outcome
    for at, name in enumerate(exercise.ledger):
        yield "the ledger has no statement", ("ledger", at), name
    for at, name in enumerate(exercise.checks):
        yield "the ledger has no close check", ("checks", at), name
    for place, misreading in misconceptions(exercise):
        if misreading is not None:
            yield "misconceptions.yml has no misreading", place, misreading


def _repeated(files: Iterable[BankFile]) -> Iterator[Problem]:
    first: dict[str, tuple[BankFile, int]] = {}
    for file in files:
        for index, exercise in enumerate(file.exercises):
            if exercise.id in first:
                other, at = first[exercise.id]
                line = other.source.line_of(("exercises", at))
                where = f"line {line}" if other is file else f"{other.path}:{line}"
                message = f"this id is already used on {where}; ids are unique over the bank"
                yield file.problem(index, ("id",), message)
            first.setdefault(exercise.id, (file, index))
