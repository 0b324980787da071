"""What the pages get: the search page, the script that opens the search, and its style sheet."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder

from .where import INDEX, PAGE, has_search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

STATIC = Path(__file__).parent / "static"
OPENER, SCRIPT, STYLES = "search-open.js", "search.js", "search.css"
TITLE = "Search"
#: Field and place of the results; where scripts are off, the style sheet hides the field.
BODY = """<h1>{title}</h1>
<form class="search-form site-search-row" action="{action}" method="get" role="search">
<label for="search-words">Words to look for</label>
<input id="search-words" type="search" name="q" autocomplete="off" spellcheck="false" autofocus>
<button type="submit" class="site-button">{title}</button>
</form>
<div id="search-results"></div>
<noscript>
<p class="search-elsewhere">Search needs JavaScript.
Without it, look a word up{elsewhere}.</p>
</noscript>
"""


@cache
def script_address() -> str:
    """Return the address of the script below the root, with a digest as Sphinx gives its own."""
    digest = sha256((STATIC / SCRIPT).read_bytes()).hexdigest()[:8]
    return f"_static/{SCRIPT}?v={digest}"


def begin(app: Sphinx) -> None:
    """Have scripts and style sheet copied; keep Sphinx from making an index and a page of its own.

    Builders that make no site have ``search`` switched off in the same way.
    """
    if has_search(app.builder) and isinstance(app.builder, StandaloneHTMLBuilder):
        app.builder.search = False
        app.config.html_static_path = [*app.config.html_static_path, str(STATIC)]
        # After that of the frame, whose panel it fills.
        app.add_css_file(STYLES, priority=910)


def add_opener(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Have every page load the script that opens the search, and tell it where the rest is."""
    if has_search(app.builder):
        # A page at the root says "", which is no address to start from.
        attributes: dict[str, Any] = {
            "data-root": context["content_root"] or "./",
            "data-index": INDEX,
            "data-search": script_address(),
        }
        app.add_js_file(OPENER, loading_method="defer", **attributes)


def glossary_page(env: BuildEnvironment) -> str:
    """Return the name of the page that defines the terms; empty where none does."""
    objects = env.domains.standard_domain.objects
    found = sorted(docname for (kind, _), (docname, _) in objects.items() if kind == "term")
    return found[0] if found else ""


def add_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the search page, which no source has."""
    if has_search(app.builder):
        ways = [("index", "genindex")] if app.config.html_use_index else []
        ways += [("glossary", name)] if (name := glossary_page(app.env)) else []
        links = [
            f' in the <a href="{escape(app.builder.get_relative_uri(PAGE, name))}">{words}</a>'
            for words, name in ways
        ]
        action = escape(
            app.builder.get_relative_uri(PAGE, PAGE) or app.builder.get_target_uri(PAGE)
        )
        body = BODY.format(title=TITLE, action=action, elsewhere=" or".join(links))
        yield PAGE, {"title": TITLE, "body": body}, "page.html"


def setup_search_pages(app: Sphinx) -> None:
    """Register what completes the pages."""
    # Before the builder prepares what it writes, and before style sheets are counted.
    app.connect("builder-inited", begin)
    app.connect("html-page-context", add_opener)
    app.connect("html-collect-pages", add_page)
