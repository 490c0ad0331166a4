"""Times as agencies print them -> RFC 3339 in UTC."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "jan january janvier janv januar jänner jän enero ene janeiro gennaio gen januari tammikuuta января янв يناير كانون "
            "stycznia ledna",
            "feb february février fevrier févr fev februar feber febrero fevereiro febbraio februari helmikuuta февраля фев فبراير شباط "
            "lutego února",
            "mar march mars märz maerz mär mrz marzo março marco maart mrt marts maaliskuuta марта мар مارس آذار marca března",
            "apr april avril avr abril abr aprile huhtikuuta апреля апр أبريل ابريل نيسان kwietnia dubna",
            "may mai mayo maio maggio mag mei maj toukokuuta мая مايو أيار maja května",
            "jun june juin juni junio junho giugno giu kesäkuuta июня июн يونيو حزيران czerwca června",
            "jul july juillet juil juli julio julho luglio lug heinäkuuta июля июл يوليو تموز lipca července",
            "aug august août aout agosto ago augustus augusti elokuuta августа авг أغسطس آب sierpnia srpna",
            "sep sept september septembre septiembre setembro settembre set syyskuuta сентября сен سبتمبر أيلول września září",
            "oct october octobre oktober okt octubre outubro ottobre ott out lokakuuta октября окт أكتوبر تشرين października října",
            "nov november novembre noviembre novembro marraskuuta ноября ноя نوفمبر listopada listopadu",
            "dec december décembre decembre déc dezember dez diciembre dic dezembro dicembre desember des joulukuuta декабря дек ديسمبر "
            "grudnia prosince",
        ),
        1,
    )
    for name in names.split()
}
"""Months by their names in seventeen languages. Of the Levant's double names only the single words are here."""
WEEKDAYS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "monday mon montag lundi lunes lunedì maandag måndag mandag maanantaina segunda-feira",
            "tuesday tues tue dienstag mardi martes martedì dinsdag tisdag tirsdag tiistaina terça-feira",
            "wednesday wed mittwoch mercredi miércoles mercoledì woensdag onsdag keskiviikkona quarta-feira",
            "thursday thurs thu donnerstag jeudi jueves giovedì donderdag torsdag torstaina quinta-feira",
            "friday fri freitag vendredi viernes venerdì vrijdag fredag perjantaina sexta-feira",
            "saturday sat samstag sonnabend samedi sábado sabato zaterdag lördag lørdag lauantaina",
            "sunday sun sonntag dimanche domingo domenica zondag söndag søndag sunnuntaina",
        )
    )
    for name in names.split()
}
_OFFSETS = {"GMT": 0, "UTC": 0, "Z": 0, "BST": 60, "WET": 0, "WEST": 60, "CET": 60, "MEZ": 60, "CEST": 120, "MESZ": 120, "EET": 120,
            "EEST": 180, "MSK": 180, "IST": 330, "KST": 540, "JST": 540, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420,
            "MDT": -360, "PST": -480, "PDT": -420, "AEST": 600, "AEDT": 660, "SGT": 480, "HKT": 480}  # fmt: skip
"""Zone letters in minutes. CST is America's and IST India's here: Xinhua and the Irish papers print no letters."""
_PLACES = {"ET": "America/New_York", "CT": "America/Chicago", "PT": "America/Los_Angeles", "UHR": None}

