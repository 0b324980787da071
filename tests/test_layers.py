"""Layers of the engine: each imports only from those that CONTRIBUTING.md names before it."""

from __future__ import annotations

import ast
import re
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

import courseware
from conftest import DOCS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE = "courseware"
ENGINE = DOCS / "_ext" / PACKAGE
LIST = re.compile(r"A layer imports only from those before it: (?P<order>.+?); `site` stands by it")
CODE = re.compile(r"`(\w+)`")


@cache
def order() -> dict[str, int]:
    """Return the place of each layer, from the map of the house; `site` imports from none."""
    found = LIST.search((DOCS.parent / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert found, "CONTRIBUTING.md no longer tells the order of the layers"
    steps = [CODE.findall(step) for step in found["order"].split("then")]
    return {"site": 0, **{name: at for at, step in enumerate(steps, 1) for name in step}}


def module_of(path: Path) -> str:
    """Return the name of the module in the file *path*."""
    parts = path.relative_to(ENGINE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    """Return the modules of the engine; what stands in the starter is a course's own."""
    paths = (path for path in sorted(ENGINE.rglob("*.py")) if "starter" not in path.parts)
    return {module_of(path): path for path in paths}


def imported(module: str, *, early: bool = False) -> Iterator[str]:
    """Yield what *module* imports of the engine; with *early*, what it needs to be loaded."""
    path = modules()[module]
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    # What only checkers read, and what functions import when they run, stands further in.
    for node in tree.body if early else ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: 1 - node.level or None] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            names = [f"{base}.{alias.name}" for alias in node.names]
            names = [name if name in modules() else base for name in names]
        else:
            continue
        yield from (name for name in names if name in modules() and name != module)


def layer_of(module: str) -> str:
    """Return the layer of *module*; nothing where it stands beside the layers."""
    name = (*module.split("."), "")[1]
    return name if name in order() else ""


def test_every_package_has_its_place_in_the_order() -> None:
    packages = {path.parent.name for path in ENGINE.glob("*/__init__.py")}
    assert packages == order().keys()
    assert len(modules()) > 100
    assert courseware.__name__ == PACKAGE


def test_layers_import_only_from_those_before_them() -> None:
    wrong = [
        f"{module} imports {other}"
        for module in modules()
        if (own := layer_of(module))
        for other in imported(module)
        if (theirs := layer_of(other)) != own and order().get(theirs, 99) >= order()[own]
    ]
    assert wrong == []


def test_modules_do_not_need_each_other_in_a_circle() -> None:
    needs = {module: set(imported(module, early=True)) for module in modules()}
    assert any(needs.values())
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        circle = " needs ".join(reversed(error.args[1]))
        raise AssertionError(circle) from None
