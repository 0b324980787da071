"""Kinds of statement, wherever a page names them to tell them apart: each in its sign and its hue.

That is where they are explained, in a list of definitions of kinds alone, and where an exercise has
them to choose from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform

from .build import kind_looks, span
from .course import course_of
from .exercises.nodes import exercise_choice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx


class KindsNamed(SphinxTransform):
    """Give the names of kinds their looks."""

    # While lists of definitions are as the author wrote them.
    default_priority = 400

    def apply(self, **_options: object) -> None:
        """Find the names, and set each as the ledger has it."""
        kinds = {kind.id.casefold(): kind for kind in course_of(self.env).settings.kinds}
        for name in [*self.document.findall(exercise_choice), *self.defined(set(kinds))]:
            words = name.astext()
            kind = kinds.get(words.casefold())
            if kind and all(isinstance(child, nodes.Text) for child in name):
                name.clear()
                name.append(span(words, "kind", f"kind-{kind.id}", *kind_looks(kind)))

    def defined(self, kinds: set[str]) -> Iterator[nodes.term]:
        """Yield the terms of lists that define *kinds* and nothing else."""
        for listing in self.document.findall(nodes.definition_list):
            items = (each for each in listing if isinstance(each, nodes.definition_list_item))
            terms = [part for item in items for part in item if isinstance(part, nodes.term)]
            if all(term.astext().casefold() in kinds for term in terms):
                yield from terms


def setup_kinds(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(KindsNamed)