_WORDED = {
    name: place
    for place, names in {
        "UTC": "greenwich mean, universal, zulu",
        "Europe/London": "london, uk, u.k., british, british summer",
        "Europe/Dublin": "dublin, irish",
        "Europe/Berlin": "berlin, german, frankfurt, central european, central european summer, vienna, austrian, zurich, geneva, swiss",
        "Europe/Paris": "paris, french, brussels, belgian, amsterdam, dutch, madrid, spanish, rome, italian, vatican",
        "Europe/Stockholm": "stockholm, swedish, oslo, norwegian, copenhagen, danish",
        "Europe/Helsinki": "helsinki, finnish, eastern european, kyiv, athens, greek",
        "Europe/Moscow": "moscow, russian",
        "Europe/Lisbon": "lisbon, portuguese",
        "America/New_York": "new york, eastern, us eastern, u.s. eastern, washington, toronto",
        "America/Chicago": "central, us central, u.s. central, chicago",
        "America/Denver": "mountain, us mountain, u.s. mountain",
        "America/Los_Angeles": "pacific, us pacific, u.s. pacific, los angeles, california",
        "Asia/Tokyo": "tokyo, japan, japanese",
        "Asia/Seoul": "seoul, korea, korean, south korean",
        "Asia/Shanghai": "beijing, china, chinese, shanghai",
        "Asia/Hong_Kong": "hong kong",
        "Asia/Singapore": "singapore",
        "Asia/Kolkata": "india, indian, delhi, new delhi",
        "Australia/Sydney": "sydney, canberra, melbourne, australian eastern",
    }.items()
    for name in names.split(", ")
}
_ZONE_BEHIND = re.compile(
    r"[\s(]*(?:(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>(?<=[CT][+-])\d{1,2}|\d\d(?=:?\d\d))(?::?(?P<minutes>\d\d))?(?!\d)|(?P<zulu>Zulu)\b|"
    r"(?P<place>[A-Za-z][A-Za-z.]*(?:\s[A-Za-z.]+){0,2}?)(?:\s(?:standard|daylight))?\stime\b)",
    re.IGNORECASE,
)
"""`London time`, `U.S. Eastern time`, `UTC+1`, `+0100`."""

_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|[A-Z]{3,4}|[+-]\d\d(?::?\d\d)?)?", re.IGNORECASE
)
_DAY_MONTH = re.compile(r"(\d{1,2})-([A-Za-z]{3})-(\d{4})(?:\s+(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?")
_STAMPED = re.compile(r"(\d{14})(Z|[A-Z]{3,4})")


