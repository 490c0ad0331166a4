"""IPTC 7901, the European newspapers' wire format: dpa, ATS.

    SOH bdt0045 4 pl 217 dpa 0045
    STX 1ST LEAD
    Slug/Words/
    Headline of the story =
    By A Reporter, dpa =
    Place (dpa) - Text …
    # Notebook …
    ETX 071341 GMT Okt 15
    EOT

The header: source identification and its number, priority, category, words, and what the agency adds: its own name and running number.
A name counts as an agency's where `wire/`'s table has it: no other sign tells a header's last words from the slug, or copy from a headline.
"""

from __future__ import annotations

import re

from writethru.formats import telegraph
from writethru.formats.limits import Limits
from writethru.formats.telegraph import Frame
from writethru.formats.telegraph import copy as telegraph_copy
from writethru.formats.telegraph.copy import Entry
from writethru.records import Item, NotAnArticle
from writethru.wire import agencies, embargo
from writethru.wire.marks import line as mark_line

FORMAT = "iptc-7901"

_HEADER = re.compile(
    r"(?P<service>[A-Za-z]{2,4})(?P<number>\d{3,5})\s+(?P<priority>[1-9])\s+(?P<category>[A-Za-z]{1,4})(?:\s+\d{1,5}\b)?\s*(?P<added>.*)"
)
_SOURCE = re.compile(r"(?P<name>[A-Za-z][\w/-]*(?: [A-Za-z][\w/-]*)?)\s+(?P<number>\d{1,5})")
_OPENING = re.compile(
    rb"(?:[^\x01\x02]{0,24}\x01)?\s*[A-Za-z]{2,4}\d{3,5}[ \t]+[1-9][ \t]+[A-Za-z]{1,4}(?:[ \t]+\d{1,5})?([^\r\n\x02]{0,80})[\r\n\x02]"
)
_SOURCED = re.compile(rb"\s+[A-Za-z][\w/ -]{1,20}\s+\d{1,5}\s*")
_SLUG = re.compile(r"[^\W_][\w.,'&+ -]*(?:/[\w.,'&+ -]*)*/|[^\W_][\w.,'&+-]*(?:/[\w.,'&+-]+)+")
_BYLINE = re.compile(r"(?:By|Von|Par|Por|Di)\s")
_SIGNED = re.compile(r"[^()]{2,60}\(([^()]{2,30})\)(?:\s|$)")
_BRACKETED = re.compile(r"\(\w[^()]*\)")
"""A note above the headline: `(Berichtigung: Im 2. Absatz …)`."""
_LONGEST = 200
_SOH, _STX = 1, 2
_HEAD = 12
"""Lines that may stand above the copy."""


def matches(payload: bytes) -> bool:
    head = payload[:400].lstrip(telegraph.PADDING)
    found = _OPENING.match(head)
    # Where the control characters are lost, the agency's own number must follow the words: no prose opens so.
    return found is not None and (_SOH in found[0] or _STX in head or _SOURCED.fullmatch(found[1]) is not None)


def parse(payload: bytes, marked: str | None, charset: str | None, limits: Limits) -> list[Item | NotAnArticle]:
    """Its items, one for each SOH; `NotAnArticle` for a header without a text. Raises `ParseError` (`too_large`)."""
    found, encoding = telegraph.frames(payload, marked, charset, limits)
    return [_item(frame, encoding) for frame in found]


def _item(frame: Frame, encoding: str) -> Item | NotAnArticle:
    text, sent = telegraph.sent(frame)
    header, text = _header(frame.head, text)
    lines = telegraph_copy.entries(text)
    if not lines:
        return NotAnArticle(FORMAT, "no_text")
    found: tuple[str, ...] = ()
    if "\x08" in text or "{" in text:
        lines, found = telegraph_copy.tables(lines, False)
    slug, headline, lines = _headlines(lines)
    return Item(
        format=FORMAT,
        providers=_provider(header),
        headline=headline,
        slug=slug,
        body=telegraph_copy.body(telegraph_copy.unbroken(lines)),
        urgency=int(header["priority"]) if header else None,
        # Not left in the text: behind a notebook nobody would look for it.
        version_created=sent.stamp if sent else None,
        subjects=({"literal": header["category"].lower()},) if header else (),
        alt_ids=_ids(header),
        tables=found,
        encoding=encoding,
        warnings=("no_end_of_text",) if frame.opened and frame.post is None else (),
    )


