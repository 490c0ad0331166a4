"""Digests: several stories in one document, each with its own headline, mark and note. `Yonhap News Summary` holds eight to ten of them,
parted by dashes."""

from __future__ import annotations

import re

from writethru.wire import notes
from writethru.wire.agencies import table
from writethru.wire.blocks import captions, page, restrictions, trailers
from writethru.wire.blocks.pieces import Pieces, Section
from writethru.wire.lines import Line, block_end, is_rule, paragraphs
from writethru.wire.text import Field

MARKED = re.compile(r"[(\[](?:\d{1,2}(?:st|nd|rd|th)\s?(?:LD|LEAD)|LEAD|URGENT)[)\]]")
_MARKED_LINE = re.compile(r"[ \t]*" + MARKED.pattern)
_STOP = re.compile(r"[.:;,][\"'”\u2019)]*$")
_ABBREVIATED = re.compile(r"(?:[A-Z]\.){2,}$|\b(?:Inc|Corp|Co|Ltd|Jr|Sr)\.$")
_LONGEST = 180
_FRAME = "<=^"
REPEATED = range(16, 201)
"""Characters of a line that may be the headline once more; a shorter one may stand in a headline by chance."""


def is_digest(body: Field, lines: list[Line], title: str, fenced: bool) -> bool:
    """Whether the document holds several stories: it is titled so, or two of them have a marked headline of their own above their copy. A
    slug line that repeats the headline's mark is none, nor is a headline once more, the envelope's (`title`) or one of the copy.
    `fenced`: some paragraphs stand apart by more blank lines than others."""
    if table().digest(title or (body.line(*lines[0][:2]) if lines else "")):
        return True
    text = body.text
    if text.count("(") + text.count("[") < 2:
        return False
    if len(_marked(text, lines)) < 2:
        return False
    if text.count(" LD)") + text.count("LEAD)") + text.count("URGENT)") < 2:
        return False
    copy = _copy(body, lines, fenced)
    told: set[str] = set()
    marked, opening = "", bool(title)
    for first, last, _ in lines:
        start, end = body.trim(first, last, _FRAME if opening else "")
        opening = opening and (start == end or page.is_furniture(text, start, end) or repeats(body, start, end, title))
        if opening:
            continue
        mark = MARKED.match(text, start) if text[start] in "([" else None
        if mark and _is_title(text, start, end):
            marked = body.line(mark.end(), end).casefold()
        elif marked and start in copy:
            told.add(marked)
            marked = ""
    return len(told) > 1


def _marked(text: str, lines: list[Line]) -> list[int]:
    """The places of the lines that open with a mark."""
    return [at for at, (start, _, _) in enumerate(lines) if text[start] in "([ \t" and _MARKED_LINE.match(text, start)]


def parted(body: Field, lines: list[Line]) -> list[Line]:
    """The lines, with a blank line below each marked headline: its copy is a paragraph of its own, though none may part them. In a digest
    and in any other document alike, else the one would be read as the other once its captions are out."""
    below = {at + 1 for at in _marked(body.text, lines) if _is_title(body.text, *body.trim(*lines[at][:2]))}
    return [(start, end, blanks or int(at in below)) for at, (start, end, blanks) in enumerate(lines)] if below else lines


def repeats(body: Field, start: int, end: int, title: str) -> bool:
    """Whether the line is the headline once more, with its marks or without them."""
    return end - start in REPEATED and body.line(start, end).casefold() in title.casefold()


def _copy(body: Field, lines: list[Line], fenced: bool) -> frozenset[int]:
    """Where the paragraphs begin that stay in the body, headlines among them."""
    whole = paragraphs(body.text, parted(body, lines))
    body = body.joined([(first, last) for first, last, _ in whole if body.text.find("\n", first, last) >= 0])
    left = Pieces()
    for first, last, blanks in whole:
        start, end = body.trim(first, last)
        if _is_copy(body.text, start, end, fenced and blanks > 1):
            left.paragraphs.append((start, end))
    trailers.strip(body, left)
    return frozenset([start for start, _ in left.paragraphs])


def _is_copy(text: str, start: int, end: int, fenced: bool) -> bool:
    """Whether the paragraph stays in the body: no note, rule, caption, restriction or furniture."""
    if text.startswith("ATTENTION", start) and (note := notes.attention(text, start, end)) and note.end == end:
        return False
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
