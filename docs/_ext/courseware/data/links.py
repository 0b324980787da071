"""Where the links and pictures in a text may lead: to web pages, mail, and files of the course."""

from __future__ import annotations

import re
from posixpath import normpath
from typing import TYPE_CHECKING, Annotated

from markdown_it import MarkdownIt
from pydantic import AfterValidator

from .addresses import SCHEMES, bare, refused_link, scheme_of, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

#: How many folders up a path may lead: from a chapter, or an assignment, to the top of the course.
UP = 2

# A link that CommonMark takes for text, since its address is broken over lines or has spaces.
_BROKEN = re.compile(r"\]\(<?([^)]{1,200})")
_HARMFUL = ("javascript:", "vbscript:", "data:", "file:")
# The parser leaves out links that it holds for harmful: here all have to be seen.
_ALL_LINKS = MarkdownIt("commonmark").enable("table")
_ALL_LINKS.validateLink = bool  # type: ignore[method-assign,assignment] # all


def wrong_address(address: str, *, picture: bool = False) -> str:
    """Return what is wrong with *address* of a link or *picture*, or an empty string."""
    taken = bare(address)
    shown = shortened(address)
    what = "picture" if picture else "link"
    if "\\" in taken:
        return f"'{shown}' has a backslash; write '/' between folders"
    if scheme := scheme_of(address):
        if picture:
            return (
                f"the picture '{shown}' is elsewhere; save it beside the course, and name the file"
            )
        if scheme not in SCHEMES:
            return refused_link(address, scheme)
        return ""
    if taken.startswith("//"):
        return f"the {what} '{shown}' names no scheme; write https:// before it"
    path = taken.partition("#")[0].partition("?")[0]
    # From the top of the sources, no folder is above.
    most = 0 if path.startswith("/") else UP
    if normpath(path.lstrip("/") or ".").split("/").count("..") > most:
        return f"the {what} '{shown}' leads out of the course; name a file that belongs to it"
    return ""


def wrong_links(text: str) -> str:
    """Return what is wrong with the first bad link or picture of the CommonMark *text*, if any."""
    if not any(mark in text for mark in ("](", "]:", "][", "<")):
        return ""  # few texts are worth the time that it takes to parse them
    for token in tokens(_ALL_LINKS.parse(text)):
        if token.type == "link_open" and (wrong := wrong_address(str(token.attrs["href"]))):
            return wrong
        if token.type == "image" and (
            wrong := wrong_address(str(token.attrs["src"]), picture=True)
        ):
            return wrong
    for found in _BROKEN.finditer(text):
        if bare(found[1]).startswith(_HARMFUL):
            return wrong_address(found[1])
    return ""


def tokens(parsed: list[Token]) -> Iterator[Token]:
    """Yield all tokens of a text that has been *parsed*, those within others included."""
    waiting = parsed[::-1]
    while waiting:
        token = waiting.pop()
        yield token
        waiting.extend(reversed(token.children or ()))


def _with_good_links(text: str) -> str:
    if wrong := wrong_links(text):
        raise ValueError(wrong)
    return text


#: A text whose links and pictures lead where they may.
Linked = Annotated[str, AfterValidator(_with_good_links)]
