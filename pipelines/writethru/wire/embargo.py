"""Embargoes in words: a note (`Embargoed to 0001 Friday September 9`, `Sperrfrist 23. Januar 19.00 Uhr`, `Sous embargo jusqu'au 9 mars à
18h00`), a line, an advance section of a slug (`Adv 08`). Times without a zone are read in the agency's, near the item's own date.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from typing import NamedTuple

from writethru.wire.times import MONTHS, WEEKDAYS, moment, named_zone

_MONTH = "|".join(sorted((re.escape(name) for name in MONTHS), key=len, reverse=True))
_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_TRIGGER = re.compile(
    r"(?:^|(?<=[\n.;:(*\-]))\s*(?:strictly\s+|strikt\s+|streng\s+)?(?:"
    r"embargoed\s*(?:(?:to|until|till|for(?:\s+release)?)\b|:|(?=[\n.!)]|$))|"
    r"(?:(?:under|sous|bajo|sotto|onder|unter|sob|med)\s+)?embargo(?:\s+(?:until|till?|bis|jusqu['\u2019\s](?:au|aux|à|en)?|hasta|fino|"
    r"tot|até|ate|asti)\b|\s*:)|"
    r"(?:under|sous|bajo|sotto|onder|sob)\s+(?:strict\s+)?embargo\s*(?=[\n.!)]|$)|embargad[oa]\s+(?:hasta|até)\b|"
    r"(?:sperr(?:e)?frist|spærrefrist)(?!\s+(?:für|der|des|von|zum|zur|über|läuft|gilt|endet)\b)(?:\s+(?:bis|til))?\s*:?|gesperrt\s+bis\b|frei\s+ab\b|klausul(?:eret|ert)?\s+till?\b|"
    r"(?:hold\s+)?for\s+release\s+(?:at|on|after)?|not\s+for\s+(?:release|publication|use)\s+(?:before|until)|do\s+not\s+publish\s+before|"
    r"nicht\s+vor\b|ne\s+pas\s+(?:publier|diffuser)\s+avant(?:\s+le)?|no\s+publicar\s+(?:antes\s+del?|hasta)|"
    r"da\s+non\s+pubblicare\s+prima\s+d(?:i|el|elle)|niet\s+(?:publiceren|gebruiken)\s+v(?:o|ó)(?:o|ó)r|"
    r"(?:ej|inte|ikke)\s+(?:för|til)\s+public(?:ering|ering)\s+(?:före|innan|før)|não\s+publicar\s+antes\s+d[ea]s?|julkais(?:uvapaa|tavissa))",
    re.IGNORECASE,
)
_HINTS = ("embarg", "sperr", "spærre", "release", "publi", "klausul", "frei ab", "nicht vor", "julkais", "diffuser")
"""One of them is in every trigger, in small letters."""
_NONE = re.compile(
    r"\s*(?:none|no|false|keine|lifted|nil|n/a|aufgehoben|levé|levantado|revocato|opgeheven|hävt|hævet|opphevet)\b",
    re.IGNORECASE,
)
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?")
_STAMP = re.compile(r"\s*\d{4}-?\d\d-?\d\d")
_DOTTED = re.compile(r"(?<![\d.:])(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4})\b)?")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?![\d/])")
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.)?\s(?:of\s|de\s|di\s)?({_MONTH})\b\.?(?:,?\s(?:de\s)?(\d{{4}})(?!\s?(?:h|Uhr)))?",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(rf"\b({_MONTH})\b\.?\s(\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.h]\d)(?:,?\s(\d{{4}}))?", re.IGNORECASE)
_NAMED_DAY = re.compile(rf"\b({_WEEKDAY})\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<![\d.])(?:(?P<h>\d{1,2})(?:[:.](?P<m>\d\d))?\s?(?P<half>[ap])\.?m\b\.?|"
    r"(?P<h24>[01]?\d|2[0-4])\s?(?:[:.]|h)(?P<m24>[0-5]\d)(?:\s?(?:Uhr|uur|hrs|hours|horas|h))?\b|"
    r"(?P<uhr>[01]?\d|2[0-4])\s?(?:Uhr|uur|heures?|horas?|hrs|hours|h)\b|(?P<hm>(?:[01]\d|2[0-3])[0-5]\d)(?:\s?(?:h(?:rs|ours)?))?\b|"
    r"\b(?:kl\.?|klo|um|ore|alle(?:\sore)?|(?:a\s)?las|às|at)\s?(?P<bare>[01]?\d|2[0-4])\b(?!\s?(?:[.:/h]\d|[ap]\.?m|Uhr|uur|h\b|heures?|horas?|hrs|hours|er\b|de\b))|"
    r"\b(?P<noon>noon|midi|mittags?|mediodía|mezzogiorno|meio-dia)\b|\b(?P<midnight>midnight|mitternacht|minuit|medianoche|mezzanotte|middernacht|midnatt|midnat|meia-noite)\b)"
    r"(?:\s?\(?(?P<zone>[A-Z]{2,4}|[A-Z])\b)?",
    re.IGNORECASE,
)
_ADVANCE = re.compile(r"(?:adv|advance) (\d{1,2})", re.IGNORECASE)
_REACH = 110
"""Characters behind the words in which the time must stand."""


class Said(NamedTuple):
    """[start, end) of the words, the moment in UTC or None where it cannot be told, and whether its zone had to be assumed."""

    start: int
    end: int
    until: datetime | None
    assumed: bool


def is_line(text: str, start: int, end: int) -> bool:
    """Whether a line of running copy is an embargo's, not a sentence about one."""
    if text[start] == "(" and text[end - 1] == ")":
        start, end = start + 1, end - 1
    if not 0 < end - start <= 140 or text[start] not in "EeSsFfNnHhUu*GgKkBbOoDdJjIiMm":
        return False
    line = text[start:end]
    lower = line.lower()
    if not any([hint in lower for hint in _HINTS]):
        return False
    shouted = line.isupper()
    if lower.startswith(("under ", "sous ", "bajo ", "sotto ", "onder ", "sob ", "nicht ", "frei ")) and not shouted and "," in lower:
        return False  # `Under embargo until 2003, Lirian sold no oil.`
    found = _TRIGGER.match(line)
    if found is None or shouted:
        return found is not None
    rest = line[found.end() :]
    return not rest.strip(" .:!") or bool(_CLOCK.search(rest) or _NAMED_DAY.search(rest)) or (" " in found[0].strip() and len(rest) < 40)


