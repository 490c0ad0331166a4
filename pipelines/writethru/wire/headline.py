"""The marks of a headline, taken off one by one from either end until only the headline is left.

Marker, genre and desk tags share one syntax and stack in any order (`RPT-CORRECTED-UPDATE 2-GLOBAL MARKETS-Stocks slip`). A word is a
mark by its place, case and separator: `UPDATE: Acme Corp Announces`, `CORRECTIONS <CCAX.O> SEEKS`, `DEBT DOWNGRADED <RPT>` hold none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from writethru.wire.agencies import Agency
from writethru.wire.marks import ADD, FLASH, LEAD, NOTHING, UPDATE, Counter, Kind, Mark
from writethru.wire.text import Field
from writethru.wire.vocabulary import (
    COLON_FAMILY,
    COLON_GENRES,
    COLON_TAGS,
    DESKS,
    GENRE_LABELS,
    GENRES,
    LABELS,
    LINES,
    NEED_NUMBER,
    TAGS,
    TITLE_TAGS,
)

_ORDINAL = re.compile(r"[(\[]\s?(\d{1,2})(?:st|nd|rd|th|d|h)\s?(LD|Ld|LEAD|Lead|UPDATE)\s?[)\]]\s*")
_LEAD_LABEL = re.compile(r"\((LEAD|LD)\)\s*")
_KOREAN = re.compile(r"[(\[](종합)(?:(\d)보)?[)\]]\s*")
_LABEL = re.compile(r"[(<\[]([^()<>\[\]]{2,24})[)>\]]\s*(?:-\s*)?")
_TAG = re.compile(r"(?P<tag>\(?[A-Z][A-Z&.'+ ()]{1,28}?)(?:\s(?P<n>\d{1,2}))?\s?(?P<sep>-|:)(?!-)\s?(?=\S)")
_DESK = re.compile(r"(?P<tag>[A-Z][a-z]+(?: [A-Za-z]+)?)(?P<sep>-|: )(?=[A-Z\"'“\u2018])")
_COLON_GENRE = re.compile(r"(?P<tag>[A-Z][A-Za-z&+ ]{2,16}): (?=\S)")
_COLON_FAMILY = re.compile(r"(?P<tag>[A-Z][A-Za-z]{3,8})\s?(?P<n>\d{1,2})?: (?=\S)")
_PREFIX_LEAD = re.compile(r"(\d{1,2})(?:st|nd|rd|th|ST|ND|RD|TH)\s?(?:LD|LEAD)(?:\s?-?\s?Write(?:thru|through))?\s?[:\-]\s*(?=\S)")
_ENLARGED = re.compile(r"AMP\.\s?-\s*(?=\S)")
_SPANISH_DESK = re.compile(r"(?P<tag>[A-ZÁÉÍÓÚÑ][\wáéíóúñÁÉÍÓÚÑ./ ]{1,24}?)\.\s?-\s+(?=\S)")
_CREDIT = re.compile(r">{2,3}\s?([A-Z]{2,6})/\s*")
_STARS = re.compile(r"\*{4,}\s*(?=\S)")
_FLASH = re.compile(r"FLASH (?!FLOOD|FIRE|POINT|MEMOR|CRASH|SALE|DRIVE|MOB|PMI|CARD|DANCE|GORDON)(?=[A-Z]{2})")
_PART = re.compile(r"([1-9]) (?=[A-Z]{2})")
_WITHDRAWN = re.compile(r"STORY WITHDRAWN\s*(?:[-\u2013—:/(]|$)\s*")
_EMBARGOED = re.compile(r"EMBARGOED(?:\s(?i:until|till|to|for\srelease)\b[^\n]{0,60}?)?:\s+(?=\S)")
_WHOLE = re.compile(r"(KILL KILL KILL|HOLD HOLD HOLD|BULLETIN KILL|MANDATORY KILL|STORY WITHDRAWN)\W*")
_COUNT = re.compile(r"\s\(([2-9]|1\d)\)$")
_DOW_JONES = re.compile(r"\s--\s?(?:(\d)(?:st|nd|rd|th) )?(?:UPDATE|Update)$")
_REASON = re.compile(
    r"\s\((?=(?:CORRECTS|Corrects|corrects|UPDATES|Updates|ADDS|Adds|REFILES|Refiles|CLARIFIES|Clarifies|RECASTS|REPEATS|Repeats)\s)"
)


@dataclass(frozen=True, slots=True)
class Headline:
    """`start`, `end`: what is left of the headline; `note`: the range of a reason in parentheses at its end."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    note: tuple[int, int] | None = None


