"""What a payload is, told by its first bytes: the content first, the `content-type` header second, the feed's word last."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from writethru.records import Feed

Syntax = Literal["json", "xml", "text", "empty"]

_HEAD = 256
_TELLING = frozenset((b"", b"{", b"[", b"<", b"n", b" ", b"\t", b"\n", b"\r", b"\x0b", b"\x0c", b"\0"))  # n as in null
_TAG = re.compile(rb"<(?:[?!]|[A-Za-z_][\w.:-]*(?:[\s/>]|$))")
# AFP opens plain copy with `[ATTENTION - …]`, Reuters of 1987 with `<CORRECTED> - …`: a bracket alone decides nothing.
_ARRAY = re.compile(rb"\[\s*[\[{\"\]]")
_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "gzip within gzip or zip"),
    (b"PK\x03\x04", "a zip archive within gzip or zip"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"{\\rtf", "a rich-text document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
)
_TOLD = ((b"text/plain", "text"), (b"message/rfc822", "mail"))
_MARKS = tuple(mark for mark, _ in _MAGIC)
_PROSE = re.compile(
    rb"(?:[ \t\r\n]{0,8}(?:[^\x00-\x20A-Za-z*^\x7f]|(?!From )(?:[A-Z]|[a-z]{3})[A-Za-z\x80-\xff]{0,40}(?:[,/.;!?]| [^\x00-\x20:]))"
    # A longer word before anything else: no frame of the telegraph opens so, and a mail's has a second header line.
    rb"|[A-Z][A-Za-z\x80-\xff]{4,40}(?::(?![^\n]{0,18}\x01).{0,400}\n(?![!-9;-~]{1,100}[ \t]{0,4}:|[ \t])"
    rb"|[^\x00-\x20A-Za-z0-9:-]|[A-Za-z0-9-]{0,60}(?:[^\x00-\x20A-Za-z0-9:-]| [^\x00-\x20:])))"
    rb"(?:[^\x01]{25}|[^\x01]{0,24}\Z)"
)


def syntax(payload: bytes) -> Syntax:
    """How to read an unwrapped payload. UTF-16 and UTF-32 are looked through by leaving out the zeros."""
    first = payload[:1]
    if first not in _TELLING:  # most payloads are told by this and their start: a tenth of the time of what follows
        return "text"
    start = payload[:5]
    if 0 not in start:
        if first == b"{":
            return "text" if start == b"{\\rtf" else "json"
        if start == b"<?xml":
            return "xml"
    head = payload[:_HEAD].lstrip() or payload.lstrip()
    if 0 in head[:4]:
        head = head[:_HEAD].replace(b"\0", b"").lstrip()
    first = head[:1]
    if first not in _TELLING:
        return "text"
    if first == b"{":
        return "text" if head.startswith(b"{\\rtf") else "json"
    if first == b"[":
        return "json" if _ARRAY.match(head) else "text"
    if first == b"<":
        if head.startswith((b"<?xml", b"<!")):
            return "xml"
        narrow = payload.replace(b"\0", b"") if b"\0" in payload[:_HEAD] else payload
        return "xml" if _TAG.match(head) and (b"</" in narrow or b"/>" in narrow or b'="' in narrow) else "text"
    if not first or (first == b"n" and head.rstrip() == b"null"):
        return "empty"
    return "text"


is_prose = _PROSE.match
"""Whether the payload opens as none of the formats that are told by their bytes does: with no letter and no sign of a frame, or with a word
that neither digit nor colon follows; and no SOH is near. To ask each of them takes five times as long."""


def magic(payload: bytes) -> str | None:
    """The name of a binary kind of file, for a message."""
    if not payload.startswith(_MARKS):
        return None
    return next(name for mark, name in _MAGIC if payload.startswith(mark))


def hint(headers: Iterable[tuple[str, bytes]], feed: Feed | None) -> str | None:
    """What the transport says where the content does not tell: `text` for `content-type: text/plain`, `mail` for `message/rfc822`, else the
    feed's format."""
    for name, value in headers:
        if name.lower() == "content-type":
            declared = value[:80].lstrip().lower()
            for kind, format_ in _TOLD:
                if declared.startswith(kind):
                    return format_
    return feed.format if feed else None
