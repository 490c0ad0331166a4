"""What stands before a dateline's signature: one or more places, a date, or both. `SAITAMA, Japan, Dec. 9`, `Strasbourg, 10 juil 2024`,
`BRUSSEL 12/03`, `Jan 3`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from writethru.wire.dateline import geo
from writethru.wire.dateline.places import NOT_PLACES, is_area, stands_alone
from writethru.wire.times import MONTHS

_MONTH = "|".join(sorted((re.escape(name) for name in MONTHS), key=len, reverse=True))
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th|er|e|[.º°])?)"
DATE = (
    rf"(?:(?:{_MONTH})\.?\s{_DAY}(?:,?\s?\d{{4}}(?!\d))?|{_DAY}\s(?:de\s|of\s)?(?:{_MONTH})\b\.?(?:\s(?:{_MONTH})\b)?(?:,?\s(?:de\s)?\d{{4}}(?!\d))?|"
    r"\d{1,2}[-/]\d{1,2}[-/]\d{4}|\d{1,2}\.\s?\d{1,2}\.(?:\d{4})?|\d{1,2}/\d{1,2}(?=[\s,)(]|$))"
)
_CLOCK = r"(?:,?\s\d{1,2}[:h]\d{2}(?:\s(?:[A-Z]{2,4}|Uhr))?)"
_HEAD = re.compile(rf"(?P<place>.+?)??(?:(?:^|[.,\u060c]\s?|\s)(?P<date>{DATE}){_CLOCK}?)?[.,\u060c]?", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_NUMBERED = re.compile(r"\d[-/]\d{1,2}[-/]\d{4}|\d/\d{1,2}\b|\d\.\s?\d{1,2}\.")
_YEAR = re.compile(r"\d{4}")
_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
PARTICLES = frozenset("de del della dei di da do dos das la le les el los las al an am auf im in of on and the sur en et y e i der den des "
                      "dem van von st und upon zu near aboard bei près off outside à a op och og aan lès sous "
                      "saoudite arabes unis arabi uniti palestiniens palestinos palestinesi dominicaine centrafricaine démocratique "
                      "tchèque checa ceca équatoriale française".split())  # fmt: skip
"""Words in small letters that stand in names of places and, as some languages print them, of countries."""
_SMALL = PARTICLES | MONTHS.keys()
"""All words in small letters that stand in a dateline."""
_BEFORE_CAPITALS = frozenset(("Near", "near", "Aboard", "Outside", "Off", "St.", "Ste.", "Mt."))
ELIDED = ("'s-", "'S-", "'t ", "'T ", "\u2019s-", "\u2019S-", "\u2019t ", "\u2019T ")
"""How towns of the Netherlands begin: 's-Hertogenbosch, 't Harde."""
_GLUED = ("al-", "el-", "d'", "l'", "d\u2019", "l\u2019", "as-", "ash-", "ar-", "at-", "el\u00a0")


class Head(NamedTuple):
    """`date` is (year or None, month, day) as printed."""

    place: str
    date: tuple[int | None, int, int] | None


class Dateline(NamedTuple):
    """[start, `end`) of the text is a dateline. `place` and `signature` are ranges of the text, `date` is (year or None, month, day) as
    printed; `byline` is the range of a byline within it."""

    start: int
    end: int
    place: tuple[int, int] | None
    signature: tuple[int, int] | None
    date: tuple[int | None, int, int] | None
    byline: tuple[int, int] | None = None


@lru_cache(maxsize=4096)
def read(text: str) -> Head | None:
    """A place, a place and a date, or a date; None where the words are neither."""
    text = text.strip(" -\u2013\u2014_") if text.endswith(("-", "\u2013", "\u2014", "_", " ")) else text.strip()
    place, date = _without_stop(text), None
    if _DIGIT.search(text):
        found = _HEAD.fullmatch(text.rstrip())
        if not found:
            return None
        place = _without_stop((found["place"] or "").strip(" "))
        date = printed_date(found["date"]) if found["date"] else None
        if found["date"] and date is None:
            return None
    if place and not is_name(place):
        return None
    return Head(place, date) if place or date else None


def _without_stop(place: str) -> str:
    """`MOSCOW.` -> MOSCOW, while `ROSEBURG, Ore.` stays."""
    place = place.rstrip(",\u060c ")
    return place if place[-1:] != "." or is_area(place.rpartition(",")[2]) else place.rstrip(".")


def printed_date(text: str) -> tuple[int | None, int, int] | None:
    """(year or None, month, day): the month by its name, else the second number."""
    year = _YEAR.search(text)
    days = [int(day) for day in _NUMBER.findall(_YEAR.sub(" ", text))]
    months = [MONTHS[word] for word in re.split(r"[\s.,]+", text.lower()) if word in MONTHS]
    if not months and len(days) == 2:
        days, months = days[:1], days[1:]
    if not days or not months or not 1 <= days[0] <= 31 or not 1 <= months[0] <= 12:
        return None
    return int(year[0]) if year else None, months[0], days[0]


def may_be_dated(window: str) -> bool:
    """Whether a month stands in the window, by name or number, and a day: a tenth of the price of finding the date."""
    if not _DIGIT.search(window):
        return False
    words = window.lower().replace(".", " ").replace(",", " ").replace("\u060c", " ").split()
    return not MONTHS.keys().isdisjoint(words) or bool(_NUMBERED.search(window))


def is_prose(window: str) -> bool:
    """Whether a word in small letters stands among the first, where a dateline has names only. Spares most copy every pattern."""
    for word in window.split(None, 6)[:6]:
        if word.isalpha():  # as most are: none of the signs below is in them
            if word[0].islower() and word not in _SMALL:
                return True
            continue
        if not word[0].isalpha() or word[-1] == ":" or "(" in word or "--" in word:
            return False
        if word[0].islower() and word.rstrip(".,") not in _SMALL and not word.startswith(_GLUED):
            return True
    return False


def is_name(place: str) -> bool:
    """Whether every word is a name's: capitalised (or of a script without capitals), a particle, or in brackets."""
    if len(place) > 70 or (place[0] in "\"'“\u2018" and not place.startswith(ELIDED)):
        return False
    words = place.replace("/", " ").replace("(", " ").replace(")", " ").replace("[", " ").replace("]", " ").split()
    if not 1 <= len(words) <= 9 or place.count(",") > 3 or (words[0] in PARTICLES and words[0] not in ("near", "bei", "la", "le")):
        return False
    if _runs_on(place):
        return False
    for word in words:
        first = word[0]
        if first.islower() and word.rstrip(",") not in PARTICLES and not word.startswith(_GLUED):
            return False
        if not (first.isalpha() or first in "'\u2019&") or any(char in '"“”;:!?=<>' for char in word):
            return False
    return True


