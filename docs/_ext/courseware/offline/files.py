"""Write what a browser needs to keep the site: icons, manifest, worker and its list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from courseware.files.whole import write_whole
from courseware.pages.emblem import emblem_of

from .copy import BUILDER
from .icons import ICONS, draw_icon
from .manifest import MANIFEST, write_manifest
from .worker import SUMMARY, WORKER, list_files, write_summary, write_worker

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# After everything else that writes into the site when a build has finished.
LATE = 900


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """Complete the site; a build that failed is left as it is, and raises what it raised."""
    if exception is not None or app.builder.name != BUILDER:
        return
    site = Path(app.outdir)
    emblem = emblem_of(app.config, Path(app.confdir))
    for icon in ICONS:
        write_whole(site / icon.path, draw_icon(icon, emblem))
    write_whole(site / MANIFEST, write_manifest(app.config))
    # Last, since it lists the others.
    kept = list_files(site)
    write_whole(site / WORKER, write_worker(kept))
    write_whole(site / SUMMARY, write_summary(kept))


def setup_files(app: Sphinx) -> None:
    """Register what writes the files, and what the manifest says of the course."""
    app.add_config_value("courseware_description", "", "", types=(str,))
    app.connect("build-finished", write_files, priority=LATE)
