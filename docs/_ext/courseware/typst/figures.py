"""Images and figures, which must all have alternative text."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NoReturn

from docutils import nodes

from courseware.data.pictures import suffix_of

from . import source
from .enlarged import for_large_print
from .looks import FLOATING
from .source import Code
from .tables import Tables
from .writer import passing

if TYPE_CHECKING:
    from .assemble import Edition
    from .output import PdfBuilder

_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(%|px|pt|pc|cm|mm|in|em|ex|)")
# CSS pixels and unitless numbers (docutils counts them as pixels) are 1/96 in; a pica is 12 pt.
_UNITS = {"px": (0.75, "pt"), "": (0.75, "pt"), "pc": (12.0, "pt"), "ex": (0.5, "em")}


class Figures(Tables):
    """Visitors of images and figures."""

    def __init__(self, document: nodes.document, builder: PdfBuilder, edition: Edition) -> None:
        super().__init__(document, builder, edition)
        self.style = builder.print_style
        #: Images that the source refers to: file in the sources → file beside the source.
        self.images: dict[str, str] = {}

    def visit_image(self, node: nodes.image) -> NoReturn:
        """Write an image; warn where it is not there."""
        uri = node["uri"]
        name = self.builder.images.get(uri)
        if name is None:
            self.warn(node, f"the image cannot be printed: {uri}")
            raise nodes.SkipNode
        alt = node.get("alt", "").strip()
        if not alt:
            # The course warns of it when it reads the page; PDF/UA allows no image without one.
            alt = f"{self.words['picture']} ({PurePosixPath(uri).name})"
        self.images[uri] = f"images/{name}"
        self.anchor_here()
        self.mark(node)
        in_line = isinstance(node.parent, nodes.TextElement) and is_amid_text(node)
        named: dict[str, object] = {"alt": alt}
        if suffix_of((self.builder.srcdir / uri).read_bytes()) == ".svg":
            named["format"] = "svg"
        for side in ("width", "height"):
            if (length := length_of(node.get(side))) is not None:
                named[side] = Code(length)
        if not in_line and self.style.large:
            named["enlarged"] = self.in_large_print(node, alt)
        if part := node.get("part"):
            named["part"] = list(part)
            if head := node.get("head"):
                named["head"] = head
        if not in_line and not FLOATING.isdisjoint(node.parent["classes"]):
            named["grows"] = True
        function = "inline-picture" if in_line else "picture"
        self.emit(source.call(function, f"images/{name}", **named))
        raise nodes.SkipNode

    def in_large_print(self, node: nodes.image, alt: str) -> dict[str, object]:
        """Return the file that is shown of the picture *node*, and its parts with their words."""
        origin, parts = for_large_print(self.builder.srcdir, node["uri"], self.style.paper)
        name = f"images/{PurePosixPath(self.builder.images[node['uri']]).stem}-large.svg"
        if origin == node["uri"]:
            name = self.images[origin]
        self.images[origin] = name
        said = [
            self.words["figure-part"].format(at=at, count=len(parts))
            for at in range(1, len(parts) + 1)
        ]
        told = self.words["figure-parts"].format(count=len(parts)) if len(parts) > 1 else None
        each = [[*part, words] for part, words in zip(parts, [alt, *said[1:]], strict=True)]
        return {"file": name, "told": told, "parts": each}

    def visit_figure(self, node: nodes.figure) -> None:
        """Open a figure: body, caption and legend are its arguments.

        One without a picture, which was told of already, is its words: PDF/UA allows no other.
        """
        self.mark(node)
        if not self.has_picture(node):
            return
        floats = not FLOATING.isdisjoint(node["classes"])
        number = self.number_of(node, "figure")
        self.open("figure-block", number=number, floats=floats, group=self.docname)

    def depart_figure(self, node: nodes.figure) -> None:
        """Close the figure if it was opened."""
        if self.has_picture(node):
            self.close()

    def has_picture(self, figure: nodes.Element) -> bool:
        """Tell whether any picture of *figure* can be printed."""
        return any(image["uri"] in self.builder.images for image in figure.findall(nodes.image))

    def visit_caption(self, node: nodes.caption) -> None:
        """Begin the caption: an argument of its own in a figure, a line elsewhere."""
        if not isinstance(node.parent, nodes.figure):
            self.open("box-title")
        elif self.has_picture(node.parent):
            self.next_argument()
        else:
            self.open("par")

    def depart_caption(self, node: nodes.caption) -> None:
        """End a caption that is a line of its own."""
        if not isinstance(node.parent, nodes.figure) or not self.has_picture(node.parent):
            self.close()

    def visit_legend(self, node: nodes.legend) -> None:
        """Begin the legend: the third argument, even without a caption."""
        if not self.has_picture(node.parent):
            return
        if node.parent.next_node(nodes.caption) is None:
            self.next_argument()
        self.next_argument()

    depart_legend = passing


def is_amid_text(image: nodes.image) -> bool:
    """Tell whether the paragraph of *image* has anything else in it."""
    parent: nodes.Node = image.parent
    while not isinstance(parent, nodes.paragraph) and parent.parent is not None:
        parent = parent.parent
    return any(text.astext().strip() for text in parent.findall(nodes.Text))


def length_of(length: str | None) -> str | None:
    """Return a docutils length as a Typst length, None where there is none to be read."""
    found = _LENGTH.fullmatch(length or "")
    if found is None:
        return None
    number, unit = float(found[1]), found[2]
    factor, unit = _UNITS.get(unit, (1.0, unit))
    return f"{number * factor:g}{unit}"
