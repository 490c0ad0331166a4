"""The blocks of raw copy, in their order: page-date artefact, slug, mark lines, headline, notes, byline, dateline, paragraphs with
captions among them, trailers, notebook.

Everything that is no copy is taken out under the name of the rule that took it; nothing is thrown away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from writethru.wire import bylines, captions, dateline, embargo, notes, slugs, trailers
from writethru.wire import lines as lines_of
from writethru.wire.lines import Line
from writethru.wire.text import Field
from writethru.wire.times import MONTHS, WEEKDAYS, is_day
from writethru.wire.vocabulary import LINES

Range = tuple[int, int]

_PAGE_DATE = re.compile(r"\s+date (\d{4}-\d\d-\d\d)(?=\s|$)")
_FURNITURE = re.compile(
    r"\d{1,2}\.\d{1,2}\.\d{4},?\s+\d{1,2}:\d\d(?:\s+\d{1,7})*|\d{1,2}\s?/\s?\d{1,2}\s?/\s?\d{4}[\s@,]*(?:\d{1,2}\s?:\s?\d\d.{0,6})?|"
    rf"(?i:(?:(?:{'|'.join(WEEKDAYS)}),?\s)?(?:{'|'.join(MONTHS)})\.?\s\d{{1,2}},?\s\d{{4}})[\s@,-]*(?:\d{{1,2}}\s?:\s?\d\d.{{0,12}})?"
)
"""Dates and counters that a page prints above its text."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_TELEGRAPH = re.compile(r"[A-Z]\d{4}[a-z]{2,8}|[a-z] ?[a-z] ?(?:AM|PM|BC|AP)-\S.*\s\d\d-\d\d(?:\s+\d{2,5})?|\*\d{4}")
_RULES = "-_=* "
_FRAME = " \t<=^"
_MARK_LINE = re.compile(r"(?:(\d{1,2})(?:ST|ND|RD|TH)\s(LEAD|LD|NET)|\(?([A-ZÄÖÜ][A-Za-zäöü]+(?:\s[A-Z]+){0,2})\)?)['\u2019\s=.!]*")
_SLUG_LINE = re.compile(r"[A-Z][\w]*(?:-[\w]+)*/[\w-]*")
_MARKED = re.compile(r"[(\[](?:\d{1,2}(?:st|nd|rd|th)\s?(?:LD|LEAD)|LEAD|URGENT)[)\]]")
_PICTURES = re.compile(r"AP (?:Photo|Graphic|Video|Photos|Graphics)s? [A-Z0-9, ]{4,120}")
_NOTED = ("(ATTN", "Eds:", "EDS:", "(Eds", "ATTENTION -", "(Adds", "(Updates", "(Recasts", "(Corrects")
_ABBREVIATED = re.compile(r"(?:[A-Z]\.){2,}$|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|St|No)\.$")
_SENTENCE_END = re.compile(r"[.!?][\"'”\u2019)]*$")


@dataclass(slots=True)
class Blocks:
    """Ranges of the body's text. `taken`: (start, end, rule) of what was taken out; `editorial`: what is for editors only."""

    page_date: str | None = None
    slug: Range | None = None
    headline: Range | None = None
    lines: list[tuple[Range, str, int | None]] = field(default_factory=list)
    notes: list[notes.Found] = field(default_factory=list)
    bylines: list[Range] = field(default_factory=list)
    datelines: list[dateline.Dateline] = field(default_factory=list)
    paragraphs: list[Range] = field(default_factory=list)
    taken: list[tuple[int, int, str]] = field(default_factory=list)
    editorial: list[Range] = field(default_factory=list)
    digest: bool = False
    fenced: bool = False
    """Whether some paragraphs stand apart by more blank lines than most."""


def read(body: Field, headed: bool) -> Blocks:
    """The blocks of `body`. `headed`: the envelope gives the headline, or none is to be looked for in the text."""
    text = body.text
    out = Blocks()
    end = len(text)
    cut = trailers.notebook(text)
    if cut is not None:
        end = cut
        first, last = body.trim(cut, len(text))
        out.taken.append((first, last, "notebook"))
        out.editorial.append((first, last))
        out.notes += _notebook_notes(text, first, last)
    start = _page_date(body, out)
    lines = lines_of.split(text, start, end)
    gaps = [line.blanks for line in lines if line.blanks]
    if gaps:
        fences = len([gap for gap in gaps if gap > 1]) - (lines[0].blanks > 1)
        out.fenced = 0 < fences <= len(gaps) / 2
    out.digest = _is_digest(text, lines)
    rest = _head(body, lines, out, headed)
    _signed_off(body, rest, out)
    paragraphs = lines_of.paragraphs(text, rest)
    _without_captions(body, paragraphs, out)
    _without_trailers(body, out)
    return out


