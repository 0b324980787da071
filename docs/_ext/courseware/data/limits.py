"""How large what an author writes may be.

Nobody comes near these by honest work, and what is larger is a slip (a file pasted into a field,
a spreadsheet saved by mistake) or meant to harm. It is told before anything is made of it, since
the work that would follow takes minutes and gigabytes.
"""

from __future__ import annotations

#: Bytes of one data file. The parsers need about a second for each million, and a hundred times
#: the memory. Ten thousand exercises fit in, and a chapter has fifty.
FILE_BYTES = 10_000_000

#: Characters of one text: some eight printed pages. Print sets a text as one piece, and needs
#: minutes for one of some hundred thousand.
TEXT_CHARACTERS = 20_000

#: Values that a YAML file may gain by its aliases (``*name``), merged ones included. Eight lines
#: that name each other would make a hundred million of nothing.
ALIASED_VALUES = 10_000

#: Rows of a CSV file. Each is a row of a table on a page and in print, which both grow too long
#: to be read far below this; 20,000 rows took a minute and a half, and three gigabytes.
ROWS = 2_000
