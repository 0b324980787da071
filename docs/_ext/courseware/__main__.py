"""The commands of a course: ``python -m courseware COMMAND``, each with ``--help``."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Each command: the module whose ``main`` does it, and what it does.
COMMANDS = {
    "new": ("courseware.commands.new", "write a course to start from"),
    "build": ("courseware.commands.build", "make the site, the PDFs and the papers"),
    "assign": ("courseware.sheets.command", "print one paper and its key"),
    "lint": ("courseware.bank.command", "check the exercises and the assignments"),
    "export": ("courseware.export.command", "write exercises for Moodle, Canvas, Anki and others"),
    "figures": ("courseware.figures.command", "draw the figures to look at them"),
}


#: The exit code that shells give to what was ended by Ctrl-C.
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what *arguments* ask for, and return the exit code."""
    lines = "\n".join(f"  {name:<9} {what}" for name, (_, what) in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="python -m courseware",
        description=f"commands:\n{lines}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=list(COMMANDS), metavar="COMMAND")
    words = list(sys.argv[1:] if arguments is None else arguments)
    given = parser.parse_args(words[:1])
    module, _ = COMMANDS[given.command]
    # Looking through all packages for them takes a tenth of a second in each process.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        # Imported when it is asked for: a new folder needs no Sphinx.
        status: int = import_module(module).main(words[1:])
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        return INTERRUPTED
    return status


if __name__ == "__main__":
    raise SystemExit(main())
