"""Figures: one script each, which draws with matplotlib what the data files say.

`style` is how all figures look, `render` makes the SVG files, and
``python -m courseware figures`` makes them to look at, without a build.
This layer knows nothing of Sphinx.
"""
