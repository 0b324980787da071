"""Builds in processes of their own, some of which end badly; folders compared by their bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from typing import TYPE_CHECKING

from courseware.files.turns import LOCK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

#: Builds with the arguments after the third. A write to a path that holds the second argument is
#: the last thing that happens ("kill", with half a file written), or fails ("full").
HARNESS = """
import os, signal, sys
what, where = sys.argv[1:3]
done = False

def watch(event, details):
    global done
    if done or event != "open" or not isinstance(details[0], str) or where not in details[0]:
        return
    path, mode, flags = details
    if not flags & (os.O_WRONLY | os.O_RDWR):
        return
    if what == "full":
        raise OSError(28, "No space left on device", path)
    done = True
    with open(path, "wb") as file:
        file.write(b"half")
    os.kill(os.getpid(), signal.SIGKILL)

from sphinx.cmd.build import main
if where:
    sys.addaudithook(watch)
sys.exit(main(sys.argv[3:]))
"""


def start(
    source: Path,
    work: Path,
    *options: str,
    pages: Sequence[str] = (),
    what: str = "",
    where: str = "",
) -> subprocess.Popen[str]:
    """Build *source* below *work*, in a process of its own, with every warning an error."""
    paths = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": ""}
    folders = ("-b", "html", "-d", str(work / "doctrees"), str(source), str(work / "html"))
    command = [sys.executable, "-c", HARNESS, what, where, "-n", "-W", "--keep-going"]
    return subprocess.Popen(
        [*command, *options, *folders, *pages],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **paths},
    )


def digests(folder: Path) -> dict[str, str]:
    """Return a digest of every file in *folder*, by its name; the lock may be there or not."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != LOCK
    }