def _page_date(body: Field, out: Blocks) -> int:
    """Scraped pages open with ` date 2023-09-12 `: the extractor's idea of the page's date, on one line with what came first."""
    found = _PAGE_DATE.match(body.text)
    if not found or not is_day(found[1]):
        return 0
    out.page_date = found[1]
    out.taken.append((*body.trim(found.start(), found.end()), "page_date"))
    return found.end()


def _is_digest(text: str, lines: list[Line]) -> bool:
    """Several stories in one document: two notes or marked headlines, each with a line of its own."""
    if text.count("(ATTN:") < 2 and ("-----" not in text or text.count(" LD)") + text.count("(LEAD)") < 2):
        return False
    notes_seen = sum(text.startswith("(ATTN:", line.start) for line in lines)
    marks_seen = sum(text[line.start] == "(" and bool(_MARKED.match(text, line.start)) for line in lines)
    return notes_seen > 1 or (marks_seen > 1 and "-----" in text)


def _head(body: Field, lines: list[Line], out: Blocks, headed: bool) -> list[Line]:
    """Takes off what stands before the copy; the lines that are left, the first of them cut to where the copy begins."""
    at = 0
    kept: list[Line] = []
    while at < len(lines):
        line = lines[at]
        start, end = body.trim(line.start, line.end, _FRAME if at < 12 and not out.datelines else "")
        if start >= end:
            at += 1
            continue
        if body.text.startswith(("EDITOR'S NOTE", "EDITORS' NOTE"), start):  # for readers, unlike Eds:
            line.start, line.end = start, end
            kept.append(line)
            at += 1
            continue
        stop = _take(body, lines, at, start, end, out, headed)
        if stop is None:
            # Framing signs are only taken off lines that proved to be of the head.
            line.start = max(line.start, body.trim(line.start, line.end)[0])
            break
        while at < len(lines) and lines[at].end <= stop:
            at += 1
        if at < len(lines) and lines[at].start < stop:
            lines[at].start = stop
    if kept and at < len(lines):
        lines[at].blanks = lines[at].blanks or 1
    return kept + lines[at:]


def _take(body: Field, lines: list[Line], at: int, start: int, end: int, out: Blocks, headed: bool) -> int | None:
    """Takes the block that opens at `start`; where it ends, None where the copy begins."""
    text, line = body.text, lines[at]
    first = text[start]
    if first in "(EAN":
        note = notes.find(body, start, end, max(end, lines_of.block_end(lines, at)))
        if note:
            if out.digest:
                out.taken.append((note.start, note.end, "note"))
            else:
                out.notes.append(note)
            out.editorial.append(body.trim(note.start, note.end, "<"))
            return max(note.end, line.end) if note.end >= end else note.end
    if not out.datelines:
        taken = _opening(body, lines, at, start, end, out)
        if taken is not None:
            return taken
        if first in _RULES and not text[start:end].strip(_RULES):
            out.taken.append((start, end, "rule"))
            return line.end
        if captions.is_caption(text, start, end, out.fenced and line.blanks > 1):
            out.taken.append((start, end, "caption"))
            return line.end
        if not (headed or out.headline) and not out.bylines and _is_headline(text, lines, at, start, end, out):
            out.headline = (start, end)
            return line.end
    if out.datelines:  # one copy has one: what follows it are the story's words
        return None
    read = dateline.read(text, start, end)
    if read and read.end > start:
        out.datelines.append(read)
        return read.end
    if not (headed or out.headline) and "(" in text[start : start + 260]:
        glued = dateline.glued(text, start, end)
        if glued is not None:
            out.headline = body.trim(start, glued)
            return glued
    return None


def _opening(body: Field, lines: list[Line], at: int, start: int, end: int, out: Blocks) -> int | None:
    text, line = body.text, lines[at]
    if end - start > 200:
        return None
    if end - start < 60 and _YEAR.search(text, start, end) and _FURNITURE.fullmatch(text, start, end):
        out.taken.append((start, end, "furniture"))
        return line.end
    if end - start <= 60:
        found = _MARK_LINE.fullmatch(text, start, end)
        if found and _mark_line(out, (start, end), found):
            return line.end
        if out.slug is None and "/" in text[start:end] and _SLUG_LINE.fullmatch(text, start, end) and at + 1 < len(lines):
            out.slug = (start, end)
            return line.end
        if out.bylines and len(out.bylines) == 1 and bylines.is_title(text, start, end):
            out.bylines.append((start, end))
            return line.end
    if bylines.is_byline(text, start, end) and at + 1 < len(lines):
        out.bylines.append((start, end))
        return line.end
    if embargo.is_line(text, start, end):
        out.editorial.append((start, end))
        return line.end
    if _PICTURES.fullmatch(text, start, end):
        out.taken.append((start, end, "pictures"))
        return line.end
    if _TELEGRAPH.fullmatch(text, start, end):
        out.taken.append((start, end, "transmission_header"))
        return line.end
    if out.slug is None and at + 1 < len(lines) and (slugs.is_keyword_line(text[start:end]) or _repeated(text, lines, at, start)):
        out.slug = (start, end)
        return line.end
    return None


