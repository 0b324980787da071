"""One style sheet for the site: what the theme and the extensions register, less what is not used.

Styles that stand in the pages themselves become rules of it, too.

The pages name it as ``course.css?v=0``. When all of them are there, the rules that they need are
written to ``_static/course.css``, and a digest of it takes the place of the 0, so that no browser
shows a new page with an old style sheet. Extensions register their style sheets when they are set
up, or when the builder is there (``app.add_css_file``); what is added for single pages comes late.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from .attributes import StyledElements
from .purge import Names, Rule, follow_system, parse, purge, write

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from .frame import Frame

logger = logging.getLogger(__name__)

NAME = "course.css"
LINK = re.compile(r'(_static/course\.css\?v=)\w+(?=")')
# The theme's own links are in its templates, so Sphinx does not know of these; basic.css is
# imported by the theme's first style sheet.
THEME = ("basic.css", "styles/pydata-sphinx-theme.css")


def _local(filename: object) -> str:
    name = str(filename)
    return name.removeprefix("_static/") if name.startswith("_static/") else ""


class Stylesheet:
    """The style sheet of one site: which ones it is made of, and where it is written."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.names: list[str] = []

    def note(self, app: Sphinx) -> None:
        """Note which style sheets are registered, as paths below ``_static``, in their order."""
        if self.frame.in_use:
            # Sphinx has no public name for what is registered.
            registered = app.builder._css_files  # type: ignore[attr-defined]
            in_order = sorted(registered, key=lambda sheet: sheet.priority)
            found = [_local(sheet.filename) for sheet in in_order]
            self.names = [*THEME, *dict.fromkeys(name for name in found if name)]

    def check(
        self, app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object
    ) -> None:
        """Warn of a style sheet for one page alone: it comes too late, and would be lost."""
        if self.frame.in_use:
            found = {_local(sheet.filename) for sheet in context["css_files"]} - {""}
            for name in sorted(found - set(self.names)):
                message = "the style sheet %s is registered for this page alone, and is not in %s; "
                message += "register it in setup(), or when the builder is there"
                where = page if page in app.env.found_docs else None
                logger.warning(
                    message, name, NAME, location=where, type="courseware", subtype="styles"
                )

    def write(self, app: Sphinx, exception: Exception | None) -> None:
        """Write the style sheet that the pages of this build need, its version into the pages."""
        if exception or not self.frame.in_use:
            return
        out = Path(app.outdir)
        pages = {path: path.read_text(encoding="utf-8") for path in sorted(out.rglob("*.html"))}
        styled, names = StyledElements(), Names()
        texts = {path: styled.take(text) for path, text in pages.items()}
        for text in texts.values():
            names.add_page(text)
        for script in sorted((out / "_static").glob("*.js")):
            names.add_script(script.read_text(encoding="utf-8"))
        rules = _parsed(out / "_static", self.names, Path(app.doctreedir) / "styles.json")
        css = write([*purge(follow_system(rules), names), *styled.in_order()])
        (out / "_static" / NAME).write_text(css, encoding="utf-8")
        version = sha256(css.encode()).hexdigest()[:8]
        for path, text in texts.items():
            new = LINK.sub(rf"\g<1>{version}", text)
            if new != pages[path]:
                path.write_text(new, encoding="utf-8")


def _parsed(static: Path, names: Iterable[str], kept: Path) -> list[Rule]:
    """Return the rules of the files *names*; they are read once, and then found in *kept*."""
    texts = [_read(static / name) for name in names]
    digest = sha256("\0".join([Path(__file__).with_name("purge.py").read_text(), *texts]).encode())
    try:
        stored = json.loads(kept.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        stored = {}
    if not isinstance(stored, dict) or stored.get("digest") != digest.hexdigest():
        rules = [rule for text in texts for rule in parse(text)]
        fields = [[r.around, r.selectors, r.declarations, r.name, r.text] for r in rules]
        content = json.dumps({"digest": digest.hexdigest(), "rules": fields})
        kept.write_text(content, encoding="utf-8")
        return rules
    return [
        Rule(tuple(around), tuple(selectors), tuple((n, v) for n, v in declared), name, text)
        for around, selectors, declared, name, text in stored["rules"]
    ]


def _read(path: Path) -> str:
    """Return the style sheet *path*, or nothing where it is not there, with a warning."""
    if path.is_file():
        return path.read_text(encoding="utf-8")
    message = "the style sheet %s is registered, but html_static_path has no such file"
    logger.warning(message, path.name, type="courseware", subtype="styles")
    return ""


def setup_stylesheet(app: Sphinx, frame: Frame) -> Stylesheet:
    """Register what makes the style sheet of pages with *frame*, and return it."""
    made = Stylesheet(frame)
    # After all others have registered theirs.
    app.connect("builder-inited", made.note, priority=990)
    app.connect("html-page-context", made.check, priority=990)
    app.connect("build-finished", made.write, priority=700)
    return made
