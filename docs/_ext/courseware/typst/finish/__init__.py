"""Finish a PDF that Typst made: what its tags should say, in a file that is small.

What Typst 0.15 cannot say the template marks in the tags, and here the marks become what they mean:
one module for what each is about. All go by tags alone, so that a layout needs nothing here.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from pikepdf import Name, NumberTree, ObjectStreamMode, Pdf, settings

from .anchors import describe_tables, remove_anchors
from .elements import all_elements
from .streams import ends_told_apart
from .tables import finish_table

if TYPE_CHECKING:
    from pikepdf import Object

# The most that zlib does: a fourteenth of a book's bytes for a moment more.
_LEVEL: Final = 9


def finished(content: bytes) -> bytes:
    """Return the tagged PDF *content* with its tags as they should be, in object streams.

    The same bytes come from the same bytes: dates are as they were, and its identifier is a digest.

    :raises pikepdf.PdfError: where *content* is no PDF.
    """
    with Pdf.open(BytesIO(content)) as pdf:
        if (root := pdf.Root.get(Name.StructTreeRoot)) is not None:
            _finish_tags(root)
        result = BytesIO()
        settings.set_flate_compression_level(
            _LEVEL
        )  # of the process, which has no other use for it
        pdf.save(
            result,
            object_stream_mode=ObjectStreamMode.generate,
            recompress_flate=True,
            deterministic_id=True,
            fix_metadata_version=False,
        )
    return ends_told_apart(result.getvalue())


def _finish_tags(root: Object) -> None:
    """Change the tags below *root*, all of which are walked through once."""
    parents = NumberTree(root.ParentTree)
    elements = list(all_elements(root))
    describe_tables(elements)
    remove_anchors(elements)
    for element in elements:
        if Name.Table == element.S:
            finish_table(element, parents)
