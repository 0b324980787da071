"""Suit figures to each builder: disclosures on pages, one picture where there is no dark mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from courseware.pages.build import paragraph

from .nodes import figure_data, figure_sources

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

#: Builders whose pages follow the reader's wish for light or dark.
WITH_DARK = frozenset({"html", "dirhtml", "singlehtml"})
LEAD = "Data behind this figure"


class SuitFigures(SphinxPostTransform):
    """Leave out what a builder cannot show."""

    # Before images are looked up for the builder.
    default_priority = 6

    def run(self, **_options: object) -> None:
        """Suit the figures of the page, or of the joined pages of a book."""
        builder = self.app.builder
        for image in list(self.document.findall(nodes.image)):
            if builder.name not in WITH_DARK and "figure-dark" in image["classes"]:
                image.parent.remove(image)
            elif builder.format == "latex" and "figure-light" in image["classes"]:
                # LaTeX has no SVG without another program.
                image.replace_self(paragraph(image["alt"]))
        if builder.format != "typst":
            for link in list(self.document.findall(figure_sources)):
                link.parent.remove(link)
            for legend in list(self.document.findall(nodes.legend)):
                if not legend.children:
                    legend.parent.remove(legend)
        if builder.format not in {"html", "typst"}:
            for data in self.document.findall(figure_data):
                data.insert(0, paragraph(f"{LEAD}:"))


def visit_data(self: HTML5Translator, node: figure_data) -> None:
    """Open the disclosure."""
    self.body.append(self.starttag(node, "details"))
    self.body.append(f"<summary>{LEAD}</summary>\n")


def depart_data(self: HTML5Translator, _node: figure_data) -> None:
    """Close the disclosure."""
    self.body.append("</details>\n")


def setup_output(app: Sphinx) -> None:
    """Register nodes, visitors, transform and style sheet."""
    app.add_node(figure_data, html=(visit_data, depart_data))
    app.add_node(figure_sources)
    app.add_post_transform(SuitFigures)
    app.add_css_file("figures.css")
