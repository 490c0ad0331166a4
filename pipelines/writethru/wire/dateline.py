"""Datelines: `SEOUL, Sept. 12 (Yonhap) -- `, `(ANSA) - ROME, JUL 11 - `, `MOSCOW, January 21. /TASS/. ` and two dozen other shapes.

No dash is universal (`--`, `-`, an em or en dash, `_`, `.`, `:` or nothing), the city, the date or the agency may be absent, the agency
may come first. A dateline is only believed where it cannot be the first words of a sentence: a known signature, a date, a place in
capitals or a known city must stand in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from writethru.wire.agencies import table
from writethru.wire.places import NOT_PLACES, STAND_ALONE
from writethru.wire.times import MONTHS

_WINDOW = 130
"""Characters in which a dateline must end."""
_MONTH = "|".join(sorted((re.escape(name) for name in MONTHS), key=len, reverse=True))
_DATE = rf"(?:(?:{_MONTH})\.?\s\d{{1,2}}(?:,\s?\d{{4}})?|\d{{1,2}}\.?\s(?:{_MONTH})\.?(?:\s\d{{4}})?|\d{{1,2}}-\d{{1,2}}-\d{{4}})"
_HEAD = re.compile(rf"(?P<place>.+?)??(?:(?:^|,\s?|\s)(?P<date>{_DATE}))?[.,]?", re.IGNORECASE)
_DATED = re.compile(rf"(?P<head>[^\W\d_][^()\n]{{1,60}}?,?\s{_DATE})\s+", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"\s*(?:(?:--|-|—|\u2013|_|\u2015)(?:\s+(?:--|-|—|\u2013|_)(?=\s))?(?:\s+|$|(?<=[—\u2013_])(?=\S))|[:.](?:\s+|$)|\s+|$)"
)
_DASH = re.compile(r"\s+(?:--|-|—|\u2013|_|\u2015)\s+(?:-\s+)?|\s?—\s?")
_LEADING = re.compile(r"\((?P<sig>[^()]{2,30})\)\s*(?:--|-|—|\u2013)\s*(?P<head>[^()\n]{2,60}?)\s*(?:--|-|—|\u2013)\s+", re.IGNORECASE)
_SLASHED = re.compile(r"/(?P<sig>[^/\n]{2,30})/")
_PARTICLES = frozenset("de del della di da do dos das la le les el los las al an am auf im in of on and the sur en et y e i der den des "
                       "van von st und upon zu near aboard".split())  # fmt: skip
_DIGIT = re.compile(r"\d")
_HYPHENED = re.compile(r"\d-\d{1,2}-\d{4}")
_YEAR = re.compile(r"\d{4}")
_DAY = re.compile(r"\b\d{1,2}\b")


@dataclass(frozen=True, slots=True)
class Dateline:
    """`place` and `signature` are ranges of the text, `date` is (year or None, month, day) as printed; `end` is where the copy begins."""

    start: int
    end: int
    place: tuple[int, int] | None
    signature: tuple[int, int] | None
    date: tuple[int | None, int, int] | None


def read(text: str, start: int, end: int) -> Dateline | None:
    """The dateline at `start` of a paragraph that ends at `end`."""
    window = text[start : min(end, start + _WINDOW)]
    if not window or not (window[0].isalpha() or window[0] == "("):
        return None
    if window[0] == "(":
        return _agency_first(window, start)
    if _is_prose(window):
        return None
    if "(" in window:
        found = _parenthesised(window, start)
        if found:
            return found
    if "/" in window:
        found = _between_slashes(window, start)
        if found:
            return found
    return _bare(window, start)


def _is_prose(window: str) -> bool:
    """Whether a word in small letters stands among the first, where a dateline has names only. Spares most copy every pattern."""
    for word in window.split(None, 6)[:6]:
        if not word[0].isalpha() or word[-1] == ":":
            return False
        if word[0].islower() and word not in _PARTICLES and word.rstrip(".,") not in MONTHS and not word.startswith(("al-", "el-")):
            return True
    return False


def glued(text: str, start: int, end: int) -> int | None:
    """Where in a first paragraph a full dateline (city in capitals, date, known signature) starts behind a headline that lost its line
    end; None where none does."""
    window = text[start : min(end, start + 260)]
    for found in _FULL.finditer(window):
        if found.start() > 10 and table().signed(found["sig"]):
            return start + found.start()
    return None


_FULL = re.compile(
    rf"(?<=\s)(?!\s)[A-Z][A-Z.'/-]+(?:\s[A-Z][A-Z.'-]+){{0,2}}(?:,\s[A-Z][\w .]{{2,20}})?"
    rf",\s(?i:{_DATE})\s\((?P<sig>[^()]{{2,20}})\)\s(?:--|-|—|\u2013)\s"
)


def located(text: str) -> str:
    """A dateline or place field (`SEOUL/BUSAN`, `TORRANCE, Calif., March 3 -`) as a place name, capitals lowered."""
    text = text.strip(" \t\n-\u2013—_:=<")
    found = read(f"{text} -- X", 0, len(text) + 5)
    if found and found.place:
        text = text[found.place[0] : found.place[1]]
    return lowered(text.strip(" ,-\u2013—_:"))


@lru_cache(maxsize=4096)
def lowered(place: str) -> str:
    """`NEW YORK` -> New York; what is not wholly in capitals stays as printed."""
    words: list[str] = []
    for at, word in enumerate(place.split()):
        state = at > 0 and words[-1][-1] == "," and len(word) == 2  # New York, NY
        if len(word) > 1 and not state and word.isupper() and "." not in word.rstrip(".,"):
            small = word.lower().strip(",") in _PARTICLES and at
            word = word.lower() if small else _capitalised(word)
        words.append(word)
    return " ".join(words)


def _capitalised(word: str) -> str:
    return "".join(part.capitalize() if part.isalpha() else part for part in re.split(r"([^\w]+)", word))


def _agency_first(window: str, start: int) -> Dateline | None:
    found = _LEADING.match(window)
    if not found or not table().signed(found["sig"]):
        return None
    head = _head(found["head"])
    if head is None:
        return None
    return _dateline(start, found.end(), found.start("head"), head, found.span("sig"))


def _parenthesised(window: str, start: int) -> Dateline | None:
    opening = -1
    for _ in range(2):
        opening = window.find("(", opening + 1)
        closing = window.find(")", opening)
        if opening < 0 or closing < 0:
            return None
        signature = window[opening + 1 : closing]
        head = _head(window[:opening].rstrip())
        if head is None:
            continue
        behind = _SEPARATOR.match(window, closing + 1)
        dash = behind[0].strip() if behind else ""
        if table().signed(signature):
            if dash not in ("", ".", ":") or _opens_sentence(window, behind, head):
                return _dateline(start, behind.end() if behind else closing + 1, 0, head, (opening + 1, closing))
        elif dash not in ("", ".", ":") and behind and len(signature) <= 24 and _believed(head, dash):
            return _dateline(start, behind.end(), 0, head, (opening + 1, closing))
    return None


def _between_slashes(window: str, start: int) -> Dateline | None:
    found = _SLASHED.search(window)
    if not found:
        return None
    head = _head(window[: found.start()].rstrip())
    if head is None or not (table().signed(found["sig"]) or (head.date and _capital_place(head.place))):
        return None
    behind = _SEPARATOR.match(window, found.end())
    return _dateline(start, behind.end() if behind else found.end(), 0, head, found.span("sig"))


def _bare(window: str, start: int) -> Dateline | None:
    dated = _DATED.match(window) if _DIGIT.search(window) and _may_be_dated(window) else None
    if dated:
        head = _head(dated["head"])
        if head and head.place:
            rest = window[dated.end() :]
            word = rest.split(" ", 1)[0].rstrip(",")
            if word and table().by_signature.get(word.casefold()):  # SAITAMA, Japan, Dec. 9 Kyodo -
                at = dated.end()
                behind = _SEPARATOR.match(window, at + len(word))
                return _dateline(start, behind.end() if behind else at + len(word), 0, head, (at, at + len(word)))
            dash = _SEPARATOR.match(window, dated.end() - 1)
            if dash and dash[0].strip() and dash[0].strip() != "." and (_capital_place(head.place) or _known(head.place)):
                return _dateline(start, dash.end(), 0, head, None)
            if _capital_place(head.place) and _sentence_start(rest):  # scraped copy lost its agency and dash
                return _dateline(start, dated.end(), 0, head, None)
    return _undated(window, start)


def _may_be_dated(window: str) -> bool:
    """Whether a month stands in the window, by name or between hyphens: a tenth of the price of finding the date."""
    words = window.lower().replace(".", " ").replace(",", " ").split()
    return not MONTHS.keys().isdisjoint(words) or bool(_HYPHENED.search(window))


def _undated(window: str, start: int) -> Dateline | None:
    dash = _DASH.search(window)
    if dash:
        head = _head(window[: dash.start()])
        if head and head.place and _sentence_start(window[dash.end() :]):
            if _known(head.place) or (_capital_place(head.place) and (head.date or _alone(head.place, dash[0].strip()))):
                return _dateline(start, dash.end(), 0, head, None)
        return None
    colon = window.find(": ")
    if 2 < colon < 40:
        head = _head(window[:colon])
        if head and head.place and not head.date and _known(head.place) and _sentence_start(window[colon + 2 :]):
            return _dateline(start, colon + 2, 0, head, None)
    return None


@dataclass(frozen=True, slots=True)
class _Head:
    place: str
    date: tuple[int | None, int, int] | None


@lru_cache(maxsize=4096)
def _head(text: str) -> _Head | None:
    """A place, a place and a date, or a date; None where the words are neither."""
    text = text.strip()
    place, date = text.rstrip(".,"), None
    if _DIGIT.search(text):
        found = _HEAD.fullmatch(text)
        if not found:
            return None
        place = (found["place"] or "").strip(" ,")
        date = _date(found["date"]) if found["date"] else None
    if place and not _place_like(place):
        return None
    return _Head(place, date) if place or date else None


def _date(text: str) -> tuple[int | None, int, int] | None:
    year = _YEAR.search(text)
    days = [int(day) for day in _DAY.findall(text)]
    months = [MONTHS[word] for word in re.split(r"[\s.,]+", text.lower()) if word in MONTHS]
    if not months and len(days) == 2:
        days, months = days[:1], days[1:]
    if not days or not months or not 1 <= days[0] <= 31 or not 1 <= months[0] <= 12:
        return None
    return int(year[0]) if year else None, months[0], days[0]


def _place_like(place: str) -> bool:
    """Whether every word is a name's: capitalised (or of a script without capitals), a particle, or in parentheses."""
    if len(place) > 60 or place[0] in "\"'“\u2018":
        return False
    words = place.replace("/", " ").replace("(", " ").replace(")", " ").split()
    if not 1 <= len(words) <= 8 or place.count(",") > 3 or words[0] in _PARTICLES:
        return False
    for word in words:
        first = word[0]
        if first.islower() and word.rstrip(",") not in _PARTICLES and not word.startswith(("al-", "el-")):
            return False
        if not first.isalpha() or any(char in '"“”;:!?' for char in word):
            return False
    return True


