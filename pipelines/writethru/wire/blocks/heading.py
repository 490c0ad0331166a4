"""Which line of plain text is its headline, and what may stand between it and the dateline: decks, lists of pictures, notes, bylines."""

from __future__ import annotations

import re

from writethru.records import Note
from writethru.wire import dateline, notes
from writethru.wire import lines as lines_of
from writethru.wire.agencies import UNKNOWN
from writethru.wire.blocks import bylines, captions, page, restrictions, trailers
from writethru.wire.blocks.digest import MARKED
from writethru.wire.blocks.pieces import Pieces
from writethru.wire.lines import Line
from writethru.wire.marks import NOTHING, headline
from writethru.wire.marks.vocabulary import PRICED, meant
from writethru.wire.notes.targets import targets
from writethru.wire.text import Field, words

FRAME = " \t<=^"
_BLANKS = FRAME + "\n"
_PICTURES = re.compile(
    r"AP (?:Photo|Graphic|Video|Photos|Graphics|Audio)s? [A-Z0-9, ]{4,120}|(?:With )?(?:AP )?(?:Photo|PHOTO)s? (?:[A-Z]{2,6}\d{3}[, ]*)+|"
    r"(?:With )?(?:AP )?Laser(?:Photo|Graphic)s?(?: [A-Z]{1,6}\d{1,3},?)*"
)
PICTURED = "AWPpL"
"""The first letters of these lists."""
_ABBREVIATED = re.compile(r"(?:[A-Z]\.){2,}$|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|St|No)\.$")
_SENTENCE_END = re.compile(r"[.!?\u3002][\"'”\u2019)\u300d]*$")
_OPEN_END = ":\u2026-\u2013\u2014"
"""What a lede ends with that goes on below, and next to no headline."""
_STOPS = ".!?\u3002\"'”\u2019)\u300d"
_QUOTES = "\"'“\u2018«„¿¡([<>*\u3010\u300c"
_BULLETS = "*\u2022\u00b7-\u2013+"
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
"""Scripts that part no words."""
_SNAP = re.compile(r"\*{4,}\s?(?=\S)|FLASH (?=[A-Z])")
_BARE_NOTE = re.compile(
    r"(?:[*\u2022] )?(?=(?:Adds|Updates|Recasts|Refiles|Corrects|Rewrites|Repeats|Fixes|Removes|Deletes|Changes|Writes through|"
    r"Corrige|Añade|Ajoute|Acrescenta|Aggiunge|Corregge)\b)"
)
_LITTLE = frozenset("and more new further the y e et und más nuevos nuevas le la les el los las il i gli".split())
"""Words of a bare note that are neither its verb nor what it is about."""
_WIDTH = 100
"""Characters beyond which a line is a paragraph, not one of text broken at a fixed width."""
_NAMED = 24
"""Characters within which the sign stands behind the word that names what an item is."""
_HEADLINE = 180
DECK = 160
_DECKS = 2
"""Lines without a bullet that may stand below the first deck; more of them are a table."""
_DASHES = ("-", "\u2013", "\u2014", "_", "=")
_BELOW = 8
"""Lines below a headline within which the dateline of its copy stands."""
_TALKING = re.compile(r"(?:they|we|he|she|it|that|those|who)\b")
"""First words of a sentence about editors, not to them: `Editors: they are a strange people`."""


def is_pictures(text: str, start: int, end: int) -> bool:
    return text[start] in PICTURED and _PICTURES.fullmatch(text, start, end) is not None


def note(body: Field, lines: list[Line], at: int, start: int, end: int) -> notes.Found | None:
    """The note to editors that opens with line `at`, of which [start, end) is not framing. One that its own line closes ends there,
    whatever the next line begins with; copy that goes on behind a note makes a sentence of both."""
    text = body.text
    if text[start] not in notes.OPENING:
        return None
    found = notes.find(body, start, end, end if text[end - 1] == ")" else max(end, lines_of.block_end(lines, at)))
    if found is None or found.strict or found.replaces:
        return found
    if text[start] != "(":
        return None if _TALKING.match(text, found.first) else found
    stop = text.find("\n", found.end)
    first, last = body.trim(found.end, min(len(text), found.end + DECK) if stop < 0 else stop, FRAME)
    if first == last or text[first] == "(" or dateline.read(text, first, last) or bylines.is_byline(text, first, last, False):
        return found
    return None