def _mark_line(out: Blocks, where: Range, found: re.Match[str]) -> bool:
    if found[1]:
        out.lines.append((where, found[2], int(found[1])))
        return True
    word = found[3]
    if (word.isupper() or word in ("Achtung", "Eil")) and word.upper() in LINES:
        out.lines.append((where, word.upper(), None))
        return True
    return False


def _repeated(text: str, lines: list[Line], at: int, start: int) -> bool:
    """Yonhap's raw copy repeats the mark: on the slug line, and on the headline below it."""
    found = _MARKED.match(text, start)
    return bool(found) and text.startswith(found[0] if found else "", lines[at + 1].start)


def _is_headline(text: str, lines: list[Line], at: int, start: int, end: int, out: Blocks) -> bool:
    """A headline in plain text: a short first line without a full stop, below a slug or mark line, or above a byline, note or dateline, or
    above copy that is longer."""
    if end - start > 180 or at + 1 >= len(lines):
        return False
    line = text[start:end]
    if (_SENTENCE_END.search(line) and line[-1] not in "?!" and not _ABBREVIATED.search(line)) or " " not in line:
        return False
    if dateline.read(text, start, end) or captions.is_caption(text, start, end, True):
        return False
    if out.slug or out.lines or _MARKED.match(text, start):
        return True
    below = lines[at + 1]
    first, last = below.start, below.end
    while first < last and text[first] in _FRAME:
        first += 1
    while last > first and text[last - 1] in _FRAME:
        last -= 1
    if bylines.is_byline(text, first, last) or dateline.read(text, first, last):
        return True
    if text[first] in "(EA" and text.startswith(_NOTED, first):
        return True
    if not text[start].isalnum() and text[start] not in "\"'“\u2018«„¿¡([<>*":
        return False
    # Text that was broken at a fixed width has no headline line: its first line ends in mid-sentence and the next goes straight on.
    wrapped = below.blanks == 0 and not text[first].isupper() and not text[first].isdigit() and text[first] not in "\"'“\u2018«"
    return not wrapped and (last - first > end - start or bool(_SENTENCE_END.search(text[first:last])))


def _without_captions(body: Field, paragraphs: list[tuple[int, int, int]], out: Blocks) -> None:
    text = body.text
    for start, end, blanks in paragraphs:
        start, end = body.trim(start, end)
        if start >= end:
            continue
        first = text[start]
        if first in _RULES and not text[start:end].strip(_RULES):
            out.taken.append((start, end, "rule"))
        elif captions.is_caption(text, start, end, out.fenced and blanks > 1):
            out.taken.append((start, end, "caption"))
        elif out.digest and first == "(" and text.startswith("(ATTN:", start):
            out.taken.append((start, end, "note"))
            out.editorial.append((start, end))
        else:
            out.paragraphs.append((start, end))


def _signed_off(body: Field, rest: list[Line], out: Blocks) -> None:
    """Takes the lines of the sign-off, before lines are joined into paragraphs: they stand right below the last one as a rule."""
    while rest:
        start, end = body.trim(rest[-1].start, rest[-1].end)
        rule = trailers.whole(body.text, start, end) if start < end else None
        if rule is None:
            return
        out.taken.append((start, end, rule))
        rest.pop()


def _without_trailers(body: Field, out: Blocks) -> None:
    text, paragraphs = body.text, out.paragraphs
    while paragraphs:
        start, end = paragraphs[-1]
        rule = trailers.whole(text, start, end)
        if rule:
            out.taken.append((start, end, rule))
            paragraphs.pop()
            continue
        tail = trailers.behind(text, start, end)
        if not tail:
            return
        out.taken.append((*body.trim(tail[0], end), tail[1]))
        paragraphs[-1] = body.trim(start, tail[0])


def _notebook_notes(text: str, start: int, end: int) -> list[notes.Found]:
    """dpa's reason stands at the end: the dashes under `Note to editors`."""
    out: list[notes.Found] = []
    at = text.find("ote to editors", start, end)
    if at < 0:
        return out
    at = text.find("\n", at, end)
    while 0 <= at < end:
        stop = text.find("\n", at + 1, end)
        stop = end if stop < 0 else stop
        line = text[at + 1 : stop].strip()
        if line.startswith("#"):
            break
        if line.startswith(("- ", "* ")):
            first = text.index(line[0], at + 1, stop)
            out.append(notes.Found(first, stop, first + 2, stop, False))
        at = stop if stop < end else -1
    return out
