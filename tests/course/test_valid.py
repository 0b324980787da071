"""The pages are valid HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from htmlcheck import checked
from ours import DOCS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_every_page_is_valid(shared_build: Callable[[Path, str], Path]) -> None:
    assert checked(shared_build(DOCS, "html")) == []
