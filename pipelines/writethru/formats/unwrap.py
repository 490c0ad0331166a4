"""Take the wrapping off a payload: gzip, a zip archive of one member (what archivers add of their own aside), a byte-order mark."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from writethru.formats.limits import Limits
from writethru.records import ParseError

# The longer marks first: UTF-32's begins with UTF-16's.
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_GZIP = b"\x1f\x8b\x08"
_ZIP = b"PK\x03\x04"
_WRAPPED = frozenset(mark[:2] for mark in (_GZIP, _ZIP, *(mark for mark, _ in _MARKS)))
_GRACE = 1 << 16  # bytes within which any ratio is harmless
# What the archivers of macOS and Windows add of their own.
_LITTER = re.compile(r"(?:.*/)?(?:__MACOSX/.*|\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)", re.I | re.S)


def unwrap(payload: bytes, limits: Limits) -> tuple[bytes, str | None]:
    """The payload without wrapping and byte-order mark, and the encoding which that mark names.

    Raises `ParseError` with `empty`, `too_large`, `truncated`, `invalid` or `unknown_format` (an archive of several members).
    """
    if len(payload) > limits.payload:
        raise ParseError("too_large", f"{len(payload)} bytes, limit {limits.payload}")
    if payload[:2] not in _WRAPPED:
        return payload, None
    if payload.startswith(_GZIP):
        payload = _gunzip(payload, limits)
    elif payload.startswith(_ZIP):
        payload = _unzip(payload, limits)
    for mark, encoding in _MARKS:
        if payload.startswith(mark):
            return payload[len(mark) :], encoding
    return payload, None


def _allowed(packed: int, limits: Limits) -> int:
    return min(limits.unpacked, max(_GRACE, packed * limits.ratio))


def _gunzip(payload: bytes, limits: Limits) -> bytes:
    room = _allowed(len(payload), limits)
    parts: list[bytes] = []
    rest = payload
    while rest.startswith(_GZIP):
        member = zlib.decompressobj(wbits=31)
        try:
            part = member.decompress(rest, room + 1)
        except zlib.error as error:
            raise ParseError("invalid", f"gzip: {error}") from None
        room -= len(part)
        if room < 0:
            raise ParseError("too_large", f"gzip: {len(payload)} bytes unpack to more than {_allowed(len(payload), limits)}")
        if not member.eof:
            raise ParseError("truncated", "gzip: ends before its end mark")
        parts.append(part)
        rest = member.unused_data
    return b"".join(parts)


def _unzip(payload: bytes, limits: Limits) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            members = [entry for entry in archive.infolist() if not entry.is_dir() and not _LITTER.fullmatch(entry.filename)]
            if len(members) != 1:
                raise ParseError("unknown_format", f"zip archive of {len(members)} members")
            member = members[0]
            if member.flag_bits & 1 or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise ParseError("unknown_format", "zip: encrypted, or packed by another method than deflate")
            room = _allowed(member.compress_size, limits)
            with archive.open(member) as stream:
                unpacked = stream.read(room + 1)
    except zipfile.BadZipFile as error:
        # The directory stands at an archive's end, so that a cut one has none.
        raise ParseError("truncated" if "not a zip" in str(error) else "invalid", f"zip: {error}") from None
    except (zlib.error, EOFError, OSError, ValueError, NotImplementedError, OverflowError) as error:
        raise ParseError("invalid", f"zip: {error}") from None
    if len(unpacked) > room:
        raise ParseError("too_large", f"zip: {len(payload)} bytes unpack to more than {room}")
    return unpacked