def _header(head: str, text: str) -> tuple[re.Match[str] | None, str]:
    """The header line, and the text without it where no STX parts the two."""
    first, _, rest = text.lstrip(" \t\n").partition("\n")
    for line in head.split("\n") if head else (first,):
        found = _HEADER.fullmatch(line.strip()) if len(line) < _LONGEST else None
        if found:
            return found, text if head else rest
    return None, text


def _provider(header: re.Match[str] | None) -> tuple[str, ...]:
    """The agency that the header names, else the one whose service it is."""
    if header is None:
        return ()
    source = _SOURCE.fullmatch(header["added"])
    table = agencies.table()
    known = (table.named(source["name"]) or table.signed(source["name"])) if source else None
    return (known.name,) if known else telegraph.provider(header["service"])


def _ids(header: re.Match[str] | None) -> tuple[dict[str, str], ...]:
    """The running number is the agency's own, by which a kill names the item; the service's only where there is no other."""
    if header is None:
        return ()
    own = header["added"] if _SOURCE.fullmatch(header["added"]) else header["service"] + header["number"]
    return {"role": "transmission", "value": " ".join(own.split())}, {"role": "header", "value": " ".join(header[0].split())}


def _headlines(lines: list[Entry]) -> tuple[str, str, list[Entry]]:
    """Slug, headline, and the lines without them. A headline ends with ` =`, maybe lines below its beginning; where no line is ended so,
    it is the first line that is neither mark nor slug, above the copy."""
    slug = headline = ""
    kept: list[Entry] = []
    opened: list[Entry] = []
    at = 0
    for at, entry in enumerate(lines[:_HEAD]):
        kind, gap, text = entry
        if kind == "\t" or _BYLINE.match(text) or (headline and kind != "="):
            break
        if telegraph.is_mark(text, kind != "=") or (not opened and _stands_above(lines, at, slug)):
            kept.append(Entry("<", gap, text))  # it ends where its line does
        elif not slug and not opened and _is_slug(entry):
            slug = text
        elif headline:
            break
        elif kind == "=":
            headline, opened = " ".join([*[piece.text for piece in opened], text]), []
        elif _ends_below(lines, at):
            opened.append(entry)
        else:
            break
    else:
        at = min(len(lines), _HEAD)
    if not headline and at < len(lines) and not opened and _is_headline(lines, at):
        headline = lines[at].text
        at += 1
    return slug, headline, [*kept, *opened, *lines[at:]]


def _stands_above(lines: list[Entry], at: int, slug: str) -> bool:
    """Whether the line is none of the headline: a note in parentheses, a mark, an embargo, or whatever stands right above the slug."""
    text = lines[at].text
    if _BRACKETED.fullmatch(text) or mark_line.read(text) or embargo.is_line(text, 0, len(text)):
        return True
    return not slug and at + 1 < len(lines) and not _is_slug(lines[at]) and _is_slug(lines[at + 1])


def _is_slug(entry: Entry) -> bool:
    return entry.kind != "=" and len(entry.text) < 80 and _SLUG.fullmatch(entry.text) is not None


def _ends_below(lines: list[Entry], at: int) -> bool:
    """Whether the line opens a headline that ends with ` =` within the two lines below it."""
    for kind, gap, text in lines[at + 1 : at + 3]:
        if gap or kind == "\t" or _BYLINE.match(text):
            return False
        if kind == "=":
            return True
    return False


def _is_headline(lines: list[Entry], at: int) -> bool:
    kind, _, text = lines[at]
    if kind or len(text) > _LONGEST or text[-1] in ".:" or text[0] == "#" or _BYLINE.match(text) or _opens_copy(text):
        return False
    return at + 1 == len(lines) or lines[at + 1].kind == "\t" or lines[at + 1].gap or _opens_copy(lines[at + 1].text)


def _opens_copy(text: str) -> bool:
    """Whether a place and an agency's signature stand at its head."""
    found = _SIGNED.match(text)
    return found is not None and agencies.table().signed(found[1]) is not None
