"""The texts of an exercise: CommonMark (specification 0.31), in blocks or in one line."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

_SPHINX = re.compile(r"\{[\w:.-]+\}`|^\s*(?:`{3,}|:{3,}|~{3,})\{[\w:.-]+\}", re.MULTILINE)
_HTML = re.compile(r"</?[A-Za-z][^>\n]*>|<!--")
_CODE = re.compile(r"`[^`]*`")
_BARE_IMAGE = re.compile(r"!\[\s*\]")
_BLOCK = re.compile(r"^(?:#{1,6}\s|[-*+]\s|\d+[.)]\s|>|\||```|~~~)")


def _commonmark(text: str) -> str:
    if found := _SPHINX.search(text):
        shown = found.group().strip()
        message = f"'{shown}' is a role or directive; texts of the bank are plain CommonMark"
        raise ValueError(message)
    if found := _HTML.search(_CODE.sub("", text)):
        message = f"'{found.group()}' is HTML; write CommonMark, since print has no HTML"
        raise ValueError(message)
    if _BARE_IMAGE.search(text):
        message = "an image needs alternative text that tells what it shows: ![text](file)"
        raise ValueError(message)
    return text


def _one_line(text: str) -> str:
    if re.search(r"\n\s*\n", text):
        message = "expected one paragraph, found a blank line; put what comes before in 'context'"
        raise ValueError(message)
    if found := _BLOCK.match(text):
        message = f"expected a line of text, found a block that begins with '{found.group()}'"
        raise ValueError(message)
    return " ".join(text.split())


#: CommonMark with paragraphs, lists, tables and images.
Text = Annotated[str, AfterValidator(_commonmark)]
#: One paragraph of CommonMark: emphasis, links and code.
Line = Annotated[str, AfterValidator(_commonmark), AfterValidator(_one_line)]
#: A permanent name.
Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


def plain(text: str) -> str:
    """Return *text* without the marks of CommonMark, for counting words and for attributes."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return " ".join(re.sub(r"[*_`]+(?=\S)|(?<=\S)[*_`]+", "", text).split())
