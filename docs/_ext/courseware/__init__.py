"""Courseware: what makes a course of a Sphinx project. This module only registers.

Layers, each importing only those before it:
``files``, ``data``, ``figures`` and ``bank`` (plain Python), ``builds`` and ``pages`` (Sphinx),
``search`` (what there is to find on the pages), ``offline`` (the copy that a browser keeps),
``typst`` (print), ``sheets`` (papers), ``export`` (files for other systems, plain Python),
``sharing`` (how pages are found and shared), ``commands``; and ``site`` (the frame around the
pages), which needs none of them.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"

# Raised whenever what is stored in Sphinx's environment changes its form.
ENV_VERSION = 1


def code_digest() -> str:
    """Return a digest of the package's modules, which changes when one of them does."""
    modules = sorted(Path(__file__).parent.rglob("*.py"))
    return sha256(b"".join(module.read_bytes() for module in modules)).hexdigest()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    # Imported here, so that the data layer can be used where there is no Sphinx.
    from .builds import setup_builds
    from .configured import setup_configured
    from .defaults import setup_defaults
    from .offline import setup_offline
    from .pages import setup_pages
    from .search import setup_search
    from .sharing import setup_sharing
    from .sheets import setup_sheets
    from .site import setup_site
    from .typst import setup_typst

    # As a configuration value, it has Sphinx read all pages again when the code has changed.
    app.add_config_value("courseware_code", code_digest(), "env", types=(str,))
    setup_builds(app)
    setup_defaults(app)
    setup_pages(app)
    setup_site(app)
    setup_search(app)
    setup_offline(app)
    setup_typst(app)
    setup_sheets(app)
    setup_sharing(app)
    setup_configured(app)
    return {
        "version": __version__,
        "env_version": ENV_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
