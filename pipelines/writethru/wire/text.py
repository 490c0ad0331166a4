"""One raw field made fit for matching, every position traceable to what was sent."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from writethru.records import Block, BlockKind, Evidence

_SPACES = re.compile("[\x0b\x10\xa0\u2007\u202f\u3000]")  # \x10 is the space band of ANPA copy
_BREAKS = re.compile("\r\n?|[\x0c\x85\u2028\u2029]")
# C0, C1, DEL, soft hyphen, zero width, bidirectional controls, byte order mark, lone surrogates. The joiners U+200C and U+200D stay:
# Persian, Hindi and emoji need them.
_DROPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ud800-\udfff]")
_UNSAFE = re.compile("[\x00\ud800-\udfff]")
_TWO_BLANKS, _TAB, _BLANK_END = (re.compile(sign).search for sign in ("  ", "\t", " \n"))
"""One of them is in every gap: blanks before a line's end, or more than one between two words. `in` takes half as long again: to it every
blank is a beginning."""
_INDENTED = re.compile("\n[ \t]").search
_NARROW = {0x2010: 0x2D, 0x2011: 0x2D} | {0xFF01 + i: 0x21 + i for i in range(94)}
_PRINTABLE = bytes(range(32, 127)) + b"\n\t"
_WORD = re.compile(r"[^\W\d_]+")
_SPACED = bytes([code if chr(code).isalpha() and code < 128 else 32 for code in range(256)])
"""Everything but letters as a blank."""
_WIDE_SIGNS = "\uff08\uff1a\uff0d\uff24\uff25\u2010\u2011"
"""No mark in full-width letters is without one of these; looking for seven characters costs a hundredth of looking for a class."""


def safe(text: str) -> str:
    """`text` without what JSON, SQL and Kafka sinks refuse: NUL and lone surrogates."""
    if text.isascii():
        return text.replace("\x00", "") if "\x00" in text else text
    return _UNSAFE.sub("", text)


def _is_printable(text: str) -> bool:
    """Whether all of `text` is printable, line ends and tabs aside. Only what is left without printable ASCII is looked up: of German copy
    a thirtieth, a third of the time."""
    return text.encode("utf-8", "surrogatepass").translate(None, _PRINTABLE).decode("utf-8", "surrogatepass").isprintable()


def tidy(text: str) -> str:
    """One line: white space runs become one space."""
    return " ".join(text.split())


def unbroken(piece: str) -> str:
    """A paragraph of clean copy, no blank at either end, as one line: `tidy` of it. Copy that is all printable has no white space but
    blanks, single ones as a rule, so that its line ends alone need be read as such: a fifth of the price of parting all words."""
    flat = piece.replace("\n", " ")
    return flat if "  " not in flat and flat.isprintable() else tidy(flat)


def words(lower: str) -> list[str]:
    """The words of a text in small letters, which are runs of letters; of ASCII at a third of the pattern's price."""
    return lower.encode().translate(_SPACED).decode().split() if lower.isascii() else _WORD.findall(lower)


def _has_gaps(text: str) -> bool:
    """Whether there may be such a gap. Indented copy has blanks at the head of lines alone, which the pattern would look at one by one."""
    if not _is_gapped(text):
        return False
    if not _INDENTED(text):
        return True
    # Copy broken at a fixed width marks each paragraph by the same four blanks.
    if not _is_gapped(text.replace("\n    ", "\n")):
        return False
    return _is_gapped("\n".join([line.lstrip(" \t") for line in text.split("\n")]))


def _is_gapped(text: str) -> bool:
    return "\t" in text or _TWO_BLANKS(text) is not None or _BLANK_END(text) is not None


def _gaps(text: str) -> Iterator[tuple[int, int]]:
    """The gaps behind a word, in their order. Looking for three strings takes a tenth of the time of a pattern, which tries every blank."""
    nearest = [_TWO_BLANKS(text), _TAB(text), _BLANK_END(text)]
    while found := min([gap for gap in nearest if gap], default=None, key=re.Match.start):
        start = found.start()
        end = start + 1
        while end < len(text) and text[end] in " \t":
            end += 1
        while start and text[start - 1] in " \t":
            start -= 1
        if start and text[start - 1] != "\n" and end < len(text):
            yield start, end
        nearest = [gap.re.search(text, end) if gap and gap.start() < end else gap for gap in nearest]


