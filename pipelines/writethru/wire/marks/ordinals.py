"""Numbered marks: an ordinal, the word of the series it counts in, and whether the copy is written through.

`2nd LD`, `3rd Ld-Writethru`, `4th-writethru`, `2d Ld-Writethru`, `1ST LEAD`, `3RD NET`, `2nd UPDATE`, `2. Zusammenfassung`, `1er lead`,
`Second lead`. One grammar for headlines, slugs, lines of their own and notes; the readers say where it may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from writethru.wire.agencies import UNKNOWN, Agency, table
from writethru.wire.marks import ADD, LEAD, NET, PARTIAL_LEAD, ROUNDUP, UPDATE, Kind

_COUNTED_UPDATE = UPDATE._replace(counter="update")
SERIES: dict[str, Kind] = {
    "ld": LEAD,
    "lead": LEAD,
    "zusammenfassung": LEAD,
    "net": NET,
    "update": _COUNTED_UPDATE,
    "aktualisierung": _COUNTED_UPDATE,
    "actualisation": _COUNTED_UPDATE,
    "actualización": _COUNTED_UPDATE,
    "actualizacion": _COUNTED_UPDATE,
    "ampliación": _COUNTED_UPDATE,
    "ampliacion": _COUNTED_UPDATE,
    "aggiornamento": _COUNTED_UPDATE,
    "uppdatering": _COUNTED_UPDATE,
    "oppdatering": _COUNTED_UPDATE,
    "opdatering": _COUNTED_UPDATE,
    "päivitys": _COUNTED_UPDATE,
    "atualização": _COUNTED_UPDATE,
    "wrapup": ROUNDUP,
    "roundup": ROUNDUP,
    "gesamtzusammenfassung": ROUNDUP,
    "add": ADD,
}
"""Word of a series, lower case -> what its members are."""

ORDINAL_WORDS = "|".join(sorted(table().ordinal_words, key=len, reverse=True))
"""Alternatives of a pattern: the ordinals that are written out."""
_WORD = re.compile(r"[^\W\d_]+")
_SUFFIX = r"(?:st|nd|rd|th|d|h|er|ère|ere|ème|eme|e|:a|:e|º|ª|°|o|a|\.)"
_WHOLE = r"(?P<{}>\s?-?\s?write?-?(?:thru|through))"


def _pattern(words: Iterable[str], series: Iterable[str]) -> re.Pattern[str]:
    number = rf"(?:(?P<number>\d{{1,2}})\s?{_SUFFIX}|(?P<word>{'|'.join(sorted(words, key=len, reverse=True))}))"
    names = "|".join(sorted(map(re.escape, series), key=len, reverse=True))
    whole, bare = _WHOLE.format("whole"), _WHOLE.format("bare")
    return re.compile(rf"{number}(?:\s?-?\s?(?P<series>{names}){whole}?|{bare})(?!\w)", re.IGNORECASE)


_NUMBERED = _pattern(table().ordinal_words, SERIES)


@lru_cache(maxsize=64)
def _own(words: tuple[str, ...], series: tuple[str, ...]) -> re.Pattern[str]:
    return _pattern((*table().ordinal_words, *words), (*SERIES, *series))


_MOST = 40
"""The highest ordinal believed: AP's highest of ten days is 13, Reuters' of its whole inventory 20; a jazz band has a 51st lead."""


class Numbered(NamedTuple):
    """`series` as printed, empty where the mark names none (`4th-writethru`); [start, `end`) is the mark."""

    kind: Kind
    number: int
    series: str
    end: int


def match(text: str, start: int, end: int, agency: Agency = UNKNOWN, bare_lead_is_whole: bool = True) -> Numbered | None:
    """The numbered mark at `start`, in everybody's words and the agency's own. AP's bare `nth Ld` is a new top for a story that goes on as
    before, everybody else's `nth LD` the whole story (`bare_lead_is_whole`)."""
    if start >= end or not text[start].isdigit():
        opening = _WORD.match(text, start, end)
        word = opening[0].lower() if opening else ""
        if word not in table().ordinal_words and word not in agency.ordinal_words:
            return None
    own = bool(agency.series or agency.ordinal_words)
    pattern = _own(tuple(agency.ordinal_words), tuple(agency.series)) if own else _NUMBERED
    found = pattern.match(text, start, end)
    if not found:
        return None
    word = (found["word"] or "").lower()
    number = int(found["number"]) if found["number"] else agency.ordinal_words.get(word) or table().ordinal_words[word]
    if not 0 < number <= _MOST:
        return None
    series = found["series"] or ""
    name = series.lower()
    kind = (agency.series.get(name) or SERIES[name]) if series else LEAD
    if kind is LEAD and name in ("", "ld", "lead") and not (bare_lead_is_whole or found["whole"] or found["bare"]):
        kind = PARTIAL_LEAD
    return Numbered(kind, number, series, found.end())
