"""Plain agency text: the whole payload is the body, which the wire room cuts into slug, headline, notes, dateline and copy."""

from __future__ import annotations

import re

from writethru.formats import encoding as charsets
from writethru.formats.sniff import magic
from writethru.formats.values import folded
from writethru.records import Item, ParseError

FORMAT = "text"

_SAMPLE = 800  # characters looked at
# Without tab, line ends, form feed and escape; SOH, STX, SYN and their kin frame a telegraph item, a few of them each.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
_ASCII_CONTROLS = bytes(code for code in range(128) if _CONTROLS.match(chr(code)))
_WORDS = re.compile(r"[^\W\d_]+")
_ASCII_LETTERS = "".join(chr(code) for code in range(128) if chr(code).isalpha()).encode()
_SEPARATORS = ",;\t|"
_PRIVATE = re.compile(r"[\ue000-\uf8ff\ufffd]")


def parse(payload: bytes, marked: str | None, charset: str | None, hinted: bool) -> Item:
    """One item. `hinted` = the transport says that this is plain text: then anything but binary data is.

    Raises `ParseError` with `empty` or `unknown_format`, naming what the payload looks like.
    """
    wide = marked or charsets.wide(payload)
    known = magic(payload)
    if known or (b"\0" in payload and not wide):
        raise ParseError("unknown_format", known or f"binary data: {payload[:8].hex(' ')} …")
    body, encoding = charsets.decode(payload, wide or charset)
    body = folded(body)
    if not body.strip("\ufeff\u200b\x00 \t\n\r\f\x1a\u00a0"):
        raise ParseError("empty", "no character but white space")
    doubt = _doubt(body[:_SAMPLE], hinted)
    if doubt:
        raise ParseError("unknown_format", doubt)
    return Item(format=FORMAT, body=body, encoding=encoding, warnings=tuple(charsets.contradicted(wide or charset, encoding)))


def _doubt(sample: str, hinted: bool) -> str | None:
    """What speaks against prose, None where nothing does."""
    strange, letters = _counts(sample)
    if strange > 3 + len(sample) // 10:
        return f"binary data: {sample[:8].encode('utf-8', 'replace').hex(' ')} …"
    if hinted:
        return None
    table = _columns(sample)
    if table:
        return table
    solid = len(sample) - sample.count(" ") - sample.count("\n") - sample.count("\t")
    if letters < 6 or letters * 4 < solid:
        return f"text of {letters} letters in {solid} characters: {sample[:40]!r}"
    if sample.isascii() and len(sample) > 100 and (len(sample) - solid) * 20 < len(sample):
        return f"text without words, encoded data perhaps: {sample[:40]!r}"
    return None


def _counts(sample: str) -> tuple[int, int]:
    """The characters that no text has, and the letters."""
    if sample.isascii():
        raw = sample.encode()
        return len(raw) - len(raw.translate(None, _ASCII_CONTROLS)), len(raw) - len(raw.translate(None, _ASCII_LETTERS))
    strange = len(_CONTROLS.findall(sample)) + len(_PRIVATE.findall(sample))
    return strange, sum(map(len, _WORDS.findall(sample)))


def _columns(sample: str) -> str | None:
    lines = [line for line in sample.split("\n", 8)[:8] if line.strip()]
    if len(lines) < 3 or max(map(lines[0].count, _SEPARATORS)) < 3:
        return None
    lines = lines[:-1] if len(lines) > 3 else lines  # the sample may have cut the last
    for separator in _SEPARATORS:
        count = lines[0].count(separator)
        if count >= 3 and all(line.count(separator) == count for line in lines):
            return f"a table of {count + 1} columns: {lines[0][:60]!r}"
    return None
