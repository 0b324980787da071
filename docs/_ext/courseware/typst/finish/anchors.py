"""Places that links lead to by name, and what tables are about.

Typst describes a link by what it leads to, but only where that is a heading or a figure. So the
template makes a figure of each anchor that has a name (`links.typ`), which shows nothing and holds
nothing. When Typst has described the links by it, it is in the way of who listens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name

from .elements import kids_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pikepdf import Object


#: How the words of a figure of nothing begin that are about the table after it.
ABOUT = "table: "


def describe_tables(elements: Iterable[Dictionary]) -> None:
    """Give each table among *elements*, which are in reading order, its summary.

    A table may show as records, and be none: then no table takes what was said of it, since the
    next has its own. One that is printed in parts has it in each.
    """
    about = ""
    for element in elements:
        if Name.Figure == element.S and str(element.get(Name.Alt, "")).startswith(ABOUT):
            about = str(element.Alt).removeprefix(ABOUT)
        elif Name.Table == element.S and about:
            held = element.get(Name.A, Array())
            groups = list(held) if isinstance(held, Array) else [held]
            element.A = Array([*groups, Dictionary(O=Name.Table, Summary=about)])


def remove_anchors(elements: Iterable[Dictionary]) -> None:
    """Take those of *elements* out of what holds them that are figures of nothing."""
    holders: dict[tuple[int, int], Object] = {}
    for element in elements:
        if Name.Figure == element.S and not kids_of(element):
            holders[element.P.objgen] = element.P
    # All of a holder's at once: one may hold thousands.
    for holder in holders.values():
        holder.K = Array([kid for kid in kids_of(holder) if not _is_anchor(kid)])


def _is_anchor(kid: object) -> bool:
    return isinstance(kid, Dictionary) and Name.Figure == kid.get(Name.S) and not kids_of(kid)
