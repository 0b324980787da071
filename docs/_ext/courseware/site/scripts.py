"""The scripts of a page: those that it needs, none that holds up its text."""

from __future__ import annotations

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


class Scripts:
    """Chooses the scripts of the pages that have *frame*."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame

    def choose(
        self, _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object
    ) -> None:
        """Leave out the theme's scripts, and that of tabs where there is no tab."""
        if not self.frame.in_use:
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

    def add(self, app: Sphinx) -> None:
        """Have the frame's own script and style sheet copied, and loaded by every page."""
        if self.frame.in_use:
            app.config.html_static_path.append(str(STATIC))
            app.add_js_file("site.js", loading_method="defer")
            app.add_css_file("site.css", priority=900)


def setup_scripts(app: Sphinx, frame: Frame) -> None:
    """Register what chooses the scripts of pages with *frame*."""
    scripts = Scripts(frame)
    app.connect("builder-inited", scripts.add)
    # After the theme, which adds its own.
    app.connect("html-page-context", scripts.choose, priority=900)
