"""The bytes of streams, as PDF/A wants them (ISO 19005-2, 6.1.7.1)."""

from __future__ import annotations

_DOUBTFUL = b"\r\nendstream\nendobj"
_CLEAR = b"\r\rendstream\nendobj"


def ends_told_apart(content: bytes) -> bytes:
    """Return the PDF *content* with a stream's last byte told apart from the end of line after it.

    qpdf ends each with a line feed. Where the last byte is a carriage return, the two look like one
    end of line, and the stream like one byte less than its length says. An end of line may be a
    carriage return as well, so that no byte moves.
    """
    return content.replace(_DOUBTFUL, _CLEAR)
