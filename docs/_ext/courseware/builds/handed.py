"""Hand over what was read, so that another builder works from it while this one goes on.

Builds take turns in a folder of doctrees. One that works from a copy has a folder of its own, and
nobody to wait for: print need not wait until all pages are written.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.application import ENV_PICKLE_FILENAME

from courseware.files.carried import carry_over, files_in
from courseware.files.places import picture_folder
from courseware.files.turns import HANDED, LOCK

from .disk import said_plainly
from .turn import UNDER_WAY, take_turn

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from .warned import Warnings

# After all that checks what was read, and may warn of it.
LATE = 950


def hand_over(app: Sphinx, warnings: Warnings) -> None:
    """Copy what was read to the folder that is asked for, and say so on the standard output.

    Nothing is said and copied where something was warned of: the other build would say it again.
    Raises `SystemExit` where the folder cannot be written to.
    """
    if not app.config.courseware_hand_over or warnings.places:
        return
    read, folder = Path(app.doctreedir), Path(app.config.courseware_hand_over)
    # Without its figures, the other build would draw them again.
    files = {
        name: path
        for name, path in files_in(read).items()
        if name == ENV_PICKLE_FILENAME
        or path.suffix == ".doctree"
        or (path.parent == picture_folder(read) and path.name != LOCK)
    }
    with said_plainly():
        lock = take_turn(folder)
        try:
            mark = folder / UNDER_WAY
            mark.touch()
            carry_over(files, folder)
            # Whatever a build left there that did not end, all of it is replaced.
            mark.unlink()
        finally:
            lock.release()
    sys.stdout.write(HANDED)
    sys.stdout.flush()


def setup_handed(app: Sphinx, warnings: Warnings) -> None:
    """Register the setting and what heeds it; *warnings* are those of the build so far."""

    def consistent(app: Sphinx, _env: BuildEnvironment) -> None:
        hand_over(app, warnings)

    app.add_config_value("courseware_hand_over", "", "", types=(str,))
    app.connect("env-check-consistency", consistent, priority=LATE)
