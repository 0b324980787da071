"""Where the rest is: what a PDF of one page names and does not hold, said in words.

A code such as that of a close check, or the number of a figure, tells a reader on paper nothing if
what it leads to is not there; each is listed with the page of the course that has it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from docutils import nodes

from courseware.pages.build import paragraph
from courseware.pages.course import course_of
from courseware.pages.domain import course_domain

from .joined import has_course, target_of, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.builders import Builder

    from .config import PdfDocument

    #: References by the page that they lead to.
    Elsewhere = Mapping[str, list[nodes.reference]]


def address_of(builder: Builder, docname: str, anchor: str = "") -> str:
    """Return the absolute address of a place of the course on the web, empty where it has none."""
    config = builder.config
    if not config.html_baseurl:
        return ""
    suffix = config.html_link_suffix or config.html_file_suffix or ".html"
    page = "" if docname == config.root_doc else f"{docname}{suffix}"
    return f"{config.html_baseurl.rstrip('/')}/{page}{'#' if anchor else ''}{anchor}"


def references_elsewhere(tree: nodes.document, builder: Builder, start: str) -> Elsewhere:
    """Return the references in *tree* whose text is a number or a code of what is not there.

    Links to terms, works and pages are left out: their words say what they mean.
    """
    there = {f"{docname}#{each}" for docname, node in walk(tree, start) for each in node["ids"]}
    coded = _coded(builder)
    found: dict[str, list[nodes.reference]] = defaultdict(list)
    for docname, node in walk(tree, start):
        if isinstance(node, nodes.reference):
            target = target_of(node, docname) or ""
            if target in coded and target not in there:
                found[target.partition("#")[0]].append(node)
    return found


def _coded(builder: Builder) -> set[str]:
    """Return the places that are referred to by a number or a code, as ``docname#id``."""
    coded: set[str] = set()
    if has_course(builder):
        domain = course_domain(builder.env)
        places = domain.targets.items()
        coded |= {f"{page}#{name}" for (kind, _), (page, name) in places if kind != "footnote"}
        coded |= {f"{shown.docname}#{shown.anchor}" for shown in domain.exercises.values()}
    for docname, kinds in builder.env.toc_fignumbers.items():
        coded |= {f"{docname}#{anchor}" for numbers in kinds.values() for anchor in numbers}
    return coded


def leave_out(elsewhere: Elsewhere) -> None:
    """Make plain words of the references *elsewhere*."""
    for references in elsewhere.values():
        for reference in references:
            reference.replace_self(list(reference.children))


def named_elsewhere(builder: Builder, said: Mapping[str, str], elsewhere: Elsewhere) -> str:
    """Return the sentences that list what is named and printed *elsewhere*; empty for nothing.

    What is named by its place in the work that is studied is not listed: readers would take those
    pages for pages of what they hold. It is said once what they are.
    """
    statements = _statements(builder)
    parts: list[str] = []
    places: list[str] = []
    for docname, references in elsewhere.items():
        names: list[str] = []
        for each in references:
            code = statements.get(target_of(each, docname) or "")
            named = names if code is None or code in each.astext() else places
            named.append(each.astext())
        if names:
            parts.append(f"{', '.join(dict.fromkeys(names))} ({place_of(builder, said, docname)})")
    sentences = [f"{said['elsewhere']} {'; '.join(parts)}."] if parts else []
    if places:
        noun = course_of(builder.env).settings.work.noun
        sentences.append(said["work-pages"].format(sample=max(places, key=len), noun=noun))
    return " ".join(sentences)


def _statements(builder: Builder) -> dict[str, str]:
    """Return the code of each statement by its place in the ledger, as ``docname#id``."""
    if not has_course(builder):
        return {}
    places = course_domain(builder.env).targets.items()
    return {f"{page}#{at}": code for (kind, code), (page, at) in places if kind == "statement"}


def place_of(builder: Builder, said: Mapping[str, str], docname: str) -> str:
    """Return what a page is called in a book: the number of a chapter, else its title."""
    number = builder.env.toc_secnumbers.get(docname, {}).get("")
    if number:
        return f"{said['chapter'].lower()} {'.'.join(map(str, number))}"
    return str(builder.env.titles[docname].astext())


def places_of(
    builder: Builder, document: PdfDocument, said: Mapping[str, str], elsewhere: Elsewhere
) -> Iterator[nodes.paragraph]:
    """Yield sentences that tell what stands *elsewhere*, where the rest is, and whose this is."""
    if named := named_elsewhere(builder, said, elsewhere):
        yield paragraph(named)
    others = [each for each in builder.config.typst_documents if isinstance(each, dict)]
    layouts = {str(each.get("layout", "book")) for each in others}
    where = []
    if "book" in layouts:
        where.append(said["in-book"].format(place=place_of(builder, said, document.start)))
    if "workbook" in layouts and not document.gives_answers:
        where.append(said["in-workbook"])
    for each in others:
        own = each.get("layout"), each.get("start")
        if own == ("chapter", document.start) and document.layout != "chapter":
            where.append(said["in-chapter"].format(file=f"{each['target']}.pdf"))
    told = paragraph(" ".join(where))
    if address := address_of(builder, document.start):
        told += [nodes.Text(f" {said['on-web']} "), nodes.reference("", address, refuri=address)]
    if told.astext():
        yield told
    made = [each for each in (document.edition, document.author, document.licence) if each]
    if made:
        yield paragraph(". ".join(each.rstrip(".") for each in made), ".")
