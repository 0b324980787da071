"""Whether the pages of a build have the frame of this package: its templates on the book theme.

Scripts and style sheets of the theme are left out only where that is so: with another theme, or
with a project's own ``layout.html``, they are what the pages need.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2.nodes import Const, Extends
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

logger = logging.getLogger(__name__)

THEME = "sphinx_book_theme"
TEMPLATES = Path(__file__).parent / "templates"
VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>\s*')
FRAME, LAYOUT = "frame.html", "layout.html"


class Frame:
    """The frame of one build; ``in_use`` is known once there is a builder."""

    def __init__(self) -> None:
        self.in_use = False

    def offer(self, _app: Sphinx, config: Config) -> None:
        """Let the templates be found after the project's own, and before the theme's."""
        if config.html_theme == THEME:
            config.templates_path = [*config.templates_path, str(TEMPLATES)]

    def note(self, app: Sphinx) -> None:
        """Find out whether the pages will have the frame, and say so where they will not."""
        self.in_use = False
        theme = getattr(app.builder, "theme", None)  # pages in JSON, for one, have none
        if not isinstance(app.builder, StandaloneHTMLBuilder) or theme is None:
            return
        if app.config.html_theme != THEME:
            message = "pages look as the theme '%s' has them; the frame of courseware comes with "
            logger.info(message + 'html_theme = "%s"', theme.name, THEME)
        elif theme.name == THEME:  # an epub has a theme of its own
            templates = app.builder.templates
            self.in_use = not isinstance(templates, BuiltinTemplateLoader) or leads_to_frame(
                templates, LAYOUT
            )
            if not self.in_use:
                message = "the project's own %s leads to no frame of courseware, so that pages "
                message += 'look as the theme has them; begin it with {%% extends "%s" %%}'
                logger.warning(message, LAYOUT, FRAME, type="courseware", subtype="frame")

    def tidy(
        self, _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object
    ) -> None:
        """Take out what docutils says of the screen's width: the layout says it already."""
        if self.in_use:
            context["metatags"] = VIEWPORT.sub("", context.get("metatags") or "")


def leads_to_frame(templates: BuiltinTemplateLoader, name: str) -> bool:
    """Return whether the template *name* is one of ours, or extends one of ours."""
    source, path, _ = templates.get_source(templates.environment, name)
    if Path(path).parent == TEMPLATES:
        return True
    extended = [
        node.template.value
        for node in templates.environment.parse(source).find_all(Extends)
        if isinstance(node.template, Const)
    ]
    # "!" asks for the theme's own; a template that extends itself is Jinja's to tell.
    return any(
        leads_to_frame(templates, each) for each in extended if each[0] != "!" and each != name
    )


def setup_frame(app: Sphinx) -> Frame:
    """Register what finds out, and return it."""
    frame = Frame()
    app.connect("config-inited", frame.offer)
    # Before those who ask.
    app.connect("builder-inited", frame.note, priority=100)
    app.connect("html-page-context", frame.tidy, priority=900)
    return frame
