"""Embargoes in words: a note (`Embargoed to 0001 Friday September 9`, `Sperrfrist 23. Januar 19.00 Uhr`, `Sous embargo jusqu'au 9 mars à
18h00`), a line, an advance section of a slug (`Adv 08`). Times without a zone are read in the agency's, near the item's own date.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from typing import NamedTuple

from writethru.wire.times import MONTHS, WEEKDAYS, moment, named_zone, zone_behind

_MONTH = "|".join(sorted((re.escape(name) for name in MONTHS), key=len, reverse=True))
_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_SUBJECT = (
    r"(?:(?:please\s+)?note:?\s+)?(?:(?:(?:(?:this|the|all)\s+)?(?:attached\s+|following\s+)?"
    r"(?:story|report|text|article|item|copy|material|piece|package|content|release)s?|the\s+(?:following|above|attached))\s+(?:is\s+|are\s+)?"
    r"(?=(?:strictly\s+)?(?:embargoed|under)\b))?"
    r"(?:(?:print|online|web|broadcast|press|media|nature|science|cell|lancet|bmj|jama|nejm|pnas)\s+(?=embargo\b))?"
)
"""What a note may say in front of its trigger."""
_DAY_AHEAD = rf"(?=\d|(?:{_WEEKDAY}|{_MONTH})\b(?!['\u2019]s))"
_DOCUMENT = (
    r"\s+of\s+(?:(?:the|its|a|an|this)\s+)?(?:[\w'\u2019-]+\s+){0,2}?(?:reports?|stud(?:y|ies)|figures|data|results|findings|statement|verdict|"
    r"ruling|text|speech|remarks|budget|survey|poll|paper|book|indictment|transcript|minutes|statistics)\b"
)
"""What copy is held for; that a town holds for the release of hostages is news."""
_TRIGGER = re.compile(
    rf"(?:^|(?<=[\n.;:(\[*+\-])|(?<=\bplease\snote\s))\s{{0,8}}{_SUBJECT}(?:strictly\s+|strict\s+|strikt\s+|streng\s+|achtung[,:!]?\s+)?(?:"
    r"embargoed\s*(?:(?:to|until|till|for(?:\s+release)?)\b|:|\s[-\u2013\u2014](?=\s)|(?=[\n.!)*]|$))|"
    r"(?:(?:under|sous|bajo|sotto|onder|unter|sob|med)\s+(?:strict\s+)?)?embargo(?:\s+(?:online|print|web|broadcast|media|press)\b)?(?:\s+(?:until|till?|to(?=\s\d)|bis|jusqu['\u2019\s](?:au|aux|à|en)?|hasta|fino|"
    r"tot|até|ate|asti)\b|\s*:)|"
    r"(?:under|sous|bajo|sotto|onder|sob)\s+(?:strict\s+)?embargo\s*(?=[\n.!)]|$)|embargad[oa]\s+(?:hasta|até)\b|"
    r"(?:sperr(?:e)?frist(?:\s+für\s+(?:online|print|web|tv|radio|hörfunk|fernsehen)\b)?|spærrefrist)(?!\s+(?:für|der|des|von|zum|zur|über|läuft|gilt|endet)\b)(?:\s+(?:bis|til))?\s*:?|gesperrt\s+bis\b|klausul(?:eret|ert)?\s+till?\b|"
    rf"hold\s+for\s+release\b(?:{_DOCUMENT}|(?!\s+of\b))(?:\s+(?:at|on|after))?|"
    r"for\s+release\s+(?:at|on|after)?|not\s+for\s+(?:release|publication|use|broadcast)(?:\s+or\s+\w{3,12})?\s+(?:before|until)|"
    r"(?:do\s+not\s+(?:publish|use|release)|not\s+to\s+be\s+(?:used|published|released|broadcast))\s+(?:before|until)|"
    r"ne\s+pas\s+(?:publier|diffuser)\s+avant(?:\s+le)?|no\s+publicar\s+(?:antes\s+del?|hasta)|"
    r"da\s+non\s+pubblicare\s+prima\s+d(?:i|el|elle)|niet\s+(?:publiceren|gebruiken)\s+v(?:o|ó)(?:o|ó)r|"
    r"(?:ej|inte|ikke)\s+(?:för|til)\s+public(?:ering|ering)\s+(?:före|innan|før)|não\s+publicar\s+antes\s+d[ea]s?|julkais(?:uvapaa|tavissa)|"
    rf"(?P<soft>frei\s+ab\b|nicht\s+vor\b|(?:the\s+)?embargo\s+(?:expires|ends|lifts|will\s+(?:be\s+lifted|end|lift)|endet|vence|scade|verloopt)\b|"
    rf"embargo\s+(?:[-\u2013\u2014]\s+)?{_DAY_AHEAD}|(?:for\s+use|advance\s+for(?:\s+(?:use|release))?)\s+(?:on\s+|after\s+)?{_DAY_AHEAD}|release\s*:\s*{_DAY_AHEAD}))",
    re.IGNORECASE,
)
"""`soft` are words with which a sentence as well begins: a time must follow at once, and on a line of its own a number too."""
_HINTS = (
    "embarg",
    "sperr",
    "spærre",
    "release",
    "publi",
    "klausul",
    "frei ab",
    "nicht vor",
    "julkais",
    "diffuser",
    "for use",
    "not use",
    "be used",
    "broadcast",
    "advance for",
)
"""One of them is in every trigger, in small letters."""
_FIRST = frozenset("EeSsFfNnHhUuGgKkBbOoDdJjIiMmTtAaRrPpCc")
"""Letters with which a line begins that a trigger opens."""
_TIME = re.compile(r"\stime\b", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_TURNS = frozenset(
    "a aan about after afternoon all alla alle am amanhã and as at ate até au aux avant avond before beginn bis broadcast central "
    "da dal daylight de dei del delivery della demain den der di dia do domani du e eastern eftermiddag el embargo embargoed en er "
    "et evening feira fino for früh frühestens further gmt greenwich h hasta heure heures hora horas hour hours hr hrs huomenna in "
    "italiana jusqu kello kl klo klockan klokken la las le local locale locales lokal lokaler los m mañana mean media medianoche "
    "mediodía meia meio mezzanotte mezzogiorno middag middernacht midi midnat midnatt midnight minuit mittag mittags mitternacht "
    "morgen morgens morgon morning mountain nd next nicht noite noon not notice o och of og om on online only ore ortszeit p "
    "pacific papers pm press print publication publishing på rd rede redebeginn release s sperrfrist st standard summer th the "
    "thereafter til till time to today tomorrow tonight tot u uhr uhrzeit um und until use uur van ved vid vor week y zum ª º à às "
    "ás".split()
) | {part for name in (*MONTHS, *WEEKDAYS) for part in name.split("-")}  # fmt: skip
"""Words that may stand behind a trigger beside days and hours: any other makes a sentence of the line."""
_NONE = re.compile(
    r"\s*(?:none|no|false|keine|lifted|nil|n/a|aufgehoben|levé|levantado|revocato|opgeheven|hävt|hævet|opphevet)\b",
    re.IGNORECASE,
)
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?")
_STAMP = re.compile(r"\s*\d{4}-?\d\d-?\d\d")
_DOTTED = re.compile(r"(?<![\d.:])(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4})\b)?")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?![\d/])")
_DAY_MONTH = re.compile(
    rf"(?<!\+)\b(\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.)?\s(?:of\s|de\s|di\s)?({_MONTH})\b\.?(?:,?\s(?:de\s)?(\d{{4}})(?!\s?(?:h|Uhr)))?",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(rf"\b({_MONTH})\b\.?\s(\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.h]\d)(?:,?\s(\d{{4}}))?", re.IGNORECASE)
_NAMED_DAY = re.compile(rf"\b({_WEEKDAY})\b", re.IGNORECASE)
_TOMORROW = re.compile(r"\b(?:tomorrow|demain|domani|amanhã|huomenna|i\smorgon|(?<!am\s)morgen)\b|(?<!la\s)\bmañana\b", re.IGNORECASE)
"""`am Morgen` and `9 de la mañana` are in the morning."""
_CLOCK = re.compile(
    r"(?<![\d.])(?:(?P<h>\d{1,2})(?:[:.](?P<m>\d\d))?\s?(?P<half>[ap])\.?m\b\.?|"
    r"(?P<h24>[01]?\d|2[0-4])\s?(?:[:.]|h|u)(?P<m24>[0-5]\d)(?:\s?(?:Uhr|uur|hrs|hours|horas|h))?\b|"
    r"(?P<uhr>[01]?\d|2[0-4])(?:\s?(?:Uhr|uur|heures?|horas?|hrs|hours|h)|u(?!\.))\b|(?P<hm>(?:[01]\d|2[0-3])[0-5]\d)(?:\s?(?:h(?:rs|ours)?))?\b|"
    r"\b(?:kl\.?|klo|um|ore|alle(?:\sore)?|(?:a\s)?las|às|at)\s?(?P<bare>[01]?\d|2[0-4])\b(?!\s?(?:[.:/h]\d|[ap]\.?m|Uhr|uur|h\b|heures?|horas?|hrs|hours|er\b|de\b))|"
    r"\b(?P<noon>noon|midi|mittags?|mediodía|mezzogiorno|meio-dia)\b|\b(?P<midnight>midnight|mitternacht|minuit|medianoche|mezzanotte|middernacht|midnatt|midnat|meia-noite)\b)"
    r"(?:\s?\(?(?P<zone>[A-Z]{2,4}|[A-Z])\b)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\W*(?:19|20)\d\d\W*")
_HOUR = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d")
_ADVANCE = re.compile(r"(?:adv|advance) ?(\d{1,2})", re.IGNORECASE)
_BESIDE = 16
"""Characters within which a day of the week belongs to a date."""
_SOON = timedelta(days=60)
"""Copy is held for days or weeks."""
_REACH = 110
"""Characters behind the words in which the time must stand."""


class Moment(NamedTuple):
    """`until` in UTC, None where it cannot be told; whether its zone had to be `assumed`; whether the date is no such day of the week as
    is `named` beside it."""

    until: datetime | None
    assumed: bool = False
    misnamed: bool = False


class Said(NamedTuple):
    """[start, end) of the words, and the moment they tell."""

    start: int
    end: int
    moment: Moment


class _Day(NamedTuple):
    """The day named, the words without it, so that a year is not taken for a clock, and whether it is another day of the week than is
    named beside it."""

    day: datetime | None
    rest: str
    misnamed: bool = False


def is_line(text: str, start: int, end: int) -> bool:
    """Whether a line of running copy is an embargo's: nothing stands behind its words but a time and fixed turns (`and thereafter`). What
    goes on with any other word is a sentence (`For release on Friday, the band recorded 12 songs.`)."""
    if text[start] == "(" and text[end - 1] == ")":
        start, end = start + 1, end - 1
    while text[start] in "*+- " and end - start > 1:
        start += 1
    if not 0 < end - start <= 140 or text[start] not in _FIRST:
        return False
    line = text[start:end]
    lower = line.lower()
    if not any([hint in lower for hint in _HINTS]):
        return False
    found = _TRIGGER.match(line)
    if found is None:
        return False
    rest = line[found.end() :]
    if _run(rest) < len(rest):
        return False
    if found["soft"] is not None:
        # `Release: November 20` tells of a film, and `Nicht vor 2030` of a year.
        return any(map(str.isdigit, rest)) and found["soft"][0] not in "rR" and not _YEAR.fullmatch(rest)
    return _names_embargo(found[0]) or bool(
        _CLOCK.search(rest) or _NAMED_DAY.search(rest) or _DAY_MONTH.search(rest) or _MONTH_DAY.search(rest)
    )


def _run(text: str) -> int:
    """Where the run of times and fixed turns ends with which `text` begins; its length where it is nothing else."""
    end = 0
    for token in _TOKEN.finditer(text):
        word = token[0]
        known = word.isdecimal() or word.casefold() in _TURNS or (word.isupper() and len(word) < 5 and named_zone(word))
        if not known and not (word[0].isupper() and _TIME.match(text, token.end())):  # `London time`
            return end
        end = token.end()
    return len(text)


def hinted(*texts: str) -> bool:
    """Whether the words of one of these notes may hold an embargo: where not, nobody need know the moment near which it would be."""
    lower = "\n".join([text[:2000] for text in texts]).lower()
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
        told = _told(said, found["soft"] is not None, near, zone)
        if told.until is None and (found["soft"] is not None or not _names_embargo(found[0])):  # `For release at will` holds nothing back
            continue
        return Said(start, min(found.end() + len(said.rstrip()), len(text)), told)
    return None


def _told(said: str, soft: bool, near: datetime, zone: tzinfo) -> Moment:
    """The moment that the words behind a trigger tell: those right behind it where they hold both day and hour, so that none of the next
    sentence is taken for either; behind a soft trigger no others."""
    run = said[: _run(said)]
    date = _date(run, near.astimezone(zone), zone)
    return _until(run if soft or (date.day and _CLOCK.search(date.rest)) else said, near, zone)


def _names_embargo(trigger: str) -> bool:
    lower = trigger.lower()
    return "embarg" in lower or "frist" in lower or "gesperrt" in lower or "hold for" in lower


def timed(text: str, near: datetime, zone: tzinfo) -> Moment:
    """The moment that a field's words tell (`Friday 9 September, 00.01hrs`)."""
    if _STAMP.match(text):  # a stamp that is no time is not to be read as a clock
        return Moment(None)
    return _until(text[:_REACH], near, zone)


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


