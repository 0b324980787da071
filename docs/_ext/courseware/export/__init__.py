"""Files for learning management systems and for cards: plain Python, over the bank, no Sphinx.

`items` makes of each exercise what all formats have in common, by the only match over its type;
each format is a module with one function, and matches over the sorts of answers:
`moodle`, `canvas` (QTI 1.2), `qti` (2.1), `blackboard`, `brightspace`, `table` (CSV) take a set of
exercises; `anki` and `cartridge` take the whole course.
What a format cannot carry is told item by item (`losses`), never dropped in silence.
"""
