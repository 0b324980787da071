"""The bank of the small course, and files as tests write and read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import ROOTS
from ruamel.yaml import YAML

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from courseware.bank.select import Question

SMALL = ROOTS / "test-course"
COUNTING = SMALL / "exercises" / "bank" / "counting.yml"


def raw(text: str) -> object:
    """Return *text* as an editor with a schema reads it."""
    value: object = YAML(typ="safe").load(text)
    return value


def written(tmp_path: Path, text: str, name: str = "paper.yml") -> Path:
    """Return an assignment's file that holds *text*."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def ids(questions: Iterable[Question]) -> list[str]:
    """Return the ids of *questions*."""
    return [question.exercise.id for question in questions]
