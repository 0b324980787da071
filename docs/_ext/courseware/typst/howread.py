"""How far works were read, in a list of many: said once where it is the same for most of them."""

from __future__ import annotations

from collections import Counter

from docutils import nodes

from courseware.data.howfar import WORDS

from .words import words

# From so many works on a list tells what most of them end with before it.
_MANY = 10


def say_once(tree: nodes.document, language: str) -> None:
    """Take from the works of each long list in *tree* what more than half of them end with.

    A line before the list says it, in *language*, and where the others say theirs.
    """
    said = words(language)["how-far"]
    for works in list(tree.findall(nodes.bullet_list)):
        if "bibliography" not in works["classes"] or len(works) < _MANY:
            continue
        ends = [_end_of(work) for work in works]
        told, count = Counter(ends).most_common(1)[0]
        if not told or count * 2 <= len(ends):
            continue
        for work, end in zip(works, ends, strict=True):
            if end == told:
                _take_from(work, told)
        line = said.format(words=f"{told[0].lower()}{told[1:]}")
        works.parent.insert(works.parent.index(works), nodes.paragraph("", line))


def _end_of(work: nodes.Node) -> str:
    """Return the words with which *work* says how far it was read; nothing where it does not."""
    text = work.astext().rstrip(" .")
    return next((told for told in WORDS.values() if text.endswith(f". {told}")), "")


def _take_from(work: nodes.Node, told: str) -> None:
    """Take *told*, with its full stop, from the end of *work*."""
    last = list(work.findall(nodes.Text))[-1]
    kept = last.astext().rstrip().removesuffix(".").removesuffix(told).rstrip()
    last.parent.replace(last, nodes.Text(kept))
