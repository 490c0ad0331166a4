"""Slug lines: the catchword a story keeps through its versions, parted from the marks in its sections, bracket or tail.

`BC-US--Ethanol-Losing Grassland, 1st Ld-Writethru,1140<`, `USA-WEATHER/ (UPDATE 1, PIX, CORRECTED)`, `Britain-US-court,2ndlead`,
`eu-polenUV4`. A mark counts only in a section of its own: `AM-Bird Kill,0264` and `PM-Lost Sub,0223` hold none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from writethru.wire.agencies import Agency
from writethru.wire.marks import (
    ADD,
    ADVISORY,
    ALERT,
    FLASH,
    KILL,
    LEAD,
    NOTHING,
    PARTIAL,
    ROUNDUP,
    UPDATE,
    Kind,
    Mark,
    headline,
    ordinals,
    uncounted,
)
from writethru.wire.marks.vocabulary import LINES, SLUG_GENRES, SLUG_MEDIA, meant
from writethru.wire.text import Field

_N = r"(\d{1,2})(?:st|nd|rd|th|d|h)"
_UNDERSCORE = re.compile(r"[_\s]*")
_BARE_WRITETHRU = re.compile(r"(?:Ld\s?-?\s?)?write?-?(?:thru|through)", re.IGNORECASE)
_ADD = re.compile(rf"(?:Adv\s)?(?:{_N}|\d{{1,2}}-{_N})\s?Add", re.IGNORECASE)
_TAKES = re.compile(r"(?:Adv\s)?(?:\d{1,2}-)?(\d{1,2}) Takes", re.IGNORECASE)
_TAKE = re.compile(r"Take (\d{1,2})|(\d{1,2})(?:st|nd|rd|th) Take", re.IGNORECASE)
_PIECE = re.compile(rf"(?:{_N}\s?)?(?:Sub|Insert|Ins|Substitute)", re.IGNORECASE)
_REFERENCE = re.compile(r"[a-z]\d{4}")
_ADVANCE = re.compile(r"(?:Adv|Advance) ?\d{1,2}(?:-\d{1,2}(?=\s*$))?", re.IGNORECASE)
_WORDS = re.compile(r"(\d{2,5})(?:-up)?|xxx")
_NUMBERED = re.compile(r"([A-Z]{4,}) (\d{1,2})")
_BRACKET = re.compile(r"\(([^()]{2,80})\)$")
_TELEGRAPH = re.compile(r"(?<=[-/ ])(\d{1,2})(?:ST|ND|RD|TH)(?:LD|LEAD)(?:\sWRITETHROUGH|-)?$")
_STARRED = re.compile(r"[-\s]?(?:\*\s?|'(?=\*)){3,6}(URGENT|CORRECTED|CORRECTION|BULLETIN|urgent)$")
_PARTED = re.compile(
    r"(?<=\w)\s(?:(?:_|-{1,2}|\u2013|\u2014)\s?(?=\d{1,2}[a-z]{0,2}\s?[Ll])|(?=\d{1,2}(?:st|nd|rd|th|d)\s?Ld(?:\s?-?\s?[Ww]ritethru)?$))"
)
"""`AM-Harbor _ 1st Ld`: a dash for the comma, or none."""
_TRAILING = re.compile(
    r"(?<=[\w>])(?:[/ -](CORRECTED|corrected)|[ -](URGENT|urgent)|/? (URGENT|BULLETIN|CORRECTION|WRITETHROUGH|WRITETHRU|SCHEDULED))$"
)
"""`AM-GULF-IRAN URGENT`, `PM-KOREA-TARIFF CORRECTION`. A hyphen before a noun makes a catchword of both: `METAL-BULLETIN`."""
_TRAILERS = ("URGENT", "urgent", "BULLETIN", "CORRECTED", "corrected", "CORRECTION", "WRITETHROUGH", "WRITETHRU", "SCHEDULED")
_TELEGRAPH_HEAD = re.compile(
    r"((?:BC|AM|PM)-)(?:(?:\(?(CORRECTED|corrected|CORRECTION|RPT|REFILE|CLARIFICATION)\)?-{2,3}|[(<](CORRECTED|CORRECTION|RPT|REFILE)[)>]-{1,3}|"
    r"(CORRECTED|RPT)-)|(\*{3,6})|(\(EMBARGOED\b))(?=\S)"
)
_KILL_ITSELF = re.compile(r"(?:AM|PM|BC|AP)-{1,2}(?:(?:BULLETIN|MANDATORY) )?KILL")
"""The catchword of an order to kill, which tells nothing of what it kills."""
CYCLE = re.compile(r"(?:AM|PM|BC)-{1,2}(?=\S)")
"""What AP's slugs open with."""
_CYCLED = re.compile(r"[\^<\s]*(?:AM|PM|BC|AP|[A-Z]{3})-")
_DESPACED = re.compile(rf"\s{_N}\s?Ld\s?-?\s?Writethru$", re.IGNORECASE)
_COMMA_TAIL = re.compile(r"(?:(?:(\d{1,2})(?:st|nd|rd|th|er|e|ème|[ºª.])?\s?)?lead|WRAP)", re.IGNORECASE)
_PART = re.compile(r"([1-9]) (?=[A-Z]{2})")
_KEYWORD = re.compile(r"(?:AM|PM|BC|AP|[A-Z]{3})-{1,2}[^\s,][^,]{1,58}(?:,[^,]{1,40}){1,8}<?")
_CATCHWORDS = re.compile(r"[^\W\d_]\w*(?:-\w+)+")
_KEYWORD_END = re.compile(r"(?:\d{2,5}|xxx|ADVISORY)\s*<?$")


