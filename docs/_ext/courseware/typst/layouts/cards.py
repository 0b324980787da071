"""Cards to cut: the terms that a page defines on their fronts, what they mean on their backs.

Terms are those of a page's ``{key-terms}``, with their translations. On a page that says what the
kinds of statement are, in a list of definitions, these are the cards, in the frames that they have
on all pages, each with a statement of that kind: of what is said of a kind, its card has the first
paragraph. Beside the kinds stand the strengths of evidence, where some page defines all of them so.
A page with neither terms nor kinds has no cards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref, start_of_file
from sphinx.util import logging

from courseware.data.ledger import Strength, page_words
from courseware.pages.build import in_language, kind_looks, paragraph, span
from courseware.pages.course import course_of
from courseware.pages.nodes import course_list
from courseware.typst.meanings import is_translation, kinds_by_name, meanings, name_of
from courseware.typst.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    found = [(document.start, item) for item in _defined(builder, doctree)]
    if found and name_of(found[0][1]).casefold() in kinds_by_name(builder):
        found += meanings(builder, [strength.value for strength in Strength])
    if not found:
        message = f"{document.target}: '{document.start}' has neither key terms nor kinds"
        _warn(f"{message} to make cards of", document.start)
    about = (document.title, document.edition, document.licence)
    parts: list[list[nodes.Node]] = [[nodes.Text(said)] for said in about]
    parts.extend(part for where, item in found for part in _parts(builder, item, where, document))
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
    kinds = kinds_by_name(builder)
    for listing in doctree.findall(nodes.definition_list):
        items = [each for each in listing if isinstance(each, nodes.definition_list_item)]
        parent = listing.parent
        is_terms = isinstance(parent, course_list) and "key-terms" in parent["classes"]
        if is_terms or all(name_of(item).casefold() in kinds for item in items):
            yield from items


def _words(builder: Builder, document: PdfDocument) -> dict[str, str]:
    return words(document.language or builder.config.language)


def _begin_large(meaning: Iterable[nodes.Node]) -> None:
    """Begin *meaning* with a capital letter, which it has not where it ends a sentence."""
    first = next((text for part in meaning for text in part.findall(nodes.Text)), None)
    if first:
        first.parent.replace(first, nodes.Text(first[0].upper() + first[1:]))


def _other_form(translation: nodes.inline, name: str) -> nodes.inline | None:
    """Return a *translation* of *name* without *name*, before or in brackets; None for no more.

    An institution is often called by the same letters or words in both languages.
    """
    if not is_translation(translation):
        return None
    said = translation.astext()
    other = said.removesuffix(f" ({name})")
    if other.startswith(f"{name} (") and other.endswith(")"):
        other = other.removeprefix(f"{name} (").removesuffix(")")
    if other.casefold() == name.casefold():
        return None
    result = translation.deepcopy()
    if other != said:
        result.children = [nodes.Text(other)]
    return result


def _example(builder: Builder, document: PdfDocument, kind: Kind) -> Iterator[nodes.paragraph]:
    """Yield the shortest plain statement of a *kind*, the first of several, with its page."""
    course = course_of(builder.env)
    of_kind = [each for each in course.ledger.statements if each.kind == kind.id]
    if of_kind:
        # What is told with a colon is not plain.
        found = min(of_kind, key=lambda each: (":" in each.text, len(each.text)))
        lead = _words(builder, document)["example"]
        where = f" ({course.settings.work.noun}, {page_words(found.page)})"
        yield paragraph(nodes.emphasis("", lead), f" {found.text}{where}")


def _parts(
    builder: Builder, item: nodes.definition_list_item, docname: str, document: PdfDocument
) -> Iterator[list[nodes.Node]]:
    """Yield what a card of *item* is called, that in its frame, its translations, its meaning."""
    name = name_of(item)
    kind = kinds_by_name(builder).get(name.casefold())
    translations: list[nodes.Node] = []
    for each in next(item.findall(nodes.term)).children:
        if isinstance(each, nodes.inline) and (said := _other_form(each, name)) is not None:
            translations += [nodes.Text(" \N{MIDDLE DOT} ")] * bool(translations) + [said]
    bodies = list(item.findall(nodes.definition))
    meaning = [child.deepcopy() for body in bodies for child in body.children]
    settings = course_of(builder.env).settings
    called = kind.translations if kind else {}
    if kind:
        meaning = [*meaning[:1], *_example(builder, document, kind)]
    elif docname != document.start:
        # A name such as "weak" does not say of what.
        translations = [nodes.Text(_words(builder, document)["strength"])]
        called = settings.strengths.get(Strength(name.casefold()).value, {})
        _begin_large(meaning)
    for code, other in called.items():
        translations += [nodes.Text(" \N{MIDDLE DOT} ")] * bool(translations)
        translations.append(in_language(other, settings.glossary.tag_of(code), "translation"))
    length = sum(len(each.astext()) for each in meaning)
    if length > MOST:
        message = (
            f"the meaning of '{name}' has {length} characters; the back of a card has room for"
        )
        _warn(f"{message} {MOST}", bodies[0])
    for part in meaning:
        for xref in part.findall(pending_xref):
            # From where its target is looked up.
            xref.setdefault("refdoc", docname)
    yield [nodes.Text(name)]
    # Not the word for a kind as pages have it, which is smaller than the text around it.
    yield [span(name, *kind_looks(kind)) if kind else nodes.Text(name)]
    yield translations
    yield meaning