def _capital_place(place: str) -> bool:
    first = place.split(",", 1)[0].split(" (", 1)[0]
    return len(first) > 1 and first.isupper()


def _known(place: str) -> bool:
    return all(city.casefold().strip() in STAND_ALONE for city in place.split(",", 1)[0].split("/"))


def _believed(head: _Head, dash: str) -> bool:
    """Whether a place with an unknown signature behind it is a dateline's."""
    if _capital_place(head.place):
        return bool(head.date) or dash in ("--", "—", "_")
    return bool(head.place) and _known(head.place)


def _alone(place: str, dash: str) -> bool:
    """Whether a place in capitals without date and agency is a dateline's: a city with its country or state, or one before a dash that
    prose does not use. `BREAKING NEWS - `, `A FIRE - ` and `IBM -- ` open sentences."""
    city, region, _ = place.partition(",")
    words = city.split()
    if len(words) > 3 or any(word in NOT_PLACES for word in words) or len(words[0]) < 3:
        return False
    return bool(region) or (len(city) > 4 and dash[:2] in ("--", "\u2014", "_"))


def _sentence_start(rest: str) -> bool:
    rest = rest.lstrip("\"'“\u2018«„`¿¡( ")
    return bool(rest) and not rest[0].islower()


def _opens_sentence(window: str, behind: re.Match[str] | None, head: _Head) -> bool:
    """Without a dash, a signature in parentheses is only a dateline's if a sentence begins behind it and a place alone stands before."""
    rest = window[behind.end() :] if behind else ""
    plain = bool(head.date) or not head.place or _capital_place(head.place) or _known(head.place) or not head.place[0].isascii()
    return plain and (not rest or _sentence_start(rest))


def _dateline(start: int, end: int, offset: int, head: _Head, signature: tuple[int, int] | None) -> Dateline:
    place = (start + offset, start + offset + len(head.place)) if head.place else None
    signed = (start + signature[0], start + signature[1]) if signature else None
    return Dateline(start, start + end, place, signed, head.date)
