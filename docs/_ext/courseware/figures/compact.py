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
# How matplotlib moves a letter of a word: to the right, in hundredths of its size.
_ASIDE = re.compile(r"translate\(([\d.]+) 0\)")
_STYLE = re.compile(r"([:;]) ")
_USE = re.compile(r"url\(#([^)]+)\)")


def compact(picture: str) -> str:
    """Return the SVG file *picture* without what it does not need.

    The parts that others refer to get short names (a picture is a file of its own, so they clash
    with nothing); all other names, spaces, comments and metadata go, and a letter of a word says
    where it stands by a number alone.
    """
    root = ET.fromstring(picture)  # noqa: S314 (matplotlib has just written it)
    names = {used: f"i{number:x}" for number, used in enumerate(_used(root))}
    for parent in root.iter():
        for child in [each for each in parent if each.tag == f"{{{SVG}}}metadata"]:
            parent.remove(child)
    for node in root.iter():
        _shorten(node, names)
    ET.register_namespace("", SVG)
    return ET.tostring(root, encoding="unicode").replace(" />", "/>") + "\n"


def _shorten(node: ET.Element, names: dict[str, str]) -> None:
    """Give *node* the short *names*, and take out what it does not need."""
    for attribute, value in list(node.attrib.items()):
        if attribute == "d":
            node.set(attribute, _shape(value))
        else:
            value = _USE.sub(lambda use: f"url(#{names[use[1]]})", value)  # noqa: PLW2901
            node.set(attribute, _STYLE.sub(r"\1", value) if attribute == "style" else value)
    if target := node.attrib.pop(LINK, None):
        node.set("href", f"#{names[target[1:]]}")
        if aside := _ASIDE.fullmatch(node.get("transform", "")):
            del node.attrib["transform"]
            # In hundredths of the size of the letters: a tenth of that is far below a dot.
            node.set("x", f"{round(float(aside[1]), 1):g}")
    if (own := node.attrib.pop("id", None)) in names:
        node.set("id", names[own])
    for place in ("text", "tail"):
        if not (getattr(node, place) or "").strip():
            setattr(node, place, None)


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