def _runs_on(place: str) -> bool:
    """Whether a headline that lost its line end runs on into a city in capitals: `Harbor Bridge Reopens SEOUL`."""
    city = place.split(",", 1)[0].split()
    last = city[-1] if city else ""
    return len(city) > 1 and len(last) > 2 and last.isupper() and not city[0].isupper() and city[0] not in _BEFORE_CAPITALS


@lru_cache(maxsize=4096)
def in_capitals(place: str) -> bool:
    """Whether the first of the places is printed in capitals, which script allowing is a dateline's habit and no sentence's."""
    first = place.split(",", 1)[0].split(" (", 1)[0].split(" [", 1)[0]
    return len(first) > 1 and first.isupper() and not all(word in NOT_PLACES for word in first.split())


def qualified(place: str) -> bool:
    """Whether a country or state stands behind the city."""
    _, comma, rest = place.partition(",")
    if not comma and place[-1:] in ")]":
        rest = place[max(place.rfind("("), place.rfind("[")) + 1 : -1]
    return bool(rest) and is_area(rest.strip().rstrip("."))


@lru_cache(maxsize=4096)
def is_known(place: str) -> bool:
    """Whether it is a place beyond doubt: a city that stands alone, or a town of GeoNames with its country or state."""
    return stands_alone(place) or qualified(place)


def believed(head: Head, signature: str, dash: str) -> bool:
    """Whether a place with an unknown signature behind it is a dateline's. `ACME CORP (ACME) -- ` names a company and its stock."""
    if not head.place:
        return False
    if is_known(head.place) or head.date:
        return True
    if not in_capitals(head.place) or dash not in ("--", "\u2014", "_", "="):
        return False
    return (" " not in signature and not signature.isupper()) or geo.is_town(head.place.split(",", 1)[0])


def believed_alone(head: Head, dash: str) -> bool:
    """Whether a place without a signature is a dateline's: a known one, or one in capitals with a date, with its country or state, or
    before a dash that prose does not use. `BREAKING NEWS - `, `A FIRE - ` and `IBM -- ` open sentences."""
    if not head.place:
        return False
    if is_known(head.place):
        return True
    if not in_capitals(head.place) or "(" in head.place:
        return False
    if head.date:
        return True
    city, region, _ = head.place.partition(",")
    words = city.split()
    if len(words) > 3 or any(word in NOT_PLACES for word in words) or len(words[0]) < 3:
        return False
    return bool(region) or (len(city) > 4 and dash[:2] in ("--", "\u2014", "_"))