_TITLE_SECTION = re.compile(
    rf",\s?(?:{_N}\s?(?:Ld|Add)\b|[^,]*\b(?:Write-?(?:thru|through)|Takes)\b|(?:Adv|Take)\s\d|(?:Bjt|Advisory|ADVISORY|CORRECTIVE|(?:BULLETIN\s|MANDATORY\s)?KILL)\s*(?:,|$))"
)


class Slug(NamedTuple):
    """`start`, `end`: the slug without its marks; `words`: AP's word count; `advance`: the range of an `Adv 08` section."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    words: int | None = None
    advance: tuple[int, int] | None = None


def is_keyword_line(line: str) -> bool:
    """Whether a line of plain text is an AP keyword line, or a slug of AFP with a tail that says so."""
    if len(line) >= 200:
        return False
    if "," not in line:
        return CYCLE.match(line) is not None and " " not in line
    if " " not in line:
        base, _, tail = line.partition(",")
        if _CATCHWORDS.fullmatch(base) and (_COMMA_TAIL.fullmatch(tail) or tail in SLUG_GENRES):
            return True
    return bool(_KEYWORD.fullmatch(line)) and bool(_KEYWORD_END.search(line) or (CYCLE.match(line) and _TITLE_SECTION.search(line)))


def is_title(line: str) -> bool:
    """Whether what stands where a headline does is AP's keyword line: mails and some readers of feeds show nothing else."""
    if "," not in line or len(line) > 150 or not CYCLE.match(line) or not _KEYWORD.fullmatch(line):
        return False
    return _TITLE_SECTION.search(line) is not None or _KEYWORD_END.search(line) is not None


def read(field: Field, start: int, end: int, agency: Agency) -> Slug:
    """The slug at [start, end) of `field`, split from its marks."""
    marks: list[Mark] = []
    start, end = field.trim(start, end, "<^")
    text = field.text
    words = advance = None
    start = headline.labels(field, start, end, agency, marks)
    end = _tails(field, start, end, agency, marks)
    if "," in text[start:end]:
        base = text.index(",", start, end)
        for first, last in _sections(field, base + 1, end):
            words, advance = _section(field, first, last, agency, marks, words, advance)
        # A comma may belong to the slug itself; only what holds a mark or a number is cut off.
        if marks or words is not None or advance or _KEYWORD.fullmatch(text, start, end):
            end = _tails(field, start, base, agency, marks)
    if "part" in agency.marks:
        found = _PART.match(text, start, end)
        if found:
            marks.append(Mark(field.evidence(start, start + 1, "slug_part"), Kind(None, "take"), int(found[1])))
            start = found.end()
    if text[start + 1 : start + 3] in ("C-", "M-"):
        start = _head(field, start, end, marks)
    whole = agency.words.get(text[start:end].strip()) or LINES.get(text[start:end])
    if text.endswith("KILL", start, end) and _KILL_ITSELF.fullmatch(text, start, end):
        whole = KILL
    if whole and not text[start:end].islower():
        marks.append(Mark(field.evidence(start, end, "slug_mark"), uncounted(whole)))
        return Slug(end, end, tuple(marks), words, advance)
    # Two words no slug is built with otherwise: AP's alerts and coverage advisories carry no section that says so.
    for word, kind in (("APNewsAlert", ALERT), ("Coverage Advisory", ADVISORY)):
        at = text.find(word, start, end)
        if at >= 0:
            marks.append(Mark(field.evidence(at, at + len(word), "slug_mark"), kind))
    return Slug(*field.trim(start, end), tuple(marks), words, advance)


