"""What the words of a scale mean, as the pages of the course define them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from courseware.pages.course import course_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.builders import Builder

    from courseware.data.settings import Kind


def meanings(
    builder: Builder, names: Sequence[str]
) -> list[tuple[str, nodes.definition_list_item]]:
    """Return what *names* mean, with the first page that defines all of them in this order.

    Nothing where none does. Letter case is ignored.
    """
    for docname in sorted(builder.env.found_docs):
        text = builder.env.doc2path(docname).read_text(encoding="utf-8", errors="replace")
        # Pages are many, and to look at what was read of them takes long.
        if not all(re.search(rf"(?im)^{re.escape(name)}\n: ", text) for name in names):
            continue
        for listing in builder.env.get_doctree(docname).findall(nodes.definition_list):
            items = [each for each in listing if isinstance(each, nodes.definition_list_item)]
            if [name_of(item).casefold() for item in items] == [each.casefold() for each in names]:
                return [(docname, item) for item in items]
    return []


def kinds_by_name(builder: Builder) -> dict[str, Kind]:
    """Return the kinds of statement by their names, letter case ignored."""
    kinds = course_of(builder.env).settings.kinds
    return {kind.id.casefold(): kind for kind in kinds}


def name_of(item: nodes.definition_list_item) -> str:
    """Return what *item* defines, without its translations."""
    term = next(item.findall(nodes.term))
    parts = (each.astext() for each in term.children if not is_translation(each))
    return " ".join("".join(parts).split())


def is_translation(node: nodes.Node) -> bool:
    """Tell whether *node* is a term in another language."""
    return isinstance(node, nodes.inline) and "translation" in node["classes"]
