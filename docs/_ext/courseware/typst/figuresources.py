"""Below each figure: what it rests on, and where its data are, which paper has no room for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from courseware.data.figures import figure_files
from courseware.data.ledger import page_words
from courseware.pages.course import course_of
from courseware.pages.figures.nodes import figure_data, figure_sources

from .elsewhere import address_of
from .joined import walk
from .words import words
from .workpages import in_runs, join_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

_SCHEME = re.compile(r"^https?://")


def tell_sources(tree: nodes.document, builder: Builder, start: str, language: str) -> None:
    """Take the data out of *tree*, and say below each figure where they are.

    That is the place on the course's site, and the names of the files are links to them; of a
    course without an address (``html_baseurl``) nobody could find them, so nothing is said.
    """
    data = {
        (docname, node["figure"]): node
        for docname, node in list(walk(tree, start))
        if isinstance(node, figure_data)
    }
    for docname, node in list(walk(tree, start)):
        if isinstance(node, figure_sources) and (behind := data.get((docname, node["figure"]))):
            said = words(language)
            place = list(_place(behind, builder, docname))
            for pages in node.findall(nodes.inline):
                if "ledger-links" in pages["classes"]:
                    join_pages(pages)
            if node.children:
                node.insert(0, nodes.Text(f"{said['sources']} "))
                node.append(nodes.Text(". " if place else "."))
            if place:
                node += [nodes.Text(f"{said['data']} "), *place]
    for node in data.values():
        node.parent.remove(node)


def _place(behind: figure_data, builder: Builder, docname: str) -> Iterator[nodes.Node]:
    """Yield the words that tell where the data *behind* a figure of the page *docname* are.

    There are none where the course has no address.
    """
    files = list(behind.findall(addnodes.download_reference))
    page = address_of(builder, docname, behind["ids"][0])
    if not page:
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


def _cited(work: str, docname: str) -> nodes.Node:
    xref = addnodes.pending_xref("", refdomain="cite", reftype="t", reftarget=work, refdoc=docname)
    xref += nodes.inline()
    return xref