def _head(field: Field, start: int, end: int, marks: list[Mark]) -> int:
    """Takes off what Reuters' headers of 1987 hold before the catchword (`BC-(CORRECTED)-TRANSAM`, `BC-***REICHHOLD`)."""
    found = _TELEGRAPH_HEAD.match(field.text, start, end)
    if not found:
        return start
    if found[6]:  # the header cuts what follows: `BC-(EMBARGOED-FOR-RELEAS`
        marks.append(Mark(field.evidence(found.start(6), found.end(6), "embargo_word")))
        return end
    if said := found[2] or found[3] or found[4]:
        at = found.start() + found[0].index(said)
        marks.append(Mark(field.evidence(at, at + len(said), "slug_mark"), LINES[said.upper()]))
    else:
        marks.append(Mark(field.evidence(found.start(5), found.end(5), "slug_snap"), FLASH if len(found[5]) > 3 else ALERT))
    return found.end()


def take_key(field: Field, agency: Agency) -> tuple[Mark, ...]:
    """The marks of a field that holds the sections alone (`1st Ld-Writethru`, `(ATTN EDITORS)`)."""
    marks: list[Mark] = []
    for first, last in _sections(field, 0, len(field.text)):
        _section(field, first, last, agency, marks, None, None)
    return tuple(marks)


def _sections(field: Field, start: int, end: int) -> list[tuple[int, int]]:
    out, text = [], field.text
    while start <= end:
        comma = text.find(",", start, end)
        stop = end if comma < 0 else comma
        first, last = field.trim(start, stop, "<")
        if first < last:
            out.append((first, last))
        start = stop + 1
    return out


def _section(
    field: Field, start: int, end: int, agency: Agency, marks: list[Mark], words: int | None, advance: tuple[int, int] | None
) -> tuple[int | None, tuple[int, int] | None]:
    text = field.text
    section = text[start:end]
    if section[0].isdigit() and (count := _WORDS.fullmatch(section)):
        return int(count[1]), advance
    found = _ADVANCE.match(section)
    if found:
        advance = (start, start + found.end())
        if found.end() == len(section):
            return words, advance
    titled = section.istitle() and (start == 0 or bool(_CYCLED.match(text)))
    mark = _said(section, titled, agency)
    if mark:
        rule, kind, number, ref = mark
        marks.append(Mark(field.evidence(start, end, rule), kind, number, ref))
    return words, advance


@lru_cache(maxsize=4096)
def _said(section: str, titled: bool, agency: Agency) -> tuple[str, Kind, int | None, str | None] | None:
    """(rule, kind, number, reference) of a section that is a mark, which are few and come again. `titled`: it is in title case and stands
    behind a cycle or first."""
    if agency.slug == "comma" and (found := _COMMA_TAIL.fullmatch(section)):
        if section.upper() == "WRAP":
            return "slug_tail", uncounted(ROUNDUP), None, None
        return "slug_tail", LEAD, int(found[1] or 1), None
    opening = _UNDERSCORE.match(section)
    numbered = ordinals.match(section, opening.end() if opening else 0, len(section), agency, bare_lead_is_whole=False)
    if numbered and numbered.end == len(section) and numbered.series.lower() != "add":
        return "slug_ordinal", numbered.kind, numbered.number, None
    if _REFERENCE.fullmatch(section):
        return "replaces", NOTHING, None, section
    if found := _ADD.fullmatch(section):
        return "slug_add", ADD, int(found[1] or found[2]), None
    if found := _TAKE.fullmatch(section):
        return "slug_take", ADD._replace(action=None), int(found[1] or found[2]), None
    if _TAKES.fullmatch(section):
        return "slug_takes", Kind(None, None, False), None, None
    if _PIECE.fullmatch(section):
        return "slug_piece", PARTIAL, None, None
    if _BARE_WRITETHRU.fullmatch(section):
        return "slug_writethru", UPDATE, None, None
    if titled or section == section.upper():
        bare = section.strip("()")
        if kind := meant(bare.upper(), "l", agency.words):
            return "slug_mark", uncounted(kind), None, None
        if bare.upper() in SLUG_GENRES:
            return "genre", NOTHING, None, bare.capitalize()
    return None


