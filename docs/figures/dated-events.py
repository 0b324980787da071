"""The essay's dated events on a line of time that runs downwards, in two panels."""

from __future__ import annotations

from calendar import month_name
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from courseware.figures.parts import rectangle
from courseware.figures.style import INK, PAPER, SMALL, SOFT, STRONG, WIDTH, canvas, write

if TYPE_CHECKING:
    from courseware.data.figures import Row, Table
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Points from one line of words to the next, at the least.
STEP = 14.5
#: Points for a panel of few events and for each event, for headings, and between panels.
ROOM, EACH, HEAD, SPACE = 50.0, 17.0, 24.0, 20.0
#: The axis, the columns for marks, the bend of lines to the words, and the words.
AXIS = 26.0
COLUMNS = (34.0, 42.0, 50.0, 59.0)
BEND, WORDS = 63.5, 74.0
#: The width of a bar, half a dot, and the height from which a period is a bar.
BAR, HALF, LEAST = 5.5, 3.5, 8.0


class Panel(NamedTuple):
    """A stretch of years with its place and scale."""

    first: int
    last: int
    top: float
    height: float

    @property
    def year(self) -> float:
        """How long a year is, in points."""
        return self.height / (self.last - self.first + 1)

    @property
    def is_short(self) -> bool:
        """Whether it has so few years that its axis shows months."""
        return self.last - self.first < 5

    def at(self, day: date) -> float:
        """Return the height at which *day* begins."""
        start = date(day.year, 1, 1)
        part = (day - start) / (date(day.year + 1, 1, 1) - start)
        return self.top + (day.year + part - self.first) * self.year


class Mark(NamedTuple):
    """An event, and the heights at which its period begins and ends."""

    row: Row
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """The height of the middle of the period."""
        return (self.top + self.bottom) / 2

    @property
    def is_bar(self) -> bool:
        """Whether the period is long enough on this scale to be drawn as a bar."""
        return self.bottom - self.top > LEAST

    @property
    def is_vague(self) -> bool:
        """Whether the source gives no limits of the period."""
        return self.row["precision"] == "years"

    @property
    def fill(self) -> str:
        """The inner colour: none for a date that the essay does not give."""
        return STRONG if self.row["origin"] == "essay" and not self.is_vague else PAPER

    @property
    def target(self) -> float:
        """The height where its words stand best: for months the beginning, as more may follow."""
        return self.top if self.row["precision"] == "month" else self.middle

    def clears(self, other: Mark) -> bool:
        """Whether there is room for both in one column."""
        reach = sum((m.bottom - m.top) / 2 if m.is_bar else HALF for m in (self, other))
        return abs(self.middle - other.middle) >= reach


def draw(events: Table) -> Figure:
    """Draw each panel with its axis, marks and words; below them the key."""
    panels: dict[str, Panel] = {}
    y = 0.0
    for name in dict.fromkeys(row["panel"] for row in events.rows):
        first, last = map(int, name.split("-"))
        height = ROOM + EACH * len(events.where(panel=name))
        panels[name] = Panel(first, last, y + HEAD, height)
        y += HEAD + height + SPACE
    figure, axes = canvas(y + 35)
    before: Panel | None = None
    for name, panel in panels.items():
        _axis(axes, panel, before)
        _events(axes, panel, events.where(panel=name))
        before = panel
    _key(axes, y)
    return figure


def _axis(axes: Axes, panel: Panel, before: Panel | None) -> None:
    """Draw the heading, the scale by that of the panel before, and the axis."""
    y = panel.top - HEAD + 7
    write(axes, 0, y, f"{panel.first}–{panel.last}", bold=True)
    if before is not None:
        words = f"a year is {panel.year / before.year:.0f} times as long as above"
        write(axes, WIDTH, y, words, size=SMALL, color=SOFT, align="right")
    bottom = panel.top + panel.height
    axes.plot([AXIS, AXIS], [panel.top, bottom], color=SOFT, linewidth=0.75)
    every = 1 if panel.is_short else 5
    ticks = [(date(year, 1, 1), str(year)) for year in range(panel.first, panel.last + 1, every)]
    if panel.is_short:
        ticks += [(date(day.year, m, 1), month_name[m][:3]) for day, _ in ticks for m in (4, 7, 10)]
    for day, words in ticks:
        y = panel.at(day)
        axes.plot([AXIS - 4, AXIS], [y, y], color=SOFT, linewidth=0.75)
        color = INK if day.month == 1 else SOFT
        write(axes, AXIS - 6, y, words, size=SMALL, color=color, align="right")


