"""Embargoes: a time in a field, words in a note (`Embargoed to 0001 Friday September 9`, `Sperrfrist 23. Januar 19.00 Uhr`), an advance
section of a slug (`Adv 08`). Worded and naive times are read in the agency's zone, near the item's own date.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo

from writethru.wire.times import MONTHS, WEEKDAYS, moment, named_zone

_MONTH = "|".join(sorted((re.escape(name) for name in MONTHS), key=len, reverse=True))
_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_TRIGGER = re.compile(
    r"(?:^|(?<=[\n.;:(*\-]))\s*(?:strictly\s+)?(?:embargoed\s*(?:(?:to|until|till|for(?:\s+release)?)\b|:|(?=[\n.!)]|$))|"
    r"(?:under\s+)?embargo(?:\s+until|\s*:)|under\s+(?:strict\s+)?embargo\s*(?=[\n.!)]|$)|sperrfrist\s*:?|"
    r"(?:hold\s+)?for\s+release\s+(?:at|on|after)?|not\s+for\s+(?:release|publication)\s+(?:before|until))",
    re.IGNORECASE,
)
_NONE = re.compile(r"\s*(?:none|no|false|keine|lifted|nil|n/a|aufgehoben)\b", re.IGNORECASE)
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?")
_GERMAN_DATE = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}))?")
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th|\.)?\s(?:of\s)?({_MONTH})\b\.?(?:,?\s(\d{{4}}))?", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"\b({_MONTH})\b\.?\s(\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d)(?:,?\s(\d{{4}}))?", re.IGNORECASE)
_NAMED_DAY = re.compile(rf"\b({_WEEKDAY})\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<![\d.])(?:(?P<h>\d{1,2})(?:[:.](?P<m>\d\d))?\s?(?P<half>[ap])\.?m\b\.?|(?P<h24>[01]?\d|2[0-3])[:.](?P<m24>[0-5]\d)(?:\s?Uhr|\s?h)?|"
    r"(?P<uhr>[01]?\d|2[0-4])\s?Uhr|(?P<hm>(?:[01]\d|2[0-3])[0-5]\d)(?:\s?h(?:rs|ours)?)?|(?P<noon>noon)|(?P<midnight>midnight))"
    r"(?:\s?\(?(?P<zone>[A-Z]{2,4})\b)?",
    re.IGNORECASE,
)
_ADVANCE = re.compile(r"adv (\d{1,2})", re.IGNORECASE)
_REACH = 110
"""Characters behind the words in which the time must stand."""


def is_line(text: str, start: int, end: int) -> bool:
    """Whether a line of running copy is an embargo's, not a sentence about one."""
    if text[start] == "(" and text[end - 1] == ")":
        start, end = start + 1, end - 1
    if not 0 < end - start <= 140 or text[start] not in "EeSsFfNnHhU*":
        return False
    if text[start] == "U" and not text[start:end].isupper():  # `Under embargo until 2003, Lirian sold no oil.`
        return False
    found = _TRIGGER.match(text, start, end)
    return bool(found) and (
        text[start:end].isupper() or bool(_CLOCK.search(text, found.end() if found else start, end)) or end - start < 60
    )


def worded(text: str, near: datetime, zone: tzinfo) -> tuple[int, int, datetime | None] | None:
    """(start, end, UTC time or None where it cannot be told) of the embargo in the words of a note; None where they hold none."""
    lower = text[:2000].lower()
    if "embargo" not in lower and "sperrfrist" not in lower and "release" not in lower and "publication" not in lower:
        return None
    for found in _TRIGGER.finditer(text):
        if _NONE.match(text, found.end()):
            continue
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        said = text[found.end() : found.end() + _REACH].split("\n", 1)[0]
        until = _until(said, near, zone)
        if until is None and "release" in found[0].lower():  # `For release at will` holds nothing back
            continue
        return start, min(found.end() + len(said.rstrip()), len(text)), until
    return None


def unreadable(text: str | None) -> bool:
    """Whether an envelope's field that gave no time names an embargo all the same: anything but `none` does."""
    return bool(text and text.strip()) and not _NONE.match(text or "")


def advance(section: str, near: datetime, zone: tzinfo) -> datetime | None:
    """The start of the day an advance is for: `Adv 08`, of `ADV 13-15` the first."""
    found = _ADVANCE.match(section)
    local = near.astimezone(zone)
    if not found or not 1 <= int(found[1]) <= 31:
        return None
    for ahead in range(-3, 32):
        day = local + timedelta(days=ahead)
        if day.day == int(found[1]):
            return day.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(timezone.utc)
    return None


def _until(said: str, near: datetime, zone: tzinfo) -> datetime | None:
    iso = _ISO.search(said)
    if iso:
        read = moment(iso[0].replace(" ", "T", 1), zone)
        if read:
            return read[0]
    local = near.astimezone(zone)
    date, rest = _date(said, local)
    clock = _CLOCK.search(rest)
    if clock is None and date is None:
        return None
    hour, minute, where = _time(clock) if clock else (0, 0, None)
    day = date or local
    try:
        until = datetime(day.year, day.month, day.day, tzinfo=where or zone) + timedelta(hours=hour, minutes=minute)
        if date is None and until < near - timedelta(hours=1):
            until += timedelta(days=1)
        return until.astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return None


def _date(said: str, local: datetime) -> tuple[datetime | None, str]:
    """The day named, and the words without it, so that a year is not taken for a clock."""
    for pattern in (_GERMAN_DATE, _DAY_MONTH, _MONTH_DAY):
        found = pattern.search(said)
        if not found:
            continue
        first, second, year = found.groups()
        day, month = (second, MONTHS[first.lower()]) if pattern is _MONTH_DAY else (first, MONTHS.get(second.lower()) or second)
        rest = said[: found.start()] + " " + said[found.end() :]
        return _nearest(int(day), int(month), int(year) if year else None, local), rest
    named = _NAMED_DAY.search(said)
    if named:
        ahead = (WEEKDAYS[named[1].lower()] - local.weekday()) % 7
        return local + timedelta(days=ahead), said
    return None, said


def _nearest(day: int, month: int, year: int | None, local: datetime) -> datetime | None:
    days = []
    for one in (year,) if year else (local.year - 1, local.year, local.year + 1):
        try:
            days.append(local.replace(year=one, month=month, day=day, hour=0, minute=0, second=0, microsecond=0))
        except ValueError:  # no such day in that year
            continue
    return min(days, key=lambda one: abs(one - local)) if days else None


def _time(clock: re.Match[str]) -> tuple[int, int, tzinfo | None]:
    where = named_zone(clock["zone"]) if clock["zone"] else None
    if clock["h"]:
        hour = int(clock["h"]) % 12 + (12 if clock["half"].lower() == "p" else 0)
        return hour, int(clock["m"] or 0), where
    if clock["h24"]:
        return int(clock["h24"]), int(clock["m24"]), where
    if clock["hm"]:
        return int(clock["hm"][:2]), int(clock["hm"][2:]), where
    if clock["uhr"]:
        return int(clock["uhr"]), 0, where
    return (12 if clock["noon"] else 24), 0, where
