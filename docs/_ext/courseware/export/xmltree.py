"""XML by the standard library, which escapes every text once."""

from __future__ import annotations

from xml.etree import ElementTree as ET

#: An element of a tree.
Element = ET.Element


def root(tag: str, namespace: str = "", **attributes: str) -> Element:
    """Return the root of a document in *namespace*."""
    return ET.Element(tag, {**({"xmlns": namespace} if namespace else {}), **attributes})


def add(parent: Element, tag: str, text: str = "", /, **attributes: str) -> Element:
    """Return a new last child of *parent*; a name that is a word of Python ends in ``_``."""
    child = ET.SubElement(
        parent, tag, {name.rstrip("_"): value for name, value in attributes.items()}
    )
    if text:
        child.text = text
    return child


def document(tree: Element) -> bytes:
    """Return *tree* as a file, an element a line where no text is disturbed by it."""
    ET.indent(tree)
    made: bytes = ET.tostring(tree, encoding="UTF-8", xml_declaration=True)
    return made + b"\n"
