"""Datelines: `SEOUL, Sept. 12 (Yonhap) -- `, `(ANSA) - ROME, JUL 11 - `, `MOSCOW, January 21. /TASS/. ` and three dozen other shapes.

No dash is universal (`--`, `-`, an em or en dash, `_`, `=`, `.-`, `.`, `:` or nothing), the city, the date or the agency may be absent, the
agency may come first. A dateline is only believed where it cannot be the first words of a sentence: a known signature, a date, a place in
capitals or a known city must stand in it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from writethru.wire.agencies import signed, table
from writethru.wire.dateline import asia as dateline_asia
from writethru.wire.dateline import geo
from writethru.wire.dateline import head as dateline_head
from writethru.wire.dateline.head import DATE, PARTICLES, Dateline, Head
from writethru.wire.dateline.places import NOT_PLACES, is_area, stands_alone

_WINDOW = 150
"""Characters in which a dateline must end."""
_DATED = re.compile(rf"(?P<head>[^\W\d_][^()\n]{{1,60}}?[.,]?\s{DATE}),?\s+", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"\s*(?:[.,]?\s?(?:--|-|—|\u2013|_|\u2015|=)(?:\s+(?:--|-|—|\u2013|_)(?=\s))?(?:\s+|$|(?<=[—\u2013_-])(?=[^\s\da-z]))|[:.](?:\s+|$)|\s+|$)"
)
_SIGN = re.compile("[(/:\\d_\u2013\u2014\u2015-]")
"""One of them is in every dateline that opens with a letter: of its signature or date, or behind its place."""
_DASH = re.compile(r"\s+(?:--|-|—|\u2013|_|\u2015)\s+(?:-\s+)?|\s?—\s?|(?<=[^\W_])--(?=[^\W\d_])")
_LEADING = re.compile(r"\((?P<sig>[^()]{2,30})\)\s*(?:--|-|—|\u2013)\s*(?P<head>[^()\n]{2,60}?)\s*(?:--|-|—|\u2013)\s+", re.IGNORECASE)
_ON_BOARD = ("Aboard ", "A bord", "\u00c0 bord", "An Bord ")
_ABOARD = re.compile(
    rf"(?P<place>(?:Aboard|[A\u00c0]\sbordo?|An\sBord)\s[^(),\n]{{3,60}}?)(?:,\s(?P<date>{DATE}))?\s\((?P<sig>[^()]{{2,30}})\)"
    r"\s?(?:--|-|—|\u2013|_|\.-|=)\s+"
)
_SOLE = re.compile(r"\((?P<sig>[^()]{2,30})\)\s*(?:--|-|—|\u2013)\s+")
_SLASHED = re.compile(r"/\s?(?P<sig>[^/\n]{2,30}?)\s?/")
_SLASHED_FIRST = re.compile(rf"\s(?P<date>{DATE})\s/\s", re.IGNORECASE)
_SIGNATURE = re.compile(r"[^\W\d_][\w&.'\u2019/-]*(?:[ -][^\W\d_][\w&.'\u2019/-]*){0,3}")
_AGENCY_BEHIND = re.compile(r"(?P<sig>[^\W\d_][\w-]*(?: [^\W\d_][\w-]*)?)\.\s+")
_FULL = re.compile(
    rf"(?<=\s)(?!\s)[A-Z][A-Z.'/-]+(?:\s[A-Z][A-Z.'-]+){{0,2}}(?:,\s[A-Z][\w .]{{2,20}})?"
    rf",\s(?i:{DATE})\s\((?P<sig>[^()]{{2,20}})\)\s(?:--|-|—|\u2013)\s"
)


def read(text: str, start: int, end: int) -> Dateline | None:
    """The dateline at `start` of a paragraph that ends at `end`."""
    window = text[start : end if end - start < _WINDOW else start + _WINDOW]
    if not window:
        return None
    first = window[0]
    if first == "(":
        return _agency_first(window, start) or (dateline_asia.read(window, start) if "=" in window else None)
    if first in dateline_asia.OPENING:
        return dateline_asia.read(window, start)
    if not first.isalpha() and not window.startswith(dateline_head.ELIDED):
        return None
    if first in "A\u00c0" and window.startswith(_ON_BOARD):
        return _aboard(window, start)
    if dateline_head.is_prose(window) or not _SIGN.search(window):
        return None
    if "(" in window:
        found = _parenthesised(window, start)
        if found:
            return found
    if "/" in window:
        found = _between_slashes(window, start)
        if found:
            return found
    return _bare(window, start, len(window) == end - start)


def glued(text: str, start: int, end: int) -> int | None:
    """Where in a first paragraph a full dateline (city in capitals, date, known signature) starts behind a headline or byline that lost
    its line end; None where none does."""
    window = text[start : min(end, start + 260)]
    for found in _FULL.finditer(window):
        if found.start() > 10 and signed(found["sig"]):
            return start + found.start()
    return None


@lru_cache(maxsize=1024)
def of_field(text: str) -> Dateline | None:
    """The dateline that a field of the envelope is (`Altenrode (dpa) - `, `TORRANCE, Calif., March 3 -`), None where it is a mere place."""
    text = f"{text.strip(_EDGES)} -- X"
    return read(text, 0, len(text))


_EDGES = " \t\n-\u2013—_:=<"


def located(text: str) -> str:
    """A dateline or place field (`SEOUL/BUSAN`, `TORRANCE, Calif., March 3 -`) as a place name, capitals lowered."""
    text = text.strip(_EDGES)
    found = of_field(text)
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
            small = word.lower().strip(",") in PARTICLES and at
            word = word.lower() if small else _capitalised(word)
        words.append(word)
    return " ".join(words)


def _capitalised(word: str) -> str:
    return "".join(part.capitalize() if part.isalpha() else part for part in re.split(r"([^\w]+)", word))


def _agency_first(window: str, start: int) -> Dateline | None:
    found = _LEADING.match(window)
    if found and signed(found["sig"]):
        head = dateline_head.read(found["head"])
        if head is not None and (
            head.date or not head.place or dateline_head.in_capitals(head.place) or dateline_head.is_known(head.place)
        ):
            return _dateline(start, found.end(), found.start("head"), head, found.span("sig"))
    sole = _SOLE.match(window)
    if sole and signed(sole["sig"]) and _sentence_start(window[sole.end() :]):
        return Dateline(start, start + sole.end(), None, (start + sole.start("sig"), start + sole.end("sig")), None)
    return None


def _parenthesised(window: str, start: int) -> Dateline | None:
    opening = -1
    for _ in range(3):
        opening = window.find("(", opening + 1)
        closing = window.find(")", opening)
        if opening < 0 or closing < 0:
            return None
        signature = window[opening + 1 : closing]
        head = _UNDATED if window.startswith(("UNDATED ", "Undated ")) and opening == 8 else dateline_head.read(window[:opening])
        if head is None:
            continue
        if head.place in NOT_PLACES:  # `BREAKING (AP) -- `
            head = Head("", head.date)
        behind = _SEPARATOR.match(window, closing + 1)
        if behind is None:
            continue
        dash = behind[0].strip(" .,")
        if signed(signature) and not (head.place and _is_company(signature)):
            if _opens_copy(window, behind.end(), head, signature, dash):
                return _dateline(start, behind.end(), 0, head, (opening + 1, closing))
        elif dash in ("", ":") or (len(signature) > 2 and is_area(signature)):  # `PARIS (Texas) - `
            continue
        elif len(signature) <= 24 and _SIGNATURE.fullmatch(signature):
            if dateline_head.believed(head, signature, dash) and _sentence_start(window[behind.end() :]):
                return _dateline(start, behind.end(), 0, head, (opening + 1, closing))
    return None


def _aboard(window: str, start: int) -> Dateline | None:
    """Copy sent from on the way; what it is sent from has no name of its own, so the signature and a dash must stand behind it."""
    found = _ABOARD.match(window)
    if not found or not signed(found["sig"]):
        return None
    head = Head(found["place"], dateline_head.printed_date(found["date"]) if found["date"] else None)
    return _dateline(start, found.end(), 0, head, found.span("sig"))


_UNDATED = Head("", None)


def _is_company(signature: str) -> bool:
    """Whether the brackets hold a stock's sign, `NYSE: AAP`."""
    return ":" in signature


