"""Ask Typst how high the parts of a worksheet are, before it is printed."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from courseware.typst.compile import query_values

from .packing import Heights

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: The label of the marks that the template sets (``sheets.typ``).
MARK = "<sheet-height>"


def heights_of(source: Path, inputs: Mapping[str, str], parts: Mapping[str, int]) -> Heights:
    """Return the measures of the worksheet *source* in the edition that *inputs* describe.

    *parts* says of how many parts each exercise is, in their order on the sheet. Raises
    `CompileError`.
    """
    marks = query_values(source, {**inputs, "measure": "yes"}, MARK)
    page = next(mark for mark in marks if mark["what"] == "page")
    begins = [mark["at"] for mark in marks if mark["what"] == "begin"]
    ends = [mark["at"] for mark in marks if mark["what"] == "end"]
    heights = iter([end - begin for begin, end in zip(begins, ends, strict=True)])
    return Heights(
        head=begins[0] - page["at"],
        room=page["room"],
        gap=page["gap"],
        line=page["line"],
        parts={name: tuple(islice(heights, count)) for name, count in parts.items()},
    )
