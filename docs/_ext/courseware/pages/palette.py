"""The palette as a style sheet: custom properties for the pages, by day and by night.

``--cw-accent`` and the like are the names that the course's style sheets use; those of the theme
(``--pst-...``) are led to them, so that links, tables and boxes of the theme have no other colours.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from courseware.data.palette import EDGES, GROUNDS, HUES, INKS, LINES, OWN_TINT, TINTS
from courseware.files.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

NAME = "palette.css"
#: Names of the theme, and which of our colours each has.
THEME = {
    "accent": "accent",
    "background": "ground",
    "border": "line",
    "heading": "ink",
    "inline-code": "ink",
    "link": "accent",
    "link-higher-contrast": "accent",
    "link-hover": "hover",
    "muted": "quiet",
    "on-background": "ground",
    "primary": "accent",
    "primary-text": "ground",
    "secondary": "hover",
    "surface": "tint",
    "table": "ink",
    "table-heading-bg": "ground",
    "table-inner-border": "line",
    "table-outer-border": "line",
    "table-row-zebra-high-bg": "ground",
    "table-row-zebra-low-bg": "ground",
    "target": "mark",
    "text-base": "ink",
    "text-muted": "quiet",
}


def style_sheet() -> str:
    """Return the style sheet: every colour in both modes, the theme's names, the hues of kinds."""
    return "\n".join(
        [
            "/* Made from data/palette.py. */",
            _rule(":root,\nhtml[data-theme='light']", _colours(0)),
            _rule("html[data-theme='dark']", _colours(1)),
            _rule("html[data-theme]", _theme()),
            *(f".hue-{hue} {{ --cw-hue: var(--cw-{hue}); }}" for hue in HUES),
            "",
        ]
    )


def _rule(selector: str, declared: Iterator[str]) -> str:
    lines = "".join(f"  {each};\n" for each in declared)
    return f"{selector.replace(chr(39), chr(34))} {{\n{lines}}}\n"


def _colours(mode: int) -> Iterator[str]:
    for some in (GROUNDS, INKS, EDGES, LINES, HUES):
        for name, colour in some.items():
            yield f"--cw-{name}: {colour[mode]}"
    for name, colour in TINTS.items():
        yield f"--cw-{name}-tint: {colour[mode]}"


def _theme() -> Iterator[str]:
    yield f"--cw-own-tint: {OWN_TINT}%"
    yield "--pst-heading-color: var(--cw-ink)"
    for theirs, ours in THEME.items():
        yield f"--pst-color-{theirs}: var(--cw-{ours})"


def write_palette(app: Sphinx) -> None:
    """Write the style sheet beside what was read, and have it copied with the others."""
    folder = Path(app.doctreedir) / "looks"
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / NAME, style_sheet().encode())
    app.config.html_static_path = [*app.config.html_static_path, str(folder)]


def setup_palette(app: Sphinx) -> None:
    """Register the style sheet: before all that use its names."""
    app.add_css_file(NAME, priority=400)
    app.connect("builder-inited", write_palette)
