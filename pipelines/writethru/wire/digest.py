"""Digests: several stories in one document, each with its own headline, mark and note. `Yonhap News Summary` holds eight to ten of them,
parted by dashes."""

from __future__ import annotations

import re

from writethru.wire import notes
from writethru.wire.agencies import table
from writethru.wire.lines import Line, block_end, is_rule
from writethru.wire.pieces import Section
from writethru.wire.text import Field

MARKED = re.compile(r"[(\[](?:\d{1,2}(?:st|nd|rd|th)\s?(?:LD|LEAD)|LEAD|URGENT)[)\]]")
_STOP = re.compile(r"[.:;,][\"'”\u2019)]*$")
_ABBREVIATED = re.compile(r"(?:[A-Z]\.){2,}$|\b(?:Inc|Corp|Co|Ltd|Jr|Sr)\.$")
_LONGEST = 180


def is_digest(text: str, lines: list[Line], title: str) -> bool:
    """Whether the document holds several stories: it is titled so, or two notes or marked headlines have a line of their own in it."""
    if title.casefold() in table().by_digest:
        return True
    if text.count("(ATTN:") < 2 and ("-----" not in text or text.count(" LD)") + text.count("(LEAD)") < 2):
        return False
    noted = sum(text.startswith("(ATTN:", line.start) for line in lines)
    marked = sum(text[line.start] == "(" and bool(MARKED.match(text, line.start)) for line in lines)
    return noted > 1 or (marked > 1 and "-----" in text)


def sections(body: Field, lines: list[Line]) -> list[Section]:
    """The stories in their order. One begins below a rule, with a marked headline, or with a headline above a note; what stands before
    the first is the digest's own."""
    text = body.text
    ruled = any(is_rule(text, line.start, line.end) for line in lines)
    out: list[Section] = []
    at = 0
    while at < len(lines):
        if not _opens(text, lines, at, ruled):
            at += 1
            continue
        stop = at + 1
        while stop < len(lines) and not is_rule(text, lines[stop].start, lines[stop].end) and not _opens(text, lines, stop, False):
            stop += 1
        first, last = body.trim(lines[at].start, lines[at].end)
        out.append(
            Section((first, last), _note(body, lines, at + 1, stop), (first, body.trim(lines[stop - 1].start, lines[stop - 1].end)[1]))
        )
        at = stop
    return out


def _opens(text: str, lines: list[Line], at: int, ruled: bool) -> bool:
    start, end = lines[at].start, lines[at].end
    if end - start > _LONGEST or at + 1 >= len(lines) or text.startswith("(ATTN", start) or is_rule(text, start, end):
        return False
    if MARKED.match(text, start) or text.startswith("(ATTN:", lines[at + 1].start):
        return True
    line = text[start:end].rstrip()
    below = at > 0 and is_rule(text, lines[at - 1].start, lines[at - 1].end)
    return ruled and below and (not _STOP.search(line) or bool(_ABBREVIATED.search(line)))


def _note(body: Field, lines: list[Line], at: int, stop: int) -> notes.Found | None:
    for line in lines[at : min(stop, at + 2)]:
        start, end = body.trim(line.start, line.end)
        if start < end and body.text[start] == "(":
            found = notes.find(body, start, end, block_end(lines, at))
            if found:
                return found
    return None
