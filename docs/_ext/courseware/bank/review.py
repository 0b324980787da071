"""When an exercise comes back for review: Sebastian Leitner's boxes, each with a rhythm of its own.

Pages pass the days on to their script, and the page for review says them in a table.
"""

from __future__ import annotations

#: Days until an exercise comes back, by its box, from the first.
GAPS = (1, 3, 7, 16, 35)