def read(field: Field, start: int, end: int, agency: Agency, withdrawn: Callable[[], bool] = lambda: True) -> Headline:
    """The headline at [start, end) of `field`, split from its marks. `withdrawn` is asked where a tag withdraws: whether the rest of the
    item agrees. `WITHDRAWAL: Troops leave base` and `STORY WITHDRAWN: Book banned` are headlines too."""
    marks: list[Mark] = []
    start, end = field.trim(start, end)
    if end > start and field.text[end - 1] in "=+<":
        start, end = field.trim(start, end, "=+<")
    note, end = _suffixes(field, start, end, agency, marks)
    whole = _WHOLE.fullmatch(field.text, start, end)
    if whole:
        marks.append(Mark(field.evidence(start, end, "mark_line"), LINES[whole[1]]))
        return Headline(end, end, tuple(marks), note)
    while start < end:
        at = _prefix(field, start, end, agency, marks)
        if at is None:
            break
        if marks[-1].kind.action == "kill" and not withdrawn():
            marks.pop()
            break
        start = min(at, end)
    return Headline(*field.trim(start, end), tuple(marks), note)


def labels(field: Field, start: int, end: int, agency: Agency, marks: list[Mark]) -> int:
    """Takes the marks in parentheses off the front, which Yonhap's slug lines carry too; where the rest begins."""
    while start < end and field.text[start] in "([":
        at = _bracketed(field, start, end, agency, marks)
        if at is None:
            break
        start = at
    return start


def _prefix(field: Field, start: int, end: int, agency: Agency, marks: list[Mark]) -> int | None:
    """Takes one mark off the front; where the rest begins, None where there is no mark."""
    first = field.text[start]
    if first in "([<":
        return _bracketed(field, start, end, agency, marks)
    if first in ">*":
        return _decorated(field, start, end, marks)
    if first.isdigit():
        return _numbered(field, start, end, agency, marks)
    if not first.isupper():
        return None
    return _tagged(field, start, end, agency, marks)


def _bracketed(field: Field, start: int, end: int, agency: Agency, marks: list[Mark]) -> int | None:
    text = field.text
    found = _ORDINAL.match(text, start, end)
    if found:
        kind = UPDATE._replace(counter="update") if found[2] == "UPDATE" else LEAD
        return _take(field, start, found.end(), marks, "headline_ordinal", kind, int(found[1]))
    found = _LEAD_LABEL.match(text, start, end)
    if found:
        return _take(field, start, found.end(), marks, "headline_ordinal", LEAD, 1)
    found = _KOREAN.match(text, start, end)
    if found:
        number = int(found[2]) if found[2] else None
        return _take(field, start, found.end(), marks, "headline_label", LABELS["종합"]._replace(counter="wrapup"), number)
    found = _LABEL.match(text, start, end)
    if not found:
        return None
    label = found[1].strip()
    if label == "EMBARGOED":
        return _take(field, start, found.end(), marks, "embargo_word", NOTHING)
    if label in LABELS:
        return _take(field, start, found.end(), marks, "headline_label", LABELS[label])
    if text[start] == "(" and (label in GENRE_LABELS or "labels" in agency.marks or _led(marks)) and found.end() < end:
        return _take(field, start, found.end(), marks, "genre", NOTHING, ref=label)
    return None


def _led(marks: list[Mark]) -> bool:
    """Whether the mark before is a lead's in parentheses: what follows in parentheses then is a label (`(LEAD) (Asiad)`)."""
    return bool(marks) and marks[-1].evidence.rule == "headline_ordinal" and marks[-1].evidence.text[0] == "("


def _decorated(field: Field, start: int, end: int, marks: list[Mark]) -> int | None:
    stars = _STARS.match(field.text, start, end)
    if stars:
        return _take(field, start, stars.end(), marks, "headline_snap", FLASH)
    credit = _CREDIT.match(field.text, start, end)
    return _take(field, start, credit.end(), marks, "credit", NOTHING) if credit else None


def _numbered(field: Field, start: int, end: int, agency: Agency, marks: list[Mark]) -> int | None:
    found = _PREFIX_LEAD.match(field.text, start, end)
    if found:
        return _take(field, start, found.end(), marks, "headline_ordinal", LEAD, int(found[1]))
    if "part" in agency.marks:
        found = _PART.match(field.text, start, end)
        if found:
            return _take(field, start, found.end(), marks, "headline_part", ADD._replace(action=None, complete=None), int(found[1]))
    return None


