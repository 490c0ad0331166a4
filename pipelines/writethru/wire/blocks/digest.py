"""Digests: several stories in one document, each with its own headline, mark and note. `Yonhap News Summary` holds eight to ten of them,
parted by dashes."""

from __future__ import annotations

import re

from writethru.wire import notes
from writethru.wire.agencies import table
from writethru.wire.blocks import captions, page, restrictions
from writethru.wire.blocks.pieces import Section
from writethru.wire.lines import Line, block_end, is_rule, paragraphs
from writethru.wire.text import Field

MARKED = re.compile(r"[(\[](?:\d{1,2}(?:st|nd|rd|th)\s?(?:LD|LEAD)|LEAD|URGENT)[)\]]")
_MARKED_LINE = re.compile(r"[ \t]*" + MARKED.pattern)
_STOP = re.compile(r"[.:;,][\"'”\u2019)]*$")
_ABBREVIATED = re.compile(r"(?:[A-Z]\.){2,}$|\b(?:Inc|Corp|Co|Ltd|Jr|Sr)\.$")
_LONGEST = 180


def is_digest(body: Field, lines: list[Line], title: str, fenced: bool) -> bool:
    """Whether the document holds several stories: it is titled so, or two of them have a marked headline above their copy. A slug line
    that repeats the headline's mark is none. `fenced`: some paragraphs stand apart by more blank lines than most."""
    if title.casefold() in table().by_digest:
        return True
    text = body.text
    if len([start for start, _, _ in lines if text[start] in "([ \t" and _MARKED_LINE.match(text, start)]) < 2:
        return False
    if text.count(" LD)") + text.count("LEAD)") + text.count("URGENT)") < 2:
        return False
    whole = {start: end for start, end, _ in paragraphs(text, lines)}
    joined = body.joined([(start, end) for start, end in whole.items() if text.find("\n", start, end) >= 0]).text
    told, marked = 0, False
    for first, last, blanks in lines:
        start, end = body.trim(first, last)
        if text[start] in "([" and MARKED.match(text, start) and _is_title(text, start, end):
            marked = True
        elif marked and first in whole and _is_copy(joined, *body.trim(first, whole[first]), fenced and blanks > 1):
            told, marked = told + 1, False
    return told > 1


def _is_copy(text: str, start: int, end: int, fenced: bool) -> bool:
    """Whether the paragraph stays in the body: no note, rule, caption, restriction or furniture."""
    if text.startswith("(ATTN", start) or is_rule(text, start, end) or page.is_furniture(text, start, end):
        return False
    return not restrictions.is_restriction(text, start, end) and not captions.is_caption(text, start, end, fenced)


def sections(body: Field, lines: list[Line]) -> list[Section]:
    """The stories in their order. One begins below a rule, with a marked headline, or with a headline above a note; what stands before
    the first is the digest's own."""
    text = body.text
    out: list[Section] = []
    at = 0
    while at < len(lines):
        if not _opens(body, lines, at):
            at += 1
            continue
        stop = at + 1
        while stop < len(lines) and not is_rule(text, *body.trim(*lines[stop][:2])) and not _opens(body, lines, stop):
            stop += 1
        first, last = body.trim(*lines[at][:2])
        end = body.trim(*lines[stop - 1][:2])[1]
        out.append(Section((first, last), _note(body, lines, at + 1, stop), (first, end)))
        at = stop
    return out


def _opens(body: Field, lines: list[Line], at: int) -> bool:
    text = body.text
    start, end = body.trim(*lines[at][:2])
    if at + 1 >= len(lines) or text.startswith("(ATTN", start) or not _is_title(text, start, end):
        return False
    below = at > 0 and is_rule(text, *body.trim(*lines[at - 1][:2]))
    noted = text.startswith("(ATTN:", body.trim(*lines[at + 1][:2])[0])
    return below or noted or MARKED.match(text, start) is not None


def _is_title(text: str, start: int, end: int) -> bool:
    """Whether the line is short, no rule, and does not end like a sentence."""
    if end - start > _LONGEST or is_rule(text, start, end):
        return False
    line = text[start:end].rstrip()
    return not _STOP.search(line) or bool(_ABBREVIATED.search(line))


def _note(body: Field, lines: list[Line], at: int, stop: int) -> notes.Found | None:
    for below in range(at, min(stop, at + 2)):
        start, end = body.trim(*lines[below][:2])
        if body.text.startswith("(ATTN", start):
            found = notes.find(body, start, end, block_end(lines, below))
            if found:
                return found
    return None