def bare_note(body: Field, start: int, end: int) -> notes.Found | None:
    """The note that a line above the dateline is without any sign of one (`Adds details in paragraph 3`). One that names no paragraph
    says nothing but verbs and what they are about: `Adds details, background`, not `Adds quotes from the Bible to flag`."""
    opening = _BARE_NOTE.match(body.text, start, end)
    if opening is None:
        return None
    found = notes.Found(opening.end(), end, opening.end(), end, False)
    read = notes.read(body, found)[0]
    told = bool(read) and read[0].klass not in ("other", "media") and (bool(read[0].paragraphs) or all([_is_terse(one) for one in read]))
    return found._replace(start=start) if told else None


def named_note(body: Field, lines: list[Line], at: int, start: int, end: int, out: Pieces, titled: bool) -> notes.Found | None:
    """The note that line `at`, somewhere above the dateline, is by the word that opens it (`Berichtigung: neuer Name im 2. Absatz`).
    Headlines open so too, and subheads: it tells a paragraph or what was done, or stands below a headline (`titled`) and opens with a word
    that is a mark in any headline."""
    text = body.text
    sign = text.find(":", start, min(end, start + _NAMED))
    if sign < 0 and (sign := text.find(" - ", start, min(end, start + _NAMED))) < 0:
        return None
    first = notes.named(text, start, end)
    if first is None or not leads_on(body, lines, at + 1, out.fenced, True):
        return None
    found = notes.Found(start, end, start, end, False)
    read = notes.read(body, found)[0]
    if not read or read[0].klass in ("other", "media"):
        return None
    word = text[start:sign].strip()
    told = bool(read[0].paragraphs) or (not read[0].mechanics and read[0].verb != word) or all([_is_terse(one) for one in read])
    if not told and not (titled and (read[0].mechanics or (word.upper() not in PRICED and meant(word, "c", UNKNOWN.words)))):
        return None
    return found


def _is_terse(note: Note) -> bool:
    """Whether a clause is a verb and the usual names of what it is about, and no word besides."""
    return bool(note.targets) and all([word in _LITTLE or targets([word]) for word in words(note.text.lower())[1:]])


def is_headline(body: Field, lines: list[Line], at: int, start: int, end: int, out: Pieces) -> bool:
    """A headline in plain text: a short first line without a full stop that has a mark of its own, or stands below a slug or mark line, or
    above a byline, note or dateline, or above copy that is longer."""
    text = body.text
    if end - start > _HEADLINE:
        return False
    if at + 1 >= len(lines):  # a snap has no copy, only a signature below
        return at == 0 and (_is_snap(text, start, end) or _is_alert(body, start, end))
    line = text[start:end]
    if line[-1] in _STOPS and _SENTENCE_END.search(line) and line[-1] not in "?!" and not _ABBREVIATED.search(line):
        return False
    if page.is_furniture(text, start, end):
        return False
    if _is_dateline(body, lines, at, start, end) or captions.is_caption(text, start, end, True) or trailers.behind(text, start, end):
        return False
    worded = out.marks or " " in line or line[-1] in "!?" or _UNSPACED.search(line) is not None
    if not worded or not any(map(str.isalpha, line)):
        return False
    if out.slug or out.marks or MARKED.match(text, start):
        return True
    if leads_on(body, lines, at + 1, out.fenced, False) or _is_marked(body, start, end):
        return True
    if line[-1] in _OPEN_END or not (text[start].isalnum() or text[start] in _QUOTES):
        return False
    return _is_above_copy(body, lines, at, start, end)


def _is_snap(text: str, start: int, end: int) -> bool:
    return text[start:end].isupper() and _SNAP.match(text, start, end) is not None


def _is_alert(body: Field, start: int, end: int) -> bool:
    """Whether the line is a marked headline that is all there is (`(URGENT) Ferry runs aground`)."""
    if body.text[end - 1] in _STOPS:
        return False
    read = headline.read(body, start, end, UNKNOWN)
    return read.start < read.end and any([mark.kind.action == "alert" or mark.evidence.rule == "headline_ordinal" for mark in read.marks])


