"""The scripts of a page: those that it needs, none that holds up its text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from .frame import Frame

STATIC = Path(__file__).parent / "static"
# The theme's own work is done by popovers and by site.js; tabs have a script of their own.
LEFT_OUT = {
    "_static/scripts/sphinx-book-theme.js",
    "_static/scripts/bootstrap.js",
    "_static/scripts/pydata-sphinx-theme.js",
    "_static/scripts/fontawesome.js",
}
TABS, TABS_MARK = "_static/design-tabs.js", "sd-tab-set"
# What Sphinx's search rests on, and nothing else. On other pages the last would mark words, with a
# button to hide the marks that has no place in the frame.
FOR_SEARCH = {
    "_static/documentation_options.js",
    "_static/doctools.js",
    "_static/sphinx_highlight.js",
}
SEARCH_PAGE = "search"
#: The one script that all pages wait for.
FIRST = "_static/mode.js"
#: What scripts make the better part of, as soon as they run: painted before, it would jump.
MADE_BY_SCRIPTS = re.compile(r'class="[^"]*\b(progress-page|review-page|exercise-list)\b')


class Scripts:
    """Chooses the scripts of the pages that have *frame*."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame

    def choose(
        self, _app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object
    ) -> None:
        """Leave out the theme's scripts, and those for tabs and search where there are none."""
        if not self.frame.in_use:
            return
        left_out = set(LEFT_OUT)
        if TABS_MARK not in context.get("body", ""):
            left_out.add(TABS)
        if page != SEARCH_PAGE:
            left_out |= FOR_SEARCH
        chosen = [
            script
            for script in context["script_files"]
            # What the theme writes into a page (no file) sets options of the scripts left out.
            if script.filename and str(script.filename) not in left_out
        ]
        others = [one for one in chosen if str(one.filename) != FIRST]
        if MADE_BY_SCRIPTS.search(context.get("body", "")):
            others = [_awaited(script) for script in others]
        context["first_scripts"] = [one for one in chosen if str(one.filename) == FIRST]
        context["script_files"] = others

    def add(self, app: Sphinx) -> None:
        """Have the frame's own scripts and style sheet copied, and loaded by every page."""
        if self.frame.in_use:
            app.config.html_static_path = [*app.config.html_static_path, str(STATIC)]
            app.add_js_file("mode.js")
            app.add_js_file("site.js", loading_method="defer")
            app.add_css_file("site.css", priority=900)


def _awaited(script: Any) -> Any:  # noqa: ANN401 - Sphinx has no public name for it
    """Return *script* such that browsers paint nothing before it has run (HTML, 4.12.1.1)."""
    attributes = {**script.attributes, "blocking": "render"}
    return type(script)(script.filename, priority=script.priority, **attributes)


def setup_scripts(app: Sphinx, frame: Frame) -> None:
    """Register what chooses the scripts of pages with *frame*."""
    scripts = Scripts(frame)
    app.connect("builder-inited", scripts.add)
    # After the theme, which adds its own.
    app.connect("html-page-context", scripts.choose, priority=900)
