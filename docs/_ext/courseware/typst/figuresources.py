"""Below each figure: what it rests on, and where its data are, which paper has no room for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from courseware.pages.figures.nodes import figure_data, figure_sources

from .elsewhere import address_of
from .joined import walk
from .words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.builders import Builder

_SCHEME = re.compile(r"^https?://")


def tell_sources(tree: nodes.document, builder: Builder, start: str, language: str) -> None:
    """Take the data out of *tree*, and say below each figure where they are.

    Where the course has an address (``html_baseurl``), that is the place on its site, and the
    names of the files are links to them; else the names alone.
    """
    data = {
        (docname, node["figure"]): node
        for docname, node in list(walk(tree, start))
        if isinstance(node, figure_data)
    }
    for docname, node in list(walk(tree, start)):
        if isinstance(node, figure_sources) and (behind := data.get((docname, node["figure"]))):
            said = words(language)
            if node.children:
                node.insert(0, nodes.Text(f"{said['sources']} "))
                node.append(nodes.Text(". "))
            node.append(nodes.Text(f"{said['data']} "))
            node.extend(_place(behind, builder, docname, said))
    for node in data.values():
        node.parent.remove(node)


def _place(
    behind: figure_data, builder: Builder, docname: str, said: dict[str, str]
) -> Iterator[nodes.Node]:
    """Yield the words that tell where the data *behind* a figure of the page *docname* are."""
    files = list(behind.findall(addnodes.download_reference))
    page = address_of(builder, docname, behind["ids"][0])
    if not page:
        yield nodes.Text(f"{said['data-at']} ")
        yield nodes.Text(", ".join(file.astext() for file in files))
        return
    base = builder.config.html_baseurl.rstrip("/")
    shown = _SCHEME.sub("", page)
    yield nodes.reference(shown, shown, refuri=page, internal=False)
    yield nodes.Text(" (")
    for at, file in enumerate(files):
        yield nodes.Text(", " if at else "")
        address = f"{base}/_downloads/{file['filename']}"
        yield nodes.reference(file.astext(), file.astext(), refuri=address, internal=False)
    yield nodes.Text(")")
