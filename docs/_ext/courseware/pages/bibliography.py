"""How sphinxcontrib-bibtex cites and lists works.

Works are cited by author and year in round brackets, since square ones hold pages of the work.
Its list of ``citation`` nodes has labels that author-year references do not need, and roles
that fail ARIA's rule on required children; a bullet list reads well everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import pybtex.plugin
import sphinxcontrib.bibtex.plugin
from docutils import nodes
from pybtex.database import Entry
from pybtex.richtext import Text
from pybtex.style.formatting.plain import Style as PlainStyle
from pybtex.style.sorting import BaseSortingStyle
from pybtex.style.template import Node, join, optional, sentence, tag
from pybtex.style.template import field as field_of
from pybtex_docutils import Backend
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinxcontrib.bibtex.style.referencing import BracketStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

from courseware.data import howfar
from courseware.data.bibliography import LANGUAGE, UNDATED, sorting_key

from .course import course_of_app

if TYPE_CHECKING:
    from collections.abc import Callable

    from pybtex.style import FormattedEntry
    from sphinx.application import Sphinx


def _round() -> BracketStyle:
    return BracketStyle(left="(", right=")", sep="; ")


@dataclass
class RoundAuthorYear(AuthorYearReferenceStyle):
    """``(Smith, 2009)`` and ``Smith (2009)``: ``bibtex_reference_style = "author_year_round"``."""

    bracket_parenthetical: BracketStyle = field(default_factory=_round)
    bracket_textual: BracketStyle = field(default_factory=_round)


class ByAuthor(BaseSortingStyle):  # type: ignore[misc] # pybtex has no types
    """Sort works by author or institution, then by year and title; accents do not count."""

    def sorting_key(self, entry: Entry) -> tuple[str, str, str]:
        """Return what *entry* is sorted by."""
        return sorting_key(entry)


class CourseStyle(PlainStyle):  # type: ignore[misc] # pybtex has no types
    """BibTeX's plain style with surnames first, and then the year, as citations have both.

    ``bibtex_default_style = "course"``.
    """

    default_name_style = "lastfirst"
    default_sorting_style = "course"

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self._formatted: dict[tuple[str, str], FormattedEntry] = {}

    def format_names(self, role: str, as_sentence: bool = True) -> Node:
        """Return the names of a *role*; those that begin a work are followed by its date."""
        named: Node = super().format_names(role, as_sentence=False)
        return _dated(named) if as_sentence else named

    def format_editor(self, e: Entry, as_sentence: bool = True) -> Node:
        """Return the editors of *e*; where they begin it, its date follows."""
        named: Node = super().format_editor(e, as_sentence=False)
        return _dated(named) if as_sentence else named

    def format_title(self, e: Entry, which_field: str, as_sentence: bool = True) -> Node:
        """Return a title of *e*, marked as of its language."""
        return _of_its_language(super().format_title(e, which_field, False), e, as_sentence)

    def format_btitle(self, e: Entry, which_field: str, as_sentence: bool = True) -> Node:
        """Return the title of the book *e*, marked as of its language."""
        return _of_its_language(super().format_btitle(e, which_field, False), e, as_sentence)

    def format_entry(self, label: str, entry: Entry, bib_data: object = None) -> FormattedEntry:
        """Return *entry* as readers see it, with how far it was read at its end, if it says so.

        sphinxcontrib-bibtex asks for each a second time, for the words that a pointer shows.
        """
        if (label, entry.key) not in self._formatted:
            self._formatted[label, entry.key] = self._format(label, entry, bib_data)
        return self._formatted[label, entry.key]

    def _format(self, label: str, entry: Entry, bib_data: object) -> FormattedEntry:
        formatted = super().format_entry(label, with_date_ahead(entry), bib_data)
        if told := entry.fields.get(howfar.FIELD):
            formatted.text = Text(formatted.text, f" {howfar.HowFar(told).words}.")
        return formatted


def _of_its_language(title: Node, entry: Entry, as_sentence: bool) -> Node:
    if code := entry.fields.get(LANGUAGE):
        title = tag(f"{_MARK}{code}")[title]
    return sentence[title] if as_sentence else title


# How the mark of a language begins, as a class of what stands in the line.
_MARK = "language-"


def _marked(tag: str) -> Callable[..., nodes.inline]:
    """Return what makes a node of words in the language *tag*, as the others of pybtex-docutils."""
    return partial(nodes.inline, classes=[f"{_MARK}{tag}"])


# The field that `with_date_ahead` adds for the templates here.
_DATED = "dated"


def _dated(named: Node) -> Node:
    return sentence[join[named, optional[" (", field_of(_DATED), ")"]]]


def with_date_ahead(entry: Entry) -> Entry:
    """Return *entry* with its date where the templates print it behind the names, and only there.

    A work without a year has the word for that. One that begins with its title keeps its date at
    the end.
    """
    names = ("author", "editor") if entry.type in _EDITED else ("author",)
    if not any(entry.persons.get(role) for role in names):
        return entry
    year, month = entry.fields.get("year", UNDATED), entry.fields.get("month")
    ahead = Entry(entry.type, list(entry.fields.items()), entry.persons)
    ahead.key = entry.key
    ahead.fields[_DATED] = f"{year}, {month}" if month else year
    # Empty and not missing, since most templates need a year.
    ahead.fields["year"] = ahead.fields["month"] = ""
    return ahead


# Types that may begin with their editors.
_EDITED = frozenset({"book", "inbook", "proceedings"})


class PlainBibliography(SphinxPostTransform):
    """Replace each container of citations by a bullet list with the same anchors."""

    # After sphinxcontrib-bibtex has made the citations (5), before links are resolved (10).
    default_priority = 6

    def run(self, **_options: object) -> None:
        """Rewrite the bibliographies of the page."""
        for container in list(self.document.findall(nodes.container)):
            citations = [child for child in container if isinstance(child, nodes.citation)]
            if citations and len(citations) == len(container):
                items = nodes.bullet_list(classes=["bibliography"])
                for citation in citations:
                    body = [child for child in citation if not isinstance(child, nodes.label)]
                    items += nodes.list_item("", *body, ids=citation["ids"])
                    # The environment keeps the node, and would fill it once more where a list of
                    # works is printed again, as it is for each handout.
                    citation.clear()
                container.replace_self(items)


class PlainCitations(SphinxPostTransform):
    """Take away the frame of each citation on pages: it has an anchor, to which nothing leads.

    Works link back to where they are cited in the extension's own list alone.
    """

    # After citations are resolved (10).
    default_priority = 20
    formats = ("html",)

    def run(self, **_options: object) -> None:
        """Leave what stands in the frames of the page."""
        for frame in list(self.document.findall(nodes.inline)):
            if "bibtex-citation" in frame["classes"]:
                at = frame.parent.index(frame)
                frame.parent[at : at + 1] = frame.children


def give_checked_works(app: Sphinx) -> None:
    """Put the works that the course has read in the place of those that the extension has read.

    Their titles are of languages that the course lists: those pybtex-docutils learns to mark.
    """
    for each in course_of_app(app).settings.glossary.languages:
        # Called as the classes of nodes are.
        Backend.tags[f"{_MARK}{each.tag}"] = _marked(each.tag)  # type: ignore[assignment]
    if works := course_of_app(app).bibliography:
        domain = app.env.get_domain("cite")
        domain.data["bibdata"] = domain.data["bibdata"]._replace(data=works)


def setup_bibliography(app: Sphinx) -> None:
    """Register the styles and the transform."""
    # After sphinxcontrib-bibtex has read its files (500).
    app.connect("builder-inited", give_checked_works, priority=550)
    pybtex.plugin.register_plugin("pybtex.style.sorting", "course", ByAuthor)
    pybtex.plugin.register_plugin("pybtex.style.formatting", "course", CourseStyle)
    sphinxcontrib.bibtex.plugin.register_plugin(
        "sphinxcontrib.bibtex.style.referencing", "author_year_round", RoundAuthorYear
    )
    # Found once, and not once a citation: pybtex looks through the entry points of all installed
    # packages each time, but first among the plugins that were registered by hand.
    for name in ("plaintext", "docutils"):
        backend = pybtex.plugin.find_plugin("pybtex.backends", name)
        pybtex.plugin.register_plugin("pybtex.backends", name, backend, force=True)
    app.add_post_transform(PlainBibliography)
    app.add_post_transform(PlainCitations)
