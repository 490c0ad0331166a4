"""One raw field made fit for matching, every position traceable to what was sent."""

from __future__ import annotations

import re

from writethru.records import Evidence

_SPACES = re.compile("[\x0b\x10\xa0\u2007\u202f\u3000]")  # \x10 is the space band of ANPA copy
_BREAKS = re.compile("\r\n?|[\x0c\x85\u2028\u2029]")
# C0, C1, DEL, soft hyphen, zero width, bidirectional controls, byte order mark, lone surrogates. The joiners U+200C and U+200D stay:
# Persian, Hindi and emoji need them.
_DROPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ud800-\udfff]")
_UNSAFE = re.compile("[\x00\ud800-\udfff]")
_NARROW = {0x2010: 0x2D, 0x2011: 0x2D} | {0xFF01 + i: 0x21 + i for i in range(94)}
_WIDE_SIGNS = "\uff08\uff1a\uff0d\u2010\u2011"
"""No mark in full-width letters is without one of these; looking for five characters costs a hundredth of looking for a class."""


def safe(text: str) -> str:
    """`text` without what JSON, SQL and Kafka sinks refuse: NUL and lone surrogates."""
    if text.isascii():
        return text.replace("\x00", "") if "\x00" in text else text
    return _UNSAFE.sub("", text)


def tidy(text: str) -> str:
    """One line: white space runs become one space."""
    return " ".join(text.split())


class Field:
    """A raw field under its name.

    `clean` is `raw` without control, zero-width and direction characters, with every kind of space a plain one: what is published is
    cut from it. `text` has the same length with full-width forms folded to ASCII: what is matched. `span` leads back to `raw`.
    """

    __slots__ = ("_offsets", "clean", "name", "raw", "text", "unsafe")

    def __init__(self, name: str, raw: str) -> None:
        self.name = name
        self.raw = raw
        self.unsafe = False
        self._offsets: list[int] | None = None
        clean = raw
        if not raw.replace("\n", "").isprintable():
            clean = raw.replace("\xa0", " ")
            if not clean.replace("\n", "").replace("\t", "").isprintable():
                clean = self._cleaned(clean)
        self.clean = clean
        self.text = clean
        if not clean.isascii() and any(sign in clean for sign in _WIDE_SIGNS):
            self.text = clean.translate(_NARROW)

    def _cleaned(self, text: str) -> str:
        text = _SPACES.sub(" ", text)
        if _BREAKS.search(text):
            text = _BREAKS.sub(lambda found: "\n" if len(found[0]) == 1 else " \n", text)
        if _DROPPED.search(text):
            self.unsafe = bool(_UNSAFE.search(text))
            self._offsets = [at for at, char in enumerate(text) if not _DROPPED.match(char)]
            text = "".join([text[at] for at in self._offsets])
        return text

    def span(self, start: int, end: int) -> tuple[int, int]:
        """[start, end) of `text` as [start, end) in code points of `raw`."""
        if self._offsets is None:
            return start, end
        if start >= end:
            at = self._offsets[start] if start < len(self._offsets) else len(self.raw)
            return at, at
        return self._offsets[start], self._offsets[end - 1] + 1

    def cut(self, start: int, end: int) -> str:
        """The piece as sent, less NUL and surrogates."""
        first, last = self.span(start, end)
        return safe(self.raw[first:last])

    def evidence(self, start: int, end: int, rule: str) -> Evidence:
        return Evidence(self.name, self.span(start, end), self.cut(start, end), rule)

    def line(self, start: int, end: int) -> str:
        """The piece as it is published: clean and on one line."""
        piece = self.clean[start:end]
        return tidy(piece) if "  " in piece or "\n" in piece or "\t" in piece else piece.strip(" ")

    def trim(self, start: int, end: int, also: str = "") -> tuple[int, int]:
        """The range without white space, and without the characters of `also`, at either end."""
        text = self.text
        if start < end and not also and text[start] > " " and text[end - 1] > " ":
            return start, end
        strip = " \t\n" + also
        while start < end and text[start] in strip:
            start += 1
        while end > start and text[end - 1] in strip:
            end -= 1
        return start, end
