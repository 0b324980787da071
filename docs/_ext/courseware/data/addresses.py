"""Where links may lead: addresses that run nothing and read nothing from the reader's machine."""

from __future__ import annotations

import re

#: The schemes that a link of the course may have.
SCHEMES = frozenset({"ftp", "http", "https", "mailto", "tel"})

# What browsers leave out of an address before they look at its scheme
# (https://url.spec.whatwg.org/#concept-basic-url-parser, steps 1 to 3).
_IGNORED = re.compile(r"[\x00-\x20]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def scheme_of(address: str) -> str:
    """Return the scheme of *address* in small letters, as a browser finds it; empty if none."""
    found = _SCHEME.match(_IGNORED.sub("", address))
    return found[1].lower() if found else ""


def forbidden_scheme(address: str) -> str | None:
    """Return the scheme of *address* if no link of the course may have it, else None.

    Addresses without a scheme, such as those of other pages, are allowed.
    """
    scheme = scheme_of(address)
    return scheme if scheme and scheme not in SCHEMES else None
