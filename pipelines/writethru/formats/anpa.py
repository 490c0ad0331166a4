"""ANPA 1312, the American newspapers' wire format: AP, Kyodo, Reuters of the eighties.

    SYN SYN SOH W2607 US asian
    r a DC3 DC1 BC-US--Ethanol-LosingGra 1stLd-Writethru   11-13 1693
    STX ^BC-US--Ethanol-Losing Grassland, 1st Ld-Writethru,1140<
    ^Headline<
    ^By A REPORTER=
    HT   CITY, State (AP) _ Text …
    ETX AP-WF-11-13-13 0745GMT<

`^` opens a line, `<` (quad left) and `=` (quad centre) end one. Copy pasted from a screen keeps these and loses the control characters.
"""

from __future__ import annotations

import re
from functools import cache

from writethru.formats import telegraph
from writethru.formats.limits import Limits
from writethru.formats.telegraph import Frame
from writethru.formats.telegraph import copy as telegraph_copy
from writethru.formats.telegraph.copy import Entry
from writethru.formats.values import coded
from writethru.records import Item, ItemNote, NotAnArticle

FORMAT = "anpa-1312"

_NUMBER = re.compile(r"([A-Za-z]{1,3}\d{1,5})(?: ?([a-z-]{2,12}))?")
_HEADER = re.compile(r"(?P<priority>[a-z]) ?(?P<category>[a-z]) ?(?:(?P<key>\S.*?)\s+)?\d\d-\d\d(?:\s+(?:\d{1,5}|xxx))?")
_KEYWORD = re.compile(r"(?:AM|PM|BC|AP|[A-Z]{3})-{1,2}[^\s,].{0,180}")
_COUNTED = re.compile(r".*,\s?(?:\d{2,5}|xxx|[A-Z]{4,})")
_TYPEFACE = re.compile(r"\s*\^?\*\d{4}<?\s*")
_GLUED = re.compile(r"\^(?<=[<=. ]\^)\^*(?=[A-Z(\t ])")
_OPENING = re.compile(
    rb"""(?:[^\x01\x02]{0,24}\x01\s*[A-Za-z]{1,3}\d{1,5}(?:\x1f|\s*[\r\n])           # SOH, number, US
    |(?:[^\x01\x02]{0,24}\x01\s*)?(?:[A-Za-z]{1,3}\d{3,4}[\x1f ]?[a-z-]{0,12}\s*[\r\n]\s*)?[a-z]\ ?[a-z]
      (?:[\x11-\x14]{1,3}|\ ?(?=[A-Z]{2,4}-))[^\r\n]{0,80}?\s\d\d-\d\d(?:\s+(?:\d{1,5}|xxx))?\s*[\r\n]   # priority, category, date
    |\x02?\s*(?:\*\d{4}<?\s*)?(?:\^\s?[A-Z]{2,4}--?[^\s,^][^\r\n^]{1,150}[\r\n]|(?:AM|PM|BC|AP)-[^\r\n<]{3,150},\s?(?:\d{2,5}|xxx)<)
    )""",
    re.VERBOSE,
)
_BYLINES = ("By ", "BY ")
_ASIDES = (
    "Eds", "EDS", "EDITOR", "(", "$", "AP Photo", "AP Graphic", "AP Video", "AP Laser", "LaserPhoto", "For Release", "FOR RELEASE",
    "For release",
)  # fmt: skip
_NO_HEADLINE = frozenset({"The AP", "The Associated Press", "Editors:", "EDITORS:"})
"""What opens and signs a word to the desks, which has no headline."""
_NO_SECOND = (*_ASIDES, *_BYLINES, "For ", "FOR ", "With ", "Adv ", "ADV", "Editors")
_SENTENCE = re.compile(r"(?<![A-Z]\.[A-Z])(?<!\b(?:Inc|Ltd))(?<!\b(?:Co|Jr|Sr|St))(?<!\bCorp)\.$")
"""A full stop that no abbreviation has: headlines end without. The last line of the take before, above an `Add`, does."""
_LONGEST = 200


def matches(payload: bytes) -> bool:
    return _OPENING.match(payload[:400].lstrip(telegraph.PADDING)) is not None


def parse(payload: bytes, marked: str | None, charset: str | None, limits: Limits) -> list[Item | NotAnArticle]:
    """Its items, one for each SOH; `NotAnArticle` for a header without a text. Raises `ParseError` (`too_large`)."""
    found, encoding = telegraph.frames(payload, marked, charset, limits)
    return [_item(frame, encoding) for frame in found]


