"""Print: the builder ``typst``, which makes tagged PDFs without TeX.

One module a job: :mod:`config` (what to make), :mod:`assemble` (join the documents),
:mod:`translator` (nodes to Typst; it is made of :mod:`blocks`, :mod:`lists`, :mod:`inlines`,
:mod:`tables`, :mod:`columns`, :mod:`figures` and :mod:`formulas`, which write by :mod:`writer` and
:mod:`source`), :mod:`excerpts` (what a chapter by itself has of other pages),
:mod:`elsewhere` (where the rest is), :mod:`handouts` (parts of a handout),
:mod:`mentions` (what a text names) and :mod:`index` (at the back),
:mod:`numbers` (of figures, tables, chapters), :mod:`looks` (classes to template functions),
:mod:`words` (what the book says itself), :mod:`glyphs` (what the fonts have), :mod:`breaks` (where
long words end a line), :mod:`prose` (quotes, and what stays with a number), :mod:`grey` (pictures
in grey), :mod:`compile` (one PDF), :mod:`press` (several at a time), :mod:`made` (what may be
replaced, and what need not be), :mod:`options` (of the commands that print), :mod:`output` and
:mod:`builder`; the folder ``template`` alone says how it looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup_typst(app: Sphinx) -> None:
    """Register the builder and its configuration."""
    # Imported here, since commands and the processes of the press need no Sphinx.
    from .builder import TypstBuilder

    app.add_builder(TypstBuilder)
    app.add_config_value("typst_documents", [], "", [list, tuple])
    app.add_config_value("typst_paper", "a4", "", [str])
    # Whose a language is, by its code: {"es": "MX"}.
    app.add_config_value("typst_regions", {}, "", [dict])
    app.add_config_value("typst_large_print", False, "", [bool])
    app.add_config_value("typst_greyscale", False, "", [bool])
    # What is asked for besides: the edition, such as "letter large-print", and which PDFs alone.
    app.add_config_value("typst_edition", "", "", [str])
    app.add_config_value("typst_only", [], "", [list, tuple])
    # Which layout is meant by the name of a page that has several, and whether what is asked for
    # has the answers to its exercises, in a file of its own.
    app.add_config_value("typst_only_layout", "", "", [str])
    app.add_config_value("typst_answers", False, "", [bool])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register this layer alone, as ``extensions = ["courseware.typst"]``."""
    setup_typst(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
