"""The header lines of a mail: whether there are any, and what they say once their encoded words are undone (RFC 2047)."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable
from typing import Any

from writethru.formats import encoding as charsets
from writethru.formats.feeds.text import one_line

_HEAD = 64 * 1024
LONGEST = 8 * 1024
"""Characters of one header that are read; `From` of a real mail has a hundred, `References` of a long thread some thousand."""
_FIRST = re.compile(rb"[\r\n]{0,8}(?:From |(?=[^\r\n,;(]{0,75}:)[A-Za-z][A-Za-z0-9-]{0,70}[ \t]{0,4}:)")
_END = re.compile(rb"\n\r?\n")
_NO_HEADER = re.compile(rb"\n(?![ \t]|[!-9;-~]{1,100}[ \t]{0,4}:)")
"""The begin of a line that is neither a header's nor the rest of one."""
_SPACED = re.compile(rb"[ \t]{1,4}:")
# What a mail system writes, and nobody who types a memo or a wire's head lines.
_MACHINE = re.compile(rb"\n(?:message-id|mime-version|received|return-path):")
_WANTED = frozenset(
    "from sender organization subject date message-id in-reply-to references supersedes replaces obsoletes keywords comments "
    "content-language auto-submitted".split()
)
_WORD = re.compile(r"=\?([^?*\s]{1,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]*)\?=")


def opens(payload: bytes, told: bool = False) -> bool:
    """Whether the payload opens with a mail's headers and the blank line that ends them; mbox's `From ` line may stand before. `told` = the
    transport calls it a mail: then any headers are."""
    if not _FIRST.match(payload):
        return False
    head = payload[:_HEAD].lstrip(b"\r\n")
    if head.startswith(b"From "):
        head = head[head.find(b"\n") + 1 :]
    end = _END.search(head)
    if end is None:
        return False
    lines = b"\n" + head[: end.start()].lower()
    if _NO_HEADER.search(lines):
        return False
    if told:
        return b":" in lines
    if b" :" in lines or b"\t:" in lines:
        lines = _SPACED.sub(b":", lines)
    sender = lines.find(b"\nfrom:")
    if sender >= 0 and _MACHINE.search(lines):
        return True
    if b"\nsubject:" not in lines and b"\ndate:" not in lines:
        return False
    if sender >= 0:
        return b"@" in lines[sender + 1 :].partition(b"\n")[0]
    return len(set(_MACHINE.findall(lines))) > 1


def read(headers: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """The headers that are of use, by their names in lower case, the first of each, as one line of text."""
    found: dict[str, str] = {}
    for name, value in headers:
        key = name.lower()
        if key in _WANTED and key not in found:
            found[key] = decoded(str(value))
    return found


def decoded(value: str) -> str:
    """A header's text: unfolded, its raw bytes in the encoding they are in, its encoded words written out."""
    value = value[:LONGEST]
    if not value.isascii():  # the parser hides raw bytes in surrogates
        raw = value.encode("utf-8", "surrogateescape")
        value = charsets.decode(raw, None)[0]
    value = value.replace("\r", "").replace("\n", "")
    return one_line(_words(value) if "=?" in value else value)


def _words(value: str) -> str:
    """RFC 2047: white space between two encoded words is none, and a character may be split between words of one character set."""
    out: list[str] = []
    held, charset, last = b"", "", 0
    for found in _WORD.finditer(value):
        between = value[last : found.start()]
        raw = _bytes(found[2], found[3])
        if raw is None:
            continue
        joined = held and not between.strip()
        if held and (not joined or found[1].lower() != charset):
            out.append(charsets.decode(held, charset)[0])
            held = b""
        if not joined:
            out.append(between)
        held, charset, last = held + raw, found[1].lower(), found.end()
    if held:
        out.append(charsets.decode(held, charset)[0])
    return "".join(out) + value[last:]


def _bytes(how: str, text: str) -> bytes | None:
    try:
        raw = text.encode("ascii")
        return binascii.a2b_base64(raw + b"==") if how in "bB" else binascii.a2b_qp(raw, header=True)
    except (ValueError, UnicodeError):
        return None
