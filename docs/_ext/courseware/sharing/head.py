"""What the head of each page says of it: description, Open Graph, structured data, colours.

Open Graph is that of https://ogp.me; ``twitter:card`` asks for the large picture, which Open Graph
has no word for.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from courseware.data.palette import GROUNDS, INKS
from courseware.pages.domain import is_chapter

from .address import publishes
from .cards import HEIGHT, WIDTH, card_address, card_words
from .facts import PageFacts, facts_of, facts_of_made
from .structured import script, setup_structured, structured

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

#: What browsers draw around the page: the accent by day, the theme's ground by night.
THEME_COLOURS = {"light": INKS["accent"].light, "dark": GROUNDS["ground"].dark}


def open_graph(builder: Builder, page: PageFacts) -> dict[str, str]:
    """Return what Open Graph says of *page*, without what needs an address where there is none."""
    config = builder.config
    said = {
        "og:title": page.heading,
        "og:type": "article" if is_chapter(page.docname) else "website",
        "og:site_name": config.project,
        "og:locale": config.sharing_locale,
        "og:description": page.description,
        "og:url": page.address,
    }
    # A page that Sphinx makes itself has the card of the course.
    known = page.docname in builder.env.found_docs
    shown = page if known else facts_of(builder, config.root_doc)
    if picture := card_address(builder, shown):
        said |= {
            "og:image": picture,
            "og:image:type": "image/png",
            "og:image:width": str(WIDTH),
            "og:image:height": str(HEIGHT),
            "og:image:alt": card_words(config, shown),
        }
    return {name: text for name, text in said.items() if text}


def head_of(builder: Builder, page: PageFacts) -> str:
    """Return the elements that *page* has in its head."""
    elements = [
        f'<meta name="theme-color" content="{colour}" media="(prefers-color-scheme: {scheme})" />'
        for scheme, colour in THEME_COLOURS.items()
    ]
    if page.description and not page.given:
        elements.append(_meta("name", "description", page.description))
    graph = open_graph(builder, page)
    elements += [_meta("property", name, text) for name, text in graph.items()]
    if "og:image" in graph:
        elements.append(_meta("name", "twitter:card", "summary_large_image"))
    elements.append(script(structured(builder, page)))
    return "".join(f"\n    {element}" for element in elements)


def _meta(key: str, name: str, content: str) -> str:
    return f'<meta {key}="{name}" content="{escape(content)}" />'


def add_head(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Add to the head of a page that is being written; the landing page says what the site is."""
    if not publishes(app.builder):
        return
    if pagename in app.env.found_docs:
        page = facts_of(app.builder, pagename)
    else:
        title = unescape(re.sub(r"<[^>]+>", "", str(context.get("title", ""))))
        page = facts_of_made(app.builder, pagename, title)
    context["metatags"] = f"{context.get('metatags', '')}{head_of(app.builder, page)}\n"
    if page.address:
        context["pageurl"] = page.address
    if pagename == app.config.root_doc and app.config.sharing_tagline:
        # Else its title would be the course's name, twice.
        context["title"] = escape(app.config.sharing_tagline)


def setup_head(app: Sphinx) -> None:
    """Register what is said of pages, and what a project may say of them."""
    # Language and country, as Open Graph wants them: "en_GB".
    app.add_config_value("sharing_locale", "", "html", types=(str,))
    # How pages are described that have no source, by name: "genindex", "search".
    app.add_config_value("sharing_descriptions", {}, "html", types=(dict,))
    app.connect("html-page-context", add_head)
    setup_structured(app)