class Field:
    """A raw field under its name.

    `clean` is `raw` without control, zero-width and direction characters, with every kind of space a plain one and one alone between two
    words: what is published is cut from it, and read once more it is the same. `text` has the same length with full-width forms folded
    to ASCII: what is matched. `span` leads back to `raw`.
    """

    __slots__ = ("_bounds", "_offsets", "_shifts", "clean", "name", "raw", "text", "unsafe")

    def __init__(self, name: str, raw: str) -> None:
        self.name = name
        self.raw = raw
        self.unsafe = False
        self._offsets: list[int] | None = None
        self._bounds: list[int] | None = None
        self._shifts: list[int] = []
        clean = raw
        if not raw.isprintable():  # a field of one line is known by this alone
            clean = raw.replace("\xa0", " ")
            if not _is_printable(clean):
                clean = self._cleaned(clean)
        if _has_gaps(clean):
            clean = self._closed_up(clean)
        self.clean = clean
        self.text = clean
        if not clean.isascii() and any([sign in clean for sign in _WIDE_SIGNS]):
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

    def _closed_up(self, text: str) -> str:
        """The text with one blank for each gap between two words, and none before a line's end."""
        pieces: list[str] = []
        bounds: list[int] = []
        shifts, at = [0], 0
        for start, end in _gaps(text):
            blank = "" if text[end] == "\n" else " "
            pieces.append(text[at:start] + blank)
            bounds.append(start + len(blank) - shifts[-1])
            shifts.append(end - bounds[-1])
            at = end
        if not pieces:
            return text
        self._bounds, self._shifts = bounds, shifts
        pieces.append(text[at:])
        return "".join(pieces)

    def _at(self, position: int) -> int:
        """A position in `text` as one in `raw`."""
        if self._bounds is not None:
            position += self._shifts[bisect_right(self._bounds, position)]
        return self._offsets[position] if self._offsets is not None else position

    def span(self, start: int, end: int) -> tuple[int, int]:
        """[start, end) of `text` as [start, end) in code points of `raw`."""
        if self._offsets is None and self._bounds is None:
            return start, end
        if start >= end:
            at = self._at(start) if start < len(self.text) else len(self.raw)
            return at, at
        return self._at(start), self._at(end - 1) + 1

    def cut(self, start: int, end: int) -> tuple[str, tuple[int, int]]:
        """The piece as sent, less NUL and surrogates, and its span."""
        if self._offsets is None and self._bounds is None:
            return self.raw[start:end], (start, end)
        span = self.span(start, end)
        return safe(self.raw[span[0] : span[1]]), span

    def evidence(self, start: int, end: int, rule: str) -> Evidence:
        text, span = self.cut(start, end)
        return Evidence(self.name, span, text, rule)

    def block(self, start: int, end: int, kind: BlockKind) -> Block:
        text, span = self.cut(start, end)
        return Block(kind, text, self.name, span)

    def line(self, start: int, end: int) -> str:
        """The piece as it is published: clean and on one line. Between two words of `clean` there is one blank already."""
        piece = self.clean[start:end]
        return tidy(piece) if "\n" in piece else piece.strip(" \t")

    def joined(self, ranges: Iterable[tuple[int, int]]) -> Field:
        """The same field with the line ends within `ranges`, in their order, read as blanks, every position where it was."""
        text, at = self.text, 0
        pieces: list[str] = []
        for start, end in ranges:
            pieces += (text[at:start], text[start:end].replace("\n", " "))
            at = end
        pieces.append(text[at:])
        other = Field.__new__(Field)
        for slot in Field.__slots__:  # `copy.copy` asks first how the class is pickled, at three times the price
            setattr(other, slot, getattr(self, slot))
        other.text = "".join(pieces)
        return other

    def trim(self, start: int, end: int, also: str = "") -> tuple[int, int]:
        """The range without white space, and without the characters of `also`, at either end."""
        text = self.text
        if start < end and text[start] > " " and text[end - 1] > " " and text[start] not in also and text[end - 1] not in also:
            return start, end
        strip = " \t\n" + also
        while start < end and text[start] in strip:
            start += 1
        while end > start and text[end - 1] in strip:
            end -= 1
        return start, end
