"""Collect the places of a site while its pages are written, and write the index at the end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from courseware.data.ledger import Ledger
from courseware.files.whole import write_whole
from courseware.pages.course import course_of
from courseware.pages.domain import course_domain, is_chapter

from .index import Page, write_index
from .places import read_places
from .where import INDEX, has_search
from .words import key, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from .places import Place

#: Fields at the head of a page by which its author keeps it out of a search, as Sphinx has them.
KEPT_OUT = {"no-search", "nosearch"}


def keys(text: str) -> tuple[str, ...]:
    """Return the keys of the words of *text*, in an order of their own: surnames may come first."""
    return tuple(sorted(key(word.group()) for word in words(text)))


class KnownHere:
    """What the course in *env* knows of places."""

    def __init__(self, env: BuildEnvironment) -> None:
        self.env, self.domain = env, course_domain(env)
        course = course_of(env)
        self.ledger = course.ledger if course.ledger_file.exists() else Ledger(statements=[])
        terms = course.glossary.terms if course.glossary_file.exists() else []
        self.categories = {
            keys(name): term.category.capitalize()
            for term in terms
            if term.category
            for name in (*term.forms, term.term)
        }

    def exercise_number(self, name: str) -> str:
        """Return the number of the exercise *name*, such as 5.3."""
        return self.domain.exercise_number(name)

    def figure_number(self, docname: str, anchor: str) -> str:
        """Return the number of a figure, such as 5.1."""
        numbers = self.env.toc_fignumbers.get(docname, {}).get("figure", {})
        return ".".join(map(str, numbers.get(anchor, ())))

    def tested_by(self, docname: str, anchor: str) -> list[str] | None:
        """Return the statements that a close check tests."""
        if self.domain.targets.get(("note", anchor)) != (docname, anchor):
            return None
        return [each.id for each in self.ledger.statements if each.check == anchor]

    def category(self, name: str) -> str:
        """Return the category of the term *name*, with a capital letter."""
        return self.categories.get(keys(name), "")


class Collector:
    """The places of one build, by page."""

    def __init__(self) -> None:
        self.places: dict[str, list[Place]] = {}
        self.known: KnownHere | None = None

    def begin(self, _app: Sphinx, env: BuildEnvironment) -> None:
        """Forget what an earlier build found, now that all pages are read."""
        self.places, self.known = {}, KnownHere(env)

    def collect(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Read the places of the page *docname*, when all that stands on it is known."""
        if has_search(app.builder) and self.known is not None:
            kept_out = not KEPT_OUT.isdisjoint(app.env.metadata.get(docname, {}))
            self.places[docname] = (
                []
                if kept_out
                else read_places(doctree, docname, self.known, chapter=is_chapter(docname))
            )

    def write(self, app: Sphinx, exception: Exception | None) -> None:
        """Write the index into the site."""
        if exception is None and has_search(app.builder):
            pages = [self.page(app, name) for name in self.in_order(app.env) if self.places[name]]
            places = [place for page in pages for place in self.places[page.docname]]
            write_whole(Path(app.outdir) / INDEX, write_index(pages, places).encode("utf-8"))

    def in_order(self, env: BuildEnvironment) -> Iterable[str]:
        """Return the pages: those that are numbered by their numbers, then the others by name."""
        numbers = {name: env.toc_secnumbers.get(name, {}).get("") or () for name in self.places}
        return sorted(self.places, key=lambda name: (not numbers[name], numbers[name], name))

    def page(self, app: Sphinx, docname: str) -> Page:
        """Return what the index says of the page *docname*."""
        number = app.env.toc_secnumbers.get(docname, {}).get("") or ()
        title = app.env.titles[docname].astext()
        address = app.builder.get_target_uri(docname)
        return Page(docname, address, title, ".".join(map(str, number)))


def setup_made(app: Sphinx) -> None:
    """Register the collector: after all that completes pages, before all that lists files."""
    collector = Collector()
    app.connect("env-updated", collector.begin)
    app.connect("doctree-resolved", collector.collect, priority=900)
    app.connect("build-finished", collector.write, priority=300)
