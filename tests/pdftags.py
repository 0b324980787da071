"""Read the structure tree of a tagged PDF, for tests of what a screen reader would find."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf
from courseware.typst.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Tag:
    """One element: its type, the types of its ancestors, and what is said of it.

    *is_empty*: it holds neither elements nor content.
    """

    kind: str
    path: tuple[str, ...]
    alt: str | None
    scope: str | None
    language: str | None
    summary: str | None
    is_empty: bool


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
        language = str(node.Lang) if "/Lang" in node else None
        kids = node.get("/K")
        is_empty = kids is None or (isinstance(kids, pikepdf.Array) and not len(kids))
        yield Tag(kind, path, alt, _scope(node), language, _attribute(node, "/Summary"), is_empty)
        if "/K" in node:
            yield from _walk(node.K, (*path, kind))


def _scope(node: pikepdf.Object) -> str | None:
    scope = _attribute(node, "/Scope")
    return scope.removeprefix("/") if scope else None


def _attribute(node: pikepdf.Object, name: str) -> str | None:
    attributes = node.get("/A")
    for each in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        if isinstance(each, pikepdf.Dictionary) and name in each:
            return str(each[name])
    return None


#: What may stand in what (ISO 32000-1, 14.8.4.3): lists and tables, and their parts.
_WITHIN = {
    "LI": {"L"},
    "Lbl": {"LI", "Link", "Note", "P", "TOCI"},
    "LBody": {"LI"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TOCI": {"TOC"},
}
_MARKED = re.compile(rb"/MCID (\d+)")


def faults(pdf: pikepdf.Pdf) -> list[str]:
    """Return what is wrong in the tags of *pdf*, said in words; nothing where all is right.

    An inventory of its own beside the rules of PDF/UA: who stands in whom, what has a name, and
    whether tags, content and the tree of parents tell the same.
    """
    return [*_of_file(pdf), *_of_elements(pdf), *_of_content(pdf), *_of_links(pdf)]


def _of_file(pdf: pikepdf.Pdf) -> Iterator[str]:
    if not str(pdf.Root.get("/Lang", "")):
        yield "the file has no language"
    if not str(pdf.docinfo.get("/Title", "")):
        yield "the file has no title"
    if "/ViewerPreferences" not in pdf.Root or not pdf.Root.ViewerPreferences.DisplayDocTitle:
        yield "its name is shown in place of its title"
    if "/MarkInfo" not in pdf.Root or not pdf.Root.MarkInfo.Marked:
        yield "the file is not said to be tagged"
    if "/PageLabels" not in pdf.Root:
        yield "pages have no labels"


def _of_elements(pdf: pikepdf.Pdf) -> Iterator[str]:
    level = 0
    for tag in tags(pdf):
        parent = tag.path[-1] if tag.path else ""
        if parent not in _WITHIN.get(tag.kind, {parent}):
            yield f"{tag.kind} in {parent or 'nothing'}"
        if tag.kind == "Figure" and not tag.alt:
            yield "Figure without words"
        if tag.kind == "Figure" and tag.is_empty:
            yield f"Figure of nothing: {tag.alt}"
        if tag.kind == "Table" and not tag.summary:
            yield "Table of which nothing is said"
        if tag.kind == "TH" and tag.scope is None:
            yield "TH without scope"
        if tag.kind == "Quote" and parent in {"TD", "TH", "Quote"}:
            yield "a mark of the template is left"
        if re.fullmatch(r"H[1-6]", tag.kind):
            if int(tag.kind[1]) > level + 1:
                yield f"H{level} is followed by {tag.kind}"
            level = int(tag.kind[1])


def _of_content(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield what is marked and nobody has, or has another owner than the tree of parents says."""
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for number, page in enumerate(pdf.pages, 1):
        content = page.obj.Contents
        streams = content if isinstance(content, pikepdf.Array) else [content]
        marked = {int(each) for part in streams for each in _MARKED.findall(part.read_bytes())}
        if not marked:
            continue
        owners = parents[int(page.obj.StructParents)]
        for at in sorted(marked):
            owner = owners[at] if at < len(owners) else None
            if owner is None:
                yield f"content {at} of page {number} is in no tag"
            elif at not in _pieces_of(owner):
                yield f"content {at} of page {number} is not in the tag that it is said to be in"


def _pieces_of(owner: pikepdf.Object) -> set[int]:
    held = owner.get("/K")
    kids = held if isinstance(held, pikepdf.Array) else [] if held is None else [held]
    return {
        int(kid.MCID) if isinstance(kid, pikepdf.Dictionary) else int(kid)
        for kid in kids
        if not isinstance(kid, pikepdf.Dictionary) or "/MCID" in kid
    }


def _of_links(pdf: pikepdf.Pdf) -> Iterator[str]:
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for number, page in enumerate(pdf.pages, 1):
        for each in list(page.obj.get("/Annots", [])):
            if not str(each.get("/Contents", "")).strip():
                yield f"a link on page {number} has no description"
            elif str(each.Contents).startswith(("Section,", "Figure,")):
                yield f"a link on page {number} does not say what it is about: {each.Contents}"
            if "/StructParent" not in each or parents[int(each.StructParent)].S != "/Link":
                yield f"a link on page {number} is in no tag"


def links(pdf: pikepdf.Pdf) -> list[str]:
    """Return the descriptions of all links in *pdf*."""
    return [str(each.Contents) for page in pdf.pages for each in list(page.obj.get("/Annots", []))]


def pictures(pdf: pikepdf.Pdf) -> list[str | None]:
    """Return what is said of each picture of *pdf* but those that a pen writes on."""
    pen = {WORDS["en"][name] for name in ("blank", "lines", "tick", "number-box")}
    return [tag.alt for tag in tags(pdf) if tag.kind == "Figure" and tag.alt not in pen]
