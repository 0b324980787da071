"""What a course gets without asking: extensions, settings and theme, unless its conf.py says else.

A setting that `conf.py` or the command line names is never touched. Two kinds are joined instead,
name by name or pattern by pattern: options of the theme, of which an author wants to add one
without losing the others, and the folders that hold no pages.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

#: What pages are written with: Markdown, cards and tabs, works by author and year.
EXTENSIONS = ("myst_parser", "sphinx_design", "sphinxcontrib.bibtex")
THEME = "sphinx_book_theme"
BIBLIOGRAPHY = "data/references.bib"
SETTINGS: dict[str, object] = {
    "html_theme": THEME,
    # A reference that leads nowhere is a mistake.
    "nitpicky": True,
    "numfig": True,
    "numfig_format": {"figure": "Figure %s"},
    # Markdown: directives with colons, definition lists; quotes and dashes are set by Sphinx.
    "myst_enable_extensions": ["colon_fence", "deflist", "fieldlist"],
    "myst_heading_anchors": 0,
    # Every work is cited by author and year; the list is sorted the same way.
    "bibtex_reference_style": "author_year_round",
    "bibtex_default_style": "course",
    "html_copy_source": False,
    "html_show_sourcelink": False,
    # The same source gives the same bytes: no date of the day on any page.
    "html_last_updated_fmt": None,
}
#: What the book theme is asked for, and other themes do not know.
THEME_SETTINGS: dict[str, object] = {"html_sidebars": {"**": ["sbt-sidebar-nav.html"]}}
THEME_OPTIONS: dict[str, object] = {
    # An empty list keeps the theme from adding a second search header, whose hidden toggles
    # take the clicks meant for the visible ones (book theme 1.4).
    "navbar_persistent": [],
    "use_download_button": False,
    "use_fullscreen_button": False,
    # It would lie over the buttons of exercises on a phone.
    "back_to_top_button": False,
    "show_toc_level": 2,
    "home_page_in_toc": True,
}
THEME_CONTEXT: dict[str, object] = {"default_mode": "auto"}
#: Folders beside the pages: what was built, and the scripts of figures.
NO_PAGES = ("_build", "figures")


def set_default(config: Config, name: str, value: object) -> None:
    """Make *value* the default of the setting *name*; what an author set goes before it."""
    option = config.values[name]
    config.values[name] = type(option)(
        value, option.rebuild, option.valid_types, option.description
    )


def join_settings(_app: Sphinx, config: Config) -> None:
    """Add ours to the settings that an author adds to rather than sets."""
    config.exclude_patterns = list(dict.fromkeys([*config.exclude_patterns, *NO_PAGES]))
    if config.html_theme == THEME:
        config.html_theme_options = _joined(THEME_OPTIONS, config.html_theme_options)
        config.html_context = _joined(THEME_CONTEXT, config.html_context)


def _joined(ours: dict[str, object], theirs: dict[str, Any]) -> dict[str, Any]:
    return {**ours, **theirs}


def setup_defaults(app: Sphinx) -> None:
    """Load the extensions that a course is written with, and set the defaults."""
    for name in EXTENSIONS:
        app.setup_extension(name)
    for name, value in SETTINGS.items():
        set_default(app.config, name, value)
    has_works = Path(app.confdir, BIBLIOGRAPHY).is_file()
    set_default(app.config, "bibtex_bibfiles", [BIBLIOGRAPHY] if has_works else [])
    if app.config.html_theme == THEME:
        for name, value in THEME_SETTINGS.items():
            set_default(app.config, name, value)
    # Before anything else reads them.
    app.connect("config-inited", join_settings, priority=100)