def _item(frame: Frame, encoding: str) -> Item | NotAnArticle:
    text, sent = telegraph.sent(frame)
    number, header, text = _header(frame.head, text)
    typeface = _TYPEFACE.match(text)
    if typeface:
        text = text[typeface.end() :]
    if "^" in text:
        text = _GLUED.sub("\n^", text)
    lines = telegraph_copy.entries(text)
    if not lines:
        return NotAnArticle(FORMAT, "no_text")
    found: tuple[str, ...] = ()
    if frame.tabular or "\x08" in text or "{" in text:
        lines, found = telegraph_copy.tables(lines, frame.tabular)
    key = " ".join((header["key"] or "").split()) if header else ""
    slug, lines = _slug(lines, key)
    headline, second, lines = _headlines(lines)
    tail = key.partition(" ")[2]
    alt_ids = [{"role": "transmission", "value": number[1]}] if number else []
    selector = number[2] or "" if number else ""
    if selector.strip("-"):
        alt_ids.append({"role": "selector", "value": selector})
    if header:
        alt_ids.append({"role": "header", "value": " ".join(header[0].split())})
    return Item(
        format=FORMAT,
        providers=telegraph.provider(sent.opening if sent else "", selector),
        headline=headline,
        slug=slug or (key.partition(" ")[0] if tail[:1].isdigit() else key),
        body=telegraph_copy.body(lines),
        # Truncated and despaced, but where the keyword line was lost the only word on the version.
        notes=(ItemNote("header.take_key", tail),) if tail else (),
        urgency=header["priority"] if header else None,
        version_created=sent.stamp if sent else None,
        subjects=(dict([_category(header["category"])]),) if header else (),
        alt_ids=tuple(alt_ids),
        tables=found,
        extra={"headlines": [{"role": "subhead", "value": second}]} if second else {},
        encoding=encoding,
        warnings=("no_end_of_text",) if frame.opened and frame.post is None else (),
    )


@cache
def _category(letter: str) -> tuple[str, str]:
    return coded("a1312cat", letter.lower())


def _header(head: str, text: str) -> tuple[re.Match[str] | None, re.Match[str] | None, str]:
    """The line of the transmission number, the header line, and the text without them where no STX parts the two."""
    number = header = None
    if head:
        for line in head.split("\n"):
            line = line.strip()
            if len(line) < _LONGEST:
                number = number or _NUMBER.fullmatch(line)
                header = header or _HEADER.fullmatch(line)
        return number, header, text
    while header is None:
        line, _, rest = text.lstrip(" \t\n").partition("\n")
        line = line.strip()
        header = _HEADER.fullmatch(line) if len(line) < _LONGEST else None
        if header is None:
            if number or not (number := _NUMBER.fullmatch(line)):
                break
        text = rest
    return number, header, text


def _slug(lines: list[Entry], key: str) -> tuple[str, list[Entry]]:
    """The keyword line and the lines behind it; empty where the first line is none."""
    if not lines:
        return "", lines
    kind, _, text = lines[0]
    if kind != "\t" and len(text) < _LONGEST:
        name = key.partition(" ")[0]
        if (_KEYWORD.fullmatch(text) and (kind or _COUNTED.fullmatch(text))) or (len(name) > 4 and "".join(text.split()).startswith(name)):
            return text, lines[1:]
        if text == key and " " in key:  # AAP: short words, and nothing despaced
            return text, lines[1:]
    return "", lines


def _headlines(lines: list[Entry]) -> tuple[str, str, list[Entry]]:
    """The headline, the second one that AP may put below it, and the lines without them. AP's alerts have none."""
    framed = any([kind in ("<", "=", "^") for kind, _, _ in lines[:6]])
    for at, (kind, _, text) in enumerate(lines[:10]):
        if kind == "\t" or kind == "=" or text.startswith(_BYLINES) or (framed and not kind):
            break
        if telegraph.is_mark(text, framed) or text.startswith(_ASIDES) or text in _NO_HEADLINE:
            continue
        if len(text) > _LONGEST or _is_sentence(text) or not (framed or _stands_apart(lines, at)):
            break
        rest = lines[at + 1 :]
        second = rest[0].text if framed and rest and _is_second(rest) else ""
        return text, second, lines[:at] + (rest[1:] if second else rest)
    return "", "", lines


def _is_sentence(text: str) -> bool:
    return text[-1] == "." and _SENTENCE.match(text, len(text) - 1) is not None


def _stands_apart(lines: list[Entry], at: int) -> bool:
    """Whether an unframed line is a headline: above a paragraph, a blank line or nothing, or ended by Kyodo's `+`."""
    return lines[at].text[-1] == "+" or at + 1 == len(lines) or lines[at + 1].kind == "\t" or lines[at + 1].gap


def _is_second(rest: list[Entry]) -> bool:
    text = rest[0].text
    if rest[0].kind != "<" or _is_sentence(text) or len(text) > _LONGEST or telegraph.is_mark(text, True):
        return False
    return " " in text and not text.startswith(_NO_SECOND) and any([entry.kind == "\t" for entry in rest[1:8]])
