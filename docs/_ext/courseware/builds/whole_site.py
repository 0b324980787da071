"""Sites are made in a folder of their own, and carried over when they are whole.

Sphinx writes into the folder that is published, page by page: what was there stays there when its
source is gone, entries of the index are lost to the search when it is merged with an old one
(https://github.com/sphinx-doc/sphinx/issues/12599), and a build that is killed leaves half a page.
Made anew in an empty folder, a site is the same whatever there was before.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.dirhtml import DirectoryHTMLBuilder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging

from courseware.files.carried import carry_over, files_in

from .disk import said_plainly

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

#: Where sites are made, below the folder of doctrees.
FOLDER = "unfinished"
# After all that writes into a site when a build has finished.
LATE = 990


class SiteBuilder(StandaloneHTMLBuilder):
    """The builder ``html``, whose output folder is that of the unfinished site while it works."""

    def __init__(self, app: Sphinx, env: BuildEnvironment) -> None:
        self.published = Path(app.outdir)
        self.unfinished = Path(app.doctreedir, FOLDER, self.name)
        with said_plainly():
            if self.unfinished.exists():
                shutil.rmtree(self.unfinished)
            self.unfinished.mkdir(parents=True)
        # All that takes part in a build asks the application where its output goes.
        app.outdir = self.unfinished
        super().__init__(app, env)

    def publish(self, app: Sphinx) -> None:
        """Carry the site over, unless pages are missing from it; raise `SystemExit` if it fails."""
        app.outdir = self.published
        missing = sorted(
            name for name in app.env.found_docs if not self.get_output_path(name).is_file()
        )
        if missing:
            message = f"not written: {', '.join(missing)}; nothing in {self.published} was changed"
            logger.error("%s; build all pages at once", message)
            raise SystemExit(2)
        with said_plainly():
            carry_over(files_in(self.unfinished), self.published)
            shutil.rmtree(self.unfinished)


class DirectorySiteBuilder(SiteBuilder, DirectoryHTMLBuilder):
    """The builder ``dirhtml``, made in the same way."""


def publish(app: Sphinx, exception: Exception | None) -> None:
    """Publish the site that was built, unless the build failed."""
    if exception is None and isinstance(app.builder, SiteBuilder):
        app.builder.publish(app)


def setup_site_builders(app: Sphinx) -> None:
    """Register the builders in place of Sphinx's own."""
    app.add_builder(SiteBuilder, override=True)
    app.add_builder(DirectorySiteBuilder, override=True)
    app.connect("build-finished", publish, priority=LATE)
