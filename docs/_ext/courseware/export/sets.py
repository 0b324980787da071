"""What one file holds: the exercises of a chapter, or the questions of an assignment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from courseware.bank.model import Audience
from courseware.bank.traits import is_talk

from .items import entry_of
from .losses import Loss
from .rows import rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from courseware.bank.load import Bank
    from courseware.bank.model import Exercise
    from courseware.bank.select import Paper

    from .course import Course
    from .items import Entry
    from .texts import Picture, Rich


@dataclass(frozen=True)
class Group:
    """Exercises under a heading, such as those for class."""

    title: str
    entries: Sequence[Entry]


@dataclass(frozen=True)
class ExerciseSet:
    """Exercises that go into one file; *course* is its title with the release.

    *sort* is the folder for its like: a chapter and an assignment may have one name.
    """

    sort: str
    name: str
    title: str
    course: str
    groups: Sequence[Group]
    instructions: Rich | None = None

    @property
    def folder(self) -> str:
        """Where the files of the set lie."""
        return f"{self.sort}/{self.name}"

    @property
    def entries(self) -> list[Entry]:
        """All exercises, group by group."""
        return [entry for group in self.groups for entry in group.entries]

    @property
    def points(self) -> int:
        """What all are worth together."""
        return sum(entry.points for entry in self.entries)


class Maker:
    """Makes sets of the exercises of *bank*; each chapter's texts have one reader.

    *printed* has the names of the PDFs that the site of the course offers.
    """

    def __init__(self, course: Course, bank: Bank, printed: Collection[str] = ()) -> None:
        self.course, self.bank, self.printed = course, bank, printed
        self._readers = {chapter: course.reader(chapter) for chapter in bank.chapter_of.values()}
        # Read once: a self-check stands in a chapter, in the deck and in papers.
        self._entries: dict[str, Entry] = {}

    def entry(self, exercise: Exercise, points: int | None = None) -> Entry:
        """Return *exercise*, worth *points* or what the bank says."""
        if exercise.id not in self._entries:
            chapter = self.bank.chapter_of[exercise.id]
            self._entries[exercise.id] = entry_of(exercise, chapter, self._readers[chapter])
        entry = self._entries[exercise.id]
        return entry if points is None else replace(entry, points=points)

    def chapters(self) -> list[ExerciseSet]:
        """Return a set for each file of the bank: for class, self-checks, questions for talk."""
        return [
            ExerciseSet(
                "chapters",
                file.chapter,
                self.course.chapters.get(file.chapter, file.chapter),
                self.course.edition,
                self._groups(
                    [
                        ("For class", file.of_audience(Audience.CLASS)),
                        ("Self-checks", file.of_audience(Audience.SELF_CHECK)),
                        ("For discussion", [each for each in file.exercises if is_talk(each)]),
                    ]
                ),
            )
            for file in self.bank.files
        ]

    def whole(self, chapters: Iterable[ExerciseSet]) -> ExerciseSet:
        """Return all exercises of *chapters* as one set."""
        groups = [group for each in chapters for group in each.groups]
        return ExerciseSet("", self.course.name, self.course.title, self.course.edition, groups)

    def paper(self, paper: Paper) -> ExerciseSet:
        """Return the questions of *paper* in the order of its file, which is that of version A."""
        assignment = paper.assignment
        entries = [self.entry(question.exercise, question.points) for question in paper.questions]
        return ExerciseSet(
            "assignments",
            assignment.name,
            assignment.text.title,
            self.course.edition,
            [Group("Questions", entries)],
            self.course.reader().blocks(assignment.text.instructions),
        )

    def _groups(self, found: Iterable[tuple[str, Sequence[Exercise]]]) -> list[Group]:
        return [Group(title, list(map(self.entry, each))) for title, each in found if each]


def lost_before(entry: Entry, *texts: Rich) -> list[Loss]:
    """Return what *texts* of *entry* have lost on the way from the bank, in whatever format."""
    found = dict.fromkeys(lost for text in texts for lost in text.lost)
    return [Loss(entry.id, lost, "its words stay") for lost in found]


def lost_in_plain(entry: Entry) -> list[Loss]:
    """Return what plain text cannot show of *entry*."""
    texts = texts_of(entry)
    found = lost_before(entry, *texts)
    if any(text.pictures for text in texts):
        found.append(Loss(entry.id, "pictures", "their alternative texts, in brackets"))
    if any(text.layout for text in texts):
        found.append(Loss(entry.id, "tables and lists", "a line for each row, bars between cells"))
    if any("<a href" in text.markup for text in texts):
        found.append(Loss(entry.id, "links", "their words"))
    if any(mark in text.markup for text in texts for mark in ("<em>", "<strong>", "<code>")):
        found.append(Loss(entry.id, "emphasis", "plain words"))
    return found


def texts_of(entry: Entry) -> list[Rich]:
    """Return all texts of *entry* that a student may come to read."""
    asked = [entry.prompt, *entry.hints, *([entry.solution] if entry.solution else [])]
    return [*asked, *(text for row in rows(entry.answer) for text in row)]


def pictures_of(entries: Iterable[Entry]) -> dict[str, Picture]:
    """Return the pictures of all texts of *entries*, by name."""
    texts = (text for entry in entries for text in texts_of(entry))
    return {picture.name: picture for text in texts for picture in text.pictures}
