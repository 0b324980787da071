"""What Sphinx calls a figure or table: its name and number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.builders import Builder


def number_of(builder: Builder, docname: str, ids: Iterable[str], figtype: str) -> str | None:
    """Return the name (``Table 3.1``) of what has one of *ids* on the page *docname*.

    None where Sphinx gives no numbers; *figtype* is ``figure`` or ``table``.
    """
    if not builder.config.numfig:
        return None
    numbers = builder.env.toc_fignumbers.get(docname, {}).get(figtype, {})
    number = next((numbers[each] for each in ids if each in numbers), None)
    if number is None:
        return None
    pattern: str = builder.config.numfig_format.get(figtype, "%s")
    return pattern % ".".join(map(str, number))
