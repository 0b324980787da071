"""How an exercise is answered with a pen, where its options, lines and blanks do not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

if TYPE_CHECKING:
    from courseware.bank.model import TypeName


def in_a_book(kind: TypeName, *, rows: int, offered: int) -> str:
    """Return how an exercise of *kind* is answered in a book, or nothing where that is plain.

    *offered* is how many letters there are for the *rows* of a match.
    """
    match kind:
        case "single-choice":
            return "Circle one letter."
        case "multiple-response":
            return "Circle each letter that you choose."
        case "order":
            return f"Number the lines: {steps(rows)}"
        case "match":
            return letters(rows, offered)
        case "classify":
            return "Write one category on each line."
        case "true-false" | "numeric" | "short-answer" | "open" | "discussion":
            return ""
        case _:
            assert_never(kind)


def letters(rows: int, offered: int) -> str:
    """Return how the *rows* of a match get the letters that are *offered*."""
    if offered > rows + 1:
        return "Write one letter on each line; some letters are left over."
    if offered > rows:
        return "Write one letter on each line; one letter is left over."
    return "Write one letter on each line."


def steps(rows: int) -> str:
    """Return how as many steps as there are *rows* are numbered."""
    return f"1 for the first step, 2 for the next, up to {rows}."
