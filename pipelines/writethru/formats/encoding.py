"""Decide a payload's encoding, once: declared, then UTF-8, then cp1252; never a byte dropped in silence."""

from __future__ import annotations

import codecs
import functools
import re
from collections.abc import Iterable

# Python's codec registry also holds escapes, compressors and quadratic ones; a payload may only name a character set.
_CHARSET = re.compile(
    r"utf-?8|utf-?16(-?[bl]e)?|utf-?32(-?[bl]e)?|us-ascii|ascii|iso-?8859-?\d{1,2}|latin-?\d{1,2}|l1|windows-?125\d|cp(125\d|437|85\d|866|874|932|936|949|950)"
    r"|koi8-?[ru]|gb2312|gbk|gb18030|big5|big5-?hkscs|shift_?jis|shift-jis|euc-?(jp|kr)|iso-2022-(jp|kr)|mac-?roman|tis-620"
)
_LATIN1 = "iso8859-1"
_NAMES = {"iso8859-1": "iso-8859-1", "ascii": "utf-8", "utf_8": "utf-8"}
_PARAMETER = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]+)", re.I)
_ZEROS = {"x0x0": "utf-16-le", "0x0x": "utf-16-be", "x000": "utf-32-le", "000x": "utf-32-be"}
_WESTERN = frozenset({_LATIN1, "iso8859-15", "cp1252"})
_C1 = re.compile(rb"[\x80-\x9f]")
_BEYOND = re.compile("[^\x00-\x7f]")
_CONTROLS = re.compile("[\x80-\x9f]")


def codec(charset: str | None) -> str | None:
    """The codec's normal name for a declared character set, None where it is none we would trust."""
    return _codec(charset) if charset and len(charset) <= 40 else None


@functools.lru_cache(maxsize=64)
def _codec(charset: str) -> str | None:
    if not _CHARSET.fullmatch(charset.strip().lower()):
        return None
    try:
        return codecs.lookup(charset.strip()).name
    except LookupError:
        return None


def charset_of(headers: Iterable[tuple[str, bytes]]) -> str | None:
    """The character set that a `content-type` header declares."""
    for name, value in headers:
        if name.lower() == "content-type" and (found := _PARAMETER.search(value)):
            return found[1].decode("ascii")
    return None


def wide(payload: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, told by the zeros of its first characters; RFC 4627 section 3 tells JSON so."""
    head = payload[:4]
    if b"\0" not in head or len(payload) < 4:
        return None
    return _ZEROS.get("".join("0" if byte == 0 else "x" for byte in head))


def decode(payload: bytes, declared: str | None) -> tuple[str, str]:
    """The text and the name of the encoding that gave it. `declared` is a name as sent, trusted or not.

    Declared Latin-1 with bytes 80-9F is cp1252: those are quotes and dashes in agency copy, controls nowhere. Where all of its bytes
    beyond ASCII are UTF-8, and more than one letter's, it is that (`BÃ¼low, GÃ¶tz`): Latin-1 copy holds no such pairs.
    The last resort is Latin-1, which knows every byte.
    """
    name = codec(declared)
    if name in _WESTERN and (text := _mislabelled(payload)) is not None:
        return text, "utf-8"
    if name == _LATIN1 and _C1.search(payload):
        name = "cp1252"
    for candidate in dict.fromkeys((name, "utf-8", "cp1252", _LATIN1)):
        if candidate is not None:
            try:
                return payload.decode(candidate), _NAMES.get(candidate, candidate)
            except UnicodeError:
                continue
    raise AssertionError("Latin-1 decodes every byte")


def _mislabelled(payload: bytes) -> str | None:
    """The text of UTF-8 that was declared as a set of single bytes. One pair alone may be two letters of that set."""
    if payload.isascii():
        return None
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError:
        return None
    beyond = _BEYOND.findall(text)
    return text if len(beyond) > 1 and not _CONTROLS.search(text) else None


def contradicted(declared: str | None, used: str) -> list[str]:
    """The warning that bytes were UTF-8 whatever was declared, as a list of none or one."""
    name = codec(declared)
    return [f"declared_encoding:{printed(name)}"] if used == "utf-8" and name not in (None, "utf-8", "ascii") else []


def printed(name: str) -> str:
    """A codec's name as records carry it."""
    return _NAMES.get(name, name)
