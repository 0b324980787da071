"""Where the links and pictures in a text may lead: to web pages, mail, and files of the course."""

from __future__ import annotations

import re
from html import unescape
from posixpath import normpath
from typing import TYPE_CHECKING, Annotated
from urllib.parse import unquote

from markdown_it import MarkdownIt
from pydantic import AfterValidator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

#: What a link may begin with; every other scheme runs a script, reads a disk or opens a program.
SCHEMES = ("http", "https", "mailto")
#: How many folders up a path may lead: from a chapter, or an assignment, to the top of the course.
UP = 2

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*(?=:)")
# What browsers pass over in an address, and a reader does not see.
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]")
# A link that CommonMark takes for text, since its address is broken over lines or has spaces.
_BROKEN = re.compile(r"\]\(<?([^)]{1,200})")
_HARMFUL = ("javascript:", "vbscript:", "data:", "file:")
# The parser leaves out links that it holds for harmful: here all have to be seen.
_ALL_LINKS = MarkdownIt("commonmark").enable("table")
_ALL_LINKS.validateLink = bool  # type: ignore[method-assign,assignment] # all


def wrong_address(address: str, *, picture: bool = False) -> str:
    """Return what is wrong with *address* of a link or *picture*, or an empty string."""
    bare = _bare(address)
    shown = " ".join(address[:80].split()) + "…" * (len(address) > 80)
    what = "picture" if picture else "link"
    if "\\" in bare:
        return f"'{shown}' has a backslash; write '/' between folders"
    if scheme := _SCHEME.match(bare):
        if picture:
            return (
                f"the picture '{shown}' is elsewhere; save it beside the course, and name the file"
            )
        if scheme[0] not in SCHEMES:
            return f"the link '{shown}' begins with '{scheme[0]}:'; expected one of " + ", ".join(
                f"{each}:" for each in SCHEMES
            )
        return ""
    if bare.startswith("//"):
        return f"the {what} '{shown}' names no scheme; write https:// before it"
    path = bare.partition("#")[0].partition("?")[0]
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
        if _bare(found[1]).startswith(_HARMFUL):
            return wrong_address(found[1])
    return ""


def tokens(parsed: list[Token]) -> Iterator[Token]:
    """Yield all tokens of a text that has been *parsed*, those within others included."""
    waiting = parsed[::-1]
    while waiting:
        token = waiting.pop()
        yield token
        waiting.extend(reversed(token.children or ()))


def _bare(address: str) -> str:
    """Return *address* as a browser takes it, whatever its spelling."""
    return _UNSEEN.sub("", unquote(unescape(address))).casefold()


def _with_good_links(text: str) -> str:
    if wrong := wrong_links(text):
        raise ValueError(wrong)
    return text


#: A text whose links and pictures lead where they may.
Linked = Annotated[str, AfterValidator(_with_good_links)]
