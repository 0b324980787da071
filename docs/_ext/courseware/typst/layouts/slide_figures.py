"""The key figure of a chapter on slides: whole, or in parts where its letters would be too small.

Figures are drawn for a narrow column (``figures/style.py``), often higher than wide. Shown whole,
the letters of some are too small for the last row; such a figure is shown in parts alone, as
`courseware.typst.drawings` divides it, each with the heads of its columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from courseware.pages.build import paragraph
from courseware.pages.nodes import chapter_card

if TYPE_CHECKING:
    from collections.abc import Sequence

    from courseware.typst.drawings import Drawing, Part

#: The room for a figure in the template, in points: beside its title, and below one of two lines.
ROOM, WIDE_ROOM = (580.0, 508.0), (864.0, 362.0)
#: The least size of letters in a part of a figure, and in one that is shown whole: what belongs to
#: an axis or a key is better seen together and smaller than large and apart.
LEAST, ENOUGH = 18.0, 14.0


def key_figure(doctree: nodes.document) -> nodes.figure | None:
    """Return the figure that a chapter turns on.

    It is the one that the chapter's card names, or else the first drawn one, or the first.
    """
    figures = list(doctree.findall(nodes.figure))
    named = {card.get("figure", "") for card in doctree.findall(chapter_card)}
    ours = [each for each in figures if named & {n.removeprefix("figure-") for n in each["ids"]}]
    drawn = [each for each in figures if "evidence-figure" in each["classes"]]
    return next(iter([*ours, *drawn, *figures]), None)


def light_picture(figure: nodes.Element) -> nodes.image | None:
    """Return the picture of *figure* for light ground."""
    images = figure.findall(nodes.image)
    return next((each for each in images if "figure-dark" not in each["classes"]), None)


def look_of(drawing: Drawing | None, part: Part) -> str:
    """Return the look of the slide on which the *part* of a *drawing* is larger.

    Its title stands beside what is high, and above what is wide.
    """
    if drawing is None:
        return "slide-figure"
    height = drawing.height * (part[1] - part[0]) + (drawing.head if part[0] > 0 else 0.0)
    beside, below = (min(x / drawing.width, y / height) for x, y in (ROOM, WIDE_ROOM))
    return "slide-figure" if beside >= below else "slide-figure-wide"


def shown(
    figure: nodes.Element, picture: nodes.image, part: Part, alt: str, head: float = 0.0
) -> nodes.figure:
    """Return *picture* of *figure* without its words: the *part* of it, described by *alt*.

    Above the part stands the *head* of the picture, a share of its height.
    """
    image = picture.deepcopy()
    image["alt"] = alt
    if part != (0.0, 1.0):
        image["part"] = part
        image["head"] = head
    result = nodes.figure("", image)
    result.source, result.line = figure.source, figure.line
    return result


def caption_of(figure: nodes.Element) -> Sequence[nodes.Node]:
    """Return the words of the caption of *figure*."""
    caption = figure.next_node(nodes.caption)
    return [] if caption is None else [child.deepcopy() for child in caption.children]


def said_of(figure: nodes.Element) -> list[nodes.Node]:
    """Return what is said below *figure*: how to read it, without the way to its data."""
    legend = figure.next_node(nodes.legend)
    if legend is None:
        return []
    # Those of other classes tell of sources and data.
    return [
        paragraph(*each.children)
        for each in legend.deepcopy().children
        if type(each) is nodes.paragraph and each.children
    ]
