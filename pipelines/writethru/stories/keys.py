"""The names under which a story can be found again: guids, transmission numbers, serials, slugs; and the ids made of them.

Two items with one name are one story where the name is the provider's (guid, serial); a number is a name only for who refers to it,
because services count in parallel and start again every day. What an agency's serials look like is data (`wire/agencies.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timezone
from hashlib import sha256
from typing import NamedTuple

from writethru.records import Article, Wire
from writethru.wire.agencies import Agency

HOUR = 3_600_000
DAY = 24 * HOUR
OWN_URI = "urn:writethru:article:"
"""Uris that the pipeline made itself, where the provider gave none: they name one payload and tie nothing."""


RUNNING = 24 * HOUR
"""How long after its last version a slug still means the same story."""
FRESH = 18 * HOUR
"""How long after its opening a slug means the same story for an item without any mark (AP89: one slug on ten days running is ten stories;
AM and PM copy of one day is one)."""
UNKNOWN = "unknown"
ROUNDUPS = "wrapup"
"""The series of wrapups."""

ITEM_ROLES = frozenset({"provider", "itemid", "guid", "newsitemid", "publicidentifier", "usn", "ntbid"})
"""Roles of an alternative id that names the item over all its versions (AP `itemid`, Reuters USN;
`provider` is the guid as given, where it is no URI)."""
NUMBER_ROLES = frozenset({"transmission", "transref", "number"})
"""Roles of an alternative id that is a running number: only these, since any id may end in digits (`flom-2`)."""

_REVISION = re.compile(r"^(urn:newsml:[^:]+:\d{8}(?:T\d+[^:]*)?:[^:]+):\d+[A-Z]?$")
_TRANSMISSION = re.compile(r"^[a-z]\d{3,4}$")
_RUNNING_NUMBER = re.compile(r"^(?:[a-z]+[ -]?)?0*(\d{1,5})$")
_COUNTER = re.compile(r"^v?0*(\d{1,6})$")
_CLOCKED = re.compile(r"^(?:19|20)\d{10,15}$")
_CYCLE = re.compile(r"^(am|pm|bc|ap)-+(?=\S)")
_LABELS = re.compile(r"^(?:\([^()]{1,24}\)\s*)+")
_TAIL = re.compile(r"\s*\([^()]*\)?\s*$|[-\s]*(?<=\w)uv\d*$|[\s/.]+$")
_MARK_ONLY = frozenset(
    {
        "alert",
        "urgent",
        "bulletin",
        "flash",
        "snap",
        "advisory",
        "correction",
        "corrected",
        "update",
        "تنبيه",
        "eil",
        "nu-flash-k",
        "nu/flash-u",
    }
)


class Slug(NamedTuple):
    key: str
    """Empty where there is none, or none that says anything."""
    cycle: str
    """`am` or `pm`: ordinals are counted within it."""


def slug(slugline: str) -> Slug:
    """`AM-Rio-Capsize, 3rd Ld-Writethru, a0713` -> rio-capsize, am; `USA-SHUTDOWN/ (UPDATE 1, PIX)` -> usa-shutdown."""
    line = slugline.split(",", 1)[0].strip().casefold()
    cycle = _CYCLE.match(line)
    if cycle:
        line = line[cycle.end() :]
    line = _LABELS.sub("", line)
    cut = _TAIL.sub("", line)
    while cut != line:
        line, cut = cut, _TAIL.sub("", cut)
    line = " ".join(line.split())
    return Slug("" if line in _MARK_ONLY else line, cycle[1] if cycle and cycle[1] in ("am", "pm") else "")


def version_number(version: str | None) -> int | None:
    """The place a version's number claims: a small counter or a time written as digits. None for an opaque number (Reuters:
    978556838, then 1542761538), which says nothing by its size."""
    if version is None:
        return None
    counter = _COUNTER.match(version)
    if counter:
        return int(counter[1])
    return int(version) if _CLOCKED.match(version) else None


def own_uri(article: Article) -> str:
    """The provider's guid without a revision, empty where the pipeline made the uri itself."""
    uri = str(article.article["uri"])
    if uri.startswith(OWN_URI):
        return ""
    revision = _REVISION.match(uri) if uri.startswith("urn:newsml:") else None
    return revision[1] if revision else uri


def reference(ref: str) -> str:
    """A guid, number or headline as a note names it, in the form in which it is kept."""
    short = ref.strip().casefold()
    if _TRANSMISSION.match(short):
        return "#" + short
    number = _RUNNING_NUMBER.match(short)
    if number:
        return "#" + number[1]
    revision = _REVISION.match(ref)
    return revision[1] if revision else ref.strip()


def is_number(name: str) -> bool:
    return name.startswith("#")


def alternative_names(article: Article) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(ids of the item over all its versions, numbers it can be referred to by) among its alternative ids."""
    same: list[str] = []
    numbers: list[str] = []
    for alternative in article.article.get("altIds", ()):
        role, value = str(alternative.get("role", "")).casefold(), str(alternative.get("value", ""))
        name = reference(value)
        if is_number(name) and (role in NUMBER_ROLES or (role in ITEM_ROLES and value.isdecimal())):
            numbers.append(name)
        elif name and role in ITEM_ROLES:
            same.append(value if is_number(name) else name)
    return tuple(same), tuple(numbers)


def serial(article: Article, agency: Agency) -> str:
    """The story's serial by the agency's rule, empty where it has none or the item shows none."""
    if agency.story_id is None:
        return ""
    found = agency.story_key(_ids(article))
    return found[0] if found else ""


def item_number(article: Article, agency: Agency) -> str:
    """The number in the item's ids by which the agency's notes name it (Reuters: `STORY_NUMBER`), empty where they show none."""
    if agency.story_id is None or "number" not in agency.story_id.groupindex:
        return ""
    return next((str(found["number"]) for found in map(agency.story_id.search, _ids(article)) if found), "")


def _ids(article: Article) -> Iterator[str]:
    yield str(article.article["uri"])
    for alternative in article.article.get("altIds", ()):
        yield str(alternative.get("value", ""))


def series(wire: Wire, cycle: str) -> str:
    """What an ordinal counts: leads, updates and wrapups each for themselves, and leads anew in each cycle."""
    ordinals = wire.ordinals
    if ordinals.lead is not None:
        return "lead" + cycle
    if ordinals.wrapup is not None:
        return ROUNDUPS
    if ordinals.update is not None:
        return "update"
    return "net" if ordinals.net is not None else "lead" + cycle


def lowest(series: str, language: str) -> int:
    """The number with which a series begins, though it may not print it: a base has none, a wrapup no base, and Korean reports count from
    the first (`2보` follows `1보`, an alert)."""
    return 1 if series == ROUNDUPS or language.startswith("ko") else 0


def story_id(agency: str, kind: str, key: str) -> str:
    return sha256(f"{agency}\0{kind}\0{key}".encode()).hexdigest()[:32]


def cycle_day(time: int) -> str:
    return datetime.fromtimestamp(time / 1000, timezone.utc).date().isoformat()
