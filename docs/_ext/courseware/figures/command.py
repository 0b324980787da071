"""Draw figures to look at them: all, or those that are named."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from courseware.data.problems import DataError, did_you_mean
from courseware.files.places import build_folder
from courseware.files.turns import alone

from .render import render, scripts

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the figures that *arguments* name; return 1 where one could not be drawn."""
    parser = argparse.ArgumentParser(prog="python -m courseware figures", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="figures to draw (all of them)")
    out = build_folder() / "figures"
    parser.add_argument("--out", type=Path, default=out, metavar="FOLDER", help="where to")
    parser.add_argument("--docs", type=Path, default=Path("docs"), metavar="FOLDER")
    given = parser.parse_args(arguments)
    found = {
        script.figure: script for script in scripts(given.docs / "figures", given.docs / "data")
    }
    status = 0
    with alone(given.out):
        for name in given.names or found:
            if name not in found:
                sys.stderr.write(f"there is no figure '{name}'{did_you_mean(name, found)}\n")
                status = 1
                continue
            try:
                render(found[name], given.out)
            except DataError as error:
                sys.stderr.write(f"{error}\n")
                status = 1
            else:
                sys.stdout.write(f"{given.out / name}.svg\n")
    return status