def _between_slashes(window: str, start: int) -> Dateline | None:
    found = _SLASHED.search(window)
    if not found:
        return None
    head = dateline_head.read(window[: found.start()])
    if head is None or not head.place:
        return None
    if not (signed(found["sig"]) or (head.date and dateline_head.in_capitals(head.place))):
        return None
    behind = found.end()
    dated = _SLASHED_FIRST.match(window, behind)  # LAS VEGAS, NV / ACCESSWIRE / March 3, 2026 /
    if dated and head.date is None:
        head, behind = Head(head.place, dateline_head.printed_date(dated["date"])), dated.end()
        return _dateline(start, behind, 0, head, found.span("sig"))
    separator = _SEPARATOR.match(window, behind)
    if separator is None or not _opens_copy(window, separator.end(), head, found["sig"], separator[0].strip(" ")):
        return None
    return _dateline(start, separator.end(), 0, head, found.span("sig"))


def _bare(window: str, start: int, whole: bool) -> Dateline | None:
    dated = _DATED.match(window) if dateline_head.may_be_dated(window) else None
    if dated:
        head = dateline_head.read(dated["head"])
        if head and head.place:
            return _behind_a_date(window, start, dated, head) or _undated(window, start)
    elif whole and len(window) <= 60 and "," in window:  # a line to itself
        head = dateline_head.read(window)
        if head and head.place and head.date and dateline_head.believed_alone(head, ""):
            return _dateline(start, len(window), 0, head, None)
    return _undated(window, start)


