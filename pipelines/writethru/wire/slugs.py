"""Slug lines: the catchword a story keeps through its versions, parted from the marks in its sections, bracket or tail.

`BC-US--Ethanol-Losing Grassland, 1st Ld-Writethru,1140<`, `USA-WEATHER/ (UPDATE 1, PIX, CORRECTED)`, `Britain-US-court,2ndlead`,
`eu-polenUV4`. A mark counts only in a section of its own: `AM-Bird Kill,0264` and `PM-Lost Sub,0223` hold none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from writethru.wire import headline
from writethru.wire.agencies import Agency
from writethru.wire.marks import ADD, ADVISORY, ALERT, CORRECTION, LEAD, NOTHING, PARTIAL, PARTIAL_LEAD, ROUNDUP, UPDATE, Kind, Mark
from writethru.wire.text import Field
from writethru.wire.vocabulary import GENRES, LINES, TAGS

_N = r"(\d{1,2})(?:st|nd|rd|th|d|h)"
# Spellings of one and the same thing in ten days of AP 1989: `1st Ld-Writethru` 180, `1st Ld - Writethru` 67, `1stLd-writethru`,
# `4th-writethru`, `2d Ld-Writethru`, `_ 1st Ld`, a lost t.
_LEAD = re.compile(rf"[_\s]*{_N}\s?(?:-?\s?L(?:d|D|EAD|ead))?(?P<w>\s?-?\s?write?-?(?:thru|through))?", re.IGNORECASE)
_BARE_WRITETHRU = re.compile(r"write?-?(?:thru|through)", re.IGNORECASE)
_ADD = re.compile(rf"(?:{_N}|\d{{1,2}}-{_N})\s?Add", re.IGNORECASE)
_TAKES = re.compile(r"(?:\d{1,2}-)?(\d{1,2}) Takes", re.IGNORECASE)
_TAKE = re.compile(r"Take (\d{1,2})", re.IGNORECASE)
_PIECE = re.compile(rf"(?:{_N}\s?)?(?:Sub|Insert|Ins)", re.IGNORECASE)
_REFERENCE = re.compile(r"[a-z]\d{4}")
_ADVANCE = re.compile(r"Adv \d{1,2}(?:-\d{1,2})?", re.IGNORECASE)
_WORDS = re.compile(r"(\d{2,5})|xxx")
_NUMBERED = re.compile(r"(UPDATE|WRAPUP) (\d{1,2})")
_BRACKET = re.compile(r"\(([^()]{2,80})\)$")
_TELEGRAPH = re.compile(r"(?<=[-/])(\d{1,2})(?:ST|ND|RD|TH)LD$")
_DESPACED = re.compile(rf"\s{_N}\s?Ld\s?-?\s?Writethru$", re.IGNORECASE)
_COMMA_TAIL = re.compile(r"(?:(?:(\d{1,2})(?:st|nd|rd|th))?lead|WRAP)", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[a-zåäöæøé0-9])UV(\d{1,2})?$")
_PART = re.compile(r"([1-9]) (?=[A-Z]{2})")
_KEYWORD = re.compile(r"(?:AM|PM|BC|AP|[A-Z]{3})-{1,2}[^\s,][^,]{1,58}(?:,[^,]{1,40}){1,8}<?")
_KEYWORD_END = re.compile(r"(?:\d{2,5}|xxx|ADVISORY)\s*<?$")


@dataclass(frozen=True, slots=True)
class Slug:
    """`start`, `end`: the slug without its marks; `words`: AP's word count; `advance`: the range of an `Adv 08` section."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    words: int | None = None
    advance: tuple[int, int] | None = None


