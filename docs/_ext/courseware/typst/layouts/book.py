"""The reader: the documents of all toctrees, with what is gathered from them behind the chapters.

As in Sphinx's LaTeX builder with ``toctree_only``: of the start document only the toctrees count.
Those before the first numbered one are front matter, numbered ones hold the chapters, those after
are back matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from courseware.typst.howread import say_once
from courseware.typst.joined import book_part
from courseware.typst.keyterms import run_in_key_terms
from courseware.typst.looks import SKIPPED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.builders import Builder

    from courseware.typst.config import PdfDocument
    from courseware.typst.joined import Role


def gather(builder: Builder, document: PdfDocument) -> Iterator[nodes.Element]:
    """Yield the parts of the book *document*, whose documents are not joined yet."""
    yield from _parts(builder.env.get_doctree(document.start))


def prune(tree: nodes.document, builder: Builder, document: PdfDocument) -> None:
    """Say shorter in *tree*, whose links are resolved, what a book says elsewhere."""
    run_in_key_terms(tree)
    say_once(tree, document.language or builder.config.language)


def _parts(doctree: nodes.document) -> Iterator[book_part]:
    """Yield a part for each toctree of *doctree*, in order."""
    toctrees = [each for each in doctree.findall(addnodes.toctree) if not _is_skipped(each)]
    any_numbered = any(toctree.get("numbered") for toctree in toctrees)
    role: Role = "front" if any_numbered else "chapters"
    for toctree in toctrees:
        if toctree.get("numbered"):
            role = "chapters"
        elif role == "chapters" and any_numbered:
            role = "back"
        yield book_part("", toctree, role=role, caption=toctree.get("caption") or "")


def _is_skipped(node: nodes.Node) -> bool:
    """Tell whether *node* stands in something that print leaves out."""
    while node.parent is not None:
        node = node.parent
        if isinstance(node, nodes.Element) and not SKIPPED.isdisjoint(node["classes"]):
            return True
    return False
