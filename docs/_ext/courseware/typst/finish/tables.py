"""Tables: their rows are tagged as what they are.

Typst 0.15 has no header cells of rows, and keeps the last rows of a table together only where they
are a foot. So the template marks such cells (`tables.typ`) by quotations in quotations that show
nothing, which are tagged as ``Quote``: two around a cell that is the header of its row, three
around the first cell of a foot that is none.

Tags are those of ISO 32000-1, 14.8.4.3.4 (tables) and 14.8.5.7 (their attributes).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name

from .elements import elements_of, kids_of

if TYPE_CHECKING:
    from pikepdf import NumberTree

#: How many quotations mark the header of a row, and a foot that is none.
HEADER, FOOT = 2, 3


def finish_table(table: Dictionary, parents: NumberTree) -> None:
    """Tag the headers of rows and the last rows of *table* as what they are."""
    parts = {str(part.S): part for part in elements_of(table)}
    rows = [
        row
        for part in elements_of(table)
        for row in ([part] if part.S == Name.TR else elements_of(part))
    ]
    cells = [cell for row in rows if row.S == Name.TR for cell in elements_of(row)]
    depths = [_unmark(cell, parents) for cell in cells]
    if any(depth >= FOOT for depth in depths):
        _join_foot(table, parts["/TFoot"], parts.get("/TBody"))
    headers = [
        depth in {HEADER, FOOT + HEADER} and Name.TD == cell.S
        for cell, depth in zip(cells, depths, strict=True)
    ]
    if any(headers):
        for cell, is_header in zip(cells, headers, strict=True):
            _describe(cell, is_header=is_header)


def _unmark(cell: Dictionary, parents: NumberTree) -> int:
    """Take the marks off *cell*, and return how many quotations they were."""
    marks: list[Dictionary] = []
    kids = kids_of(cell)
    while len(kids) == 1 and isinstance(mark := kids[0], Dictionary):
        if Name.Quote != mark.get(Name.S):
            break
        marks.append(mark)
        kids = kids_of(mark)
    depth = len(marks)
    foot = FOOT if depth >= FOOT else 0
    header = HEADER if depth - foot >= HEADER else 0
    for mark in marks[: foot + header]:
        _absorb(cell, mark, parents)
    return foot + header


def _absorb(cell: Dictionary, mark: Dictionary, parents: NumberTree) -> None:
    """Let *cell* hold what *mark* holds, which is all that it has."""
    for name in (Name.Pg, Name.Lang):
        if name in mark:
            cell[name] = mark[name]
    for kid in kids_of(mark):
        if not isinstance(kid, Dictionary):
            parents[int(mark.Pg.StructParents)][int(kid)] = cell
        elif Name.S in kid:
            kid.P = cell
        elif kid.Type == Name.MCR:
            page = kid.Pg if Name.Pg in kid else mark.Pg
            parents[int(page.StructParents)][int(kid.MCID)] = cell
        else:
            parents[int(kid.Obj.StructParent)] = cell
    if Name.K in mark:
        cell.K = mark.K
    else:
        del cell.K


def _join_foot(table: Dictionary, foot: Dictionary, body: Dictionary | None) -> None:
    """Make the rows of *foot* the last ones of *body*, or *foot* the body where there is none."""
    if body is None:
        foot.S = Name.TBody
        return
    for row in elements_of(foot):
        row.P = body
    body.K = Array([*kids_of(body), *kids_of(foot)])
    table.K = Array([part for part in elements_of(table) if Name.TFoot != part.S])


def _describe(cell: Dictionary, *, is_header: bool) -> None:
    """Say which cells *cell* is the header of, and leave to their scopes which headers it has.

    Typst lists the headers of columns alone, and a list is taken for the whole of them.
    """
    attributes = cell.get(Name.A, Array())
    groups = list(attributes) if isinstance(attributes, Array) else [attributes]
    others = [group for group in groups if Name.Table != group.O]
    own = Dictionary(O=Name.Table)
    for group in groups:
        if Name.Table == group.O:
            own = Dictionary({key: each for key, each in group.items() if key != "/Headers"})
    if is_header:
        cell.S = Name.TH
        own.Scope = Name.Row
    if groups := [own, *others] if len(own) > 1 else others:
        cell.A = Array(groups)
    elif Name.A in cell:
        del cell.A
