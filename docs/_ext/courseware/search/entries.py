"""Addresses for the entries of lists that have none, so that a search leads to the very entry."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from .where import BUILDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx


class AddressEntries(SphinxPostTransform):
    """Give each entry of a definition list an id made of its term.

    Only of lists that an author wrote, and whose terms stand once on the page: what comes again
    under many headings ("Origin", "Rivals") is no name of anything.
    """

    # After all that makes lists and ids.
    default_priority = 700
    builders = tuple(sorted(BUILDERS))

    def run(self, **_options: object) -> None:
        """Complete the page."""
        lists = [each for each in self.document.findall(nodes.definition_list) if is_written(each)]
        count = Counter(term.astext() for each in lists for term in terms_of(each))
        taken = {name for node in self.document.findall(nodes.Element) for name in node["ids"]}
        for each in lists:
            terms = list(terms_of(each))
            if all(count[term.astext()] == 1 for term in terms):
                for term in terms:
                    name = nodes.make_id(f"entry-{term.astext()}")
                    if not term["ids"] and not term.parent["ids"] and name not in taken:
                        taken.add(name)
                        term["ids"].append(name)


def is_written(listing: nodes.definition_list) -> bool:
    """Tell whether an author wrote *listing*: MyST marks it so."""
    return "myst" in listing["classes"]


def terms_of(listing: nodes.definition_list) -> Iterator[nodes.term]:
    """Yield the terms of *listing* itself."""
    for item in listing.children:
        if isinstance(item, nodes.definition_list_item):
            yield from (child for child in item.children if isinstance(child, nodes.term))


def setup_entries(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(AddressEntries)
