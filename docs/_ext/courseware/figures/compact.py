"""Make an SVG file small: half of what matplotlib writes are spaces, long names and decimals."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

SVG, LINK = "http://www.w3.org/2000/svg", "{http://www.w3.org/1999/xlink}href"
#: Decimals of coordinates, in points or in units of a letter: hundredths nobody sees.
DECIMALS = 2

_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
# Spaces that part no two numbers.
_SPACE = re.compile(r"\s*([A-Za-z])\s*|\s+(?=-)")
_USE = re.compile(r"url\(#([^)]+)\)")


def compact(picture: str, name: str) -> str:
    """Return the SVG file *picture* without what it does not need.

    The parts that others refer to get short names that begin with *name*, so that several pictures
    can stand in one page; all other names, spaces, comments and metadata go.
    """
    root = ET.fromstring(picture)  # noqa: S314 (matplotlib has just written it)
    names = {used: f"{name}-{number}" for number, used in enumerate(_used(root), 1)}
    for parent in root.iter():
        for child in [each for each in parent if each.tag == f"{{{SVG}}}metadata"]:
            parent.remove(child)
    for node in root.iter():
        for attribute, value in list(node.attrib.items()):
            if attribute == "d":
                node.set(attribute, _shape(value))
            else:
                node.set(attribute, _USE.sub(lambda use: f"url(#{names[use[1]]})", value))
        if target := node.attrib.pop(LINK, None):
            node.set("href", f"#{names[target[1:]]}")
        if (own := node.attrib.pop("id", None)) in names:
            node.set("id", names[own])
        for place in ("text", "tail"):
            if not (getattr(node, place) or "").strip():
                setattr(node, place, None)
    ET.register_namespace("", SVG)
    return ET.tostring(root, encoding="unicode") + "\n"


def _used(root: ET.Element) -> list[str]:
    """Return the names that something refers to, in order of first use."""
    used: dict[str, None] = {}
    for node in root.iter():
        if target := node.get(LINK):
            used.setdefault(target[1:])
        for value in node.attrib.values():
            used.update(dict.fromkeys(_USE.findall(value)))
    return list(used)


def _shape(value: str) -> str:
    """Return the coordinates of a shape, rounded, without spaces that part nothing."""
    rounded = _NUMBER.sub(lambda number: f"{round(float(number[0]), DECIMALS):g}", value)
    return _SPACE.sub(lambda space: space[1] or "", rounded).strip()
