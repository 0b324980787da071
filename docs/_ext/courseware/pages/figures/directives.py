"""The directive ``{evidence-figure}``: a drawn figure with its caption and the data behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes

from courseware.data.figures import figure_files
from courseware.pages.build import paragraph
from courseware.pages.course import CourseDirective
from courseware.pages.domain import course_domain

from .nodes import figure_data, figure_sources
from .pictures import pictures, unknown
from .table import data_table, sources_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Node
    from sphinx.application import Sphinx


class EvidenceFigure(CourseDirective):
    """A figure by the name of its script; the first paragraph is its title, the rest its legend."""

    has_content = True
    required_arguments = 1
    option_spec: ClassVar = {"alt": directives.unchanged_required}

    def build(self) -> list[Node]:
        """Return the figure and its data; warn of an unknown name, and of missing words."""
        name = self.arguments[0]
        if wrong := unknown(self.course, name):
            self.warn(wrong)
            return []
        alt = self.plain(self.options.get("alt", ""))
        content = self.parse_content_to_nodes()
        if not alt or not content or not isinstance(content[0], nodes.paragraph):
            self.warn(
                f"the figure '{name}' needs an option 'alt', which tells what it shows, "
                "and a first paragraph, which is its title"
            )
            return []
        source, line = self.get_source_info()
        if not course_domain(self.env).note_figure(name, f"{source}:{line}"):
            # Told when all pages are read. Should the other go, this page gets it.
            self.env.note_reread()
            return []
        title, *legend = content
        caption = nodes.caption("", "", *title.children)
        figure = nodes.figure(
            "", *pictures(self.env, name, alt), caption, classes=["evidence-figure"]
        )
        figure += nodes.legend("", *legend, self.sources(name))
        self.set_source_info(figure)
        figure["names"].append(f"figure-{name}")
        self.state.document.note_explicit_target(figure, figure)
        return [figure, self.data(name, figure["ids"][0], title.astext())]

    def plain(self, text: str) -> str:
        """Return *text* on one line, in which a role may have counted something."""
        children, _ = self.parse_inline(" ".join(text.split()), lineno=self.lineno)
        return "".join(child.astext() for child in children)

    def data(self, name: str, figure: str, title: str) -> figure_data:
        """Return the data behind the figure: a table for each file, and the files to download."""
        self.depends_on(self.course.ledger_file)
        result = figure_data(figure=figure, title=title, ids=[f"data-{name}"])
        result["classes"].append("figure-data")
        self.set_source_info(result)
        self.state.document.note_explicit_target(result)
        downloads = paragraph("The numbers as a file: ", classes=["figure-downloads"])
        for position, path in enumerate(figure_files(self.course.folder, name)):
            self.depends_on(path)
            table = self.course.figure_table(path)
            course, docname = self.course, self.env.docname
            result += data_table(table, course.settings, course.ledger, docname, self.cite)
            downloads += [nodes.Text(", ")] * bool(position)
            file = addnodes.download_reference(
                reftarget=f"/{path.relative_to(self.env.srcdir).as_posix()}",
                refdoc=self.env.docname,
            )
            downloads += file
            file += nodes.literal(path.name, path.name)
        result += downloads
        return result

    def sources(self, name: str) -> figure_sources:
        """Return what all rows of the data of *name* rest on, each once."""
        course, docname = self.course, self.env.docname
        rows = [
            row
            for path in figure_files(course.folder, name)
            for row in course.figure_table(path).rows
        ]
        told = sources_of(rows, course.ledger, course.settings.work.noun, docname, self.cite)
        return figure_sources("", "", *told, figure=f"figure-{name}")

    def cite(self, keys: Iterable[str]) -> list[Node]:
        """Return the works *keys* as citations of the bibliography."""
        cited, _ = self.parse_inline(f"{{cite:t}}`{','.join(keys)}`", lineno=self.lineno)
        return cited


def setup_figure_directives(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("evidence-figure", EvidenceFigure)
