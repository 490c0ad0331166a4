"""The marks of a headline, taken off one by one from either end until only the headline is left.

Marker, genre and desk tags share one syntax and stack in any order (`RPT-CORRECTED-UPDATE 2-GLOBAL MARKETS-Stocks slip`). A word is a
mark by its place, case and separator: `UPDATE: Acme Corp Announces`, `CORRECTIONS <CCAX.O> SEEKS`, `DEBT DOWNGRADED <RPT>` hold none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from writethru.wire.agencies import Agency
from writethru.wire.marks import ADD, CORRECTION, FLASH, LEAD, NET, NOTHING, Kind, Mark, ordinals, tags, tails, take
from writethru.wire.marks.vocabulary import (
    GENRE_LABELS,
    LINES,
    meant,
)
from writethru.wire.text import Field

_LEAD_LABEL = re.compile(r"\(\s?(?:LEAD|LD)\s?\)\s*")
_CLOSED = re.compile(r"\s?[)\]\u3011]\s*")
_KOREAN = re.compile(r"[(\[\u3010](종합)?(?:([1-9])보)?[)\]\u3011]\s*")
_LABEL = re.compile(r"[(<\[\u3010]([^()<>\[\]\u3010\u3011]{2,24})[)>\]\u3011]\s*(?:-\s*)?")
_UNCASED = re.compile(
    "(?P<tag>[\u0621-\u064a]{3,7}(?: [\u0621-\u064a]{3,7})?|[\uac00-\ud7a3]{2,4}|[\u4e00-\u9fff]{2})"
    "(?:\\s(?P<n>\\d{1,2}))?\\s?(?:[:\u2013\u2014]|\\s-|(?<=\\d)-)\\s*(?=\\S)"
)
_AFTER_ORDINAL = re.compile(r"\s?:\s*(?=\S)|\s[-\u2013\u2014]\s(?=\S)")
_GLUED_ORDINAL = re.compile(r"-(?=\S)")
_CREDIT = re.compile(r">{2,3}\s?([A-Z]{2,6})/\s*")
_STARS = re.compile(r"\*{4,}\s*(?=\S)")
_PART = re.compile(r"([1-9]) (?=[A-Z]{2})")
_STARRED = re.compile(r"\*{1,6}\s?([A-Z][A-Z ]{2,24}?)\s?\*{1,6}\s*(?=\S)")
_LINE = 48
"""Characters of a headline that may be nothing but a word that withdraws, holds or releases."""
_EDGES = " '\u2019=.!*"
_RULING = ("kill", "withhold", "release")
_NO_WORDS: dict[str, Kind] = {}


class Headline(NamedTuple):
    """`start`, `end`: what is left of the headline; `notes`: the ranges of reasons in parentheses at its ends."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    notes: tuple[tuple[int, int], ...] = ()


def read(field: Field, start: int, end: int, agency: Agency, withdrawn: Callable[[str], bool] = lambda _: True) -> Headline:
    """The headline at [start, end) of `field`, split from its marks. `withdrawn` is asked where a tag withdraws: whether the rest of the
    item agrees with its words. `WITHDRAWAL: Troops leave base` and `STORY WITHDRAWN: Book banned` are headlines too."""
    marks: list[Mark] = []
    start, end = field.trim(start, end)
    if end > start and field.text[end - 1] in "=+<":
        start, end = field.trim(start, end, "=+<")
    note, left = tails.read(field, start, end, agency, marks)
    if marks and marks[-1].kind.action == "kill" and not withdrawn(marks[-1].evidence.text):
        marks.pop()
    else:
        end = left
    reasons = (note,) if note else ()
    if start < end <= start + _LINE and (kind := _whole(field.text[start:end].strip(_EDGES), agency)):
        if kind.action == "kill" and not withdrawn(field.text[start:end]):
            return Headline(start, end, tuple(marks), reasons)
        marks.append(Mark(field.evidence(start, end, "mark_line"), kind))
        return Headline(end, end, tuple(marks), reasons)
    while start < end:
        at = _prefix(field, start, end, agency, marks)
        if at is None:
            close = tails.opening(field.text, start, end) if field.text[start] == "(" else None
            if close is None:
                break
            reasons = ((start, close), *reasons)
            start = field.trim(close, end)[0]
            continue
        if marks[-1].kind.action == "kill" and not withdrawn(marks[-1].evidence.text):
            marks.pop()
            break
        start = min(at, end)
    return Headline(*field.trim(start, end), tuple(marks), reasons)


