"""How far a work was read: what the field ``read`` of ``references.bib`` says, and its words."""

from __future__ import annotations

from enum import StrEnum

#: The field of an entry that says it.
FIELD = "read"


class HowFar(StrEnum):
    """How much of a work stands behind what the course says of it."""

    WHOLE = "whole"
    PART = "part"
    ABSTRACT = "abstract"
    ACCOUNT = "account"
    NONE = "none"

    @property
    def words(self) -> str:
        """What readers are told, as it begins a sentence."""
        return WORDS[self]


#: The one place of the words.
WORDS = {
    HowFar.WHOLE: "Read whole",
    HowFar.PART: "Read in part",
    HowFar.ABSTRACT: "Its abstract read",
    HowFar.ACCOUNT: "Known from another’s account",
    HowFar.NONE: "Not seen",
}
