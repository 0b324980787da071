"""What the pages get: scripts, styles, the icon, a page for what a copy lacks."""

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

HERE = Path(__file__).parent
#: The page shown for what is neither in the copy nor, for want of a network, to be had.
OFFLINE_PAGE = "offline"
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


def add_static(app: Sphinx) -> None:
    """Have scripts and style sheet copied; the style sheet goes onto every page."""
    if app.builder.name == BUILDER:
        app.config.html_static_path = [*app.config.html_static_path, str(HERE / "static")]
        app.add_css_file("offline.css")


@cache
def copy_script() -> str:
    """Return the path of the script for the copy, with a digest as Sphinx gives its own scripts."""
    digest = sha256((HERE / "static" / COPY_SCRIPT).read_bytes()).hexdigest()[:8]
    return f"_static/{COPY_SCRIPT}?v={digest}"


def complete_page(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Add the script and the icon."""
    if app.builder.name != BUILDER:
        return
    root = context["content_root"]
    attributes: dict[str, Any] = {"data-copy": f"{root}{copy_script()}"}
    app.add_js_file("offline.js", loading_method="defer", **attributes)
    icon = f'<link rel="apple-touch-icon" href="{root}{TOUCH_ICON}" />'
    context["metatags"] = f"{context.get('metatags', '')}\n    {icon}"
    if pagename == OFFLINE_PAGE:
        # Of use to nobody who comes from elsewhere.
        context["metatags"] += '\n    <meta name="robots" content="noindex" />'


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
    app.connect("builder-inited", add_static)
    app.connect("html-page-context", complete_page)
    app.connect("html-collect-pages", add_offline_page)