def _whole(words: str, agency: Agency) -> Kind | None:
    """What a headline means that is nothing but the word of a kill, a hold or a release."""
    kind = LINES.get(words) or agency.words.get(words)
    return kind if kind and kind.action in _RULING else None


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
    if first in "([<\u3010":
        return _bracketed(field, start, end, agency, marks)
    if first in ">*":
        return _decorated(field, start, end, marks)
    if first.isdigit():
        return _numbered(field, start, end, agency, marks)
    if first.isupper():
        return tags.read(field, start, end, agency, marks)
    if first >= "\u0621" and not first.islower():
        found = _UNCASED.match(field.text, start, end)
        number = int(found["n"]) if found and found["n"] else None
        kind = meant(found["tag"], "g" if number else "c", agency.words) if found else None
        if found and kind:
            return take(field, start, found.end(), marks, "headline_tag", kind, number)
    return None


def _bracketed(field: Field, start: int, end: int, agency: Agency, marks: list[Mark]) -> int | None:
    text = field.text
    if text[start] in "([":
        inside = start + 1 + (text[start + 1 : start + 2] == " ")
        numbered = ordinals.match(text, inside, end, agency)
        closed = _CLOSED.match(text, numbered.end, end) if numbered and not numbered.series[:1].islower() else None
        if numbered and closed:
            return take(field, start, closed.end(), marks, "headline_ordinal", numbered.kind, numbered.number)
        found = _LEAD_LABEL.match(text, start, end)
        if found:
            return take(field, start, found.end(), marks, "headline_ordinal", LEAD, 1)
    found = _KOREAN.match(text, start, end)
    if found and (found[1] or found[2]):
        return take(field, start, found.end(), marks, "headline_label", *tails.korean(found))
    found = tails.EMBARGOED.match(text, start, end)
    if found:
        return take(field, start, found.end(), marks, "embargo_word", NOTHING)
    found = _LABEL.match(text, start, end)
    if not found:
        return None
    label = found[1].strip()
    kind = CORRECTION if label == "OFFICIAL" and tags.corrected(marks) else meant(label, "b", agency.words)
    if kind:
        return take(field, start, found.end(), marks, "headline_label", kind)
    word, _, digits = label.rpartition(" ")
    if digits.isdecimal() and len(digits) < 3 and (counted := meant(word, "b", agency.words)) and counted.counter:  # (UPDATE 2)
        return take(field, start, found.end(), marks, "headline_label", counted, int(digits))
    if text[start] == "(" and (label in GENRE_LABELS or "labels" in agency.marks or _led(marks)) and found.end() < end:
        return take(field, start, found.end(), marks, "genre", NOTHING, ref=label)
    return None


def _led(marks: list[Mark]) -> bool:
    """Whether the mark before is a lead's in parentheses: what follows in parentheses then is a label (`(LEAD) (Asiad)`)."""
    return bool(marks) and marks[-1].evidence.rule == "headline_ordinal" and marks[-1].evidence.text[0] == "("


def _decorated(field: Field, start: int, end: int, marks: list[Mark]) -> int | None:
    if starred := _STARRED.match(field.text, start, end):
        if starred[1] == "EMBARGOED":
            return take(field, start, starred.end(), marks, "embargo_word", NOTHING)
        if kind := meant(starred[1], "b", _NO_WORDS):
            return take(field, start, starred.end(), marks, "headline_label", kind)
    stars = _STARS.match(field.text, start, end)
    if stars:
        return take(field, start, stars.end(), marks, "headline_snap", FLASH)
    credit = _CREDIT.match(field.text, start, end)
    return take(field, start, credit.end(), marks, "credit", NOTHING) if credit else None


def _numbered(field: Field, start: int, end: int, agency: Agency, marks: list[Mark]) -> int | None:
    text = field.text
    numbered = ordinals.match(text, start, end, agency)
    if numbered and not numbered.series[:1].islower() and numbered.kind not in (ADD, NET):
        after = _AFTER_ORDINAL.match(text, numbered.end, end)
        if not after and text[numbered.end - 1] in "uUhH":  # glued only behind writethru: `1ST LEAD-FREE PIPE` is a headline
            after = _GLUED_ORDINAL.match(text, numbered.end, end)
        if after:
            return take(field, start, after.end(), marks, "headline_ordinal", numbered.kind, numbered.number)
    if "part" in agency.marks:
        found = _PART.match(text, start, end)
        if found:
            return take(field, start, found.end(), marks, "headline_part", ADD._replace(action=None, complete=None), int(found[1]))
    return None