def is_keyword_line(line: str) -> bool:
    """Whether a line of plain text is an AP keyword line."""
    return len(line) < 200 and bool(_KEYWORD.fullmatch(line)) and bool(_KEYWORD_END.search(line))


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
    whole = LINES.get(text[start:end])
    if whole:
        marks.append(Mark(field.evidence(start, end, "slug_mark"), whole))
        return Slug(end, end, tuple(marks), words, advance)
    # Two words no slug is built with otherwise: AP's alerts and coverage advisories carry no section that says so.
    for word, kind in (("APNewsAlert", ALERT), ("Coverage Advisory", ADVISORY)):
        at = text.find(word, start, end)
        if at >= 0:
            marks.append(Mark(field.evidence(at, at + len(word), "slug_mark"), kind))
    return Slug(*field.trim(start, end), tuple(marks), words, advance)


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
    mark: tuple[str, Kind, int | None, str | None] | None = None
    lead = _LEAD.fullmatch(section)
    if section[0].isdigit() and (count := _WORDS.fullmatch(section)):
        return int(count[1]), advance
    if _ADVANCE.fullmatch(section):
        return words, (start, end)
    if agency.slug == "comma" and (found := _COMMA_TAIL.fullmatch(section)):
        wrap = section.upper() == "WRAP"
        mark = "slug_tail", ROUNDUP._replace(counter=None) if wrap else LEAD, None if wrap else int(found[1] or 1), None
    elif lead and ("l" in section.lower()[len(lead[1]) + 2 :] or lead["w"]):
        mark = "slug_ordinal", LEAD if lead["w"] else PARTIAL_LEAD, int(lead[1]), None
    elif _REFERENCE.fullmatch(section):
        mark = "replaces", NOTHING, None, section
    elif found := _ADD.fullmatch(section):
        mark = "slug_add", ADD, int(found[1] or found[2]), None
    elif found := _TAKE.fullmatch(section):
        mark = "slug_take", ADD._replace(action=None), int(found[1]), None
    elif _TAKES.fullmatch(section):
        mark = "slug_takes", Kind(None, None, False), None, None
    elif _PIECE.fullmatch(section):
        mark = "slug_piece", PARTIAL, None, None
    elif _BARE_WRITETHRU.fullmatch(section):
        mark = "slug_writethru", UPDATE, None, None
    elif section.upper() in LINES and (section.isupper() or section.istitle()):
        mark = "slug_mark", LINES[section.upper()], None, None
    elif section == "(ATTN EDITORS)":
        mark = "slug_mark", ADVISORY, None, None
    elif section.isupper() and (section in GENRES or section == "SCENE"):
        mark = "genre", NOTHING, None, section.capitalize()
    if mark:
        rule, kind, number, ref = mark
        marks.append(Mark(field.evidence(start, end, rule), kind, number, ref))
    return words, advance


def _tails(field: Field, start: int, end: int, agency: Agency, marks: list[Mark]) -> int:
    """Marks at the end of the slug itself; where the slug ends without them."""
    text = field.text
    bracket = _BRACKET.search(text, start, end) if text.endswith(")", start, end) else None
    if bracket:
        found = len(marks)
        for first, last in _sections(field, bracket.start(1), bracket.end(1)):
            _bracketed(field, first, last, marks)
        if len(marks) > found:
            return field.trim(start, bracket.start())[1]
    if text.endswith(("LD", "thru", "Thru", "THRU"), start, end):
        lead = _TELEGRAPH.search(text, start, end) or _DESPACED.search(text, start, end)
        if lead:
            marks.append(Mark(field.evidence(*field.trim(lead.start(), end), "slug_ordinal"), LEAD, int(lead[1])))
            return field.trim(start, lead.start(), "-/")[1]
    if agency.slug == "uv":
        glued = _GLUED.search(text, start, end)
        if glued:
            kind = UPDATE._replace(counter="update")
            marks.append(Mark(field.evidence(glued.start(), end, "slug_uv"), kind, int(glued[1] or 1)))
            return glued.start()
    return end


def _bracketed(field: Field, start: int, end: int, marks: list[Mark]) -> None:
    section = field.text[start:end]
    numbered = _NUMBERED.fullmatch(section)
    if numbered:
        marks.append(Mark(field.evidence(start, end, "slug_bracket"), TAGS[numbered[1]], int(numbered[2])))
    elif section in ("PIX", "TV", "GRAPHIC", "PICTURE", "PICTURES", "SCHEDULED"):
        marks.append(Mark(field.evidence(start, end, "slug_media")))
    elif section == "EMBARGOED":
        marks.append(Mark(field.evidence(start, end, "embargo_word")))
    elif section in ("WRITETHROUGH", "WRITETHRU"):
        marks.append(Mark(field.evidence(start, end, "slug_writethru"), UPDATE))
    elif section in ("CORRECTED", "CORRECTION"):
        marks.append(Mark(field.evidence(start, end, "slug_bracket"), CORRECTION))
    elif section in LINES or section in ("RPT", "REFILE", "WITHDRAWAL"):
        marks.append(Mark(field.evidence(start, end, "slug_bracket"), LINES.get(section) or TAGS[section]))
