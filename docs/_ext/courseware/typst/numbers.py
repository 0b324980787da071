"""What Sphinx calls a figure, a table or a chapter: its name and number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


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


def chapter_title(env: BuildEnvironment, docname: str) -> str:
    """Return number and title of the chapter *docname*; empty where it has no number."""
    number = env.toc_secnumbers.get(docname, {}).get("")
    return f"{'.'.join(map(str, number))} {env.titles[docname].astext()}" if number else ""
