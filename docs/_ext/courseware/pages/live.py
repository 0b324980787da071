"""While one writes: pages show what is wrong, with file and line, until it is mended.

With ``courseware_live`` a build writes its warnings and errors, as they come, to a script that all
pages load. A build that stops leaves the pages of the one before, and they show why it stopped.
What was warned of is told again by the next build (`courseware.builds.warned`).
"""

from __future__ import annotations

import json
import logging
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util.logging import (
    NAMESPACE,
    SphinxLogRecordTranslator,
    SphinxWarningLogRecord,
    is_suppressed_warning,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

#: Where the script is, in the site.
SCRIPT = "_static/live-problems.js"
#: Each page loads the script as it is now, whatever a browser keeps.
LOADER = """
<script>{
  const script = document.createElement("script");
  const root = document.documentElement.dataset.content_root || "./";
  script.src = `${root}%s?${Date.now()}`;
  document.head.append(script);
}</script>
"""
BANNER = """\
const show = (problems) => {
  if (!problems.length) return;
  const box = document.createElement("section");
  box.id = "live-problems";
  box.setAttribute("role", "alert");
  box.style.cssText = "position:relative;z-index:9999;padding:1rem;background:#fff3cd;"
    + "color:#1a1a1a;border-block-end:3px solid #8a1c1c;font:1rem/1.5 monospace;"
    + "white-space:pre-wrap;overflow-wrap:anywhere";
  for (const problem of problems) {
    const line = document.createElement("p");
    line.style.margin = "0";
    line.textContent = problem;
    box.append(line);
  }
  document.body.prepend(box);
};
const problems = %s;
if (document.readyState === "loading") {
  addEventListener("DOMContentLoaded", () => show(problems));
} else show(problems);
"""


class Placed(SphinxLogRecordTranslator):
    """Puts the place in front of a warning, and leaves its kind out."""

    LogRecordClass = SphinxWarningLogRecord


class Problems(logging.Handler):
    """Keeps what the build of one project warns of, and writes it for the pages."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(logging.WARNING)
        self.script = Path(app.outdir, SCRIPT)
        #: What was said, in order and once.
        self.told: dict[str, None] = {}
        self.app = app
        self.write()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep *record*; Sphinx may pass it twice, once when it has been held back."""
        kind, subkind = getattr(record, "type", ""), getattr(record, "subtype", "")
        if is_suppressed_warning(kind, subkind, self.app.config.suppress_warnings):
            return
        own = copy(record)  # Sphinx writes the place into its own
        Placed(self.app).filter(own)  # type: ignore[arg-type]
        self.told[_relative(own.getMessage())] = None
        self.write()

    def write(self) -> None:
        """Write the script."""
        self.script.parent.mkdir(parents=True, exist_ok=True)
        self.script.write_text(BANNER % json.dumps(list(self.told)), encoding="utf-8")

    def finish(self, _app: Sphinx, _error: Exception | None) -> None:
        """Keep nothing of another build in this process."""
        logging.getLogger(NAMESPACE).removeHandler(self)


def _relative(message: str) -> str:
    """Return *message* with the path at its beginning as one types it in this folder."""
    return message.removeprefix(f"{Path.cwd()}/")


def load_script(
    _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Have a page load the script."""
    context["metatags"] = f"{context.get('metatags', '')}{LOADER % SCRIPT}"


def watch(app: Sphinx, config: Config) -> None:
    """Begin to keep problems, where the configuration asks for it."""
    if not config.courseware_live:
        return
    problems = Problems(app)
    logging.getLogger(NAMESPACE).addHandler(problems)
    app.connect("html-page-context", load_script, priority=950)
    app.connect("build-finished", problems.finish, priority=1000)


def setup_live(app: Sphinx) -> None:
    """Register the configuration, and watch from when it has been read."""
    app.add_config_value("courseware_live", False, "", types=(bool,))
    app.connect("config-inited", watch, priority=0)
