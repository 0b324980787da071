"""Words around a question that tell how it is answered, on pages and in print."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

if TYPE_CHECKING:
    from courseware.bank.model import TypeName


def stem_frame(kind: TypeName) -> tuple[str, str]:
    """Return what stands before and after the stem of an exercise of the type *kind*."""
    match kind:
        case "true-false":
            return "True or false?", ""
        case "multiple-response":
            return "", "Choose all that apply."
        case "single-choice" | "numeric" | "short-answer" | "match" | "order" | "classify":
            return "", ""
        case "open" | "discussion":
            return "", ""
        case _:
            assert_never(kind)


def answer_lead(kind: TypeName) -> str:
    """Return what leads to an answer that takes more than a few words, or nothing."""
    match kind:
        case "match":
            return "Matches:"
        case "order":
            return "In this order:"
        case "classify":
            return "Categories:"
        case "open":
            return "A model answer:"
        case "single-choice" | "multiple-response" | "true-false" | "numeric" | "short-answer":
            return ""
        case "discussion":
            return ""
        case _:
            assert_never(kind)
