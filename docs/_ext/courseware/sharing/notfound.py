"""The page that a server shows where an address leads to nothing: ``404.html``.

A server sends it for addresses in any folder, and the browser reads its links from there, so that
one relative link cannot be right everywhere. It therefore has its list of links several times,
each for one depth below the course's folder, and shows the one that is right, without a script:
for each depth there is a style sheet, which a browser finds only from that depth, and which shows
the list that belongs to it. Where none is found, the list with absolute links is shown, or, if the
course has no address, a word on how to come to the course; that page is plain, and can be read.

It is not in the index of the search, since it has no source, nor in the sitemap.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sphinx.util import logging

from courseware.data.problems import did_you_mean
from courseware.data.settings import FILE
from courseware.files.whole import write_whole
from courseware.pages.listings import chapters_in_order
from courseware.search.where import has_search

from .address import address_of, publishes
from .facts import facts_of
from .files import is_supplied
from .refuse import place_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

PAGE = "404.html"
#: Depths with a list of their own: pages lie one folder deep, and slips may lie deeper.
DEPTHS = range(8)
# Where the style sheets are, by depth, and that which they share.
_SHEET = "_static/notfound/{depth}.css"
_LOOKS = Path(__file__).with_name("notfound.css")


@dataclass(frozen=True, slots=True)
class Link:
    """A link: what it is called, its number if it is a chapter, and where it leads."""

    title: str
    href: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """All links for one depth below the course's folder, or for everywhere (``depth`` None)."""

    depth: int | None
    start: Link
    chapters: list[Link]
    others: list[Link]
    sheet: str = ""


def links_from(app: Sphinx, depth: int | None) -> Links:
    """Return the links as a page has to write them *depth* folders down; absolute ones for None."""
    builder, config = app.builder, app.config
    up = "../" * (depth or 0)

    def leading_to(docname: str) -> str:
        if depth is None:
            return address_of(builder, docname)
        return up + (builder.get_target_uri(docname) or "./")

    chapters = []
    for _, chapter in chapters_in_order(builder.env):
        page = facts_of(builder, chapter.docname)
        chapters.append(Link(page.title, leading_to(page.docname), page.number))
    others = [Link("Search", leading_to("search"))] if has_search(builder) else []
    offered = [name for name in config.sharing_notfound_pages if name in builder.env.found_docs]
    others += [Link(facts_of(builder, name).title, leading_to(name)) for name in offered]
    start = Link(f"The start of {config.project}", leading_to(config.root_doc))
    sheet = "" if depth is None else up + _SHEET.format(depth=depth)
    return Links(depth, start, chapters, others, sheet)


def notfound(app: Sphinx) -> str:
    """Return the page with a list for each depth, and with one of absolute links if it may."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("notfound.html").render(
        project=app.config.project,
        language=app.config.language,
        near=[links_from(app, depth) for depth in DEPTHS],
        far=links_from(app, None) if app.config.html_baseurl else None,
    )


def write_notfound(app: Sphinx, exception: Exception | None) -> None:
    """Write the page and its style sheets; warn of a page to offer that there is not."""
    if exception or not publishes(app.builder) or is_supplied(app, PAGE):
        return
    for docname in app.config.sharing_notfound_pages:
        if docname not in app.env.found_docs:
            message = f"sharing_notfound_pages: there is no page '{docname}'"
            message += did_you_mean(docname, app.env.found_docs)
            message += f"; mend it there, or 'sharing: lost:' in {FILE}"
            where = place_of(app, "sharing_notfound_pages")
            logger.warning(message, location=where, type="courseware", subtype="sharing")
    write_whole(Path(app.outdir, PAGE), notfound(app).encode())
    shared = Path(app.outdir, _SHEET.format(depth=_LOOKS.stem))
    write_whole(shared, _LOOKS.read_bytes())
    for depth in DEPTHS:
        sheet = f'@import "{shared.name}";\n.at {{ display: none }}\n'
        sheet += f".at-{depth} {{ display: block }}\n"
        write_whole(Path(app.outdir, _SHEET.format(depth=depth)), sheet.encode())


def setup_notfound(app: Sphinx) -> None:
    """Register the page, and which pages it offers besides start, chapters and search."""
    app.add_config_value("sharing_notfound_pages", [], "html", types=(list, tuple))
    app.connect("build-finished", write_notfound)
