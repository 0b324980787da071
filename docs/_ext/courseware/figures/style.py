"""How all figures look: measures, colours, type, and the few things that they draw in common.

Every figure is one column, 360 CSS pixels wide, since a phone of 320 has room for 288: text is then
still 10 pixels high, and in print the figure has its own size.
Colours are those of `PALETTE` alone: `render` turns each into its counterpart for dark pages.
They differ in lightness, so that they can be told apart in grey and with any colour vision; all
but the pale one have 3:1 or more against the page (WCAG 2.2, 1.4.11), ink and soft 4.5:1 (1.4.3).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matplotlib import font_manager, rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from courseware.data import palette
from courseware.data.palette import GROUNDS, INKS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from matplotlib.axes import Axes

FONT_FOLDER = Path(__file__).parents[1] / "typst" / "fonts"

#: Width of every figure in points; 270 points are 360 CSS pixels.
WIDTH = 270.0
#: Dots to an inch at which words are measured: with few, letters are as wide as dots allow.
FINE = 720
#: Sizes of type in points.
TEXT, SMALL = 9.5, 8.5

#: Text and lines that must be seen; text of less weight; grid and axes; the page.
INK, SOFT, FAINT, PAPER = INKS["ink"].light, INKS["quiet"].light, "#c3cbd1", GROUNDS["ground"].light
#: Dark, middle and pale areas.
STRONG, MIDDLE, PALE = INKS["accent"].light, "#b26b00", "#cfe0e3"
#: The hues of kinds of statement, for their frames; and the areas within, of so many hundredths.
HUES = {hue.value: colour.light for hue, colour in palette.HUES.items()}
INSIDE = 16
AREAS = {hue: palette.mixed(colour, PAPER, INSIDE) for hue, colour in HUES.items()}
#: Each colour on a light page, with its counterpart on a dark one.
PALETTE = {
    INK: INKS["ink"].dark,
    SOFT: INKS["quiet"].dark,
    FAINT: "#4b5661",
    PAPER: GROUNDS["ground"].dark,
    STRONG: INKS["accent"].dark,
    MIDDLE: "#d08a2e",
    PALE: "#2b464d",
    **dict(palette.HUES.values()),
    **{
        AREAS[hue.value]: palette.mixed(colour.dark, GROUNDS["ground"].dark, 2 * INSIDE)
        for hue, colour in palette.HUES.items()
    },
}

SETTINGS: Any = {
    "axes.edgecolor": SOFT,
    "axes.facecolor": "none",
    "axes.labelcolor": SOFT,
    "axes.linewidth": 0.75,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.dpi": 72,
    "figure.facecolor": "none",
    "font.family": "Course Sans",
    "font.size": TEXT,
    "hatch.color": SOFT,
    "hatch.linewidth": 0.75,
    "savefig.facecolor": "none",
    "text.color": INK,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    # The same file on every machine: names of parts do not depend on the hour or the process.
    "svg.fonttype": "path",
    "svg.hashsalt": "courseware",
}


@cache
def _shipped_fonts() -> None:
    """Make the shipped fonts known to matplotlib, once."""
    for font in sorted(FONT_FOLDER.glob("*.ttf")):
        font_manager.fontManager.addfont(font)


def house_style() -> AbstractContextManager[None]:
    """Return a context in which matplotlib draws in the house style, with the shipped fonts."""
    _shipped_fonts()
    return rc_context(SETTINGS)


def new_figure(height: float) -> Figure:
    """Return an empty figure, *height* points high."""
    return Figure(figsize=(WIDTH / 72, height / 72))


def canvas(height: float) -> tuple[Figure, Axes]:
    """Return a figure with one drawing area over the whole of it, in points from the top left."""
    figure = new_figure(height)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(height, 0))
    axes.set_axis_off()
    return figure, axes


def write(
    axes: Axes,
    x: float,
    y: float,
    words: str,
    *,
    size: float = TEXT,
    color: str = INK,
    bold: bool = False,
    align: str = "left",
    **more: Any,  # noqa: ANN401 (passed on to matplotlib)
) -> Text:
    """Write *words* with their middle at the height *y*; lines break only where the text does."""
    looks = {"size": size, "color": color, "ha": align, "va": "center", **more}
    if "\n" not in words and looks["va"] == "center":
        # One line stands level with others, whichever letters reach below it.
        y, looks["va"] = y + size * 0.34, "baseline"
    looks["weight"] = "semibold" if bold else "normal"
    return axes.text(x, y, words, linespacing=1.02, **looks)


def enlarge(figure: Figure) -> None:
    """Give all words of *figure* the size `TEXT` at least, and keep them within its width.

    Large print shows a figure so wide that this size becomes its least one. Small words are little
    smaller, so there is room for them where they stand.
    """
    small = [words for words in figure.findobj(Text) if words.get_size() < TEXT]  # type: ignore[attr-defined]
    usual = figure.dpi
    figure.set_dpi(FINE)
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    beyond = []
    for words in small:
        assert isinstance(words, Text)
        words.set_fontsize(TEXT)
        box = words.get_window_extent(renderer)
        left, right = (edge * 72 / FINE for edge in (box.x0, box.x1))
        beyond.append((words, max(right - WIDTH, 0.0) or min(left, 0.0)))
    figure.set_dpi(usual)
    for words, far in beyond:
        if far:
            words.set_transform(words.get_transform() + Affine2D().translate(-far, 0))


def lines(words: str, width: int) -> str:
    """Return *words* in as few lines of at most *width* characters as may be, as even as may be."""
    parts = words.split()
    fewest = len(_broken(parts, width))
    evenest = next(n for n in range(1, width + 1) if len(_broken(parts, n)) <= fewest)
    return "\n".join(_broken(parts, evenest))


def _broken(parts: Sequence[str], width: int) -> list[str]:
    result = [parts[0]]
    for part in parts[1:]:
        if len(result[-1]) + 1 + len(part) <= width:
            result[-1] += f" {part}"
        else:
            result.append(part)
    return result