def _until(said: str, near: datetime, zone: tzinfo) -> Moment:
    iso = _ISO.search(said)
    if iso:
        read = moment(iso[0].replace(" ", "T", 1), zone)
        if read:
            return Moment(*read)
    local = near.astimezone(zone)
    date, rest, misnamed = _date(said, local, zone)
    clock = _CLOCK.search(rest)
    if clock is None and date is None:
        return Moment(None)
    hour, minute, where = _time(clock) if clock else (0, 0, None)
    if clock:
        where = zone_behind(rest[clock.start("zone") if clock["zone"] else clock.end() :]) or where
    day = date or local
    try:
        until = datetime(day.year, day.month, day.day, tzinfo=where or zone) + timedelta(hours=hour, minutes=minute)
        if date is None and until < near - timedelta(hours=1):
            until += timedelta(days=1)
        return Moment(until.astimezone(timezone.utc), where is None, misnamed)
    except (ValueError, OverflowError):
        return Moment(None)


def _date(said: str, local: datetime, zone: tzinfo) -> _Day:
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
            before, after = said[: found.start()], said[found.end() :]
            if year and abs(int(year) - local.year) > 1 and _HOUR.fullmatch(year) and not _CLOCK.search(f"{before} {after}"):
                year, after = None, f" {year}{after}"  # `13 Nov 1800`
            weekday = _weekday(before, after)
            nearest = _nearest(int(day), number, int(year) if year else None, local, weekday)
            return _Day(nearest, f"{before} {after}", bool(nearest and weekday is not None and nearest.weekday() != weekday))
    named = _NAMED_DAY.search(said)
    if named:
        ahead = (WEEKDAYS[named[1].lower()] - local.weekday()) % 7
        return _Day(local + timedelta(days=ahead), said)
    if _TOMORROW.search(said) and _CLOCK.search(said):
        return _Day(local + timedelta(days=1), said)
    return _Day(None, said)


def _weekday(before: str, after: str) -> int | None:
    """The day of the week named beside a date, 0 is Monday."""
    named = (_NAMED_DAY.findall(before[-_BESIDE:]) or [None])[-1] or next(iter(_NAMED_DAY.findall(after[:_BESIDE])), None)
    return WEEKDAYS[named.lower()] if named else None


def _nearest(day: int, month: int, year: int | None, local: datetime, weekday: int | None) -> datetime | None:
    """The day of that date near `local`: one that is to come soon, whatever `weekday` is named beside it, since a slip by a day is last
    year's date; else that of its years in which it is that day of the week. Where it is so in none, the next to come holds what the past
    one would show."""
    days = []
    for one in (year,) if year else (local.year - 1, local.year, local.year + 1):
        try:
            days.append(local.replace(year=one, month=month, day=day, hour=0, minute=0, second=0, microsecond=0))
        except ValueError:  # no such day in that year
            continue
    days = [one for one in days if local.date() <= one.date() < (local + _SOON).date()] or days
    if weekday is not None and not year:
        days = [one for one in days if one.weekday() == weekday] or [one for one in days if one.date() >= local.date()] or days
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
