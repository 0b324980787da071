"""Describe a page in one or two sentences of its own, as search engines and previews show them.

Whole sentences are taken, for a claim that is cut short may lose its owner ("…, she argues").
A reference whose words are not known until all pages have been read makes its sentence unusable,
so that a description rests on its own page and on no other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref

from courseware.pages.nodes import ledger_cite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: How long a description is, in characters: search engines cut what is longer.
LEAST, MOST = 50, 160

# Stands for words that are not known yet (U+FFFC, object replacement character).
_HOLE = "\ufffc"
# References that take their words from what they refer to.
_BORROWING = frozenset({"any", "doc", "exercise", "numref", "ref"})
# The sections of a chapter that describe it, in this order.
_BLOCKS = ("block-central-question", "block-plain-summary")
# A sentence ends in a mark, with what closes after it, but not in an initial ("U.S.");
# the next one begins with a capital, a figure or a quotation.
_END = re.compile(r"(?:(?<=[.?!])|(?<=[.?!][”’\")]))(?<!\b[A-Z]\.)\s+(?=[“\u2018\"(]?[A-ZÀ-Þ0-9])")


def given_description(document: nodes.document) -> str:
    """Return the description that the author wrote in the page's metadata, empty if none."""
    for meta in document.findall(nodes.meta):
        if meta.get("name", "").lower() == "description":
            return " ".join(meta.get("content", "").split())
    return ""


def describe(document: nodes.document, *, chapter: bool) -> str:
    """Return the description of a page from its text, empty where it has no paragraph.

    A *chapter* is described by its central question and its plain summary, any other page by its
    first paragraphs.
    """
    blocks = list(_chapter_blocks(document)) if chapter else []
    if not blocks:
        return " ".join(fitting(sentences(map(words_of, _paragraphs(document)))))
    chosen = fitting(sentences(words_of(p) for block in blocks for p in block))
    # The question of the chapter stands well alone; one of the summary wants its answer.
    while len(chosen) > 1 and chosen[-1].endswith("?"):
        chosen.pop()
    return " ".join(chosen)


def _chapter_blocks(document: nodes.document) -> Iterator[list[nodes.paragraph]]:
    sections = list(document.findall(nodes.section))
    for name in _BLOCKS:
        yield from (list(s.findall(nodes.paragraph)) for s in sections if name in s["classes"])


def _paragraphs(document: nodes.document) -> Iterator[nodes.paragraph]:
    """Yield the paragraphs of running text: none of a list, table, figure or card."""
    for paragraph in document.findall(nodes.paragraph):
        parent = paragraph.parent
        while type(parent) in {nodes.section, nodes.container}:
            parent = parent.parent
        if isinstance(parent, nodes.document):
            yield paragraph


def words_of(node: nodes.Element) -> str:
    """Return the words of *node* without citations, with a hole for those not known yet."""
    text = "".join(_parts(node))
    text = " ".join(text.split())
    # What was left out leaves a space before a mark, or empty brackets.
    return re.sub(r"\s+(?=[,.;:?!)])", "", text.replace("()", ""))


def _parts(node: nodes.Element) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, nodes.Text):
            yield child.astext()
        elif isinstance(child, ledger_cite | nodes.footnote_reference | nodes.raw):
            continue
        elif isinstance(child, nodes.math | nodes.image):
            yield _HOLE
        elif isinstance(child, pending_xref) and child["refdomain"] == "cite":
            # A citation in brackets is left out; one that is part of the sentence cannot be.
            yield "" if child["reftype"] == "p" else _HOLE
        elif isinstance(child, pending_xref) and _borrows(child):
            yield _HOLE
        elif isinstance(child, nodes.Element):
            yield from _parts(child)


def _borrows(xref: pending_xref) -> bool:
    return xref["reftype"] in _BORROWING and not xref.get("refexplicit")


def sentences(texts: Iterable[str]) -> list[str]:
    """Return the sentences of *texts*; one in quotation marks is not split from what is around."""
    found: list[str] = []
    for text in texts:
        begun = ""
        for part in _END.split(text):
            begun = f"{begun} {part}".strip()
            if begun.count("“") <= begun.count("”"):
                found.append(begun)
                begun = ""
        if begun:
            found.append(begun)
    return [sentence for sentence in found if sentence]


def fitting(offered: Sequence[str]) -> list[str]:
    """Return as many sentences as fit, one after another, from the first that fits by itself.

    Only where they would be too few is one cut, between two words.
    """
    usable = [bool(len(sentence) <= MOST and _HOLE not in sentence) for sentence in offered]
    if True not in usable:
        return [cut(sentence) for sentence in offered if _HOLE not in sentence][:1]
    chosen: list[str] = []
    for sentence in offered[usable.index(True) :]:
        length = len(" ".join(chosen))
        room = MOST - length - 1 if chosen else MOST
        if _HOLE in sentence:
            break
        if len(sentence) > room:
            if length < LEAST:
                chosen.append(cut(sentence, room))
            break
        chosen.append(sentence)
    return chosen


def cut(text: str, most: int = MOST) -> str:
    """Return *text* in at most so many characters, with dots where it is cut.

    It is cut after a part of its sentence, or, where that would leave too little, after a word.
    """
    if len(text) <= most:
        return text
    words = text[:most].rpartition(" ")[0]
    parts = re.match(r".*[^\s,;:–—](?=[,;:]\s|\s[–—]\s)", text[:most])
    kept = parts[0] if parts and len(parts[0]) >= LEAST else words
    return f"{kept.rstrip(' ,;:–—(“')}…" if kept else ""
