"""What ANPA 1312 and IPTC 7901 share: the control characters around an item, the time group behind its text, the codes that prove its
agency. Its copy is `telegraph_copy`'s.

SOH opens the header, STX the text, ETX ends it, EOT ends the transmission; any of them may be lost on the way. Which code is whose stands
in the table of agencies, and what months are called beside the other times: `wire/` has both, and what they say is not read here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from writethru.formats import encoding as charsets
from writethru.formats.limits import Limits
from writethru.formats.values import folded
from writethru.records import ParseError
from writethru.wire import agencies
from writethru.wire.times import MONTHS

PADDING = b"\x00\x05\x07\x16\x1b\x7f \t\r\n"
"""What feeds send in front of an item: SYN, DEL, ENQ and their kin."""

# Form feeds are line ends, em and en spaces part the cells of tables, a space band (DLE) parts words, what is left of the separators
# parts fields. SOH, STX, ETX, EOT, BS and DC4 are read below.
_SPACED = bytes.maketrans(b"\x0b\x0c\x0e\x10\x19\x1c\x1d\x1e\x1f", b"\n\n\t \t    ")
_DROPPED = bytes((0, 5, 6, 7, 15, 17, 18, 19, 21, 22, 23, 24, 26, 27, 127))
_FRAMING = "\x01\x02\x14"
_NOISE = 24
"""Characters: so much may stand before an item (Reuters' `C T` of 1987) and is none itself."""

_CLOCKS = (
    re.compile(r"AP-[A-Z]{2}-(?P<month>\d\d)-(?P<day>\d\d)-(?P<year>\d\d) (?P<hour>\d\d)(?P<minute>\d\d) ?(?P<zone>[A-Z]{3,4})?"),
    re.compile(r"KWS-(?P<hour>\d\d):(?P<minute>\d\d)-(?P<day>\d\d)-(?P<month>\d\d)-(?P<year>\d\d)"),
    re.compile(r"(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d) +(?:(?P<zone>[A-Z]{3,4}) +)?(?P<month>[^\W\d_]{3,9})\.? +(?P<year>\d\d)"),
)
"""AP's month stands first, Kyodo's and the newspapers' standard day first; the last is IPTC 7901's."""
_CENTURY = 70
"""Two-digit years from here on are of the 20th century: the oldest archives in these formats begin in the seventies."""

_MARK = re.compile(
    r"(?:\d{1,2}(?:ST|ND|RD|TH)\s[A-Z]{2,}(?:[ -][A-Z]+)?|([A-ZÄÖÜ]{3,})(?:\s\1){0,4}|\([A-ZÄÖÜ][^\W\d_]{2,20}\))[\s'\u2019.!]*"
)
_CAPITALS = re.compile(r"[A-Z]{3,}(?: [A-Z]{3,}){1,2}")


class Frame(NamedTuple):
    """One item of a transmission. `head`: the lines before STX, empty where that is missing; `post`: what follows ETX, None where that is
    missing; `tabular`: the header's format pair says so, which Kyodo's says of prose too."""

    head: str
    text: str
    post: str | None
    tabular: bool
    opened: bool


class Sent(NamedTuple):
    """The time group behind the text: `stamp` in ISO 8601 with the zone as printed, none where none is, or as printed where its month is no
    month; `opening` as in `AP-`."""

    stamp: str
    opening: str


def frames(payload: bytes, marked: str | None, charset: str | None, limits: Limits) -> tuple[list[Frame], str]:
    """The items of a payload, and its encoding. Raises `ParseError` (`too_large`)."""
    text, encoding = charsets.decode(payload.translate(_SPACED, _DROPPED), marked or charset)
    text = folded(text)
    chunks = text.replace("\x01", "\x04\x01").split("\x04") if "\x04" in text or text.rfind("\x01") > _NOISE else [text]
    if len(chunks) > 1:
        chunks = [chunk for chunk in chunks if "\x02" in chunk or "\x01" in chunk or len(chunk.strip(" \t\n\x03")) > _NOISE]
    if len(chunks) > limits.items:
        raise ParseError("too_large", f"{len(chunks)} items, limit {limits.items}")
    return [_frame(chunk) for chunk in chunks], encoding


def _frame(chunk: str) -> Frame:
    noise, opened, rest = chunk.partition("\x01")
    head, started, text = (rest if opened else noise).partition("\x02")
    if not started:
        head, text = "", head
    text, ended, post = text.partition("\x03")
    tabular = "\x14" in head or "\x14" in text[:200]
    return Frame(_cleaned(head), _cleaned(text), _cleaned(post.replace("\x03", "\n")) if ended else None, tabular, bool(opened))


def _cleaned(text: str) -> str:
    for stray in _FRAMING:
        if stray in text:
            text = text.replace(stray, "")
    return text


def sent(frame: Frame) -> tuple[str, Sent | None]:
    """The text without its time group, and that: behind ETX, or the last line of the text. What else follows ETX is text."""
    text, found = frame.text, None
    beyond = []
    for line in (frame.post or "").split("\n"):
        line = line.strip(" \t<^=")
        if line and found is None:
            found = _clock(line)
            line = "" if found else line
        if line:
            beyond.append(line)
    if beyond:
        text = "\n\n".join([text.rstrip(), *beyond])
    if found is None:
        text = text.rstrip()
        last = text[text.rfind("\n") + 1 :].strip(" \t<^=")
        found = _clock(last)
        if found:
            text = text[: text.rfind("\n") + 1]
    return text, found


def _clock(line: str) -> Sent | None:
    if len(line) > 40:
        return None
    for pattern in _CLOCKS:
        found = pattern.fullmatch(line)
        if found:
            part = found.groupdict()
            return Sent(_stamp(part) or line, line[: line.find("-") + 1])
    return None


def _stamp(part: dict[str, str | None]) -> str | None:
    month, year = part["month"] or "", part["year"] or ""
    number = month if month.isdecimal() else MONTHS.get(month.lower())
    if number is None:
        return None
    zone = "Z" if part.get("zone") == "GMT" else f" {part['zone']}" if part.get("zone") else ""
    return f"{'19' if int(year) >= _CENTURY else '20'}{year}-{number:0>2}-{part['day']}T{part['hour']}:{part['minute']}:00{zone}"


def is_mark(text: str, framed: bool) -> bool:
    """Whether a line above the headline looks like a mark's: one word in capitals or one said again and again, an ordinal and a word, a
    word in parentheses; two or three words in capitals where headlines are not in capitals themselves (`framed`)."""
    return len(text) < 60 and bool(_MARK.fullmatch(text) or (framed and _CAPITALS.fullmatch(text)))


def provider(*codes: str) -> tuple[str, ...]:
    """The agency that one of the frame's codes proves, as `Item.providers`."""
    table = agencies.table().by_telegraph
    for code in codes:
        known = table.get(code.casefold()) if code else None
        if known:
            return (known.name,)
    return ()
