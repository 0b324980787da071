"""The commands of the project: what they install, and when."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

FILE = Path(__file__).parents[1] / "noxfile.py"


class Session:
    """A session that notes what it is asked to install."""

    def __init__(self, folder: Path) -> None:
        self.virtualenv = SimpleNamespace(location=str(folder))
        self.installed: list[tuple[str, ...]] = []

    def install(self, *arguments: str) -> None:
        """Note *arguments*."""
        self.installed.append(arguments)


def test_packages_are_installed_once_for_a_folder_and_anew_in_its_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install: Callable[[Session], None] = runpy.run_path(str(FILE))["install"]
    session = Session(tmp_path)
    for name, times in (("course", 2), ("course", 2), ("copy", 4), ("copy", 4)):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        for file in ("constraints.txt", "pyproject.toml"):
            (folder / file).write_text("the same", encoding="utf-8")
        monkeypatch.chdir(folder)
        install(session)
        assert len(session.installed) == times