@cache
def zone(name: str) -> tzinfo | None:
    """The IANA zone of that name, None where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a path-like or empty name is a ValueError, a directory's name an OSError
        return None


def named_zone(letters: str) -> tzinfo | None:
    """The zone of the letters after a time (`GMT`, `CEST`, `ET`)."""
    letters = letters.upper()
    if letters in _OFFSETS:
        return timezone(timedelta(minutes=_OFFSETS[letters]))
    place = _PLACES.get(letters)
    return zone(place) if place else None


def zone_behind(text: str) -> tzinfo | None:
    """The zone that words or an offset name with which `text` begins, behind a time; None where they name none."""
    found = _ZONE_BEHIND.match(text)
    if not found:
        return None
    if found["sign"]:
        minutes = 60 * int(found["hours"]) + int(found["minutes"] or 0)
        return timezone(timedelta(minutes=minutes if found["sign"] == "+" else -minutes)) if minutes <= 14 * 60 else None
    place = _WORDED.get((found["zulu"] or found["place"]).lower())
    return zone(place) if place else None


def moment(text: str, local: tzinfo) -> tuple[datetime, bool] | None:
    """(UTC time, whether it was naive and so read in `local`) of ISO 8601 in its spellings, RFC 822 and `26-FEB-1987 15:01:01.79`."""
    text = text.strip()
    found = _ISO.fullmatch(text) or _DAY_MONTH.fullmatch(text)
    try:
        if found is None:
            return _mailed(text, local)
        year, month, day, hour, minute, second, fraction, *offset = found.groups()
        if found.re is _DAY_MONTH:
            year, month, day = day, str(MONTHS.get(month.lower(), 0)), year
        midnight = hour == "24" and not int(minute or 0) and not int(second or 0)  # ISO 8601: the end of that day
        stamp = datetime(int(year), int(month), int(day), 0 if midnight else int(hour or 0), int(minute or 0), min(int(second or 0), 59))
        stamp = stamp.replace(microsecond=int((fraction or "0").ljust(3, "0")[:3]) * 1000) + timedelta(days=midnight)
        where = _offset(offset[0]) if offset and offset[0] else None
        if offset and offset[0] and where is None:
            return None
        return stamp.replace(tzinfo=where or local).astimezone(timezone.utc), where is None
    except (ValueError, OverflowError):
        return None


def _mailed(text: str, local: tzinfo) -> tuple[datetime, bool] | None:
    if "," not in text and ":" not in text:
        return None
    try:
        stamp = parsedate_to_datetime(text)
    except (TypeError, IndexError):  # what email raises for a date that is none, beside ValueError
        return None
    naive = stamp.tzinfo is None
    return (stamp.replace(tzinfo=local) if naive else stamp).astimezone(timezone.utc), naive


def _offset(text: str) -> tzinfo | None:
    if text[0] not in "+-":
        return named_zone(text)
    digits = text[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes)) if minutes < 24 * 60 else None


def rfc3339(stamp: datetime) -> str:
    """`2026-03-01T08:15:00Z`, with milliseconds only where there are any."""
    text = stamp.astimezone(timezone.utc).isoformat(timespec="milliseconds" if stamp.microsecond >= 1000 else "seconds")
    return text.removesuffix("+00:00") + "Z"


def read(name: str, text: str | None, local: tzinfo | None, warnings: list[str]) -> str | None:
    """A time of the envelope as RFC 3339 UTC. A naive one is read in `local` (UTC where unknown) with the warning `naive_time:NAME`,
    an unreadable one is None with the warning `unreadable_time:NAME`."""
    if not text:
        return None
    utc = _as_utc(text)
    if _is_utc(utc):
        return utc
    if len(text) == 25 and text[10] == "T" and text[19] in "+-" and (offset := _with_offset(text)):
        return offset
    found = moment(text, local or timezone.utc)
    if found is None or not 1000 <= found[0].year <= 9998:
        warnings.append(f"unreadable_time:{name}")
        return None
    if found[1]:
        warnings.append(f"naive_time:{name}")
    return rfc3339(found[0])


def _with_offset(text: str) -> str | None:
    """`2026-03-01T09:15:00+01:00`, which European feeds send, in UTC; None where it is another time."""
    try:
        stamp = datetime.fromisoformat(text)
        if not 1000 < stamp.year < 9998 or stamp.isoformat() != text:
            return None
        return stamp.astimezone(timezone.utc).isoformat()[:19] + "Z"
    except (ValueError, OverflowError):
        return None


def _as_utc(text: str) -> str:
    """The two other spellings that are common, `2026-03-01T08:15:00+00:00` and `20260301T081500Z`, with the signs as they are to be."""
    if text.endswith("+00:00"):
        return text[:-6] + "Z"
    return f"{text[:4]}-{text[4:6]}-{text[6:11]}:{text[11:13]}:{text[13:]}" if len(text) == 16 and text[8] == "T" else text


def _is_utc(text: str) -> bool:
    """Whether `text` is as it is to be (`2026-03-01T08:15:00Z`): what most feeds send, known at a hundredth of the patterns' price."""
    if len(text) != 20 or text[-1] != "Z" or not "1000" <= text[:4] <= "9998":
        return False
    if not text[4] == text[7] == "-" or not text[13] == text[16] == ":" or text[10] != "T" or text[11:13] == "24":
        return False
    try:
        datetime.fromisoformat(text[:-1])
    except ValueError:
        return False
    return True


def instant(stamp: str) -> datetime:
    """The moment of a time that `read` gave."""
    return datetime.fromisoformat(stamp[:-1] + "+00:00")


def is_day(text: str) -> bool:
    """Whether `text` is a calendar day as `2026-03-01`."""
    try:
        return date.fromisoformat(text).year >= 1000 and len(text) == 10
    except ValueError:
        return False


def stamped_id(ids: tuple[str, ...]) -> datetime | None:
    """The time in an id like `20190603150008MESZ`."""
    for given in ids:
        found = _STAMPED.fullmatch(given) if 14 < len(given) < 19 else None
        where = named_zone(found[2]) if found else None
        if found and where:
            try:
                return datetime.strptime(found[1], "%Y%m%d%H%M%S").replace(tzinfo=where).astimezone(timezone.utc)
            except ValueError:
                continue
    return None
