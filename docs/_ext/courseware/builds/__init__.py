"""What makes a build right after a change, after a kill, beside another and on a full disk.

`turn` lets one build at a time into a folder, and knows whether the last one came to its end;
`warned` has what was warned of told again, and `all_pages` every page written; `whole_site` makes a
site in a folder of its own and carries it over when it is whole; `disk` says plainly where nothing
can be written; `handed` gives another builder what was read; `numbers` counts sections and
figures only where that may give others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .all_pages import setup_all_pages
from .disk import setup_disk
from .handed import setup_handed
from .numbers import setup_numbers
from .turn import setup_turn
from .warned import setup_warned
from .whole_site import setup_site_builders

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_builds(app: Sphinx) -> None:
    """Register the whole layer."""
    setup_disk(app)
    setup_turn(app)
    setup_handed(app, setup_warned(app))
    setup_all_pages(app)
    setup_numbers(app)
    setup_site_builders(app)
