"""Which class of the course's nodes gets which function of the template.

The pages layer emits neutral docutils nodes with classes; this table alone ties them to print.
A class that is not listed is printed plainly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from courseware.data import palette

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils import nodes

#: Classes whose nodes are left out of print.
SKIPPED = frozenset(
    {"web-only", "letters", "discussion-number", "blank", "exercise-word", "told-by-check"}
)

#: Sections (``block-<id>``): functions that take the whole section with its heading.
SECTIONS = {
    "block-central-question": "central-question",
    "block-plain-summary": "plain-summary",
    "block-key-points": "key-points",
    "block-further-reading": "further-reading",
    "key-question": "key-question",
    "talk-question": "talk-question",
    "slide": "slide",
    "slide-claim": "slide-claim",
    "slide-central": "slide-central",
    "slide-ask": "slide-ask",
    "slide-answer": "slide-answer",
    "slide-figure": "slide-figure",
    "slide-figure-wide": "slide-figure-wide",
}

#: Containers and other wrappers.
CONTAINERS = {
    "chapter-card": "chapter-card",
    "voice": "voice",
    "outcomes": "outcome-list",
    "key-terms": "key-terms",
    "workbook-how": "workbook-how",
    "workbook-head": "workbook-head",
    "workbook-exercises": "workbook-exercises",
    "workbook-exercise": "workbook-exercise",
    "exercise-print": "exercise",
    "exercise-context": "exercise-context",
    "exercise-sides": "exercise-sides",
    "exercise-answers": "exercise-answers",
    "short-answers": "short-answers",
    "exercise-answer-print": "exercise-answer",
    "evidence-ours": "evidence-ours",
    "your-guesses": "your-guesses",
    "sheet-names": "sheet-names",
    "sheet-name": "sheet-name",
    "sheet-instructions": "sheet-instructions",
    "sheet-question": "sheet-question",
    "sheet-working": "sheet-working",
    "sheet-tick": "sheet-tick",
    "key-marking": "key-marking",
    "key-whole": "key-whole",
    "slide-opening": "slide-opening",
    "cards": "card-set",
    "where-rest": "where-rest",
}

#: Containers of which each is an argument of the container around them.
ARGUMENTS = frozenset({"exercise-side", "slide-part", "card-part", "workbook-part"})

#: Containers over the full measure.
WIDE_CONTAINERS = frozenset({"exercise-answers", "short-answers"})

#: Containers that are the items of a numbered list, though none stands around them.
NUMBERED = {"discussion-question": "question-list"}

#: Paragraphs inside them.
PARAGRAPHS = {
    "voice-who": "voice-who",
    "voice-standpoint": "voice-standpoint",
    "discussion-purpose": "discussion-purpose",
    "content-note": "content-note",
    "statement-facts": "statement-facts",
    "cited-in": "cited-in",
    "term-facts": "term-facts",
    "note-facts": "term-facts",
    "exercise-intro": "exercise-intro",
    "exercise-stem": "exercise-stem",
    "exercise-categories": "exercise-categories",
    "exercise-source": "exercise-source",
    "exercise-lead": "exercise-lead",
    "exercise-marking": "exercise-marking",
    "evidence-lead": "evidence-lead",
    "ours-lead": "exercise-lead",
    "rate-first": "rate-first",
    "sheet-sums": "sheet-sums",
    "sheet-total": "sheet-total",
    "sheet-marks": "sheet-marks",
    "sheet-minutes": "sheet-minutes",
    "sheet-purpose": "sheet-purpose",
    "key-read": "key-read",
    "key-stem": "key-stem",
    "talk-stem": "talk-stem",
    "key-above": "key-above",
    "exercise-hints": "exercise-hints",
    "workbook-facts": "workbook-facts",
    "key-facts": "key-facts",
    "talk-facts": "talk-facts",
    "slide-key": "slide-key",
    "slide-why": "slide-why",
    "slide-asked": "slide-asked",
    "slide-votes": "slide-votes",
    "slide-small": "slide-small",
    "slide-stem": "slide-stem",
    "key-ids": "key-ids",
    "key-terms-run": "key-terms-run",
}

#: Paragraphs that end in a link, of which print tells the page.
LINKED = {
    "exercise-facts": "exercise-facts",
    "exercise-passage": "exercise-passage",
    "held-back": "held-back",
    "guesses-lead": "guesses-lead",
}

#: Paragraphs that print says as numbers of the pages to which their links lead.
PAGES = {"cited-in": "cited-on", "exercises-on": "exercises-on"}

#: Words in the line.
INLINES = {
    "kind": "kind-word",
    "strength": "strong",
    "statement-id": "statement-id",
    "statement-place": "quiet",
    "outcome-level": "quiet",
    "translation": "translation",
    "term-place": "quiet",
    "voice-standpoint": "quiet",
    "discussion-level": "purpose-word",
    "question-source": "question-source",
    "exercise-number": "exercise-number",
    "exercise-key": "exercise-key",
    "exercise-settled": "quiet",
    "key-title": "key-title",
    "key-read-off": "quiet",
    "key-number": "quiet",
    "key-lead": "key-lead",
    "smallcaps": "smallcaps",
    "exercise-how": "exercise-how",
    "menuselection": "strong",
    "guilabel": "strong",
    "slide-right": "right-words",
    "slide-wrong": "wrong-words",
}

#: Words in a frame: the sign of each, of which the template's sign-frame draws the lines.
FRAMES = {
    "sign-solid": "solid",
    "sign-dashed": "dashed",
    "sign-dotted": "dotted",
    "sign-double": "double",
    "sign-strong": "strong",
    "sign-round": "round",
}

#: Words in the hue of a kind: its colour on paper.
HUES = {f"hue-{hue.value}": colour.light for hue, colour in palette.HUES.items()}

#: Lists of any sort, by a class of their own or of what they stand in.
LISTS = {
    "chapter-card": "facts",
    "bibliography": "bibliography",
    "ledger-list": "ledger-list",
    "work-footnotes": "work-footnotes",
    "course-glossary": "glossary",
    "glossary": "glossary",
    "key-terms": "key-terms",
    "entries": "glossary",
    "guesses": "guesses",
    "exercise-options": "options",
    "exercise-blanks": "blanks",
    "exercise-sorting": "sorting",
    "sheet-boxes": "boxes",
    "sheet-rings": "rings",
    "sheet-places": "places",
    "slide-marked": "marked",
    "key-reasons": "reasons",
    "excerpt": "excerpt",
}

#: Lists over the full measure, where no references can stand in the margin.
WIDE_LISTS = frozenset({"bibliography", "glossary", "work-footnotes", "excerpt"})


#: Lists that make the section they stand in a part of a listing in columns.
COLUMNS = {"ledger-list": "ledger", "close-check": "close-checks"}

#: Figures that go to the nearest head or foot of a page, where text can fill the room they leave.
FLOATING = frozenset({"evidence-figure"})

#: Tables; what is not listed is "plain".
TABLES = {
    "evidence-table": "weighed",
    "ledger-table": "wide",
    "timeline": "listing",
    "listing": "listing",
    "rubric": "rubric",
    "sheet-grid": "grid",
    "key-glance": "key",
    "key-table": "key",
    "answers-short": "short",
}


#: Tables at the back for which its pages give up the margin column.
WIDE_TABLES = frozenset({"wide", "listing"})


def look(node: nodes.Element, table: Mapping[str, str]) -> str | None:
    """Return the first function that a class of *node* has in *table*."""
    return next((table[name] for name in node["classes"] if name in table), None)