def _behind_a_date(window: str, start: int, dated: re.Match[str], head: Head) -> Dateline | None:
    at = dated.end()
    rest = window[at:]
    word = rest.split(" ", 1)[0].rstrip(",:")
    if word and table().by_signature.get(word.casefold()):  # SAITAMA, Japan, Dec. 9 Kyodo -
        behind = _SEPARATOR.match(window, at + len(word))
        if behind and (behind[0].strip() or dateline_head.in_capitals(head.place)):
            return _dateline(start, behind.end(), 0, head, (at, at + len(word)))
    dash = _SEPARATOR.match(window, at - 1)
    if dash and dash[0].strip() and dash[0].strip() != "." and dateline_head.believed_alone(head, dash[0].strip()):
        agency = _AGENCY_BEHIND.match(window, dash.end())  # Tass and RIA sign behind the dash
        if agency and signed(agency["sig"]):
            return _dateline(start, agency.end(), 0, head, agency.span("sig"))
        return _dateline(start, dash.end(), 0, head, None)
    if dateline_head.in_capitals(head.place) and _sentence_start(rest):  # scraped copy lost its agency and dash
        return _dateline(start, at, 0, head, None)
    return None


def _undated(window: str, start: int) -> Dateline | None:
    # The pattern is tried at each blank; a hyphen or a character beyond ASCII is in none of most windows.
    dash = _DASH.search(window) if "-" in window or "_" in window or not window.isascii() else None
    if dash:
        head = dateline_head.read(window[: dash.start()])
        glued = dash[0] == "--"  # `SEOUL--Acme`, neither `Paris--London trains` nor `BC-US--Harbor`
        if (
            head
            and head.place
            and _sentence_start(window[dash.end() :])
            and dateline_head.believed_alone(head, dash[0].strip())
            and not (glued and not (dateline_head.in_capitals(head.place) and dateline_head.is_known(head.place)))
        ):
            place, _, last = head.place.rpartition(", ")
            if place and len(last) > 2 and last in table().by_printed and not is_area(last):  # MELBOURNE, AAP -
                at = window.rindex(last, 0, dash.start())
                return _dateline(start, dash.end(), 0, Head(place, head.date), (at, at + len(last)))
            return _dateline(start, dash.end(), 0, head, None)
        return None
    colon = window.find(": ")
    if 2 < colon < 40:
        head = dateline_head.read(window[:colon])
        if head and head.place and not head.date and stands_alone(head.place) and _sentence_start(window[colon + 2 :]):
            return _dateline(start, colon + 2, 0, head, None)
    return None


def _sentence_start(rest: str) -> bool:
    rest = rest.lstrip("\"'“\u2018«„`¿¡( ")
    return bool(rest) and not rest[0].islower()


def _opens_copy(window: str, at: int, head: Head, signature: str, dash: str) -> bool:
    """Whether the copy begins at `at`, behind a known signature: a dash and a place that no sentence begins with are enough; without either
    a sentence must begin there, and without any dash a place that is one must stand before, or the signature be in small letters, which
    no company's initials are (`Orvel (ats) Le canal`)."""
    rest, place = window[at:], head.place
    plain = bool(head.date) or not place or dateline_head.in_capitals(place) or dateline_head.is_known(place) or not place[0].isascii()
    if dash not in ("", ":", "."):
        return plain or _sentence_start(rest)
    if rest and not _sentence_start(rest):
        return False
    if not rest and signature in table().by_printed:  # a line to itself: `Orvel (TT)`, not `Jonas Vik (Ap)`
        return True
    return plain or dash == ":" or signature.islower() or geo.is_town(place.split(",", 1)[0].split("/", 1)[0])


def _dateline(start: int, end: int, offset: int, head: Head, signature: tuple[int, int] | None) -> Dateline:
    place = (start + offset, start + offset + len(head.place)) if head.place else None
    named = (start + signature[0], start + signature[1]) if signature else None
    return Dateline(start, start + end, place, named, head.date)
