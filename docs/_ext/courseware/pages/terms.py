"""Link each glossary term where a chapter's text first uses it, and put it in the index."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from .build import index_entry, linked, term_xref
from .course import course_of
from .domain import is_chapter
from .figures.nodes import figure_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

    from courseware.data.glossary import Term
    from courseware.data.settings import GlossarySettings

# Text inside these is a heading, a link or a citation already, or is not read with the rest.
CLOSED = (
    nodes.title,
    nodes.reference,
    addnodes.pending_xref,
    nodes.literal,
    nodes.term,
    figure_data,
)


class Named(Protocol):
    """What a text may name: a term of the glossary, an entry of the index."""

    @property
    def term(self) -> str:
        """Its name."""

    @property
    def category(self) -> str | None:
        """What sort of thing it is."""

    @property
    def forms(self) -> tuple[str, ...]:
        """Other names of it."""


N = TypeVar("N", bound=Named)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Matcher(Generic[N]):
    """Finds the forms of all terms in a text, the longest first."""

    pattern: re.Pattern[str]
    exact: dict[str, N]
    folded: dict[str, N]

    def find(self, text: str, start: int = 0) -> tuple[re.Match[str], N] | None:
        """Return the next form in *text* from *start* on, with its term."""
        for match in self.pattern.finditer(text, start):
            form = _SPACE.sub(" ", match[0])
            term = self.exact.get(form) or self.folded.get(form.casefold())
            if term is not None:
                return match, term
        return None


def matcher(terms: Iterable[N], settings: GlossarySettings) -> Matcher[N]:
    """Return what finds *terms*, such as those of the glossary; of two with one form, the first.

    A form with a capital letter is matched as it is spelt; a form all in small letters also
    at the head of a sentence.
    A common noun, which is written with a capital only as a dictionary entry is, counts as written
    in small letters, and its plain plural is found too; *settings* tell which categories have
    common nouns, and a term without a category is one.
    Between two words of a form may stand any space, such as one that keeps them on a line.
    """
    pairs: dict[str, N] = {}
    for term in terms:
        for form in forms_of(term, is_common=term.category in {None, *settings.common}):
            pairs.setdefault(form, term)
    longest_first = sorted(pairs, key=lambda form: (-len(form), form))
    # Case is ignored form by form: a whole pattern that ignores case takes "gulf cartel" for
    # "Gulf Cartel", finds that it is not, and passes over the "cartel" in it.
    forms = "|".join(
        f"(?i:{_pattern(form)})" if form.islower() else _pattern(form) for form in longest_first
    )
    return Matcher(
        re.compile(rf"(?<!\w)(?:{forms})(?!\w)"),
        exact={form: term for form, term in pairs.items() if not form.islower()},
        folded={form: term for form, term in pairs.items() if form.islower()},
    )


def _pattern(form: str) -> str:
    return r"\s+".join(re.escape(word) for word in form.split())


def forms_of(term: Named, *, is_common: bool) -> Iterator[str]:
    """Return the spellings under which a text may use *term*."""
    name = re.sub(r"\s*\(.*?\)", "", term.term) or term.term
    if is_common:
        name = name[0].lower() + name[1:]
    yield name
    if is_common and name.islower():
        yield f"{name}s"
    yield from term.forms


class FirstUses(SphinxTransform):
    """In each chapter's core text, link every term once, where it is used first."""

    # After the chapter's blocks are marked (500), before the domains record the page (850).
    default_priority = 510

    def apply(self, **_options: object) -> None:
        """Link the terms of the page if it is a chapter."""
        course = course_of(self.env)
        if not is_chapter(self.env.docname) or not course.glossary_file.exists():
            return
        self.env.note_dependency(str(course.glossary_file))
        self.matcher = matcher(course.glossary.terms, course.settings.glossary)
        self.used: set[str] = set()
        for section in self.document.findall(nodes.section):
            if "block-reading" in section["classes"]:
                for text in [n for n in section.findall(nodes.Text) if not _is_closed(n)]:
                    self.link(text)

    def link(self, text: nodes.Text) -> None:
        """Replace *text* by text with links to the terms that have not been used yet."""
        content = text.astext()
        pieces: list[nodes.Node] = []
        done = start = 0
        while found := self.matcher.find(content, start):
            match, term = found
            start = match.end()
            if term.id in self.used:
                continue
            self.used.add(term.id)
            pieces.append(nodes.Text(content[done : match.start()]))
            pieces.extend(self.first_use(match[0], term))
            done = start
        if pieces:
            pieces.append(nodes.Text(content[done:]))
            text.parent.replace(
                text,
                [piece for piece in pieces if piece.astext() or not isinstance(piece, nodes.Text)],
            )

    def first_use(self, text: str, term: Term) -> list[nodes.Node]:
        """Return the link for *term*, an anchor, and the index entry that points to it."""
        anchor = f"use-{term.id}"
        index = addnodes.index(entries=[index_entry(term, anchor)])
        xref = linked(term_xref(term.term, text), self.env.docname)
        place = nodes.inline("", "", xref, ids=[anchor], classes=["first-use"])
        return [index, place]


def _is_closed(node: nodes.Node) -> bool:
    parent = node.parent
    while parent is not None:
        if isinstance(parent, CLOSED):
            return True
        parent = parent.parent
    return False


def setup_terms(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(FirstUses)
