"""Cards to cut: the terms that a page defines on their fronts, what they mean on their backs.

Terms are those of a page's ``{key-terms}``, with their translations. On a page that says what the
kinds of statement are, in a list of definitions, these are the cards, in the frames that they have
on all pages. A page with neither has no cards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref, start_of_file
from sphinx.util import logging

from courseware.pages.build import span
from courseware.pages.course import course_of
from courseware.pages.nodes import course_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.builders import Builder

    from courseware.data.settings import Kind
    from courseware.typst.config import PdfDocument

logger = logging.getLogger(__name__)

#: Characters that the back of a card holds in the smallest type.
MOST = 360


def gather(builder: Builder, document: PdfDocument) -> Iterator[nodes.Element]:
    """Yield the cards of the page that *document* names: each with a front and a back.

    Warns where there are none, and of each that means more than its back has room for.
    """
    doctree = builder.env.get_doctree(document.start)
    found = list(_defined(builder, doctree))
    if not found:
        message = f"{document.target}: '{document.start}' has neither key terms nor kinds"
        _warn(f"{message} to make cards of", document.start)
    about = (document.title, document.edition, document.licence)
    parts: list[list[nodes.Node]] = [[nodes.Text(said)] for said in about]
    parts.extend(part for item in found for part in _parts(builder, item, document.start))
    cards = nodes.container(classes=["cards"])
    cards += [nodes.container("", *part, classes=["card-part"]) for part in parts]
    yield start_of_file("", cards, docname=document.start)


def _warn(message: str, where: str | nodes.Node) -> None:
    logger.warning("%s", message, location=where, type="courseware", subtype="typst")


def prune(tree: nodes.document, *_more: object) -> None:
    """Leave of links in *tree* their words: a card is cut off from all that they lead to."""
    for link in list(tree.findall(nodes.reference)):
        link.replace_self(link.children)


def _defined(builder: Builder, doctree: nodes.document) -> Iterator[nodes.definition_list_item]:
    """Yield the key terms of *doctree*, or else the kinds that it says the meaning of."""
    kinds = _kinds(builder)
    for listing in doctree.findall(nodes.definition_list):
        items = [each for each in listing if isinstance(each, nodes.definition_list_item)]
        parent = listing.parent
        is_terms = isinstance(parent, course_list) and "key-terms" in parent["classes"]
        if is_terms or all(_name(item).casefold() in kinds for item in items):
            yield from items


def _kinds(builder: Builder) -> dict[str, Kind]:
    """Return the kinds of statement by their names, letter case ignored."""
    kinds = course_of(builder.env).settings.kinds
    return {kind.id.casefold(): kind for kind in kinds}


def _name(item: nodes.definition_list_item) -> str:
    """Return what *item* defines, without its translations."""
    term = next(item.findall(nodes.term))
    words = (each.astext() for each in term.children if not _is_translation(each))
    return " ".join("".join(words).split())


def _is_translation(node: nodes.Node) -> bool:
    return isinstance(node, nodes.inline) and "translation" in node["classes"]


def _parts(
    builder: Builder, item: nodes.definition_list_item, docname: str
) -> Iterator[list[nodes.Node]]:
    """Yield what a card of *item* is called, that in its frame, its translations, its meaning."""
    name = _name(item)
    kind = _kinds(builder).get(name.casefold())
    translations: list[nodes.Node] = []
    for each in filter(_is_translation, next(item.findall(nodes.term)).children):
        translations += [nodes.Text(" \N{MIDDLE DOT} ")] * bool(translations) + [each.deepcopy()]
    bodies = list(item.findall(nodes.definition))
    meaning = [child.deepcopy() for body in bodies for child in body.children]
    said = sum(len(each.astext()) for each in meaning)
    if said > MOST:
        message = f"the meaning of '{name}' has {said} characters; the back of a card has room for"
        _warn(f"{message} {MOST}", bodies[0])
    for part in meaning:
        for xref in part.findall(pending_xref):
            # From where its target is looked up.
            xref.setdefault("refdoc", docname)
    yield [nodes.Text(name)]
    # Not the word for a kind as pages have it, which is smaller than the text around it.
    yield [span(name, f"sign-{kind.sign.value}") if kind else nodes.Text(name)]
    yield translations
    yield meaning