def _tails(field: Field, start: int, end: int, agency: Agency, marks: list[Mark]) -> int:
    """Marks at the end of the slug itself; where the slug ends without them."""
    text = field.text
    bracket = _BRACKET.search(text, start, end) if text.endswith(")", start, end) else None
    if bracket:
        found = len(marks)
        for first, last in _sections(field, bracket.start(1), bracket.end(1)):
            _bracketed(field, first, last, agency, marks)
        if len(marks) > found:
            return _tails(field, start, field.trim(start, bracket.start(), "-")[1], agency, marks)
    if " " in text[start:end] and (parted := _PARTED.search(text, start, end)):
        numbered = ordinals.match(text, parted.end(), end, agency, bare_lead_is_whole=False)
        if numbered and numbered.end == end and numbered.series:
            marks.append(Mark(field.evidence(parted.end(), end, "slug_ordinal"), numbered.kind, numbered.number))
            return _tails(field, start, parted.start(), agency, marks)
    if text.endswith(("LD", "LEAD", "thru", "Thru", "THRU", "LD-", "UGH"), start, end):
        lead = _TELEGRAPH.search(text, start, end) or _DESPACED.search(text, start, end)
        if lead:
            marks.append(Mark(field.evidence(*field.trim(lead.start(), end), "slug_ordinal"), LEAD, int(lead[1])))
            return field.trim(start, lead.start(), "-/")[1]
    if "*" in text[start:end] and (word := _STARRED.search(text, start, end)):
        marks.append(Mark(field.evidence(word.start(1), end, "slug_mark"), LINES[word[1].upper()]))
        return _tails(field, start, field.trim(start, word.start())[1], agency, marks)
    if agency.slug == "words" and text.endswith(_TRAILERS, start, end) and (word := _TRAILING.search(text, start, end)):
        first = word.start(word.lastindex or 0)
        said = text[first:end].upper()
        marks.append(Mark(field.evidence(first, end, "slug_media" if said in SLUG_MEDIA else "slug_mark"), LINES.get(said, NOTHING)))
        return _tails(field, start, word.start(), agency, marks)
    for suffix, kind in agency.glued.items():
        at = _glued(text, start, end, suffix)
        if at is not None:
            number = int(text[at + len(suffix) : end] or 1)
            marks.append(Mark(field.evidence(at, end, "slug_uv"), kind, number))
            return field.trim(start, at, "-/")[1]
    return end


def _glued(text: str, start: int, end: int, suffix: str) -> int | None:
    """Where `suffix` and up to two digits are glued to the end of a slug in small letters, or with a number stand behind its hyphen or
    blank: `sol-UV` is of the sun."""
    stop = end
    while stop > max(start, end - 2) and text[stop - 1].isdecimal():
        stop -= 1
    at = stop - len(suffix)
    if at <= start or not text.startswith(suffix, at):
        return None
    before = text[at - 1]
    return at if before.islower() or before.isdecimal() or (stop < end and before in "-/ ") else None


def _bracketed(field: Field, start: int, end: int, agency: Agency, marks: list[Mark]) -> None:
    section = field.text[start:end]
    numbered = _NUMBERED.fullmatch(section)
    kind = meant(numbered[1], "g", agency.words) if numbered else None
    if numbered and kind and kind.counter:
        marks.append(Mark(field.evidence(start, end, "slug_bracket"), kind, int(numbered[2])))
    elif (ordinal := ordinals.match(section, 0, len(section), agency)) and ordinal.end == len(section) and ordinal.series:
        marks.append(Mark(field.evidence(start, end, "slug_bracket"), ordinal.kind, ordinal.number))
    elif section in SLUG_MEDIA:
        marks.append(Mark(field.evidence(start, end, "slug_media")))
    elif section == "WITHDRAWAL":
        marks.append(Mark(field.evidence(start, end, "slug_bracket"), KILL))
    elif section == "EMBARGOED":
        marks.append(Mark(field.evidence(start, end, "embargo_word")))
    elif section in ("WRITETHROUGH", "WRITETHRU"):
        marks.append(Mark(field.evidence(start, end, "slug_writethru"), UPDATE))
    elif kind := meant(section, "l", agency.words) if section == section.upper() else None:
        marks.append(Mark(field.evidence(start, end, "slug_bracket"), uncounted(kind)))
