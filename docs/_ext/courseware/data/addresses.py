"""Where links may lead: addresses that run nothing and read nothing from the reader's machine."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

#: The schemes that a link of the course may have.
SCHEMES = ("http", "https", "mailto")
#: So many characters of an address stand in a message.
SHOWN = 80

# What browsers pass over in an address (https://url.spec.whatwg.org/#concept-basic-url-parser,
# steps 1 to 3), and what a reader does not see.
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")


def bare(address: str) -> str:
    """Return *address* in small letters as a browser takes it, whatever its spelling."""
    return _UNSEEN.sub("", unquote(unescape(address))).casefold()


def scheme_of(address: str) -> str:
    """Return the scheme of *address* in small letters, as a browser finds it; empty if none."""
    found = _SCHEME.match(bare(address))
    return found[1] if found else ""


def refused_link(address: str, scheme: str) -> str:
    """Return what is wrong with a link to *address*, whose *scheme* is none of those allowed."""
    expected = ", ".join(f"{each}:" for each in SCHEMES)
    message = f"the link '{shortened(address)}' begins with '{scheme}:'; expected one of {expected}"
    return f"{message}, or a page of the course"


def shortened(address: str) -> str:
    """Return *address* on one line, as messages show it."""
    return " ".join(address[:SHOWN].split()) + "…" * (len(address) > SHOWN)


def forbidden_scheme(address: str) -> str | None:
    """Return the scheme of *address* if no link of the course may have it, else None.

    Addresses without a scheme, such as those of other pages, are allowed.
    """
    scheme = scheme_of(address)
    return scheme if scheme and scheme not in SCHEMES else None