def _tagged(field: Field, start: int, end: int, agency: Agency, marks: list[Mark]) -> int | None:
    text = field.text
    found = _WITHDRAWN.match(text, start, end)
    if found:
        return _take(field, start, found.end(), marks, "headline_tag", TAGS["STORY WITHDRAWN"])
    found = _EMBARGOED.match(text, start, end)
    if found:
        return _take(field, start, found.end(), marks, "embargo_word", NOTHING)
    found = _TAG.match(text, start, end)
    if found:
        tag, number, colon = found["tag"].strip(), found["n"], found["sep"] == ":"
        kind = TAGS.get(tag)
        if kind is not None and _separated(tag, number, colon, agency):
            return _take(field, start, found.end(), marks, "headline_tag", kind, int(number) if number else None)
        if tag in GENRES and (not colon or tag in COLON_GENRES):
            counter = NOTHING if number is None else Kind("update", "update", True)
            return _take(field, start, found.end(), marks, "genre", counter, int(number) if number else None, tag.capitalize())
        if not colon and (tag in DESKS or _desk(tag, number, text[found.end() : end], agency)):
            return _take(field, start, found.end(), marks, "desk", NOTHING, ref=tag)
    if "AMP." in text[start : start + 4]:
        found = _ENLARGED.match(text, start, end)
        if found:
            return _take(field, start, found.end(), marks, "headline_amp", UPDATE)
    if marks and marks[-1].evidence.rule in ("headline_amp", "desk"):
        found = _SPANISH_DESK.match(text, start, end)
        if found:
            return _take(field, start, found.end(), marks, "desk", NOTHING, ref=found["tag"])
    if "tags" in agency.marks:
        found = _FLASH.match(text, start, end)
        if found:
            return _take(field, start, found.end(), marks, "headline_tag", FLASH)
    return _title_case(field, start, end, agency, marks)


def _title_case(field: Field, start: int, end: int, agency: Agency, marks: list[Mark]) -> int | None:
    text = field.text
    found = _DESK.match(text, start, end)
    if found and found["tag"] in DESKS:
        return _take(field, start, found.end(), marks, "desk", NOTHING, ref=found["tag"])
    if ": " not in text[start : min(end, start + 24)]:
        return None
    if "colon" in agency.marks:
        found = _COLON_FAMILY.match(text, start, end)
        if found and found["tag"].upper() in COLON_FAMILY:
            number = found["n"]
            kind = COLON_FAMILY[found["tag"].upper()]
            return _take(
                field, start, found.end(), marks, "headline_tag", kind._replace(counter="update") if number else kind, _int(number)
            )
    found = _COLON_GENRE.match(text, start, end)
    if found:
        tag = found["tag"].upper()
        if tag in TITLE_TAGS:
            return _take(field, start, found.end(), marks, "headline_tag", TAGS[tag])
        if tag in COLON_GENRES:
            return _take(field, start, found.end(), marks, "genre", NOTHING, ref=found["tag"].capitalize())
    return None


def _separated(tag: str, number: str | None, colon: bool, agency: Agency) -> bool:
    if colon:
        return tag in COLON_TAGS and number is None
    return number is not None or tag not in NEED_NUMBER or "tags" in agency.marks


def _desk(tag: str, number: str | None, rest: str, agency: Agency) -> bool:
    """Whether an unknown tag is a desk's or a series': Reuters only, before a headline in mixed case (`MIDCAP-Philippines' Philex`, not
    `GM-PSA steering committee` nor the all-capital headlines of 1987)."""
    if "tags" not in agency.marks or number or len(tag.replace(" ", "")) < 6 or "(" in tag:
        return False
    return rest[:1].isupper() and not rest.isupper() and not rest[:2].isupper()


def _suffixes(field: Field, start: int, end: int, agency: Agency, marks: list[Mark]) -> tuple[tuple[int, int] | None, int]:
    text, note = field.text, None
    if text.endswith(")", start, end):
        reason = _REASON.search(text, start, end)
        if reason and text.count(")", reason.start(), end) == text.count("(", reason.start(), end):
            note, end = (reason.start() + 1, end), reason.start()
        elif "count" in agency.marks:
            count = _COUNT.search(text, start, end)
            if count:
                marks.append(
                    Mark(field.evidence(count.start() + 1, end, "headline_count"), UPDATE._replace(counter="update"), int(count[1]))
                )
                end = count.start()
    elif text.endswith(("Update", "UPDATE"), start, end):
        dow_jones = _DOW_JONES.search(text, start, end)
        if dow_jones:
            number = _int(dow_jones[1])
            kind: Kind = UPDATE._replace(counter="update") if number else UPDATE
            marks.append(Mark(field.evidence(dow_jones.start() + 1, end, "headline_suffix"), kind, number))
            end = dow_jones.start()
    return note, field.trim(start, end)[1]


def _take(
    field: Field, start: int, end: int, marks: list[Mark], rule: str, kind: Kind, number: int | None = None, ref: str | None = None
) -> int:
    counter: Counter | None = kind.counter if number is not None else None
    shown = field.trim(start, end)[1]
    marks.append(Mark(field.evidence(start, shown, rule), kind._replace(counter=counter), number, ref))
    return end


def _int(text: str | None) -> int | None:
    return int(text) if text else None
