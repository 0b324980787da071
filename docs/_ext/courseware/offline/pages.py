"""What the pages get: scripts, styles, the icon, a page for what a copy lacks, words for search."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from .copy import BUILDER
from .icons import TOUCH_ICON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

HERE = Path(__file__).parent
#: The page shown for what is neither in the copy nor, for want of a network, to be had.
OFFLINE_PAGE = "offline"
SEARCH_PAGE = "search"
SEARCH_TEMPLATE = "search-without-script.html"
COPY_SCRIPT = "offline-copy.js"
TITLE = "Not in your offline copy"
# What a script knows better, it says in the place of the first paragraph.
BODY = f"""<h1>{TITLE}</h1>
<p class="offline-miss">You are offline, and what you asked for is not part of the copy on this
device.</p>
<p>All pages, figures, exercises and the search are part of it.
PDFs are part of it once they have been opened with a network.</p>
<p>Nothing is lost: your answers and your progress are where they were.
Go back, choose another page from the contents, or try again when you are online.</p>
"""

logger = logging.getLogger(__name__)


def add_templates(app: Sphinx, config: Config) -> None:
    """Let the package's template for the search page be found, after the project's own."""
    config.templates_path = [*config.templates_path, str(HERE / "templates")]
    del app


def add_static(app: Sphinx) -> None:
    """Have scripts and style sheet copied; the style sheet goes onto every page."""
    if app.builder.name == BUILDER:
        app.config.html_static_path.append(str(HERE / "static"))
        app.add_css_file("offline.css")


def glossary_page(env: BuildEnvironment) -> str:
    """Return the name of the page that defines the terms; empty where none does."""
    objects = env.domains.standard_domain.objects
    found = sorted(docname for (kind, _), (docname, _) in objects.items() if kind == "term")
    return found[0] if found else ""


@cache
def copy_script() -> str:
    """Return the path of the script for the copy, with a digest as Sphinx gives its own scripts."""
    digest = sha256((HERE / "static" / COPY_SCRIPT).read_bytes()).hexdigest()[:8]
    return f"_static/{COPY_SCRIPT}?v={digest}"


def complete_page(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> str | None:
    """Add the scripts and the icon; return the template for the search page."""
    if app.builder.name != BUILDER:
        return None
    root = context["content_root"]
    attributes: dict[str, Any] = {"data-copy": f"{root}{copy_script()}"}
    app.add_js_file("offline.js", loading_method="defer", **attributes)
    icon = f'<link rel="apple-touch-icon" href="{root}{TOUCH_ICON}" />'
    context["metatags"] = f"{context.get('metatags', '')}\n    {icon}"
    if pagename == OFFLINE_PAGE:
        # Of use to nobody who comes from elsewhere.
        context["metatags"] += '\n    <meta name="robots" content="noindex" />'
    if pagename != SEARCH_PAGE:
        return None
    app.add_js_file("search-notes.js", loading_method="defer")
    context["glossary_page"] = glossary_page(app.env)
    return SEARCH_TEMPLATE


def add_offline_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page for what is not in the copy; no source has it, so that no search finds it."""
    if app.builder.name != BUILDER:
        return
    if OFFLINE_PAGE in app.env.found_docs:
        message = f"the page '{OFFLINE_PAGE}' is taken by the offline copy; rename the source"
        logger.warning(message, location=OFFLINE_PAGE, type="courseware", subtype="offline")
    yield OFFLINE_PAGE, {"title": TITLE, "body": BODY}, "page.html"


def setup_offline_pages(app: Sphinx) -> None:
    """Register what completes the pages."""
    app.connect("config-inited", add_templates)
    app.connect("builder-inited", add_static)
    app.connect("html-page-context", complete_page)
    app.connect("html-collect-pages", add_offline_page)
