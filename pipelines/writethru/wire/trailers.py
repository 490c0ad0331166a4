"""What follows the copy: end marks, sign-offs, addresses, credits, transmission trailers and the notebook."""

from __future__ import annotations

import re
from datetime import datetime, timezone, tzinfo

from writethru.wire.agencies import table
from writethru.wire.times import MONTHS, named_zone, rfc3339

_END = re.compile(r"\(?(?:END|End|MORE|More to come)\)?|Reuter|REUTER|-30-|ENDITEM|Enditem|ENDS|#{2,}|_{2,}|\*{3,}|-{4,}|={2,}|/[a-z]{2,5}")
_EMAIL = re.compile(r"\(?(?:[Ee]-?mail:?\s*)?[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{1,30}){1,4}\)?")
_SIGN_OFF = re.compile(
    r"[a-z]{2,4}(?:[/-][a-z]{2,4}){1,5}|[\u0600-\u06ff]{1,12}(?:[-/][\u0600-\u06ff]{1,12}){2,10}|dpa(?: [a-z0-9]{2,5}){1,6}"
    r"|==\s?[A-Z][a-z]+|\([A-Z]{2,4}/[a-z]{2,4}\)"
)
_CREDIT = re.compile(r"(?:News |Photo )?(?:Courtesy|courtesy|COURTESY)\s?:\s?[^\n]{2,60}|(?:Source|SOURCE|Credit|Quelle)\s?:\s?[^\n]{2,60}")
_STAMP = re.compile(
    r"(?:Updated|Created|Published|First published|Last updated)(?: on| at)?\s?:?\s[^\n]{0,40}\d{4}[^\n]{0,80}", re.IGNORECASE
)
_INPUTS = re.compile(r"\(\s?[Ww]ith (?:inputs?|agency|agencies|reporting|files)\b[^()\n]{0,60}\)")
_TRANSMITTED = re.compile(
    rf"AP-[A-Z]{{2}}-\d\d-\d\d-\d\d \d{{4}}(?:GMT|E[SD]T)?<?|KWS-[\d:-]+|\d{{6}} (?:GMT )?(?i:{'|'.join(MONTHS)}) \d\d|"
    r"End Adv\b[^\n]{0,50}"
)
_STAMPS = (
    re.compile(r"AP-[A-Z]{2}-(?P<month>\d\d)-(?P<day>\d\d)-(?P<year>\d\d) (?P<hour>\d\d)(?P<minute>\d\d)(?P<zone>[A-Z]{3})?<?"),
    re.compile(r"KWS-(?P<hour>\d\d):(?P<minute>\d\d)-(?P<day>\d\d)-(?P<month>\d\d)-(?P<year>\d\d)"),
    re.compile(r"(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d) (?:(?P<zone>GMT) )?(?P<month>[^\W\d_]+) (?P<year>\d\d)"),
)
"""The time in a transmission trailer: month first with AP, day first with Kyodo and dpa."""
_CENTURY = 70
"""Two-digit years from here on are of the 20th century: the oldest archives in these forms begin in the seventies."""
_DESK = re.compile(r"\((?:Additional reporting|Reporting|Writing|Editing|Compiled|Edited|Reported|Text)\s(?:and \w+ )?by\s[^\n]{3,500}\)")


def _inline(pattern: re.Pattern[str]) -> str:
    return f"(?{'i' if pattern.flags & re.IGNORECASE else ''}:{pattern.pattern})"


_WHOLE = (
    ("end_mark", _END),
    ("email", _EMAIL),
    ("sign_off", _SIGN_OFF),
    ("credit", _CREDIT),
    ("credit", _STAMP),
    ("credit", _INPUTS),
    ("trailer", _TRANSMITTED),
    ("sign_off", _DESK),
)
_ANY = re.compile("|".join(f"(?P<{rule}_{at}>{_inline(pattern)})" for at, (rule, pattern) in enumerate(_WHOLE)))
"""All of them in one pattern: an eighth of the price where none matches."""
_LONGEST = 500
_BEHIND = re.compile(r"(?<=[.!?\"'”\u2019)])\s+(?:Reuter|REUTER|\(END\)|ENDITEM|Enditem)$")
_DESK_START = re.compile(r"(?<=[.!?\"'”\u2019])\s+\((?=(?:Additional reporting|Reporting|Writing|Editing|Compiled) (?:and \w+ )?by )")
_SIGNED = re.compile(r"(?<=[.!?\"'”\u2019])\s+\(([^()\n]{2,24})\)$")

_NOTEBOOKS = ("Notebook", "Notizblock", "ote to editors", "otes to editors", "OTE TO EDITORS", "not intended for publication",
              "nicht zur Veröffentlichung")  # fmt: skip
_HEADING = re.compile(r"[\s#*]*(?:Notebook|Notizblock|(?:Note|Notes|NOTE) (?:to|TO) (?:editors|EDITORS)|.{0,60}not intended for publication"
                      r"|.{0,60}nicht zur Veröffentlichung)[^\n]{0,40}", re.IGNORECASE)  # fmt: skip


def whole(text: str, start: int, end: int) -> str | None:
    """The rule by which all of a paragraph is a trailer, None where it is copy."""
    if end - start > _LONGEST:
        return None
    found = _ANY.fullmatch(text, start, end)
    return found.lastgroup.rpartition("_")[0] if found and found.lastgroup else None


def stamp(text: str, start: int, end: int, local: tzinfo) -> str | None:
    """The time a transmission trailer tells as RFC 3339 UTC, in `local` where it names no zone; None where it tells none."""
    for pattern in _STAMPS:
        found = pattern.fullmatch(text, start, end)
        if not found:
            continue
        part = found.groupdict()
        year, month = int(part["year"]), part["month"]
        where = named_zone(part["zone"]) if part.get("zone") else local
        try:
            number = int(month) if month.isdecimal() else MONTHS[month.lower()]
            century = 1900 if year >= _CENTURY else 2000
            return rfc3339(
                datetime(century + year, number, int(part["day"]), int(part["hour"]), int(part["minute"]), tzinfo=where or timezone.utc)
            )
        except (ValueError, KeyError):  # digits that are no date, letters that are no month
            return None
    return None


def behind(text: str, start: int, end: int) -> tuple[int, str] | None:
    """(where the trailer on the tail of a last paragraph begins, its rule)."""
    last = text[end - 1]
    if last == ")":
        desk = _DESK_START.search(text, max(start, end - 600), end)
        if desk:
            return desk.start(), "sign_off"
        signed = _SIGNED.search(text, max(start, end - 40), end)
        if signed and (table().signed(signed[1]) or signed[1] == "END"):
            return signed.start(), "end_mark" if signed[1] == "END" else "credit"
        return None
    if last in "rRMm":
        found = _BEHIND.search(text, max(start, end - 20), end)
        if found:
            return found.start(), "end_mark"
    return None


def notebook(text: str) -> int | None:
    """Where the part begins that is not for publication (notes to editors, contacts), None where there is none."""
    starts = []
    for words in _NOTEBOOKS:
        at = text.find(words)
        while at >= 0:
            line = text.rfind("\n", 0, at) + 1
            stop = text.find("\n", at)
            stop = len(text) if stop < 0 else stop
            if _HEADING.fullmatch(text, line, stop):
                starts.append(line)
                break
            at = text.find(words, stop)
    return min(starts) if starts else None
