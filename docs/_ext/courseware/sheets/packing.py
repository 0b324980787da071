"""How the questions of a paper fill its pages: what fits, and who gets the room that is left.

Plain arithmetic, without Sphinx and Typst. The template tells how high the parts of a paper are
(`measured`), a part being what stays whole: a question, or one of several sets of lines below it.
As Typst does, each part goes to the page that has room for it, else to the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from courseware.bank.versions import TRIES, orders

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from courseware.bank.select import Paper, Question

#: What is not given away of a page, in millimetres: two layouts may differ by a rounding.
SPARE = 1.0
#: How much a page may open up for working in one question, and between two questions.
MOST_WORKING, LEAST_GAP, MOST_GAP = 70.0, 2.5, 16.0
#: What share of a page but the last may stay blank, where another order fills it.
MOST_BLANK = 0.1
#: A part of a paper: the number of its question, from 0, and its number in that.
Part = tuple[int, int]
#: How many lines a question may get more than it has at least.
MOST_LINES = 30
#: What stands above lines for notes, in millimetres, and how many they are at least.
NOTES_HEAD, LEAST_NOTES = 14.0, 3


@dataclass(frozen=True, slots=True)
class Heights:
    """The measures of a paper in one edition, in millimetres.

    *head* is what stands above the first question, *room* the height of a page, *gap* what stands
    between two parts, *line* the distance of two lines to write on. *parts* are the heights of the
    parts of each question, by the exercise's id.
    """

    head: float
    room: float
    gap: float
    line: float
    parts: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Growth:
    """What a question gets of the room that a page has left, and where it begins a page.

    *lines* are lines more for each of its parts, *working* and *gap* millimetres; *fresh* are the
    numbers of its parts, from 0, with which a page begins. *notes* are lines that stand below it
    at the foot of a page, for whatever is written there.
    """

    lines: tuple[int, ...] = ()
    working: float = 0.0
    gap: float = 0.0
    fresh: tuple[int, ...] = ()
    notes: int = 0


@dataclass(slots=True)
class Page:
    """The parts of one page, as number of the question and number of the part; and what is left."""

    parts: list[Part]
    left: float


def count_of(ids: Sequence[str], heights: Heights) -> int:
    """Return how many pages the exercises *ids* take in this order."""
    return len(filled(ids, heights))


def filled(ids: Sequence[str], heights: Heights) -> list[Page]:
    """Return the pages that the exercises *ids* take, each as full as can be."""
    pages = [Page([], heights.room - heights.head)]
    for part, height in _parts(ids, heights):
        page = pages[-1]
        needed = height + (heights.gap if page.parts else 0)
        if needed > page.left:
            page = Page([], heights.room)
            pages.append(page)
            needed = height
        page.parts.append(part)
        page.left -= needed
        # What is taller than a page is split by the template, and fills several.
        while pages[-1].left < 0:
            pages.append(Page([], heights.room + pages[-1].left))
            pages[-2].left = 0.0
    return pages


def balanced(ids: Sequence[str], heights: Heights) -> list[Page] | None:
    """Return as few pages as can be with the exercises *ids*, filled as evenly as can be.

    None where a part is taller than a page.
    """
    parts = list(_parts(ids, heights))
    count = count_of(ids, heights)
    # For each number of pages, and of parts on them: how uneven they are, and the last of them.
    best: list[dict[int, tuple[float, list[Page]]]] = [{0: (0.0, [])}]
    for number in range(count):
        room = heights.room - (0 if number else heights.head)
        found: dict[int, tuple[float, list[Page]]] = {}
        for start, (uneven, before) in best[-1].items():
            left = room
            for end in range(start + 1, len(parts) + 1):
                left -= parts[end - 1][1] + (heights.gap if end > start + 1 else 0)
                if left < SPARE:
                    break
                worse = uneven + left**2
                if end not in found or worse < found[end][0]:
                    page = Page([part for part, _ in parts[start:end]], left)
                    found[end] = (worse, [*before, page])
        best.append(found)
    return best[-1].get(len(parts), (0.0, None))[1]


def _parts(ids: Sequence[str], heights: Heights) -> Iterator[tuple[Part, float]]:
    for number, name in enumerate(ids):
        for at, height in enumerate(heights.parts[name]):
            yield (number, at), height


def too_much(ids: Sequence[str], heights: Heights, limit: int) -> tuple[list[str], float]:
    """Return which exercises stand beyond *limit* pages, and how many millimetres they take."""
    beyond = [part for page in filled(ids, heights)[limit:] for part in page.parts]
    height = sum(heights.parts[ids[number]][at] + heights.gap for number, at in beyond)
    return list(dict.fromkeys(ids[number] for number, _ in beyond)), height


def fitting(
    paper: Paper,
    several: Sequence[Heights],
    *,
    ruled: Collection[str] = (),
    working: Collection[str] = (),
) -> Callable[[Sequence[Question]], bool]:
    """Return what tells whether an order of *paper* fills its pages as all versions should.

    It takes, on each of *several* sorts of paper, as many pages as the questions take as written,
    where one version stands so, else the fewest that some order takes. And no page but the last
    stays more than `MOST_BLANK` blank, where some order of those that are tried has it so. What
    is *ruled* and *working* is as in `growth_of`.
    """

    def counts(questions: Sequence[Question]) -> tuple[int, ...]:
        ids = [question.exercise.id for question in questions]
        return tuple(count_of(ids, heights) for heights in several)

    tried: Iterable[Sequence[Question]] = [paper.questions]
    if not paper.assignment.text.as_written:
        tried = islice(orders(paper.questions, paper.assignment.seed), TRIES)
    wanted = min(map(counts, tried), key=lambda found: (sum(found), found))

    def is_full(questions: Sequence[Question]) -> bool:
        ids = [question.exercise.id for question in questions]
        return counts(questions) == wanted and all(
            blank_of(ids, heights, ruled=ruled, working=working) <= MOST_BLANK
            for heights in several
        )

    others = islice(orders(paper.questions, paper.assignment.seed), TRIES)
    if any(map(is_full, others)):
        return is_full
    return lambda questions: counts(questions) == wanted


def blank_of(
    ids: Sequence[str], heights: Heights, *, ruled: Collection[str], working: Collection[str]
) -> float:
    """Return what share of a page but the last stays blank at most, when all is given away."""
    pages, _ = _given_away(ids, heights, ruled=ruled, working=working)
    return max((page.left / heights.room for page in pages[:-1]), default=0.0)


def growth_of(
    ids: Sequence[str], heights: Heights, *, ruled: Collection[str], working: Collection[str]
) -> dict[str, Growth]:
    """Return what the exercises *ids* get of the room that their pages have left.

    First the gaps between questions widen a little. Then those that are *ruled* get more lines,
    each who shares a sheet as many as the others; *working* opens up; what is left widens the gaps;
    and much that is left even then is for notes. No page gives away more than it has.
    """
    return _given_away(ids, heights, ruled=ruled, working=working)[1]


def _given_away(
    ids: Sequence[str], heights: Heights, *, ruled: Collection[str], working: Collection[str]
) -> tuple[list[Page], dict[str, Growth]]:
    """Return the pages with what stays blank on them, and what each exercise gets."""
    pages = balanced(ids, heights)
    if pages is None:
        return [], {}
    gaps: dict[int, float] = {}
    least = [min(_spare(page) / max(len(page.parts) - 1, 1), LEAST_GAP) for page in pages]
    for page, gap in zip(pages, least, strict=True):
        page.left -= gap * (len(page.parts) - 1)
    lines = {number: MOST_LINES for number, name in enumerate(ids) if name in ruled}
    for page in pages:
        written = [number for number, _ in page.parts if number in lines]
        for number in written:
            lines[number] = min(lines[number], int(_spare(page) / heights.line / len(written)))
    opened: dict[int, float] = {}
    for page in pages:
        page.left -= sum(lines.get(number, 0) for number, _ in page.parts) * heights.line
        boxes = [number for number, _ in page.parts if ids[number] in working]
        for number in boxes:
            opened[number] = min(_spare(page) / len(boxes), MOST_WORKING)
        page.left -= sum(opened[number] for number in boxes)
    for page, gap in zip(pages, least, strict=True):
        more = min(_spare(page) / max(len(page.parts) - 1, 1), MOST_GAP)
        # A question that goes on to another page has there what it has here.
        for number, _ in page.parts[:-1]:
            gaps[number] = min(gaps.get(number, gap + more), gap + more)
        page.left -= more * (len(page.parts) - 1)
    notes = _notes(ids, pages, heights)
    first = [page.parts[0] for page in pages[1:]]
    return pages, {
        name: Growth(
            (lines[number],) * len(heights.parts[name]) if number in lines else (),
            round(opened.get(number, 0.0), 2),
            round(gaps.get(number, 0.0), 2),
            tuple(at for which, at in first if which == number),
            notes.get(number, 0),
        )
        for number, name in enumerate(ids)
    }


def _notes(ids: Sequence[str], pages: Sequence[Page], heights: Heights) -> dict[int, int]:
    """Return how many lines for notes stand below the last question of each of *pages*.

    Those who are done with the last page have no use for them; and they never part a question.
    """
    found = {}
    for page in pages[:-1]:
        number, at = page.parts[-1]
        lines = int((_spare(page) - NOTES_HEAD) / heights.line)
        if lines >= LEAST_NOTES and at == len(heights.parts[ids[number]]) - 1:
            found[number] = lines
    return found


def _spare(page: Page) -> float:
    """Return what *page* can give away."""
    return max(page.left - SPARE, 0.0)
