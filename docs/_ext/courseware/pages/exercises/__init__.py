"""Exercises on pages: from the bank to nodes, and from nodes to HTML and to ordinary docutils.

``nodes`` holds the classes, ``markup`` reads the bank's CommonMark, ``build`` makes nodes of an
exercise, ``directives`` place them, ``complete`` adds numbers and links when a page is written,
``plain`` turns them into ordinary nodes for builders without forms, ``html`` is how they look,
``practice`` fills the pages for practice: index, progress and review, ``practice_html`` writes what
scripts fill there, ``chapters`` tells scripts which exercises there are; ``register`` registers.
"""
