"""What stands before the copy: slug line, mark lines, headline, pictures, notes, byline, dateline, a caption that opens a page.

Each step takes the block at the front and asks anew; the copy begins where none is. So what is left has no head, and read once more it
stays as it is.
"""

from __future__ import annotations

import re
from itertools import pairwise

from writethru.wire import dateline, embargo, notes
from writethru.wire import lines as lines_of
from writethru.wire.agencies import table
from writethru.wire.blocks import bylines, captions, heading, page, restrictions
from writethru.wire.blocks.digest import MARKED, REPEATED, repeats
from writethru.wire.blocks.pieces import Pieces
from writethru.wire.lines import Line
from writethru.wire.marks import line as mark_line
from writethru.wire.marks import slugs, withdrawal
from writethru.wire.text import Field

_TELEGRAPH = re.compile(
    r"[A-Z]\d{4}[a-z]{2,8}|[a-z] ?[a-z] ?(?:AM|PM|BC|AP)-\S.*\s\d\d-\d\d(?:\s+\d{2,5})?|\*\d{4}|"
    r"\$[Aa]dv ?\d{1,2}|[a-z]{3,4}\d{3,4}(?: \d)? [a-z]{2,4} \d{3}"
)
_SLUG_LINE = re.compile(r"[A-Z]\w*(?:-\w+)*(?:/[\w-]*|(?:/[\w-]+)+/)(?:\s\([A-Z0-9][A-Z0-9, ]{1,60}\))?")
_LOWER_SLUG = re.compile(r"[a-z]{3,14}(?:-[a-z]{3,14}){1,4}")
"""Yonhap's slug of a standing item: `stocks-summary`."""
_CATCHWORD_TITLE = re.compile(r"(?:\([^()]{2,12}\)\s)?[^\W_][\w .'\u2019]*(?:-[^\W_][\w .'\u2019]*){2,5}")
"""Naver has Yonhap's slug for a title, and the headline at the head of the copy: `(3rd LD) S Korea-Norland-biz talks`."""
_HYPHENED = re.compile(r"[^\W\d_]-[^\W\d_]")
_CATCHWORDS = re.compile(r"[A-Z][\w .'\u2019-]{2,58}")
"""Yonhap's slug: `S Korea-Norland-talks`."""
_SENTENCE_END = re.compile(r"[.!?][\"'”\u2019)]*$")
_GLUED = re.compile(r"\s?\^(?=\s?(?:By|BY|Eds:|AP Photo)\s)")
"""A framing sign that lost its line end: the byline then stands on the note's line."""
_FOR_READERS = ("EDITOR'S NOTE", "EDITORS' NOTE", "EDITOR\u2019S NOTE")
"""Openings of a note that is published, unlike `Eds:`."""
_MOST = 100
"""Lines that may be of the head."""
_NOTICED = 2000
"""Characters below a line that withdraws in which the notice says so."""
_TAGGED = 28
"""Characters within which the partner stands of a bracket that opens a mark."""
_LONGEST = 200
_GLUED_WITHIN = 260
"""Characters within which a dateline stands behind a headline or byline that lost its line end."""
_OPENING = notes.OPENING | frozenset(heading.FRAME)
"""What a long paragraph may open with that is not of the copy."""
_HEADLINE = 180
"""Characters of a headline within which the note begins that lost its line end."""
_BYLINE = 140
"""Characters beyond which no line that ends like a sentence is of the head, unless a dateline opens it."""


def read(body: Field, lines: list[Line], out: Pieces, headed: bool, title: str = "") -> list[Line]:
    """Takes off what stands before the copy; the lines that are left, the first of them cut to where the copy begins. `headed`: the
    headline is known, or none is to be looked for. `title` is the headline of the envelope, which the copy may repeat."""
    at = looked = 0
    text = body.text
    framed = "^" in text and not out.digest
    kept: list[Line] = []
    while at < len(lines) and looked < _MOST:
        looked += 1
        first, last, blanks = lines[at]
        start, end = _unframed(body, first, last)
        if start >= end:
            at += 1
            continue
        if text[start] == "E" and text.startswith(_FOR_READERS, start):
            kept.append((start, end, blanks))
            at += 1
            continue
        cuts = _cuts(text, start, end) if text[start] == "(" and not out.digest else ()
        if cuts:
            lines[at : at + 1] = [(cut, nxt, 0 if cut > start else blanks) for cut, nxt in pairwise((first, *cuts, last))]
            continue
        glued = _GLUED.search(text, start, end) if framed else None
        if glued:
            lines[at : at + 1] = (first, glued.start(), blanks), (glued.end(), last, 0)
            continue
        stop = _take(body, lines, at, start, end, out, headed, title)
        if (
            stop is None
            and end - start in REPEATED
            and repeats(body, start, end, title or (body.line(*out.headline) if out.headline else ""))
        ):
            out.headline, stop = out.headline or (start, end), last
        if (
            stop is None
            and not out.digest
            and end - start <= heading.DECK
            and heading.is_deck(text, start, end)
            and heading.leads_on(body, lines, at + 1, out.fenced, True)
        ):
            if not (title or out.headline):
                kept.append((start, end, blanks))
            elif bare := heading.bare_note(body, start, end):
                out.notes.append(bare)
                out.take(start, end, "note", editorial=True)
            else:
                out.decks.append((start, end))
            at += 1
            continue
        if stop is None:
            # Framing signs are only taken off lines that proved to be of the head.
            lines[at] = first if text[first] > " " else body.trim(first, last)[0], last, blanks
            break
        while at < len(lines) and lines[at][1] <= stop:
            at += 1
        if at < len(lines) and lines[at][0] < stop:
            lines[at] = stop, lines[at][1], lines[at][2]
    if kept and at < len(lines):
        lines[at] = lines[at][0], lines[at][1], lines[at][2] or 1
    return kept + lines[at:]


