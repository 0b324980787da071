"""Read the structure tree of a tagged PDF, for tests of what a screen reader would find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Tag:
    """One element: its type, the types of its ancestors, alternative text and scope."""

    kind: str
    path: tuple[str, ...]
    alt: str | None
    scope: str | None


def tags(pdf: pikepdf.Pdf) -> list[Tag]:
    """Return all structure elements of *pdf* in reading order."""
    return list(_walk(pdf.Root.StructTreeRoot.K, ()))


def _walk(node: pikepdf.Object, path: tuple[str, ...]) -> Iterator[Tag]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _walk(child, path)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        kind = str(node.S).removeprefix("/")
        alt = str(node.Alt) if "/Alt" in node else None
        yield Tag(kind, path, alt, _scope(node))
        if "/K" in node:
            yield from _walk(node.K, (*path, kind))


def _scope(node: pikepdf.Object) -> str | None:
    attributes = node.get("/A")
    for each in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        if isinstance(each, pikepdf.Dictionary) and "/Scope" in each:
            return str(each.Scope).removeprefix("/")
    return None
