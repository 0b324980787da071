"""Pages that several PDFs look something up in: read, and resolved, once in a process.

What is given here is shared: whoever prints a part of it takes a copy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.builders import Builder


class Listed(NamedTuple):
    """A list on a page, and its items, each with the places in it, as ``docname#id``."""

    listing: nodes.Element
    items: list[tuple[nodes.Element, frozenset[str]]]


class SharedPages:
    """The pages of the course as *builder* has them."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self._read: dict[str, nodes.document] = {}
        self._listed: dict[str, list[Listed]] = {}

    def read(self, docname: str) -> nodes.document:
        """Return the page *docname* as it was read."""
        if docname not in self._read:
            self._read[docname] = self.builder.env.get_doctree(docname)
        return self._read[docname]

    def listed(self, docname: str) -> list[Listed]:
        """Return the lists of the page *docname*, with definitions or works, links resolved."""
        if docname not in self._listed:
            # Read anew: what is resolved is no longer as it was read.
            page = self.builder.env.get_doctree(docname)
            self.builder.env.resolve_references(page, docname, self.builder)
            self._listed[docname] = [_with_items(each, docname) for each in _outer_lists(page)]
        return self._listed[docname]


def _with_items(listing: nodes.Element, docname: str) -> Listed:
    """Return a list of the page *docname* with its items."""
    items = [
        (item, frozenset(f"{docname}#{name}" for name in _ids_in(item)))
        for item in listing.children
        if isinstance(item, nodes.Element)
    ]
    return Listed(listing, items)


def _ids_in(item: nodes.Element) -> Iterator[str]:
    """Yield the ids of *item* and of all that is in it."""
    for node in item.findall(nodes.Element):
        yield from node["ids"]


def _outer_lists(node: nodes.Element) -> Iterator[nodes.Element]:
    """Yield the lists below *node* that stand in no other list."""
    for child in node.children:
        if isinstance(child, nodes.definition_list | nodes.bullet_list):
            yield child
        elif isinstance(child, nodes.Element):
            yield from _outer_lists(child)