def is_copy(text: str, start: int, end: int) -> bool:
    """Whether the paragraph is of the copy beyond doubt, so that nothing stands before it: it is too long for any line of a head, opens and
    ends like a sentence, and neither a dateline nor a framing sign is in it."""
    return (
        end - start > _LONGEST
        and text[start] > " "
        and text[start] not in _OPENING
        and text.find("(", start, start + _GLUED_WITHIN) < 0
        and text.find("^", start, end) < 0
        and captions.is_prose(text, start, end)
        and dateline.read(text, start, end) is None
    )


def _cuts(text: str, start: int, end: int) -> tuple[int, ...]:
    """Where the note begins and ends that stands on the line of its marked headline, whose line end got lost."""
    note = text.find("(ATTN:", start + 1, min(end, start + _HEADLINE))
    if note < 0 or not MARKED.match(text, start):
        return ()
    close = text.find(")", note, end)
    return (note, close + 1) if 0 < close + 1 < end else (note,)


def _unframed(body: Field, first: int, last: int) -> tuple[int, int]:
    """The line without its framing signs, one of which opens `<CORRECTED> - ` too."""
    start, end = body.trim(first, last, heading.FRAME)
    if start > first and body.text[start - 1] == "<" and body.text.find(">", start, min(end, start + _TAGGED)) > 0:
        start -= 1
    return start, end


def _take(body: Field, lines: list[Line], at: int, start: int, end: int, out: Pieces, headed: bool, title: str) -> int | None:
    """Takes the block that opens at `start`; where it ends, None where the copy begins."""
    text, stop = body.text, lines[at][1]
    if out.digest:
        return _title(body, stop, start, end, out, headed)
    if text[start] in notes.OPENING and (note := heading.note(body, lines, at, start, end)):
        out.notes.append(note)
        out.take(*body.trim(note.start, note.end, "<"), "note", editorial=True)
        return max(note.end, stop) if note.end >= end else note.end
    if end - start <= _LONGEST and (note := heading.named_note(body, lines, at, start, end, out, headed or out.headline is not None)):
        out.notes.append(note)
        out.take(start, end, "note", editorial=True)
        return stop
    prose = captions.is_prose(text, start, end)
    taken = _opening(body, lines, at, start, end, out, headed) if end - start <= (_BYLINE if prose else _LONGEST) else None
    if taken is None and not prose:
        taken = stop if _is_aside(text, lines[at][2], start, end, out) else None
    if taken is not None:
        return taken
    if not (headed or out.headline or out.datelines or out.bylines) and heading.is_headline(body, lines, at, start, end, out):
        out.headline = (start, end)
        return stop
    return _dateline(body, start, end, out, headed, title)


def _is_aside(text: str, blanks: int, start: int, end: int, out: Pieces) -> bool:
    """Takes what may stand anywhere in copy and is none; whether it was that."""
    if text[start] in lines_of.RULES and lines_of.is_rule(text, start, end):
        out.take(start, end, "rule")
    elif text[start] in restrictions.OPENING and restrictions.is_restriction(text, start, end):
        out.take(start, end, "restriction")
    elif caption := captions.pieces(text, start, end, out.fenced and blanks > 1):
        out.taken += caption
    else:
        return False
    return True


def _dateline(body: Field, start: int, end: int, out: Pieces, headed: bool, title: str) -> int | None:
    text = body.text
    read = dateline.read(text, start, end)
    if read and read.end > start and not MARKED.match(text, read.end):
        out.datelines.append(read)
        out.take(*body.trim(read.start, read.end), "dateline")
        if read.byline:
            out.bylines.append(read.byline)
        return read.end
    if text.find("(", start, min(end, start + _GLUED_WITHIN)) >= 0:
        glued = dateline.glued(text, start, end)
        if glued is not None:
            before = body.trim(start, glued)
            if bylines.is_byline(text, *before, False):
                return _byline(out, before, glued)
            if not (headed or out.headline):
                out.headline = before
                return glued
            if not headed and out.headline and out.slug is None and _CATCHWORD_TITLE.fullmatch(body.line(*out.headline)):
                out.slug, out.headline = out.headline, before
                return glued
            if body.line(*before) == title:
                return glued
            if _CATCHWORD_TITLE.fullmatch(title) and heading.is_deck(text, *before):
                out.decks.append(before)
                return glued
    return None


