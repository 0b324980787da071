"""The elements of a structure tree (ISO 32000-1, 14.7.2), and how one gets at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Object


def kids_of(node: Object) -> list[Object | int]:
    """Return the elements, and the pieces of content, that *node* holds."""
    kids = node.get(Name.K)
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def elements_of(node: Object) -> Iterator[Dictionary]:
    """Yield the elements that *node* holds."""
    for kid in kids_of(node):
        if isinstance(kid, Dictionary) and Name.S in kid:
            yield kid


def all_elements(node: Object) -> Iterator[Dictionary]:
    """Yield the elements below *node*, in reading order."""
    # A list of what is still to be visited: trees are deep, and generators in generators slow.
    ahead = list(elements_of(node))[::-1]
    while ahead:
        element = ahead.pop()
        yield element
        ahead += list(elements_of(element))[::-1]
