"""The texts of an exercise: CommonMark (specification 0.31), in blocks or in one line."""

from __future__ import annotations

import re
from typing import Annotated

from markdown_it import MarkdownIt
from pydantic import AfterValidator, Field

from courseware.data.formulas import formula_in
from courseware.data.links import tokens, wrong_links
from courseware.data.yamlfile import NAME_PATTERN

_SPHINX = re.compile(r"\{[\w:.+-]+\}`|(?:`{3,}|:{3,}|~{3,})[ \t]*\{[\w:.+-]+\}")
# With what a block other than a paragraph may begin; whether it does, the parser knows.
_BLOCK = frozenset("#-*+>|`~_=<[0123456789")
_MARK = re.compile(r"[*_`\[\]!<>&\\|#~]|^\s*[-+=\d]", re.MULTILINE)
_COMMONMARK = MarkdownIt("commonmark").enable("table")


def _commonmark(text: str) -> str:
    if found := _SPHINX.search(text):
        message = (
            f"'{found.group()}' is a role or directive; texts of the bank are plain CommonMark"
        )
        raise ValueError(message)
    if "<" in text or "![" in text:  # few texts are worth the time that it takes to parse them
        for token in tokens(_COMMONMARK.parse(text)):
            if token.type in {"html_inline", "html_block"}:
                shown = token.content.strip().split("\n")[0]
                message = f"'{shown}' is HTML; write CommonMark, since print has no HTML"
                raise ValueError(message)
            if token.type == "image" and not token.content.strip():
                message = "an image needs alternative text that tells what it shows: ![text](file)"
                raise ValueError(message)
    if formula := _formula(text):
        message = f"'{formula}' would stay as it is; write the formula with signs, as x² or a/b"
        raise ValueError(message)
    if wrong := wrong_links(text):
        raise ValueError(wrong)
    return text


def _formula(text: str) -> str:
    """Return the first formula of another language in *text*, code left out, or an empty string."""
    if not formula_in(text):
        return ""
    words = {"text": None, "softbreak": " ", "hardbreak": " "}
    lines = (token.children or () for token in _COMMONMARK.parse(text) if token.type == "inline")
    found = (
        formula_in("".join(words[t.type] or t.content for t in line if t.type in words))
        for line in lines
    )
    return next(filter(None, found), "")


def _one_line(text: str) -> str:
    if re.search(r"\n\s*\n", text):
        message = "expected one paragraph, found a blank line; put what comes before in 'context'"
        raise ValueError(message)
    if "\n" in text or text[:1] in _BLOCK:
        kinds = [token.type for token in _COMMONMARK.parse(text)]
        if text[0] == "|" or kinds != ["paragraph_open", "inline", "paragraph_close"]:
            message = "expected a line of text, found a list, heading or other block; where a mark "
            message += "is meant as text, put a backslash before it"
            raise ValueError(message)
    if not plain(text):
        message = "expected some text, found none"
        raise ValueError(message)
    return " ".join(text.split())


#: CommonMark with paragraphs, lists, tables and images.
Text = Annotated[str, AfterValidator(_commonmark)]
#: One paragraph of CommonMark: emphasis, links and code.
Line = Annotated[str, AfterValidator(_commonmark), AfterValidator(_one_line)]
#: A permanent name.
Name = Annotated[str, Field(pattern=NAME_PATTERN, max_length=60)]


def plain(text: str) -> str:
    """Return *text* without the marks of CommonMark, for counting words and for attributes."""
    if _MARK.search(text):
        words = {"text", "code_inline", "code_block", "fence"}
        breaks = {"softbreak", "hardbreak", "inline"}  # the last stands before all of its parts
        kinds = ((token.type, token.content) for token in tokens(_COMMONMARK.parse(text)))
        text = "".join(
            " " if kind in breaks else word for kind, word in kinds if kind in words | breaks
        )
    return " ".join(text.split())