def _title(body: Field, stop: int, start: int, end: int, out: Pieces, headed: bool) -> int | None:
    """Of a digest only what stands above its stories is head: its title, and what the page printed. `stop` is where the line ends."""
    text = body.text
    if page.is_furniture(text, start, end):
        out.take(start, end, "furniture")
        return stop
    titled = table().digest(text[start:end]) is not None
    if titled or (
        not (headed or out.headline)
        and end - start <= 100
        and not MARKED.match(text, start)
        and not _SENTENCE_END.search(text[start:end])
        and text[start] not in "(-"
    ):
        if out.headline is None:
            out.headline = (start, end)
            return stop
    return None


def _opening(body: Field, lines: list[Line], at: int, start: int, end: int, out: Pieces, headed: bool) -> int | None:
    text, stop = body.text, lines[at][1]
    first = text[start]
    if end - start < page.LONGEST and page.is_furniture(text, start, end):
        out.take(start, end, "furniture")
        return stop
    more = at + 1 < len(lines)
    if more and end - start <= 120 and text.find("/", start, end) >= 0 and _SLUG_LINE.fullmatch(text, start, end):
        return _slug(out, stop, start, end)
    if more and at == 0 and not headed and first.islower() and _LOWER_SLUG.fullmatch(text, start, end) and not lines[1][2]:
        return _slug(out, stop, start, end)
    if end - start <= 60:
        mark = mark_line.read(text[start:end])
        if mark and (not withdrawal.doubted(text[start:end]) or _withdrawn(body, lines, at, out)):
            out.marks.append(((start, end), *mark))
            return stop
        if len(out.bylines) == 1 and bylines.is_title(text, start, end):
            return _byline(out, (start, end), stop)
    if more and first in bylines.OPENING and bylines.is_byline(text, start, end, at == 0 and not headed):
        return _byline(out, (start, end), stop)
    if embargo.is_line(text, start, end):
        out.take(start, end, "note", editorial=True)
        return stop
    if first in heading.PICTURED and heading.is_pictures(text, start, end):
        out.take(start, end, "pictures")
        return stop
    if _TELEGRAPH.fullmatch(text, start, end):
        out.take(start, end, "transmission_header")
        return stop
    if more and (
        ((text.startswith("-", start + 2) or text.find(",", start, end) >= 0) and slugs.is_keyword_line(text[start:end]))
        or _repeated(body, lines, at, start, end, headed or out.headline is not None)
    ):
        return _slug(out, stop, start, end)
    if more and end - start <= bylines.HOUSE and bylines.is_house(text, start, end):
        out.take(start, end, "credit")
        return stop
    if more and end - start <= bylines.SIGNED and text.find(",", start, end) >= 0 and bylines.is_signed(text, start, end):
        return _byline(out, (start, end), stop)
    return None


def _withdrawn(body: Field, lines: list[Line], at: int, out: Pieces) -> bool:
    """Whether what stands below line `at` agrees with its words that withdraw."""
    start, stop, _ = lines[at]
    below = body.text[stop : min(stop + _NOTICED, lines[-1][1])].strip()
    return withdrawal.supported(body.text[start:stop], below, (), filed=heading.leads_on(body, lines, at + 1, out.fenced, True))


def _slug(out: Pieces, stop: int, start: int, end: int) -> int:
    if out.slug is None:
        out.slug = (start, end)
    else:  # repeated by a sender down the line
        out.take(start, end, "transmission_header")
    return stop


def _byline(out: Pieces, where: tuple[int, int], stop: int) -> int:
    out.bylines.append(where)
    out.take(*where, "byline")
    return stop


def _repeated(body: Field, lines: list[Line], at: int, start: int, end: int, headed: bool) -> bool:
    """Yonhap's raw copy repeats the mark: on the slug line, and on the headline right below it; or only the headline has it. `headed`: the
    headline stood above."""
    text = body.text
    below = lines[at + 1][0]
    if text[below] not in "([ \t":
        return False
    below = body.trim(*lines[at + 1][:2])[0]
    mark = MARKED.match(text, below) if text[below] in "([" else None
    if mark is None:
        return False
    if text.startswith(mark[0], start):
        return not lines[at + 1][2] or (end - start <= 60 and _HYPHENED.search(text, start, end) is not None)
    return not headed and _CATCHWORDS.fullmatch(text, start, end) is not None and _HYPHENED.search(text, start, end) is not None