def _events(axes: Axes, panel: Panel, rows: list[Row]) -> None:
    """Draw the marks of a panel, their words, and lines that join the two."""
    spans = ([panel.at(date.fromisoformat(row[c])) for c in ("start", "end")] for row in rows)
    found = [Mark(row, *span) for row, span in zip(rows, spans, strict=True)]
    marks = sorted(found, key=lambda mark: mark.target)
    columns = _columns(marks, panel.height / 4)
    heights = _spread([mark.target for mark in marks], panel.top + 3, panel.top + panel.height - 3)
    for mark, y in zip(marks, heights, strict=True):
        x = columns[mark.row["id"]]
        _mark(axes, mark, x)
        start = min(max(y, mark.top + 1.5), mark.bottom - 1.5) if mark.is_bar else mark.middle
        points = (x, BEND, WORDS - 3), (start, start, y)
        axes.plot(*points, color=SOFT, linewidth=0.6, zorder=0.5)
        label = write(axes, WORDS, y, mark.row["label"])
        axes.annotate(
            _short(mark.row["when"], panel),
            (1, label.get_position()[1]),
            (4, 0),
            xycoords=(label, "data"),
            textcoords="offset points",
            va="baseline",
            size=SMALL,
            color=SOFT,
        )


def _short(when: str, panel: Panel) -> str:
    """Return *when* without its year, where the axis tells it and a month remains."""
    day, _, year = when.rpartition(" ")
    is_month = any(name and name in day for name in month_name)
    return day if panel.is_short and is_month and year.isdigit() else when


def _columns(marks: list[Mark], long: float) -> dict[str, float]:
    """Return the column of each event: long bars to the left, dots next to the words."""
    taken: dict[float, list[Mark]] = {x: [] for x in COLUMNS}
    result = {}
    for mark in sorted(marks, key=lambda mark: mark.top - mark.bottom):
        first, second, third, last = COLUMNS
        order = (last, third, second, first)
        if mark.bottom - mark.top > long:
            order = COLUMNS
        elif mark.is_bar:
            order = (third, last, second, first)
        column = next((x for x in order if all(map(mark.clears, taken[x]))), last)
        taken[column].append(mark)
        result[mark.row["id"]] = column
    return result


def _spread(targets: list[float], low: float, high: float) -> list[float]:
    """Return heights near *targets*, in their order, a step or more apart and within the limits."""
    blocks: list[tuple[float, int]] = []
    for at, target in enumerate(targets):
        mean, count = target - at * STEP, 1
        while blocks and blocks[-1][0] >= mean:
            before, size = blocks.pop()
            mean, count = (mean * count + before * size) / (count + size), count + size
        blocks.append((mean, count))
    level = [mean for mean, count in blocks for _ in range(count)]
    high -= (len(targets) - 1) * STEP
    return [min(max(mean, low), high) + at * STEP for at, mean in enumerate(level)]


def _mark(axes: Axes, mark: Mark, x: float) -> None:
    """Draw a bar or a dot: hollow for the date of a close check, hatched for vague limits."""
    if mark.is_bar:
        height = mark.bottom - mark.top - 1.5
        _bar(axes, x, mark.top + 0.75, height, mark.fill, is_vague=mark.is_vague)
    else:
        _dot(axes, x, mark.middle, mark.fill)


def _dot(axes: Axes, x: float, y: float, fill: str) -> None:
    """Draw a dot with its middle at the place."""
    axes.plot([x], [y], "o", ms=6, mew=1.25, mfc=fill, mec=STRONG, color=STRONG, zorder=3)


def _bar(axes: Axes, x: float, y: float, height: float, fill: str, *, is_vague: bool) -> None:
    """Draw a bar from the height *y* downwards."""
    hatch = "//////" if is_vague else ""
    rectangle(axes, x - BAR / 2, y, BAR, height, fill=fill, hatch=hatch)


def _key(axes: Axes, y: float) -> None:
    """Draw a sample of each kind of mark, with what it stands for."""
    for words, fill in (("dated by the essay", STRONG), ("dated by a close check", PAPER)):
        _dot(axes, 4, y, fill)
        _bar(axes, 14, y - 5, 10, fill, is_vague=False)
        write(axes, 23, y, words, size=SMALL)
        y += 14
    _bar(axes, 14, y - 5, 10, PAPER, is_vague=True)
    write(axes, 23, y, "dated only roughly: the limits are ours", size=SMALL)