def _is_dateline(body: Field, lines: list[Line], at: int, start: int, end: int) -> bool:
    """Whether the line opens with a dateline: not `CHINA BUYS, SELLS WHEAT - USDA` above one with a signature or a day."""
    own = dateline.read(body.text, start, end)
    if own is None or own.signature or own.date:
        return own is not None
    below = dateline.read(body.text, *body.trim(*lines[at + 1][:2], FRAME))
    return below is None or not (below.signature or below.date)


def _is_above_copy(body: Field, lines: list[Line], at: int, start: int, end: int) -> bool:
    """Whether the line stands above copy that is longer, with no more than two decks between."""
    text = body.text
    for below in range(at + 1, min(len(lines), at + 4)):
        first, last = body.trim(*lines[below][:2], FRAME)
        if first == last:
            return False
        length, apart = last - first, lines[below][2] > 0
        if not apart and _UNSPACED.match(text, first):
            return length > 1.5 * (end - start)
        # Text that was broken at a fixed width has no headline line: its first line ends in mid-sentence and the next goes straight on.
        if not (apart or text[first].isupper() or text[first].isdigit() or text[first] in "\"'“\u2018«"):
            return False
        ended = _SENTENCE_END.search(text, max(first, last - 4), last) is not None
        if below == at + 1 and (ended or length > end - start):
            return True
        if length > _WIDTH or (ended and apart):
            return True
        if ended or not is_deck(text, first, last):
            return False
    return False


def _is_marked(body: Field, start: int, end: int) -> bool:
    """Whether a headline with a mark or a kind of text of its own stands there, and more than that."""
    read = headline.read(body, start, end, UNKNOWN)
    return read.start < read.end and any([mark.kind != NOTHING or mark.evidence.rule == "genre" for mark in read.marks])


def leads_on(body: Field, lines: list[Line], at: int, fenced: bool, dated: bool) -> bool:
    """Whether the lines from `at` on are of a head: a dateline or, unless it must be that (`dated`), a byline or note; above it nothing but
    what may stand in a head, decks among it. `fenced`: some paragraphs stand apart by more blank lines than most."""
    text, decked = body.text, 0
    for below in range(at, min(len(lines), at + _BELOW)):
        start, end, blanks = lines[below]
        if text[start] in _BLANKS or text[end - 1] in _BLANKS:
            start, end = body.trim(start, end, FRAME)
            if start == end:
                continue
        read = dateline.read(text, start, end)
        if read:
            # Below a deck only a signature or a dash tells a dateline with a day from `FOR IMMEDIATE RELEASE July 13`.
            closed = read.signature is not None or text[start : read.end].rstrip()[-1:] in _DASHES
            return closed or not (decked > 0 or (dated and read.date))
        first = text[start]
        signed = (
            (first in bylines.OPENING and bylines.is_byline(text, start, end, False))
            or (end - start <= bylines.SIGNED and text.find(",", start, end) >= 0 and bylines.is_signed(text, start, end))
            or (end - start <= bylines.HOUSE and bylines.is_house(text, start, end))
        )
        if signed or (first in notes.OPENING and note(body, lines, below, start, end)):
            if not dated:
                return True
        elif (
            (first in PICTURED and is_pictures(text, start, end))
            or (first in restrictions.OPENING and restrictions.is_restriction(text, start, end))
            or (first in lines_of.RULES and lines_of.is_rule(text, start, end))
        ):
            continue
        elif not captions.is_caption(text, start, end, fenced and blanks > 1):
            # What is taken out of the copy must not count: the same copy without it is to be read alike.
            decked += 1
            if ((end - start > DECK or text[end - 1] in _STOPS) and not is_deck(text, start, end)) or (
                decked > _DECKS and text[start] not in _BULLETS
            ):
                return False
    return False


def is_deck(text: str, start: int, end: int) -> bool:
    """Whether the line may be a second headline or a point of a list above the dateline: short, and no sentence unless it is a point."""
    if end - start > DECK:
        return False
    if text[start] in _BULLETS and text[start + 1 : start + 2] == " ":
        return True
    return text[end - 1] not in _STOPS or not _SENTENCE_END.search(text, max(start, end - 4), end)