def hinted(text: str) -> bool:
    """Whether the words of a note may hold an embargo: where not, nobody need know the moment near which it would be."""
    lower = text[:2000].lower()
    return any([hint in lower for hint in _HINTS])


def worded(text: str, near: datetime, zone: tzinfo) -> Said | None:
    """The embargo in the words of a note; None where they hold none."""
    if not hinted(text):
        return None
    for found in _TRIGGER.finditer(text):
        if _NONE.match(text, found.end()):
            continue
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        said = text[found.end() : found.end() + _REACH].split("\n", 1)[0]
        until, assumed = _until(said, near, zone)
        if until is None and not _names_embargo(found[0]):  # `For release at will`, `Nicht vor Ort` hold nothing back
            continue
        return Said(start, min(found.end() + len(said.rstrip()), len(text)), until, assumed)
    return None


def _names_embargo(trigger: str) -> bool:
    lower = trigger.lower()
    return "embarg" in lower or "frist" in lower or "gesperrt" in lower


def timed(text: str, near: datetime, zone: tzinfo) -> tuple[datetime, bool] | None:
    """The moment that a field's words tell (`Friday 9 September, 00.01hrs`) and whether its zone had to be assumed; None where they tell
    neither day nor hour."""
    if _STAMP.match(text):  # a stamp that is no time is not to be read as a clock
        return None
    until, assumed = _until(text[:_REACH], near, zone)
    return (until, assumed) if until else None


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


def _until(said: str, near: datetime, zone: tzinfo) -> tuple[datetime | None, bool]:
    iso = _ISO.search(said)
    if iso:
        read = moment(iso[0].replace(" ", "T", 1), zone)
        if read:
            return read
    local = near.astimezone(zone)
    date, rest = _date(said, local, zone)
    clock = _CLOCK.search(rest)
    if clock is None and date is None:
        return None, False
    hour, minute, where = _time(clock) if clock else (0, 0, None)
    day = date or local
    try:
        until = datetime(day.year, day.month, day.day, tzinfo=where or zone) + timedelta(hours=hour, minutes=minute)
        if date is None and until < near - timedelta(hours=1):
            until += timedelta(days=1)
        return until.astimezone(timezone.utc), where is None
    except (ValueError, OverflowError):
        return None, False


def _date(said: str, local: datetime, zone: tzinfo) -> tuple[datetime | None, str]:
    """The day named, and the words without it, so that a year is not taken for a clock."""
    for pattern in (_DAY_MONTH, _MONTH_DAY, _DOTTED, _SLASHED):
        found = pattern.search(said)
        if not found:
            continue
        first, second, year = found.groups()
        month_first = pattern is _MONTH_DAY or (
            pattern is _SLASHED and getattr(zone, "key", "").startswith("America/") and int(first) <= 12
        )
        day, month = (second, first) if month_first else (first, second)
        number = int(month) if month.isdecimal() else MONTHS[month.lower()]
        if 1 <= number <= 12:
            rest = said[: found.start()] + " " + said[found.end() :]
            return _nearest(int(day), number, int(year) if year else None, local), rest
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
    if clock["uhr"] or clock["bare"]:
        return int(clock["uhr"] or clock["bare"]), 0, where
    return (12 if clock["noon"] else 24), 0, where
