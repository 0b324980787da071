"""Below each figure: what it rests on, and where its data are, which paper has no room for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from courseware.data.figures import figure_files
from courseware.data.ledger import page_words, pages_in
from courseware.pages.course import course_of
from courseware.pages.figures.nodes import figure_data, figure_sources

from .elsewhere import address_of
from .joined import walk
from .words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

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


def sources_in_short(
    env: BuildEnvironment, figure: nodes.Element, docname: str
) -> list[nodes.Node]:
    """Return on what the data of a drawn *figure* rest: pages of the work, and works, in a line.

    This is for slides and handouts, on which a code of the ledger leads nowhere.
    """
    name = next((each for each in figure["names"] if each.startswith("figure-")), "")
    course = course_of(env)
    if "evidence-figure" not in figure["classes"] or not name:
        return []
    files = figure_files(course.folder, name.removeprefix("figure-"))
    rows = [row for path in files for row in course.figure_table(path).rows]
    statements = {each for row in rows for each in row.ids("statements")}
    works = list(dict.fromkeys(each for row in rows for each in row.ids("sources")))
    found: list[list[nodes.Node]] = []
    if statements:
        pages = in_runs(course.ledger.by_id[each].page for each in statements)
        found.append([nodes.Text(f"{course.settings.work.noun}, {page_words(pages)}")])
    found += [[_cited(work, docname)] for work in works]
    words: list[nodes.Node] = []
    for at, each in enumerate(found):
        words += [nodes.Text("; ")] * bool(at)
        words += each
    return words


def in_runs(pages: Iterable[str]) -> str:
    """Return *pages* of the work (``3``, ``4-5``, ``7``) each once, in runs: ``3-5, 7``."""
    numbers: set[int] = set()
    for each in pages:
        for part in each.split(","):
            ends = pages_in(part)
            numbers.update(range(ends[0], ends[-1] + 1))
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = (str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    return ", ".join(shown)


def _cited(work: str, docname: str) -> nodes.Node:
    xref = addnodes.pending_xref("", refdomain="cite", reftype="t", reftarget=work, refdoc=docname)
    xref += nodes.inline()
    return xref
