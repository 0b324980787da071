"""The scripts of a page: those that it needs, none that holds up its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .stylesheet import is_light

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# The theme's own work is done by popovers and by site.js; tabs have a script of their own.
LEFT_OUT = {
    "_static/scripts/sphinx-book-theme.js",
    "_static/scripts/bootstrap.js",
    "_static/scripts/pydata-sphinx-theme.js",
    "_static/scripts/fontawesome.js",
}
TABS, TABS_MARK = "_static/design-tabs.js", "sd-tab-set"


def choose_scripts(
    app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Leave out the theme's scripts, and that of tabs where there is no tab."""
    if not is_light(app):
        return
    left_out = set(LEFT_OUT)
    if TABS_MARK not in context.get("body", ""):
        left_out.add(TABS)
    context["script_files"] = [
        script
        for script in context["script_files"]
        # What the theme writes into a page (no file) sets options of the scripts left out.
        if script.filename and str(script.filename) not in left_out
    ]


def add_script(app: Sphinx) -> None:
    """Load the frame's script on every page."""
    if is_light(app):
        app.add_js_file("site.js", loading_method="defer")
        app.add_css_file("site.css", priority=900)


def setup_scripts(app: Sphinx) -> None:
    """Register what chooses the scripts."""
    app.connect("builder-inited", add_script)
    # After the theme, which adds its own.
    app.connect("html-page-context", choose_scripts, priority=900)
