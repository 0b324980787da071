"""Run Sphinx in a process of its own: ``python -m courseware.commands.sphinx_build`` and options.

They are those of ``sphinx-build``.
"""

from __future__ import annotations

import gc
import sys

#: Python looks for garbage this seldom. Nearly all that a build makes it keeps to its end: looking
#: through it again and again took a fifth of the time and freed next to nothing.
SELDOM = (100_000, 20, 100)


def main() -> int:
    """Build what the command line asks for, and return the exit code."""
    # Imported here, since the processes of the press import this module and need no Sphinx.
    from sphinx.cmd.build import main as build

    gc.set_threshold(*SELDOM)
    return build(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
